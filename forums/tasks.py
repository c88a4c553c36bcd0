"""Sweeps of the ground floor; beat runs each every minute (the table stands in settings)."""

from celery import shared_task
from django.utils.timezone import now

from forums import operations


@shared_task
def heartbeat():
    """Beat asked and a worker answered: both are alive."""
    with operations.sweep("heartbeat", at=now()):
        pass


@shared_task
def send_letters():
    at = now()
    with operations.sweep("send letters", at=at) as report:
        report.did = operations.send_due_letters(at=at)


@shared_task
def announce_milestones():
    at = now()
    with operations.sweep("announce milestones", at=at) as report:
        report.did = operations.announce_milestones(at=at)


@shared_task
def announce_changes():
    """To those who follow the calendar: each change at once, or what a week brought."""
    at = now()
    with operations.sweep("announce changes", at=at) as report:
        report.did = operations.announce_changes(at=at) + operations.send_digests(at=at)


@shared_task
def forget_followers():
    at = now()
    with operations.sweep("forget followers", at=at) as report:
        report.did = operations.forget_followers(at=at)


@shared_task
def end_requests():
    """Requests for a second person that nobody answered in time."""
    at = now()
    with operations.sweep("end requests that ran out", at=at) as report:
        report.did = operations.end_requests(at=at)
