"""A newer copy of a register, from a file, in one go."""

from datetime import date
from pathlib import Path

from django.core.files import File
from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import now

from accreditation.models import Register, RegisterImport
from accreditation.registers import importing, reading
from accreditation.registers.beside import beside_register, known_countries
from accreditation.registers.reporting import report_of
from forums.refusals import Refused

MOST_PRINTED = 20


class Command(BaseCommand):
    help = (
        "Reads a newer copy of a register (CSV or XLSX), says what is new, gone and changed and which standings that "
        "touches, and brings it in. A file with faults is refused with their lines, and nothing changes."
    )

    def add_arguments(self, parser):
        parser.add_argument("kind", choices=Register.Kind.values)
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="Say what would change, and change nothing.")
        parser.add_argument("--as-of", type=self._day, help="The day on which the list was copied; today, if not said.")
        parser.add_argument("--source", help="Where the copy comes from; the name of the file, if not said.")

    def handle(self, kind, file, **options):
        at = now()
        as_of, source = options["as_of"] or at.date(), options["source"] or file.name
        try:
            with file.open("rb") as opened:
                stored = File(opened, name=file.name)
                report = self._look(kind, stored, as_of, at)
                self._say(report)
                if options["dry_run"]:
                    self.stdout.write("A dry run: nothing was changed.")
                    return
                self._bring_in(kind, stored, as_of, source, report, at)
        except OSError as why:
            raise CommandError(f"{file} cannot be read: {why.strerror}.") from why
        except Refused as why:
            reasons = getattr(why, "reasons", [why])
            raise CommandError("\n".join([*map(str, reasons), "Refused. Nothing was changed."])) from why

    def _look(self, kind, file, as_of, at):
        """Read and compare without keeping anything."""
        importing.check(file, kind=kind, as_of=as_of, at=at)
        copy = reading.read(file, kind=kind, countries=known_countries(), on_progress=self._progress("read"))
        return report_of(*beside_register(kind, copy), copy)

    def _bring_in(self, kind, file, as_of, source, report, at):
        run = importing.begin(file, kind=kind, as_of=as_of, source=source, by=None, at=at, claimed=True)
        importing.read_it(run, at=at)
        if run.report["fingerprint"] != report["fingerprint"]:
            importing.set_aside(run, at=at)
            raise Refused("Somebody changed the register meanwhile. Run the command again.")
        importing.bring_in(run, by=None, at=at, claimed=True)
        importing.bring_it(run, at=at, on_progress=self._progress("brought in"))
        if run.state != RegisterImport.State.BROUGHT_IN:
            raise CommandError(run.refusal or "Somebody changed the register meanwhile. Run the command again.")
        self.stdout.write(f"Brought in: {run}. Standings touched wait at the desk: {run.touches.count()}.")

    def _progress(self, word):
        return lambda done, total: self.stdout.write(f"  {word}: {done} of {total} rows")

    def _say(self, report):
        for name, count in report["counts"].items():
            self.stdout.write(f"{name}: {count}")
            rows = report.get(name, [])
            for row in rows[:MOST_PRINTED]:
                self.stdout.write(f"  {self._line(row)}")
            if len(rows) > MOST_PRINTED:
                self.stdout.write(f"  … and {len(rows) - MOST_PRINTED} more")

    @staticmethod
    def _line(row):
        if "what" in row:
            return f"{row['name']} · {row['forum']} · {row['what']}: {row['was']} → {row['became'] or '–'}"
        named = " · ".join(filter(None, [row["name"], row["country"], row["status"]]))
        changes = [f"{each['field']}: {each['was'] or '–'} → {each['became'] or '–'}" for each in row.get("fields", ())]
        return "; ".join([named, *changes])

    @staticmethod
    def _day(text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise CommandError(f"--as-of {text!r} is no day such as 2026-01-31.") from None
