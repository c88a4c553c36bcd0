"""Calls that feed a duty: what they gather must be in before the duty's last day begins. Pure."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from forums.templatetags.moments import city_of, day_in_words, in_words

FED = ("report", "note", "declaration", "concept_note")  # kinds of duties that inputs are gathered for


def begins(day: date, zone: ZoneInfo) -> datetime:
    """The first moment of a day in that zone."""
    return datetime.combine(day, datetime.min.time(), tzinfo=zone)


def is_in_time(closes_at: datetime | None, due_on: date | None, zone: ZoneInfo) -> bool:
    """Whether a call with this closing can feed a duty that is due on that day; a duty without a day takes any."""
    return due_on is None or (closes_at is not None and closes_at < begins(due_on, zone))


def too_late(name, closes_at, duty) -> str:
    """The sentence against a closing that is too late for the duty which the call feeds; empty where there is none."""
    zone = duty.forum.zone
    if is_in_time(closes_at, duty.due_on, zone):
        return ""
    what = {
        "call": name,
        "duty": duty.name,
        "basis": duty.basis,
        "day": day_in_words(duty.due_on),
        "city": city_of(zone),
    }
    if closes_at is None:
        return (
            _(
                "“%(call)s” feeds “%(duty)s” (%(basis)s), which is due on %(day)s. Let it close before that day begins in "
                "%(city)s, or say that it feeds no duty."
            )
            % what
        )
    return _(
        "“%(call)s” feeds “%(duty)s” (%(basis)s), which is due on %(day)s; closing on %(closing)s would be too late. Let it "
        "close before that day begins in %(city)s, or say that it feeds no duty."
    ) % {**what, "closing": in_words(closes_at, zone)}
