"""Sweeps of the second floor; beat runs each every minute (the table stands in settings)."""

from celery import shared_task
from django.utils.timezone import now

from forums import operations as sweeping
from submissions import operations
from submissions.models import SubmissionStep
from submissions.notifications import letters_for


@shared_task
def announce_steps():
    at = now()
    with sweeping.sweep("announce submission steps", at=at) as report:
        report.did = sweeping.announce_pending(SubmissionStep.objects.all(), letters_for, at=at)


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
def scan_clean_files_again():
    """Once a day for each clean file, in small helpings through the night and day."""
    at = now()
    with sweeping.sweep("scan clean files again", at=at) as report:
        report.did = operations.scan_clean_again(at=at)


@shared_task
def print_receipts():
    """Receipts that were asked for as PDF."""
    at = now()
    with sweeping.sweep("print receipts", at=at) as report:
        report.did = operations.print_receipts()


@shared_task
def clear_uploads():
    """Files that were begun and never finished."""
    at = now()
    with sweeping.sweep("forget unfinished uploads", at=at) as report:
        report.did = operations.clear_uploads(at=at)


@shared_task
def read_files():
    """Text, hidden details and hazards of files, each read in a child process."""
    at = now()
    with sweeping.sweep("read files", at=at) as report:
        report.did = operations.read_waiting(at=at)
