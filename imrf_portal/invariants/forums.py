"""Rules of the ground floor: dates, windows, duties, letters."""

from datetime import timedelta

from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.timezone import now

from forums import feeding, notices
from forums.models import Call, Extension, Forum, Letter, Milestone, MilestoneNotice, Objective


def a_forum_ends_after_it_begins():
    """A forum has both days or none, and the last is not before the first."""
    half = Q(first_day__isnull=True, last_day__isnull=False) | Q(first_day__isnull=False, last_day__isnull=True)
    return Forum.objects.filter(half | Q(last_day__lt=F("first_day"))).values_list("slug", flat=True)


def what_is_held_is_over():
    """A forum marked as held has days, and they are past."""
    tomorrow = now().date() + timedelta(days=1)  # somewhere that day has begun
    held = Forum.objects.filter(status="held")
    return held.exclude(last_day__lte=tomorrow).values_list("slug", flat=True)


def a_call_closes_after_it_opens():
    """A call closes after it opens, and one that closes also opens."""
    calls = Call.objects.filter(Q(closes_at__lte=F("opens_at")) | Q(opens_at__isnull=True, closes_at__isnull=False))
    return calls.values_list("slug", flat=True)


def a_moved_closing_is_the_last_extension():
    """A call that was extended closes when its last extension says."""
    last = Extension.objects.filter(call=OuterRef("pk")).order_by("-at", "-pk").values("became")[:1]
    moved = Call.objects.annotate(said=Coalesce(Subquery(last), F("closes_at")))
    return moved.exclude(closes_at=F("said")).exclude(closes_at=None, said=None).values_list("slug", flat=True)


def a_call_closes_before_the_duty_that_it_feeds_is_due():
    """A call that feeds a duty closes before the day on which that duty is due, in the forum's zone."""
    for call in Call.objects.filter(feeds__isnull=False).select_related("feeds__forum"):
        if not feeding.is_in_time(call.closes_at, call.feeds.due_on, call.feeds.forum.zone):
            yield call.slug


def a_duty_is_met_or_waived():
    """No duty is both met and waived."""
    return Milestone.objects.filter(met_on__isnull=False).exclude(waived_because="").values_list("pk", flat=True)


def a_note_belongs_to_a_round_table_of_its_forum():
    """A background note belongs to a round table of the same forum; no other duty to a table of another forum."""
    without = Q(kind="note", round_table__isnull=True)
    foreign = Q(round_table__isnull=False) & ~Q(round_table__forum=F("forum"))
    return Milestone.objects.filter(without | foreign).values_list("pk", flat=True)


def the_objectives_are_whole():
    """There are the objectives 1 to 23 and no others, once the lists are loaded."""
    there = set(Objective.objects.values_list("pk", flat=True))
    return sorted(there ^ set(range(1, 24))) if there else []


def a_letter_is_sent_or_waits():
    """A letter that was sent is not given up, was tried, and was written before."""
    sent = Letter.objects.filter(sent_at__isnull=False)
    return sent.filter(Q(failed=True) | Q(tries=0) | Q(sent_at__lt=F("written_at"))).values_list("key", flat=True)


def no_code_is_kept_once_it_was_sent():
    """A private letter holds no text any more once it was sent."""
    sent = Letter.objects.filter(private=True, sent_at__isnull=False)
    return sent.exclude(text="", html="").values_list("key", flat=True)


def a_notice_has_one_of_the_distances():
    """A notice of a duty was told at one of the distances that the sweep knows."""
    told = MilestoneNotice.objects.values_list("pk", "days_before")
    return [pk for pk, days in told if notices.distance(days) != days]


RULES = [
    a_forum_ends_after_it_begins,
    what_is_held_is_over,
    a_call_closes_after_it_opens,
    a_moved_closing_is_the_last_extension,
    a_call_closes_before_the_duty_that_it_feeds_is_due,
    a_duty_is_met_or_waived,
    a_note_belongs_to_a_round_table_of_its_forum,
    the_objectives_are_whole,
    a_letter_is_sent_or_waits,
    no_code_is_kept_once_it_was_sent,
    a_notice_has_one_of_the_distances,
]
