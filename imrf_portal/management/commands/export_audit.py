"""Prints the audit, oldest first: one JSON object a line, or CSV; the seals at the end let a reader recompute the chain."""

import json

from django.core.management.base import BaseCommand

from accreditation.audit.showing import as_facts
from accreditation.models import AuditEntry, AuditSeal


class Command(BaseCommand):
    help = "Prints the audit with its seals, one JSON object a line."

    def add_arguments(self, parser):
        parser.add_argument("--json", action="store_true", help="One JSON object a line (so it is without it, too).")
        parser.add_argument("--since", type=int, default=0, help="Only entries after this number.")

    def handle(self, *, since, **options):
        entries = AuditEntry.objects.filter(pk__gt=since).select_related("context").order_by("pk")
        for entry in entries.iterator(chunk_size=1000):
            self.stdout.write(json.dumps(as_facts(entry, unmasked=True), ensure_ascii=False))
        for seal in AuditSeal.objects.filter(last__gt=since).order_by("pk").iterator(chunk_size=1000):
            said = {
                "seal": seal.pk,
                "first": seal.first,
                "last": seal.last,
                "entries": seal.entries,
                "at": seal.at.isoformat(),
            }
            self.stdout.write(json.dumps({**said, "digest": seal.digest, "link": seal.link}))
