"""Milestones due: those who answer for them are told once at each distance, however long the sweep was away."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction

from forums import notices
from forums.models import Forum, Letter, Milestone, MilestoneNotice
from forums.operations.letters import write
from forums.timeline import Standing

LETTER = "forums/milestone_due"


@dataclass(frozen=True)
class Recipient:
    """An address that is told, in its language; `person` where the portal knows one."""

    email: str
    language: str
    person: object = None


def recipients(milestone, distance) -> list[Recipient]:
    """Who is told at that distance: the responsible person, else the forum's managers; from the day itself on all of them.

    Where a forum names nobody who still works here, its own address is told. Managers are read once a forum when they
    were prefetched.
    """
    forum = milestone.forum
    responsible = [milestone.responsible] if works_here(milestone.responsible) else []
    managers = [person for person in forum.managers.all() if works_here(person)]
    people = [*responsible, *managers] if distance <= 0 else responsible or managers
    told = {person.email: Recipient(person.email, person.language, person) for person in people}
    if not told and forum.desk_email:
        return [Recipient(forum.desk_email, "en")]
    return list(told.values())


def works_here(person) -> bool:
    """Whether this is somebody, and an active account of the desk."""
    return person is not None and person.is_active and person.is_staff


def watched():
    """Duties that somebody is told about: dated, neither met nor waived, of forums that were not held, not held back."""
    duties = Milestone.objects.filter(met_on__isnull=True, waived_because="", forum__first_day__isnull=False)
    duties = duties.exclude(forum__status="held").select_related("forum", "responsible")
    return duties.prefetch_related("forum__managers")


def is_watched(milestone) -> bool:
    """Whether this duty is one of those that somebody is told about, held back or not."""
    settled = milestone.met_on or milestone.waived_because or milestone.forum.status == "held"
    return milestone.due_on is not None and not settled


def announce_milestones(*, at):
    """Write the letters about every duty that comes near or is overdue; returns how many were written.

    Nothing is told of a duty that is met, waived or undated. Who was told at a distance is not told at a greater one
    again, so a clock that goes back repeats nothing.
    """
    _hold_outdated(at)
    near = [(one, days) for one in watched().filter(notices_held=False) if (days := due_now(one, at)) is not None]
    before = _told_before([milestone for milestone, _days in near])
    told = [
        _tell(milestone, days, recipient, at, ahead=False)
        for milestone, days in near
        for recipient in recipients(milestone, days)
        if not _is_among(before.get((milestone.pk, recipient.email), ()), milestone, days)
    ]
    return sum(letter is not None for letter in told)


def _told_before(milestones) -> dict:
    """What was told of these duties, by duty and address; most of them need no look behind the lock of a forum."""
    told = {}
    notices_sent = MilestoneNotice.objects.filter(milestone__in=milestones)
    for key, email, *notice in notices_sent.values_list("milestone", "to", "due_on", "days_before"):
        told.setdefault((key, email), []).append(notice)
    return told


def due_now(milestone, at) -> int | None:
    """The distance of the notice that the sweep writes at that instant to whoever was not told; None before the first."""
    return notices.distance((milestone.due_on - notices.working_day(at, milestone.forum.zone)).days)


def _hold_outdated(at):
    """Hold letters written ahead about a duty that was met, waived, held back or moved before their day came."""
    ahead = MilestoneNotice.objects.filter(
        letter__sent_at__isnull=True, letter__held=False, letter__failed=False, letter__tries=0, letter__not_before__gt=at
    )
    outdated = [
        notice.letter_id
        for notice in ahead.select_related("milestone__forum")
        if not is_watched(notice.milestone) or notice.milestone.notices_held or notice.due_on != notice.milestone.due_on
    ]
    if outdated:
        Letter.objects.filter(pk__in=outdated, sent_at__isnull=True).update(held=True)


def tell_all(milestone, days, at, *, ahead=False) -> list[Letter]:
    """Write the letters of the notice at that distance to whoever was not told; those that are new."""
    told = [_tell(milestone, days, recipient, at, ahead) for recipient in recipients(milestone, days)]
    return [letter for letter in told if letter is not None]


@transaction.atomic
def _tell(milestone, days, recipient, at, ahead):
    """The letter to one recipient, as of its day when it is written ahead; None where they were told.

    The forum is held while the letter is written, and the day asked for again: dates that move at this moment have it
    wait, or make it wait.
    """
    forum = Forum.objects.select_for_update(of=("self",), no_key=True).get(pk=milestone.forum_id)
    if forum.edition_of_dates != milestone.forum.edition_of_dates or was_told(milestone, days, recipient.email):
        return None
    about_it = {"milestone": milestone, "due_on": milestone.due_on, "to": recipient.email}
    notice, new = MilestoneNotice.objects.get_or_create(**about_it, days_before=days, defaults={"at": at})
    if not new:
        return None
    moment = notices.instant_of(milestone.due_on, days, milestone.forum.zone) if ahead else at
    notice.letter = write(
        LETTER,
        to=recipient.email,
        language=recipient.language,
        about=letter_about(milestone, days, recipient, moment),
        key=f"milestone:{milestone.pk}:{milestone.due_on}:{days}:{recipient.email}",
        at=at,
        forum=milestone.forum,
        not_before=moment,
    )
    notice.save(update_fields=["letter"])
    return notice.letter


def was_told(milestone, days, email) -> bool:
    """Whether that address had the notice at this distance, or a nearer one for this day.

    Where the day moved, what was told of the former day is not repeated, unless it moved by more than the first
    distance: then the countdown begins anew.
    """
    told = MilestoneNotice.objects.filter(milestone=milestone, to=email)
    return _is_among(told.values_list("due_on", "days_before"), milestone, days)


def _is_among(told, milestone, days) -> bool:
    near = timedelta(days=max(notices.BEFORE))
    return any(
        (due_on == milestone.due_on and before <= days) or (abs(due_on - milestone.due_on) <= near and before == days)
        for due_on, before in told
    )


def letter_about(milestone, days, recipient, at) -> dict:
    """What the letter of a notice needs: where the duty stands, and whether the notice itself comes late."""
    state = milestone.state(at)
    planned = notices.day_of(milestone.due_on, days)
    return {
        "milestone": milestone,
        "person": recipient.person,
        "state": state,
        "overdue": state.standing is Standing.OVERDUE,
        "planned": planned if planned < notices.working_day(at, milestone.forum.zone) else None,
        "escalated": days <= 0 and recipient.person not in (None, milestone.responsible),
    }
