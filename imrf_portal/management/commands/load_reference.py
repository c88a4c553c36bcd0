"""Loads the shipped lists: vocabularies, past forums, registers, real inputs. Again and again safely."""

import time

from django.core.management.base import BaseCommand
from django.db import transaction

from accreditation.reference import FILES as WHO
from forums.reference import FILES as WHEN
from submissions.reference import FILES as WHAT


class Command(BaseCommand):
    help = (
        "Loads countries, objectives, past forums, registers and real inputs. Missing rows are made; rows that staff "
        "edited stay as they are, unless --overwrite sets them back. Nothing is ever deleted."
    )

    def add_arguments(self, parser):
        parser.add_argument("--overwrite", action="store_true", help="Set rows that differ back to what the files say.")

    def handle(self, *, overwrite, **options):
        began = time.monotonic()
        for name, load in (WHEN | WHO | WHAT).items():
            self._load(name, load, overwrite)
        self.stdout.write(f"all loaded in {time.monotonic() - began:.1f} s")

    def _load(self, name, load, overwrite):
        """One transaction a file."""
        began = time.monotonic()
        with transaction.atomic():
            report = load(overwrite=overwrite)
        self.stdout.write(f"{name}: {self._counts(report)}, {time.monotonic() - began:.2f} s")

    @staticmethod
    def _counts(report) -> str:
        counts = [f"{report.new} new", f"{report.unchanged} unchanged"]
        if report.differing:
            counts.append(f"{report.differing} differ and were left as they are")
        if report.reset:
            counts.append(f"{report.reset} set back")
        return ", ".join(counts)
