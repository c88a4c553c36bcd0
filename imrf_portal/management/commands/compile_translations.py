"""Compiles the catalogues of translations without gettext, which a fresh machine does not have."""

import os
from pathlib import Path

import polib
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "Compiles locale/*/LC_MESSAGES/*.po into .mo where they are newer. Doubtful (fuzzy) entries are left out."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--force", action="store_true", help="Compile also what is up to date.")

    def handle(self, *, force, **options):
        catalogues = sorted(path for folder in settings.LOCALE_PATHS for path in Path(folder).rglob("*.po"))
        stale = [path for path in catalogues if force or _is_stale(path)]
        for path in stale:
            entries = _compile(path)
            self.stdout.write(f"{path.parent.parent.name}/{path.name}: {entries} entries")
        self.stdout.write(f"{len(stale)} of {len(catalogues)} catalogues compiled")


def _is_stale(source: Path) -> bool:
    made = source.with_suffix(".mo")
    return not made.exists() or made.stat().st_mtime < source.stat().st_mtime


def _compile(source: Path) -> int:
    """Write beside and rename, so that a process which starts meanwhile reads the old or the new file, never half of one."""
    try:
        catalogue = polib.pofile(str(source))
    except (OSError, UnicodeDecodeError) as why:
        raise CommandError(f"{source} is no catalogue that can be read: {why}") from why
    beside = source.with_suffix(f".{os.getpid()}.mo")
    catalogue.save_as_mofile(str(beside))
    beside.replace(source.with_suffix(".mo"))
    return len(catalogue.translated_entries())
