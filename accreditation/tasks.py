"""Sweeps of the first floor."""

from celery import shared_task
from django.utils.timezone import now

from accreditation.models import AccreditationStep
from accreditation.notifications import letters_for
from forums import operations


@shared_task
def announce_steps():
    at = now()
    with operations.sweep("announce accreditation steps", at=at) as report:
        report.did = operations.announce_pending(AccreditationStep.objects.all(), letters_for, at=at)
