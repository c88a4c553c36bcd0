"""A moved forum: whoever was told an older day hears of the new ones once; what was not sent yet never goes out."""

from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.db.models import Q

from forums.models import Letter, MilestoneNotice
from forums.moving import due_with
from forums.operations.letters import write
from forums.operations.milestones import recipients

KIND = "forums/dates_moved"
WHY = "Superseded by new dates of the forum: it names days that hold no longer."


@dataclass(frozen=True)
class Told:
    """An address, and the newest edition of the dates that it was told; None: it answers for a duty and was told none."""

    email: str
    edition: int | None
    language: str
    person: object = None


def correct(forum, plan, *, reason, at):
    """Write one letter to everybody who knows an older day of this forum or answers for it; returns how many.

    Runs in the transaction that moved the forum. Letters about an older day that were not sent are held back for good,
    so of two moves in a row only the newest correction goes out, and who knows these days already hears nothing.
    """
    hold_back(forum, at=at)
    dates = editions(forum)
    calls = [row for row in plan.calls if row.moves and row.ends]
    written = 0
    for told in people_told(forum, at=at):
        was = dates.get(told.edition) or plan.was
        if was == plan.becomes:
            continue
        _write(forum, told, was, plan, calls, reason, at)
        written += 1
    return written


def _write(forum, told, was, plan, calls, reason, at):
    duties = [{"duty": row.thing, "was": due_with(row.thing, *was), "becomes": row.becomes} for row in plan.duties]
    write(
        KIND,
        to=told.email,
        language=told.language,
        about={
            "forum": forum,
            "was": was,
            "duties": duties,
            "calls": calls,
            "reason": reason,
            "person": told.person,
        },
        key=f"{prefix_of(forum)}{forum.edition_of_dates}:{told.email}",
        at=at,
        forum=forum,
    )


def prefix_of(forum) -> str:
    return f"dates-moved:{forum.pk}:"


def editions(forum) -> dict:
    """The days of the forum by the edition of its dates."""
    dates = {former.edition: (former.first_day, former.last_day) for former in forum.former_dates.all()}
    return {**dates, forum.edition_of_dates: (forum.first_day, forum.last_day)}


def hold_back(forum, *, at):
    """Hold back for good what was not sent and names an older day: notices of duties and earlier corrections.

    A notice that was not sent told nobody, so its row goes: if its day comes to hold again, the sweep tells it afresh.
    A letter that is being sent at this moment counts as sent; should the mail server refuse it, it is not tried again.
    """
    unsent = MilestoneNotice.objects.filter(milestone__forum=forum, letter__sent_at__isnull=True, letter__isnull=False)
    outdated = [each for each in unsent.select_related("milestone") if each.due_on != _due(each.milestone, forum)]
    notices = Letter.objects.filter(pk__in=[notice.letter_id for notice in outdated])
    corrections = Letter.objects.filter(key__startswith=prefix_of(forum))
    for letter in (notices | corrections).filter(sent_at__isnull=True).select_for_update():
        letter.held, letter.last_error = True, WHY
        if not (letter.claimed_until and letter.claimed_until > at):
            letter.key, letter.settled = f"{Letter.SUPERSEDED}{letter.pk}:{letter.key}"[:200], True
        letter.save(update_fields=["key", "held", "settled", "last_error"])
    superseded = MilestoneNotice.objects.filter(letter__key__startswith=Letter.SUPERSEDED)
    superseded.filter(pk__in=[notice.pk for notice in outdated]).delete()


def _due(milestone, forum):
    return due_with(milestone, forum.first_day, forum.last_day)


# Who was told which edition of the dates -----------------------------------------------------------------------------


def people_told(forum, *, at) -> list[Told]:
    """Everybody who was told a day of this forum, and those who answer for it or its duties, each address once."""
    gone = Q(sent_at__isnull=False) | Q(claimed_until__gt=at)
    told = {**dict.fromkeys(_responsible(forum)), **_by_notices(forum, at)}
    for letter in _corrections(forum).filter(gone):
        told[letter.to.lower()] = max(told.get(letter.to.lower()) or 0, _edition_of(letter))
    unheard = {}
    for letter in _corrections(forum).exclude(gone):
        unheard[letter.to] = min(unheard.get(letter.to, _edition_of(letter)), _edition_of(letter))
    people = {person.email.lower(): person for person in get_user_model().objects.filter(email__in=list(told))}
    return [_as_told(email, edition, people.get(email), unheard) for email, edition in sorted(told.items())]


def _as_told(email, edition, person, unheard):
    """Who was told nothing knows the days before the first correction that did not reach them."""
    if edition is None and email in unheard:
        edition = unheard[email] - 1
    return Told(email, edition, person.language if person else "en", person)


def _responsible(forum):
    milestones = forum.milestones.select_related("responsible", "forum").prefetch_related("forum__managers")
    emails = [one.email for milestone in milestones for one in recipients(milestone, 0)]
    emails += forum.managers.filter(is_active=True, is_staff=True).values_list("email", flat=True)
    return [email.lower() for email in emails]


def _by_notices(forum, at) -> dict:
    """Addresses that were told the day of a duty, and the newest edition of the dates of which they were told."""
    moves = sorted(forum.changes.filter(kind="moved").values_list("at", flat=True))
    gone = Q(letter__isnull=True) | Q(letter__sent_at__isnull=False) | Q(letter__claimed_until__gt=at)
    told = {}
    for email, noticed in MilestoneNotice.objects.filter(gone, milestone__forum=forum).values_list("to", "at"):
        edition = forum.edition_of_dates - sum(moved >= noticed for moved in moves)
        told[email.lower()] = max(told.get(email.lower()) or 0, edition)
    return told


def _corrections(forum):
    return Letter.objects.filter(kind=KIND, forum=forum)


def _edition_of(letter) -> int:
    return int(letter.key.rpartition("dates-moved:")[2].split(":")[1])
