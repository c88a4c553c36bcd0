"""Makes what the search knows of public inputs again: after an upgrade that changes it, or where something is missing."""

from django.core.management.base import BaseCommand
from django.db import transaction

from submissions.models import PublishedInput
from submissions.operations.showing_files import index_anew


class Command(BaseCommand):
    help = "Indexes every public input anew, one by one, while the portal runs; nothing that is shown changes."

    def add_arguments(self, parser):
        parser.add_argument("references", nargs="*", help="Only these inputs.")

    def handle(self, references, **options):
        rows = PublishedInput.objects.filter(taken_down_at=None)
        if references:
            rows = rows.filter(reference__in=references)
        done = 0
        for submission in rows.order_by("pk").values_list("submission", flat=True).iterator():
            with transaction.atomic():
                done += index_anew(submission)
        self.stdout.write(f"{done} inputs were indexed.")
