"""What stands against convening a forum: every reason at once, each a sentence that names its paragraph. Pure."""

from collections import Counter
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from forums.citing import paragraph_in_words
from forums.feeding import too_late
from forums.moving import hearing_day, is_outside
from forums.programme.rules import days_of
from forums.templatetags.moments import date_in_words, in_words
from forums.timeline import Standing

RESOLUTION = "A/RES/73/326"
ROUND_TABLES = 4
OBJECTIVES = frozenset(range(1, 24))

PAST = "duty_past"
TABLES = "four_round_tables"
EMPTY = "round_table_without_objectives"
MAP = "objectives_once"
HEARING = "hearing_day"
OUTSIDE = "session_outside"
LATE_CALL = "call_after_duty"


@dataclass(frozen=True)
class Reason:
    """One thing that stands against convening; only what the resolution calls indicative may be set aside."""

    code: str
    sentence: str
    may_be_set_aside: bool = False

    def __str__(self):
        return self.sentence


def reasons(forum, *, milestones, tables, sessions, calls, at) -> list[Reason]:
    """All reasons, in the order of the work. `tables` pairs each round table with the numbers of its objectives."""
    planned = [session for session in sessions if session.cancelled_at is None]
    return [
        *_past_duties(milestones, at),
        *_round_tables(tables),
        *_map_of_objectives(tables),
        *_hearing(forum, planned),
        *_outside(forum, planned),
        *_late_calls(calls),
    ]


def _past_duties(milestones, at):
    for milestone in milestones:
        state = milestone.state(at)
        if state.standing is Standing.OVERDUE:
            yield Reason(
                PAST,
                ngettext(
                    "“%(duty)s” was due on %(day)s, %(n)d day ago, and is not met (%(basis)s). Record that it was met, or "
                    "have it waived by a second person.",
                    "“%(duty)s” was due on %(day)s, %(n)d days ago, and is not met (%(basis)s). Record that it was met, or "
                    "have it waived by a second person.",
                    state.days,
                )
                % {
                    "duty": milestone.name,
                    "day": date_in_words(milestone.due_on),
                    "n": state.days,
                    "basis": milestone.basis,
                },
            )


def _round_tables(tables):
    paragraph = paragraph_in_words(RESOLUTION, "22")
    if len(tables) != ROUND_TABLES:
        sentence = ngettext(
            "A forum has four round tables, each with its background note (%(paragraph)s); this one has %(n)d.",
            "A forum has four round tables, each with its background note (%(paragraph)s); this one has %(n)d.",
            len(tables),
        )
        yield Reason(TABLES, sentence % {"paragraph": paragraph, "n": len(tables)})
    for table, numbers in tables:
        if not numbers:
            yield Reason(
                EMPTY,
                _("%(table)s takes up no objective, so no background note can be written for it (%(paragraph)s).")
                % {"table": table, "paragraph": paragraph},
            )


def _map_of_objectives(tables):
    times = Counter(number for _table, numbers in tables for number in numbers)
    missing = sorted(OBJECTIVES - set(times))
    doubled = sorted(number for number, count in times.items() if count > 1)
    if not missing and not doubled:
        return
    sentences = [
        _("Together the round tables take up each of the 23 objectives exactly once (%(paragraph)s).")
        % {"paragraph": paragraph_in_words(RESOLUTION, "22")}
    ]
    if missing:
        sentences.append(_("In no round table: %(numbers)s.") % {"numbers": _listed(missing)})
    if doubled:
        sentences.append(_("In more than one round table: %(numbers)s.") % {"numbers": _listed(doubled)})
    yield Reason(MAP, " ".join(sentences), may_be_set_aside=any(table.indicative for table, _numbers in tables))


def _listed(numbers):
    return _(", ").join(map(str, numbers))


def _hearing(forum, sessions):
    right = hearing_day(forum.first_day)
    for session in sessions:
        first, last = days_of(session, forum.zone)
        if session.kind == "hearing" and not first == last == right:
            yield Reason(
                HEARING,
                _(
                    "The hearing takes place one day before the first day of the forum, on %(right)s (%(paragraph)s); "
                    "“%(session)s” is on %(day)s. Move it to that day."
                )
                % {
                    "right": date_in_words(right),
                    "paragraph": paragraph_in_words(RESOLUTION, "15"),
                    "session": session.title,
                    "day": date_in_words(first),
                },
            )


def _outside(forum, sessions):
    for session in sessions:
        sits = days_of(session, forum.zone)
        if session.kind == "hearing" or not is_outside(*sits, forum.first_day, forum.last_day):
            continue
        yield Reason(
            OUTSIDE,
            _(
                "“%(session)s” begins on %(moment)s, outside the days of the forum, which last from the hearing on "
                "%(first)s (%(paragraph)s) to %(last)s. Move or cancel it."
            )
            % {
                "session": session.title,
                "moment": in_words(session.starts_at, forum.zone),
                "first": date_in_words(hearing_day(forum.first_day)),
                "paragraph": paragraph_in_words(RESOLUTION, "15"),
                "last": date_in_words(forum.last_day),
            },
        )


def _late_calls(calls):
    for call in calls:
        if call.feeds and not call.feeds.waived_because and (sentence := too_late(call.name, call.closes_at, call.feeds)):
            yield Reason(LATE_CALL, sentence)
