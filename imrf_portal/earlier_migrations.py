"""Databases that were made before the first migrations were written together.

One that has them all is taken as it is: the new ones name the old ones that they replace. One that was left between two of
them cannot be brought further, and Django would take it for whole or stop without saying why.
"""

from django.core import checks
from django.core.management import CommandError
from django.db import connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder


def left_between(connection) -> list[str]:
    """The apps of which this database has some of the replaced migrations and not all."""
    applied = set(MigrationRecorder(connection).applied_migrations())
    loader = MigrationLoader(None, load=False)
    loader.load_disk()
    replaced: dict[str, set] = {}
    for key, migration in loader.disk_migrations.items():
        if key not in applied:  # a first start that was interrupted after it goes on from there
            replaced.setdefault(key[0], set()).update(set(migration.replaces) - loader.disk_migrations.keys())
    return sorted(app for app, old in replaced.items() if old & applied and old - applied)


def need_all_or_none(connection) -> None:
    """Raise CommandError for a database that was left between two of the replaced migrations; nothing is changed."""
    if between := left_between(connection):
        raise CommandError(
            f"This database was left between migrations that have since been written together ({', '.join(between)}). "
            "Migrate it once with the last commit that has them; if nothing in it is needed, take an empty database "
            "(for make run: remove what it keeps, or name another STATE_DIR)."
        )


@checks.register(checks.Tags.database)
def earlier_migrations_are_whole(databases=None, **rest):
    """What `manage.py migrate` asks before it looks at the migrations."""
    try:
        for alias in databases or ():
            need_all_or_none(connections[alias])
    except CommandError as why:
        return [checks.Error(str(why), id="portal.left_between")]
    return []
