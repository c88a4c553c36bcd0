"""What a test committed is gone after it, and what a whole flush leaves is there, whichever way was taken."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import TransactionTestCase

from tests import flushing
from tests.factories import make_submission

pytestmark = pytest.mark.django_db(transaction=True)
LASTING = {"auth_group", "auth_group_permissions", "auth_permission", "django_content_type"}


def filled():
    with connection.cursor() as cursor:
        return flushing.filled(cursor)


@pytest.fixture
def flushes(monkeypatch):
    """How often everything was flushed."""
    counted, honest = [], flushing._flush
    monkeypatch.setattr(flushing, "_flush", lambda case: (counted.append(case), honest(case)))
    return counted


def clear():
    flushing.clear(TransactionTestCase("__init__"))


def test_rows_of_a_test_are_deleted_without_a_flush(flushes):
    clear()
    made = len(flushes)
    before = [list(model.objects.order_by("pk").values_list()) for model in (Group, Permission, ContentType)]
    make_submission()
    assert len(filled()) > len(LASTING) + 20
    clear()
    assert (filled(), len(flushes)) == (LASTING, made)
    assert before == [list(model.objects.order_by("pk").values_list()) for model in (Group, Permission, ContentType)]


@pytest.mark.parametrize("change", [lambda: Group.objects.create(name="x"), lambda: Permission.objects.first().delete()])
def test_where_roles_or_permissions_were_changed_everything_is_flushed(flushes, change):
    clear()
    made = len(flushes)
    change()
    clear()
    assert (filled(), len(flushes)) == (LASTING, made + 1)
    assert not Group.objects.filter(name="x").exists()
