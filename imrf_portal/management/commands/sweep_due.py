"""Runs every sweep of the beat table once, here and now, without Celery."""

import json
import sys
import time

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.module_loading import import_string

HEARTBEAT = "forums.tasks.heartbeat"  # says that beat and a worker live: not ours to say


class Command(BaseCommand):
    help = "Runs every sweep once: letters, milestones, reminders, scans. Safe at any time, also beside the workers."

    def add_arguments(self, parser):
        parser.add_argument("--json", action="store_true", help="Print what ran for machines.")

    def handle(self, **options):
        ran = [self._run(name, entry["task"]) for name, entry in settings.CELERY_BEAT_SCHEDULE.items()]
        ran = [one for one in ran if one]
        if options["json"]:
            self.stdout.write(json.dumps(ran, indent=1))
        else:
            for one in ran:
                outcome = f"failed: {one['error']}" if one["error"] else "done"
                self.stdout.write(f"{one['sweep']}: {outcome}, {one['seconds']:.2f} s")
        if any(one["error"] for one in ran):
            sys.exit(1)

    @staticmethod
    def _run(name, task):
        """One sweep; an error is said and holds up no other."""
        if task == HEARTBEAT:
            return None
        began, error = time.monotonic(), ""
        try:
            import_string(task)()
        except Exception as why:
            error = f"{type(why).__name__}: {why}"
        return {"sweep": name, "seconds": round(time.monotonic() - began, 3), "error": error}
