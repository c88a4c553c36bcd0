"""What has to be done before the portal can answer, and only what has to be: a second start does next to nothing."""

import hashlib
from io import StringIO
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.migrations.executor import MigrationExecutor

from imrf_portal.earlier_migrations import need_all_or_none


def migrate() -> str:
    """Bring the database to the state of the code."""
    need_all_or_none(connection)
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        call_command("migrate", database=DEFAULT_DB_ALIAS, interactive=False, verbosity=0)
    else:
        executor.check_replacements()  # writes down those that stand for migrations which are there
    call_command("createcachetable", verbosity=0)
    return f"{len(plan)} migrations" if plan else "nothing to migrate"


def compile_translations() -> str:
    """Compile the catalogues that are newer than what was compiled of them."""
    catalogues = [catalogue for folder in settings.LOCALE_PATHS for catalogue in Path(folder).rglob("*.po")]
    if not any(_is_older(catalogue.with_suffix(".mo"), catalogue) for catalogue in catalogues):
        return "unchanged"
    call_command("compile_translations", stdout=StringIO())
    return f"{len(catalogues)} catalogues"


def collect_static_files() -> str:
    """Collect the static files if one of them, or the way of storing them, has changed."""
    stamp = Path(settings.STATIC_ROOT) / ".collected"
    fingerprint = _fingerprint_of_static_files()
    if stamp.exists() and stamp.read_text() == fingerprint:
        return "unchanged"
    stamp.unlink(missing_ok=True)
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(fingerprint)
    return "collected"


def load_first_rows(state: Path) -> str:
    """Load reference and demo data into an empty database; take it up again if that was interrupted."""
    unfinished = state / "loading"
    if apps.get_model("forums", "Forum").objects.exists() and not unfinished.exists():
        return "there already"
    unfinished.touch()
    call_command("load_reference", stdout=StringIO())
    call_command("seed_demo", stdout=StringIO())
    unfinished.unlink()
    return "reference and demo data loaded"


def log_ins() -> str:
    """The log-ins of the demo, as the command that made them prints them."""
    said = StringIO()
    call_command("seed_demo", "--log-ins", stdout=said)
    return said.getvalue().rstrip()


def _is_older(made: Path, source: Path) -> bool:
    return not made.exists() or made.stat().st_mtime < source.stat().st_mtime


def _fingerprint_of_static_files() -> str:
    seen = hashlib.sha256(settings.STORAGES["staticfiles"]["BACKEND"].encode())
    for finder in get_finders():
        for name, storage in finder.list([]):
            found = Path(storage.path(name)).stat()
            seen.update(f"{name}:{found.st_size}:{found.st_mtime_ns}\n".encode())
    return seen.hexdigest()
