"""Sweeps of the second floor; beat runs each every minute (the table stands in settings)."""

from celery import shared_task
from django.utils.timezone import now

from forums import operations as sweeping
from submissions import operations
from submissions.models import ProposalStep, SubmissionStep
from submissions.notifications import letters_for, proposal_letters_for


@shared_task
def announce_steps():
    at = now()
    with sweeping.sweep("announce submission steps", at=at) as report:
        report.did = sweeping.announce_pending(SubmissionStep.objects.all(), letters_for, at=at)
        report.did += sweeping.announce_pending(ProposalStep.objects.all(), proposal_letters_for, at=at)


@shared_task
def remind_unsent_drafts():
    at = now()
    with sweeping.sweep("remind of unsent drafts", at=at) as report:
        report.did = operations.remind_unsent(at=at)


@shared_task
def correct_closings():
    at = now()
    with sweeping.sweep("tell of moved closings", at=at) as report:
        report.did = operations.correct_closings(at=at)


@shared_task
def scan_uploads():
    at = now()
    with sweeping.sweep("scan uploads", at=at) as report:
        report.did = operations.scan_waiting(at=at) + operations.scan_documents(at=at)


@shared_task
def print_receipts():
    """Receipts that were asked for as PDF."""
    at = now()
    with sweeping.sweep("print receipts", at=at) as report:
        report.did = operations.print_receipts()


@shared_task
def tell_of_draft_notes():
    """Notes that writers of a draft left each other, at most once an hour."""
    at = now()
    with sweeping.sweep("tell of notes on drafts", at=at) as report:
        report.did = operations.tell_of_notes(at=at)


@shared_task
def forget_cowriting():
    """Who changed what, and notes, of what was sent long enough ago."""
    at = now()
    with sweeping.sweep("forget who wrote what", at=at) as report:
        report.did = operations.forget_cowriting(at=at)
