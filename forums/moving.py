"""Calls and sessions that move with a forum: the same wall clock, as many calendar days later as the first day. Pure."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from forums.feeding import is_in_time
from forums.programme.rules import days_of
from forums.templatetags.moments import date_in_words, in_words
from forums.timeline import due_day
from forums.zoned_fields import instant_of


@dataclass(frozen=True)
class Moved:
    """A call or a session with its old and its new beginning and end."""

    thing: object
    begins_was: datetime | None
    begins: datetime | None
    ends_was: datetime | None
    ends: datetime | None
    chosen: bool = False
    stays: str = ""  # why it cannot move
    problem: str = ""  # why the forum cannot move while this is chosen
    warnings: tuple = ()

    @property
    def moves(self) -> bool:
        return self.chosen and not self.stays


def due_with(duty, first_day, last_day):
    """The day on which a duty is due if the forum has these days."""
    base = last_day if duty.on_last_day else first_day
    return base and due_day(base, weeks=duty.weeks_before, days=duty.days_before)


def shifted(instant: datetime | None, days: int, zone: ZoneInfo) -> datetime | None:
    """The same wall clock so many calendar days later, in that zone.

    An hour that clocks show twice means its first occurrence; one that they skip raises ValidationError.
    """
    if instant is None:
        return None
    return instant_of(instant.astimezone(zone).replace(tzinfo=None) + timedelta(days=days), zone)


# Calls ---------------------------------------------------------------------------------------------------------------


def move_call(call, days, chosen, *, shift, zone, at) -> Moved:
    was = (call.opens_at, call.closes_at)
    if stays := _why_a_call_stays(call, at):
        return Moved(call, call.opens_at, call.opens_at, call.closes_at, call.closes_at, stays=stays)
    try:
        opened = call.opens_at is not None and call.opens_at <= at
        begins = call.opens_at if opened else shifted(call.opens_at, shift, zone)
        ends = shifted(call.closes_at, shift, zone)
    except ValidationError as skipped:
        return _skipped(call, *was, chosen, skipped)
    problem, warnings = "", list(_late_for_what_it_feeds(call, ends if chosen else call.closes_at, days, zone))
    if ends and ends <= at:
        problem = _("“%(call)s” would close on %(moment)s, which is past. Let it stay, or choose later days.") % {
            "call": call.name,
            "moment": in_words(ends, zone),
        }
    elif begins and not opened and begins <= at:
        warnings.append(_("It would be open at once."))
    return Moved(call, call.opens_at, begins, call.closes_at, ends, chosen, problem=problem, warnings=tuple(warnings))


def _why_a_call_stays(call, at) -> str:
    if call.closes_at and call.closes_at <= at:
        return _("It has closed. A closing that is past never moves.")
    if call.closes_at is None and (call.opens_at is None or call.opens_at <= at):
        return _("It has no instant that lies ahead.")
    return ""


def _late_for_what_it_feeds(call, closes_at, days, zone):
    """A call that feeds the report or a note closes before it is due."""
    if not call.feeds_id or call.feeds.waived_because:
        return
    due = due_with(call.feeds, *days)
    if not is_in_time(closes_at, due, zone):
        yield _("It would close too late for “%(duty)s”, which is due on %(day)s (%(basis)s).") % {
            "duty": call.feeds,
            "day": date_in_words(due),
            "basis": call.feeds.basis,
        }


def _skipped(thing, begins_was, ends_was, chosen, skipped):
    sentence = _("“%(name)s” cannot keep its clock time: %(why)s") % {"name": thing, "why": " ".join(skipped.messages)}
    return Moved(thing, begins_was, None, ends_was, None, chosen, problem=sentence)


# Sessions ------------------------------------------------------------------------------------------------------------


def move_session(session, days, chosen, *, shift, zone, at) -> Moved:
    was = (session.starts_at, session.ends_at)
    if session.ends_at <= at:
        return Moved(session, was[0], was[0], was[1], was[1], stays=_("It is over."))
    try:
        begins, ends = (shifted(instant, shift, zone) for instant in was)
    except ValidationError as skipped:
        return _skipped(session, *was, chosen, skipped)
    by = timedelta(days=shift if chosen else 0)
    sits = [day + by for day in days_of(session, zone)]
    warnings = [_("It would lie outside the days of the forum.")] if is_outside(*sits, *days) else []
    if chosen and begins <= at:
        warnings.append(_("It would begin in the past."))
    return Moved(session, was[0], begins, was[1], ends, chosen, warnings=tuple(warnings))


def is_outside(first: date, last: date, first_day: date, last_day: date) -> bool:
    """Whether a session that sits from first to last is outside the forum, which lasts from the hearing to the last day."""
    return first < hearing_day(first_day) or last > last_day


def hearing_day(first_day: date) -> date:
    """The hearing takes place one day before the forum (A/RES/73/326, paragraph 15)."""
    return due_day(first_day, days=1)
