"""Lists what is due, with instants and zone."""

import json

from django.core.management.base import BaseCommand
from django.utils.timezone import now

from imrf_portal.coming import coming


class Command(BaseCommand):
    help = "Lists coming duties, openings, closings and reminders, soonest first."

    def add_arguments(self, parser):
        parser.add_argument("--json", action="store_true", help="Print them for machines.")

    def handle(self, **options):
        found = coming(now())
        if options["json"]:
            self.stdout.write(json.dumps([due.as_dict() for due in found], ensure_ascii=False, indent=1))
            return
        for due in found:
            told = f", {due.recipients} told" if due.recipients else ""
            self.stdout.write(f"{due.at.isoformat()}  {due.forum}  {due.kind}: {due.what}{told}")
