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
def print_receipts():
    """Receipts that were asked for as PDF."""
    at = now()
    with sweeping.sweep("print receipts", at=at) as report:
        report.did = operations.print_receipts()


@shared_task
def print_inputs():
    """Published inputs that were asked for as PDF or DOCX; and those that may be kept no longer are removed."""
    at = now()
    with sweeping.sweep("print inputs", at=at) as report:
        report.did = operations.print_inputs(at=at)


@shared_task(time_limit=460, soft_time_limit=440)  # shorter than the broker waits before it hands a task out again
def make_open_data():
    at = now()
    with sweeping.sweep("make open data", at=at) as report:
        report.did = operations.make_due_open_data(at=at)
