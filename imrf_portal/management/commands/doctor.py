"""Asks every part how it is; exit code 1 if one fails."""

import json
import sys

from django.core.management.base import BaseCommand

from imrf_portal.doctoring import Verdict, examine


class Command(BaseCommand):
    help = "Self-test of database, Redis, beat, mail, storage and scanner: one line each, with what to do."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--json", action="store_true", help="Print the findings for machines.")

    def handle(self, **options):
        findings = examine()
        if options["json"]:
            self.stdout.write(json.dumps([finding.as_dict() for finding in findings], indent=1))
        else:
            for finding in findings:
                remedy = f" - {finding.remedy}" if finding.remedy else ""
                self.stdout.write(f"{finding.verdict.value:<8}{finding.part}: {finding.seen}{remedy}")
        if any(finding.verdict is Verdict.FAILED for finding in findings):
            sys.exit(1)
