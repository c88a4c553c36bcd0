"""The shipped lists, the demonstration, a row in every room: made once a module; its tests read, or change them `aside`."""

from contextlib import contextmanager
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings

from tests.factories import make_forum, make_organisation, make_user


@contextmanager
def _loaded(blocker, *commands):
    """A transaction with what the commands load, undone at the end."""
    with blocker.unblock(), transaction.atomic():
        for command in commands:
            call_command(command, stdout=StringIO())
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def lists(django_db_setup, django_db_blocker):
    with _loaded(django_db_blocker, "load_reference"):
        yield


@pytest.fixture(scope="module")
def demonstration(django_db_setup, django_db_blocker, tmp_path_factory):
    files = tmp_path_factory.mktemp("media")
    with (
        override_settings(MEDIA_ROOT=files, STORAGES={**settings.STORAGES}),
        _loaded(django_db_blocker, "load_reference", "seed_demo"),
    ):
        yield files


@pytest.fixture
def aside(request):
    """What a test changes in the loaded data is undone after it."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def rooms(django_db_setup, django_db_blocker):
    """At least one row in every room, by the name of its model: made once for a file, and as it was for each of its tests.

    Tests after the first one that asks for them find these rows too, so they stand last in their file.
    """
    from tests.imrf_portal.rooms import fill

    with django_db_blocker.unblock(), transaction.atomic():
        amina = make_user("amina")
        forum = make_forum()
        yield fill(forum, make_organisation("Harbour Light", focal_point=amina), amina)
        transaction.set_rollback(True)
