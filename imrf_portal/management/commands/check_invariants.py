"""Asks the data whether every rule holds; exit code 1 if one does not."""

import json
import sys
from dataclasses import asdict

from django.core.management.base import BaseCommand

from imrf_portal.invariants import check


class Command(BaseCommand):
    help = "Checks the rules that must hold over the whole database. Changes nothing."

    def add_arguments(self, parser):
        parser.add_argument("--files", action="store_true", help="Also read every stored file and compare its hash.")
        parser.add_argument("--json", action="store_true", help="Print the findings for machines.")

    def handle(self, *, files, **options):
        findings = check(with_files=files)
        broken = [finding for finding in findings if finding.violations]
        if options["json"]:
            said = {"ok": not broken, "rules": [asdict(finding) for finding in findings]}
            self.stdout.write(json.dumps(said, ensure_ascii=False, indent=1))
        else:
            for finding in broken:
                examples = ", ".join(finding.examples)
                self.stdout.write(f"BROKEN {finding.violations} times: {finding.says} ({examples})")
            self.stdout.write(f"{len(findings) - len(broken)} of {len(findings)} rules hold")
        if broken:
            sys.exit(1)
