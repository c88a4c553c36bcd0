"""A database that was made before the first migrations were written together: taken whole, or refused with a sentence."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from imrf_portal import preparation, vital_signs
from imrf_portal.earlier_migrations import left_between

pytestmark = pytest.mark.django_db
OURS = ["accreditation", "forums", "submissions"]


def written_together():
    """The migrations that stand for earlier ones, each with these."""
    every = MigrationLoader(None, ignore_no_migrations=True).replacements
    return {key: migration.replaces for key, migration in every.items() if key[0] in OURS}


def forget(*keys):
    for key in keys:
        MigrationRecorder(connection).record_unapplied(*key)


@pytest.fixture
def made_before():
    """This database as it was recorded under the earlier names."""
    for key, replaced in written_together().items():
        forget(key)
        assert all(each in MigrationRecorder(connection).applied_migrations() for each in replaced)


def test_one_that_has_all_earlier_migrations_is_taken_as_it_is(made_before):
    assert left_between(connection) == []
    assert vital_signs.migrations_waiting() == []  # those of today stand on them
    call_command("migrate", verbosity=0)  # which would fail if it made one table again
    assert written_together().keys() <= MigrationRecorder(connection).applied_migrations().keys()
    assert preparation.migrate() == "nothing to migrate"


@pytest.mark.parametrize(("app", "place"), [(app, place) for app in OURS for place in (0, -1)])
def test_one_that_was_left_between_them_is_refused(made_before, app, place):
    replaced = sorted(each for every in written_together().values() for each in every if each[0] == app)
    forget(replaced[place])
    before = MigrationRecorder(connection).applied_migrations().keys()
    with pytest.raises(CommandError, match=rf"left between .* \({app}\)\. .*another STATE_DIR"):
        preparation.migrate()
    with pytest.raises(CommandError, match="left between"):
        call_command("migrate", verbosity=0, skip_checks=False)  # as at the command line
    assert MigrationRecorder(connection).applied_migrations().keys() == before


def test_a_first_start_that_was_interrupted_goes_on(django_db_setup):
    last = ("submissions", "0003_rules_in_sql")
    forget(last, *written_together()[last])
    assert left_between(connection) == []
