"""On which basis the invented organisations take part: an accreditation in every status, by the desk's operations."""

from datetime import timedelta

from django.core.files.base import ContentFile
from django.utils.timezone import localdate

from accreditation import operations
from accreditation.models import Accreditation, Basis
from accreditation.non_objection import operations as lists
from accreditation.operations.lacking import points_of
from imrf_portal.demo.reading import organisations

Status = Accreditation.Status
EVIDENCE = "Demonstration: no real register was asked."
INVENTED = "Demonstration: all invented."
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
    asked = {Status.PUT_FORWARD: [], Status.ACCREDITED: [], Status.NOT_ACCREDITED: []}
    for number, body in enumerate(organisations()):
        claimed_at = at - timedelta(days=38) + timedelta(hours=7 * number)
        accreditation = operations.claim(
            cast.bodies[body["slug"]],
            forum=forum,
            basis=Basis.objects.get(pk=body["basis"]),
            by=cast.speakers[body["slug"]],
            at=claimed_at,
        )
        if accreditation.status == Status.DRAFT:
            accreditation = _complete(accreditation, cast.speakers[body["slug"]], claimed_at)
        status = STATUS.get(body["slug"], Status.RECOGNISED)
        _lead(accreditation, status, desk[number % len(desk)], cast.speakers[body["slug"]], claimed_at)
        asked.get(status, []).append(accreditation)
    decided = asked[Status.ACCREDITED] + asked[Status.NOT_ACCREDITED]
    first = _circulate(decided, desk, since=at - timedelta(days=22), until=at - timedelta(days=8))
    _record_outcome(first, asked[Status.NOT_ACCREDITED], desk, at=at - timedelta(days=7))
    _circulate(asked[Status.PUT_FORWARD], desk, since=at - timedelta(days=5), until=at + timedelta(days=9))


def _circulate(accreditations, desk, *, since, until):
    """Put applications to Member States on a list of their own, until that moment."""
    for accreditation in accreditations:
        line = lists.add_to_list(accreditation, by=desk[0], at=since)
    listed = lists.freeze(line.list, by=desk[0], at=since + timedelta(hours=3))
    at = since + timedelta(days=1)
    words = {"circulated_by": "President of the General Assembly", "evidence": EVIDENCE, "period_ends_at": until}
    return lists.circulate(listed, by=desk[0], at=at, circulated_on=localdate(at, listed.forum.zone), **words)


def _record_outcome(listed, refused, desk, *, at):
    """All of a list but those refused are accredited; a second person releases the letters the day after."""
    lists.end_periods(at=at)
    positions = listed.lines.filter(accreditation__in=refused).values_list("position", flat=True)
    lists.set_outcomes(listed, outcomes=dict.fromkeys(positions, "not_accredited"), by=desk[0], at=at)
    words = {"decided_by": "Member States, on a non-objection basis", "decided_on": localdate(at, listed.forum.zone)}
    lists.record_list_outcome(listed, by=desk[0], at=at, evidence=EVIDENCE, all_accredited=True, **words)
    lists.release_letters(listed, by=desk[1], at=at + timedelta(days=1))


def _complete(accreditation, speaker, at):
    """Answer every point that is needed, with words and files that say that all is invented, and send it."""
    points = [point for point in points_of(accreditation) if point.required]
    answers = {point: f"{point.label}: {INVENTED}" for point in points if point.kind != "file"}
    operations.save_application(accreditation, by=speaker, at=at, edition=accreditation.edition, answers=answers)
    for point in points:
        if point.kind == "file":
            file = ContentFile(f"{point.label}\n{INVENTED}\n".encode(), name=f"{point.code}.txt")
            operations.add_evidence(accreditation, file, point=point, by=speaker, at=at)
    return operations.send(accreditation, by=speaker, at=at)


def _lead(accreditation, status, desk, speaker, claimed_at):
    """Move a claim to that status; each move some days after the one before."""
    if status == Status.SUBMITTED:
        return
    operations.take_up(accreditation, by=desk, at=claimed_at + timedelta(days=4))
    if status in (Status.MORE_ASKED, Status.EXPIRED):
        question = "Please send the document that shows since when the organisation has existed."
        asked_at = claimed_at + timedelta(days=6)
        late = 20 if status == Status.EXPIRED else 45
        until = localdate(asked_at, accreditation.forum.zone) + timedelta(days=late)
        asked = {"question": question, "points": points_of(accreditation)[:1], "answer_on": until}
        operations.ask_for_more(accreditation, by=desk, at=asked_at, **asked)
        if status == Status.EXPIRED:
            note = "No answer came within three weeks."
            operations.close_unanswered(accreditation, by=desk, at=claimed_at + timedelta(days=28), reason=note)
    elif status == Status.WITHDRAWN:
        note = "Another organisation of the same network has applied."
        operations.withdraw_application(accreditation, by=speaker, at=claimed_at + timedelta(days=9), reason=note)
    elif status == Status.RECOGNISED:
        at = claimed_at + timedelta(days=7)
        decision = {"decided_by": accreditation.basis.decided_by, "evidence": EVIDENCE}
        operations.recognise(accreditation, by=desk, at=at, decided_on=localdate(at, accreditation.forum.zone), **decision)
