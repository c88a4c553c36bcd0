"""Purges what is kept about people after its term, as the nightly sweep does, and prints what went and why."""

import json

from django.core.management.base import BaseCommand
from django.utils.timezone import now

from accreditation.personal.purging import purge


class Command(BaseCommand):
    help = "Purges what is kept about people after its term and prints what went and why."

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="Say what would go, and change nothing.")
        parser.add_argument("--json", action="store_true")

    def handle(self, *, dry_run, **options):
        lines = purge(at=now(), dry_run=dry_run)
        if options["json"]:
            rows = [
                {"term": line.term.code, "rows": line.done, "days": line.days, "why": str(line.term.why)} for line in lines
            ]
            self.stdout.write(json.dumps({"dry_run": dry_run, "terms": rows}, ensure_ascii=False, indent=1))
            return
        for line in lines:
            self.stdout.write(f"{line.done:6}  {line.term.name}: after {line.days} days ({line.term.days}). {line.term.why}")
        self.stdout.write("Nothing was changed." if dry_run else f"{sum(line.done for line in lines)} rows went.")
