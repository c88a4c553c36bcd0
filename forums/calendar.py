"""Everything of a forum that has a date, in one order: duties, calls that open and close, the days themselves."""

from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from forums.timeline import State
from forums.windows import Phase

SOON_DAYS = 7


@dataclass(frozen=True)
class Entry:
    """One dated thing; a day has no zone, an instant is shown in the forum's."""

    title: str
    zone: ZoneInfo
    day: date | None = None
    last_day: date | None = None
    instant: datetime | None = None
    basis: str = ""  # resolution and paragraph
    rule: str = ""  # how the day is counted, or what else there is to know
    state: State | None = None
    word: str = ""  # in place of a state
    tone: str = "plain"
    mark: str = ""
    met_on: date | None = None
    days_ahead: int = 0  # from the day it was met to the first day of the forum
    documents: tuple = ()
    forum: object = None
    url: str = ""
    call: object = None  # a call that takes inputs at this moment

    @property
    def moment(self) -> datetime | None:
        """Where it stands in the order: an instant itself, a day at its beginning."""
        if self.instant or self.day is None:
            return self.instant
        return datetime.combine(self.day, time.min, tzinfo=self.zone)

    def is_over(self, at) -> bool:
        if self.instant:
            return self.instant <= at
        return (self.last_day or self.day) < at.astimezone(self.zone).date()


def in_order(entries) -> list:
    """Undated ones first, as they were given; the others by day and clock."""
    dated = sorted((entry for entry in entries if entry.moment), key=lambda entry: entry.moment)
    return [entry for entry in entries if entry.moment is None] + dated


def entries_of(forum, *, milestones, calls, at) -> list:
    """The whole course of one forum as it stands at that instant."""
    entries = [of_milestone(milestone, forum, at) for milestone in milestones]
    entries += [entry for call in calls for entry in of_call(call, forum, at)]
    if forum.first_day:
        entries.append(of_days(forum, at))
    return in_order(entries)


def of_milestone(milestone, forum, at) -> Entry:
    return Entry(
        title=milestone.name,
        zone=forum.zone,
        day=milestone.due_on,
        basis=milestone.basis,
        rule=rule_in_words(milestone),
        state=milestone.state(at),
        met_on=milestone.met_on,
        days_ahead=(forum.first_day - milestone.met_on).days if milestone.met_on else 0,
        documents=tuple(milestone.documents.all()),
        forum=forum,
    )


def rule_in_words(milestone) -> str:
    """How its last day is counted: at least twelve weeks before the first day of the forum."""
    if milestone.on_last_day:
        return _("on the last day of the forum")
    if milestone.weeks_before:
        return ngettext(
            "at least %(weeks)d week before the first day of the forum",
            "at least %(weeks)d weeks before the first day of the forum",
            milestone.weeks_before,
        ) % {"weeks": milestone.weeks_before}
    if milestone.days_before > 0:
        return ngettext(
            "%(days)d day before the first day of the forum",
            "%(days)d days before the first day of the forum",
            milestone.days_before,
        ) % {"days": milestone.days_before}
    return ""


def of_call(call, forum, at) -> list:
    """A call opens and closes; its closing carries whether it is open."""
    phase, shared = call.phase(at), {"zone": forum.zone, "forum": forum, "url": call.get_absolute_url()}
    entries = []
    if call.opens_at:
        title = _("“%(call)s” opens") % {"call": call.name}
        word = {"word": phase.label} if phase is Phase.NOT_YET else {"mark": "done"}
        entries.append(Entry(title, instant=call.opens_at, **word, **shared))
    if call.closes_at:
        title = _("“%(call)s” closes") % {"call": call.name}
        entries.append(Entry(title, instant=call.closes_at, **_closing(call, phase, forum, at), **shared))
    return entries


def _closing(call, phase, forum, at):
    if phase is Phase.NOT_YET:
        return {}
    if phase is Phase.CLOSED:
        return {"word": phase.label, "mark": "done"}
    days = (call.closes_at.astimezone(forum.zone).date() - at.astimezone(forum.zone).date()).days
    left = ngettext("Open, closes in %(days)d day", "Open, closes in %(days)d days", days) % {"days": days}
    word = left if days else _("Open, closes today")
    takes_inputs = call.purpose == call.Purpose.INPUT and not call.recorded_by_desk_only
    tone = "wait" if days <= SOON_DAYS else "now"
    return {"word": word, "tone": tone, "mark": "now", "call": call if takes_inputs else None}


def of_days(forum, at) -> Entry:
    """The days of the forum itself."""
    today = at.astimezone(forum.zone).date()
    ahead = (forum.first_day - today).days
    if today > forum.last_day:
        word, tone = _("Held"), "done"
    elif ahead <= 0:
        word, tone = _("Under way"), "now"
    else:
        word, tone = ngettext("In %(days)d day", "In %(days)d days", ahead) % {"days": ahead}, "plain"
    return Entry(
        title=_("The forum meets"),
        zone=forum.zone,
        day=forum.first_day,
        last_day=forum.last_day,
        rule=", ".join(part for part in (forum.venue, forum.city) if part),
        word=word,
        tone=tone,
        mark="day",
        forum=forum,
        url=forum.get_absolute_url(),
    )


def of_review(review, zone, at) -> Entry:
    """A regional review (A/RES/73/195, paragraph 50)."""
    over = (review.last_day or review.first_day) < at.astimezone(zone).date() if review.first_day else False
    return Entry(
        title=review.name,
        zone=zone,
        day=review.first_day,
        last_day=review.last_day,
        rule=", ".join(part for part in (review.region, review.place) if part),
        word=_("Held") if over else "",
        tone="done" if over else "plain",
        mark="done" if over else "",
    )
