"""Loads the demonstration forum with its people and inputs, and prints how to sign in."""

import json
import time

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import now

from forums.models import Forum
from imrf_portal.demo import log_ins
from imrf_portal.demo.convening import SLUG
from imrf_portal.demo.seeding import CannotSeed, seed
from submissions.models import Submission


class Command(BaseCommand):
    help = "Loads the demonstration: invented people, organisations and inputs in six languages. Not in production."

    def add_arguments(self, parser):
        parser.add_argument("--size", type=int, help="Add published inputs until there are so many (for measuring).")
        parser.add_argument("--seed", type=int, default=1, help="Another number gives other moments and combinations.")
        parser.add_argument("--json", action="store_true", help="Print log-ins and ids for machines.")
        parser.add_argument("--log-ins", action="store_true", help="Only print how to sign in; change nothing.")

    def handle(self, *, size, **options):
        began, made = time.monotonic(), None
        if not options["log_ins"]:
            try:
                made = seed(at=now(), size=size, seed=options["seed"])
            except CannotSeed as why:
                raise CommandError(str(why)) from None
        if settings.HTTPS:
            self.stdout.write("A site in production shows no log-ins.")
        elif not Forum.objects.filter(slug=SLUG).exists():
            self.stdout.write("No demonstration is loaded: run manage.py seed_demo.")
        elif options["json"]:
            self.stdout.write(json.dumps(self._ids(made), ensure_ascii=False, indent=1))
        else:
            if made:
                self.stdout.write(self._summary(made, time.monotonic() - began))
            self.stdout.write(log_ins.as_table())

    @staticmethod
    def _summary(made, seconds):
        what = "loaded" if made["new"] else "there already"
        inputs = ", ".join(f"{count} {status.replace('_', ' ')}" for status, count in made["inputs"].items())
        added = f", {made['added']} added" if made["added"] else ""
        return f"Demonstration {what}{added} in {seconds:.1f} s: {made['organisations']} organisations; inputs: {inputs}.\n"

    @staticmethod
    def _ids(made):
        inputs = Submission.objects.filter(call__forum__slug=SLUG).order_by("reference", "begun_at")
        columns = ("id", "reference", "status", "language", "organisation__slug", "call__slug")
        return {
            "made": made,
            **log_ins.as_json(),
            "inputs": [
                {name.removesuffix("__slug"): str(row[name] or "") for name in columns} for row in inputs.values(*columns)
            ],
        }
