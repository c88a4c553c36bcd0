"""Reads the whole board; the number of statements does not depend on how many forums, duties or letters there are."""

from collections import defaultdict
from datetime import date

from django.contrib.auth import get_user_model
from django.db.models import Count, Min, Prefetch, Q
from django.db.models.functions import Lower

from forums import notices
from forums.board.rows import Course, Duty, Notice, Told
from forums.calendar import of_days
from forums.models import Call, Forum, Letter, Milestone, MilestoneNotice, Release, Waiver
from forums.operations.milestones import due_now, is_watched, recipients

MOST_COMING = 5  # the four before the day and the day itself
MOST_TOLD = 6
SHOWN = ("key", "subject", "to", "language", "sent_at", "held", "failed", "tries", "bounced_at", "bounce", "not_before")


def staff():
    """Those who may answer for a duty: active accounts of the desk, by name."""
    return get_user_model().objects.filter(is_active=True, is_staff=True).order_by(Lower("name"), "email")


def courses(at) -> list[Course]:
    """Every forum, the soonest first, those without dates after them, those that were held at the end, newest first."""
    counts, nearest = _counted(), _nearest()
    found = [_course(forum, at, counts, nearest) for forum in _forums()]
    coming = [one for one in found if one.forum.status != Forum.Status.HELD]
    held = [one for one in found if one.forum.status == Forum.Status.HELD]
    last = date.max
    return sorted(coming, key=lambda one: one.forum.first_day or last) + sorted(
        held, key=lambda one: one.forum.first_day, reverse=True
    )


def _forums():
    letters = Letter.objects.only(*SHOWN)
    newest = MilestoneNotice.objects.order_by("-at", "-pk").prefetch_related(Prefetch("letter", letters))
    duties = Milestone.objects.select_related("responsible").prefetch_related(
        "documents",
        Prefetch("waivers", Waiver.objects.select_related("asked_by", "decided_by")),
        Prefetch("notices", newest[:MOST_TOLD], to_attr="newest"),
    )
    releases = Release.objects.order_by("forum_id", "-number").distinct("forum_id").only("forum", "number", "released_at")
    return Forum.objects.order_by("pk").prefetch_related(
        "managers",
        Prefetch("milestones", duties),
        Prefetch("calls", Call.objects.defer("guidance", "questions")),
        Prefetch("releases", releases, to_attr="newest"),
    )


def _counted() -> dict:
    """How many letters of each duty were written, are held, and did not arrive without anybody having seen to it."""
    superseded = Q(letter__key__startswith=Letter.SUPERSEDED)
    found = MilestoneNotice.objects.values("milestone").annotate(
        all=Count("pk"),
        held=Count("pk", Q(letter__held=True, letter__sent_at=None, letter__failed=False) & ~superseded),
        lost=Count("pk", (Q(letter__failed=True) | Q(letter__bounced_at__isnull=False)) & Q(letter__settled=False)),
    )
    return {row["milestone"]: (row["all"], row["held"], row["lost"]) for row in found}


def _nearest() -> dict:
    """The smallest distance at which each address was told of a duty on the day on which it is, or was, due."""
    nearest = defaultdict(dict)
    for milestone, due_on, to, days in MilestoneNotice.objects.values_list("milestone", "due_on", "to").annotate(
        days=Min("days_before")
    ):
        nearest[milestone, due_on][to] = days
    return nearest


def _course(forum, at, counts, nearest):
    duties = [_duty(milestone, at, counts, nearest) for milestone in forum.milestones.all()]
    return Course(
        forum=forum,
        days=of_days(forum, at) if forum.first_day else None,
        duties=sorted(duties, key=lambda duty: duty.milestone.due_on or date.max),
        calls=[(call, call.phase(at)) for call in forum.calls.all()],
        release=next(iter(forum.newest), None),
        managers=list(forum.managers.all()),
    )


def _duty(milestone, at, counts, nearest):
    coming = coming_notices(milestone, at, nearest.get((milestone.pk, milestone.due_on), {}))
    written, held, lost = counts.get(milestone.pk, (0, 0, 0))
    return Duty(
        milestone=milestone,
        state=milestone.state(at),
        watched=is_watched(milestone),
        coming=coming[:MOST_COMING],
        told=[_told(notice, milestone, at) for notice in milestone.newest],
        written=written,
        held=held,
        lost=lost,
        waiver=next((waiver for waiver in milestone.waivers.all() if waiver.is_open or waiver.stands), None),
    )


def _told(notice, milestone, at):
    letter = notice.letter
    waits = letter is not None and letter.sent_at is None and not letter.tries and letter.not_before > at
    return Told(notice, notice.due_on != milestone.due_on, waits)


def coming_notices(milestone, at, nearest) -> list[Notice]:
    """What is still to be told of a duty; `nearest` says how near to its day each address was told already."""
    if not is_watched(milestone):
        return []
    zone, missed = milestone.forum.zone, due_now(milestone, at)
    found = []
    for distance in ([missed] if missed is not None else []) + notices.coming(milestone.due_on, at, zone):
        people = [one for one in recipients(milestone, distance) if nearest.get(one.email, distance + 1) > distance]
        if people:
            instant = notices.instant_of(milestone.due_on, distance, zone)
            found.append(Notice(distance, instant, people, distance == missed))
    return found
