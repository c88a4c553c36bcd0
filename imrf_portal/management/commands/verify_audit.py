"""Looks whether anybody changed the audit, or what may never change, past the portal; exit code 1 if so."""

import sys

from django.core.management.base import BaseCommand
from django.utils.timezone import now

from accreditation.audit.verifying import faults, holds_head
from accreditation.models import AuditEntry, AuditSeal


class Command(BaseCommand):
    help = "Verifies the audit: seals, entries, words, records, triggers. Changes nothing."

    def add_arguments(self, parser):
        parser.add_argument("--head", default="", help="A link that was noted before, from a log, an export or a backup.")

    def handle(self, *, head, **options):
        found = [str(fault) for fault in faults(at=now())]
        if head and not holds_head(head):
            found.append(f"{head}: The chain does not hold this link; its end was cut off or written anew.")
        for fault in found:
            self.stdout.write(fault)
        last = AuditSeal.objects.order_by("pk").last()
        said = f"{AuditEntry.objects.count()} entries, {AuditSeal.objects.count()} seals, head {last.link if last else '–'}"
        self.stdout.write(f"{'DOES NOT HOLD' if found else 'holds'}: {said}")
        if found:
            sys.exit(1)
