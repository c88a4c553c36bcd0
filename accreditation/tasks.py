"""Sweeps of the first floor."""

from celery import shared_task
from django.utils.timezone import now

from accreditation import operations as clearing
from accreditation.audit import sealing
from accreditation.models import AccreditationStep, NonObjectionListStep, SpeakingRequestStep, SupportRequestStep
from accreditation.non_objection import documents, telling
from accreditation.non_objection import operations as listing
from accreditation.notifications import letters_for
from accreditation.participation.telling import speaking_letters_for, support_letters_for
from accreditation.personal import archives, purging
from accreditation.registers import importing
from accreditation.verifying import letters
from forums import operations


@shared_task
def announce_steps():
    at = now()
    with operations.sweep("announce accreditation steps", at=at) as report:
        report.did = operations.announce_pending(telling.not_held(AccreditationStep.objects.all()), letters_for, at=at)
        report.did += operations.announce_pending(NonObjectionListStep.objects.all(), telling.letters_for, at=at)
        report.did += operations.announce_pending(SpeakingRequestStep.objects.all(), speaking_letters_for, at=at)
        report.did += operations.announce_pending(SupportRequestStep.objects.all(), support_letters_for, at=at)


@shared_task
def watch_lists():
    """Periods of non-objection lists that end, documents of lists that were asked for."""
    at = now()
    with operations.sweep("watch non-objection lists", at=at) as report:
        report.did = listing.end_periods(at=at) + listing.remind_of_periods(at=at) + documents.make_documents(at=at)


@shared_task
def clear_what_ended():
    at = now()
    with operations.sweep("clear what has ended", at=at) as report:
        report.did = clearing.clear_sessions(at=at) + clearing.clear_counts(at=at) + clearing.clear_answers(at=at)


@shared_task
def seal_audit():
    """What was audited is tied into the chain; never inside a transaction, for it waits until others are over."""
    at = now()
    with operations.sweep("seal the audit", at=at) as report:
        report.did = sealing.seal(at=at)


@shared_task
def scan_evidence():
    at = now()
    with operations.sweep("scan private files", at=at) as report:
        report.did = clearing.scan_evidence(at=at)


@shared_task
def erase_evidence():
    at = now()
    with operations.sweep("erase private files", at=at) as report:
        report.did = clearing.erase_evidence(at=at)


@shared_task
def remind_of_enquiries():
    at = now()
    with operations.sweep("remind of questions of the desk", at=at) as report:
        report.did = clearing.remind_of_enquiries(at=at)


@shared_task
def remind_of_tokens():
    """Tokens of the API that expire soon."""
    at = now()
    with operations.sweep("remind of tokens", at=at) as report:
        report.did = clearing.remind_of_tokens(at=at)


@shared_task
def expire_standings():
    at = now()
    with operations.sweep("end standings that ran out", at=at) as report:
        report.did = clearing.expire_standings(at=at)


@shared_task
def print_letters():
    """Letters of accreditation that were asked for."""
    at = now()
    with operations.sweep("print letters of accreditation", at=at) as report:
        report.did = letters.print_letters()


@shared_task
def import_registers():
    """Copies of registers that were sent, and those that got their second word."""
    at = now()
    with operations.sweep("read and bring in registers", at=at) as report:
        report.did = importing.work_on_imports(at=at)


@shared_task
def make_archives():
    """Archives that people asked for; those whose days are over go."""
    at = now()
    with operations.sweep("make archives of people", at=at) as report:
        report.did = archives.make_archives(at=at) + archives.forget(at=at)


@shared_task
def purge_personal():
    at = now()
    with operations.sweep("purge what is kept about people", at=at) as report:
        report.did = sum(line.done for line in purging.purge(at=at))
