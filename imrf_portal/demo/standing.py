"""On which basis the invented organisations take part: an accreditation in every status, by the desk's operations."""

from datetime import timedelta

from accreditation import operations
from accreditation.models import Accreditation, Basis
from imrf_portal.demo.reading import organisations

Status = Accreditation.Status
EVIDENCE = "Demonstration: no real register was asked."
# Everybody else is recognised.
STATUS = {
    "valle-sereno": Status.SUBMITTED,
    "tonglu": Status.SUBMITTED,
    "recits-de-mobilite": Status.SUBMITTED,
    "lanterne": Status.SCREENING,
    "instituto-cordillera": Status.SCREENING,
    "meridian-45": Status.SCREENING,
    "minghang": Status.MORE_ASKED,
    "estrella-del-desierto": Status.MORE_ASKED,
    "qingqiao-youth": Status.EXPIRED,
    "nanyu-centre": Status.WITHDRAWN,
    "compass-youth": Status.PUT_FORWARD,
    "almada-centre": Status.PUT_FORWARD,
    "open-desk": Status.ACCREDITED,
    "exampland-red-crescent": Status.ACCREDITED,
    "puente-abierto": Status.ACCREDITED,
    "northwind": Status.NOT_ACCREDITED,
}


def accredit(forum, cast, *, at):
    """Let every organisation claim its basis, and the desk screen and record."""
    desk = cast.desk["accreditation"]
    for number, body in enumerate(organisations()):
        claimed_at = at - timedelta(days=38) + timedelta(hours=7 * number)
        accreditation = operations.claim(
            cast.bodies[body["slug"]],
            forum=forum,
            basis=Basis.objects.get(pk=body["basis"]),
            by=cast.speakers[body["slug"]],
            at=claimed_at,
        )
        status = STATUS.get(body["slug"], Status.RECOGNISED)
        _lead(accreditation, status, desk[number % len(desk)], cast.speakers[body["slug"]], claimed_at)


def _lead(accreditation, status, desk, speaker, claimed_at):
    """Move a claim to that status; each move some days after the one before."""
    if status == Status.SUBMITTED:
        return
    operations.take_up(accreditation, by=desk, at=claimed_at + timedelta(days=4))
    if status in (Status.MORE_ASKED, Status.EXPIRED):
        question = "Please send the document that shows since when the organisation has existed."
        operations.ask_for_more(accreditation, by=desk, at=claimed_at + timedelta(days=6), question=question)
        if status == Status.EXPIRED:
            note = "No answer came within three weeks."
            accreditation.move(Status.EXPIRED, by=desk, at=claimed_at + timedelta(days=27), note=note)
    elif status == Status.WITHDRAWN:
        note = "Another organisation of the same network has applied."
        accreditation.move(Status.WITHDRAWN, by=speaker, at=claimed_at + timedelta(days=9), note=note)
    elif status != Status.SCREENING:
        _record(accreditation, status, desk, claimed_at)


def _record(accreditation, status, desk, claimed_at):
    decision = {"decided_by": accreditation.basis.decided_by, "evidence": EVIDENCE}
    if status == Status.RECOGNISED:
        at = claimed_at + timedelta(days=7)
        operations.recognise(accreditation, by=desk, at=at, decided_on=at.date(), **decision)
        return
    operations.put_forward(accreditation, by=desk, at=claimed_at + timedelta(days=8))
    if status != Status.PUT_FORWARD:
        at, accredited = claimed_at + timedelta(days=24), status == Status.ACCREDITED
        operations.record_outcome(accreditation, by=desk, at=at, accredited=accredited, decided_on=at.date(), **decision)
