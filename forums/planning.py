"""What follows from a first and a last day of a forum, shown before anything is stored. Pure.

Duties are counted anew. Calls and sessions keep their wall clock and move by as many calendar days as the first day does.
"""

from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from forums.calendar import rule_in_words
from forums.moving import due_with, move_call, move_session
from forums.templatetags.moments import date_in_words


@dataclass(frozen=True)
class Duty:
    """One duty with its old and its new day, counted from the same rule."""

    thing: object  # a milestone, perhaps one that is not stored yet
    rule: str
    was: date | None
    becomes: date
    days: int  # from today; negative: that many days past
    warnings: tuple = ()

    @property
    def past(self) -> int:
        """How many days ago it is due; 0 where it lies ahead."""
        return max(-self.days, 0)


@dataclass(frozen=True)
class Plan:
    """Everything that follows; nothing of it is stored."""

    was: tuple
    becomes: tuple
    shift: int  # calendar days from the old first day to the new one
    duties: tuple = ()
    calls: tuple = ()
    sessions: tuple = ()
    warnings: tuple = ()

    @property
    def problems(self) -> list:
        """Sentences that stand against it as things are chosen now."""
        return [row.problem for row in (*self.calls, *self.sessions) if row.moves and row.problem]

    @property
    def digest(self) -> str:
        """A mark of what was shown: another one means that something changed meanwhile. Choices and words are no part."""
        rows = [
            (each.thing.pk, each.was, each.becomes, each.thing.met_on, bool(each.thing.waived_because), len(each.warnings))
            for each in self.duties
        ]
        rows += [
            (each.thing.pk, each.begins_was, each.begins, each.ends_was, each.ends, bool(each.stays), bool(each.problem))
            for each in (*self.calls, *self.sessions)
        ]
        shown = "|".join(map(str, (*self.was, *self.becomes, len(self.duties), len(self.calls), *rows)))
        return sha256(shown.encode()).hexdigest()[:32]


def plan(forum, *, first_day, last_day, duties, at, calls=(), sessions=(), chosen=None) -> Plan:
    """What follows for these duties, calls and sessions of the forum, as it stands at that instant.

    `chosen` holds the calls and sessions that move; None means all that can.
    """
    today = at.astimezone(forum.zone).date()
    shift = (first_day - forum.first_day).days if forum.first_day else 0
    days = (first_day, last_day)
    follows = {"shift": shift, "zone": forum.zone, "at": at}
    return Plan(
        was=(forum.first_day, forum.last_day),
        becomes=days,
        shift=shift,
        duties=tuple(_duty(each, forum, days, today) for each in duties),
        calls=tuple(move_call(each, days, _is_chosen(each, chosen), **follows) for each in calls) if shift else (),
        sessions=tuple(move_session(each, days, _is_chosen(each, chosen), **follows) for each in sessions) if shift else (),
        warnings=tuple(_about_days(forum, first_day, today)),
    )


def against_days(forum, first_day, last_day) -> str:
    """The sentence against a first and a last day that make no sense together; empty where there is none."""
    if first_day is None or last_day is None:
        return _("A dated forum has a first day and a last day. Fill in both.")
    if last_day < first_day:
        return _("The last day is before the first day. Check both dates.")
    if any(abs(day.year - forum.year) > 1 for day in (first_day, last_day)):
        return _("This forum is known by the year %(year)d. Check the years of both dates.") % {"year": forum.year}
    return ""


def _is_chosen(thing, chosen) -> bool:
    return chosen is None or thing in chosen


def _about_days(forum, first_day, today):
    if first_day < today:
        yield _("The first day is already past.")
    if first_day.year != forum.year:
        yield _("The first day is not in %(year)d, the year by which this forum is known.") % {"year": forum.year}


def _duty(duty, forum, days, today) -> Duty:
    becomes = due_with(duty, *days)
    return Duty(
        thing=duty,
        rule=rule_in_words(duty),
        was=due_with(duty, forum.first_day, forum.last_day),
        becomes=becomes,
        days=(becomes - today).days,
        warnings=tuple(_about_duty(duty, becomes, today)),
    )


def _about_duty(duty, becomes, today):
    if duty.met_on:
        if duty.kind == "hearing" and duty.met_on != becomes:
            day = date_in_words(duty.met_on)
            yield _("It was held on %(day)s, which is not the day before the new first day.") % {"day": day}
        elif duty.met_on > becomes:
            late = (duty.met_on - becomes).days
            yield ngettext("It would count as met %(n)d day late.", "It would count as met %(n)d days late.", late) % {
                "n": late
            }
    elif becomes < today and not duty.waived_because:
        past = (today - becomes).days
        yield ngettext("This day is already past, by %(n)d day.", "This day is already past, by %(n)d days.", past) % {
            "n": past
        }
