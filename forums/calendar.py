"""Everything of a forum that has a date, in one order: duties, calls that open and close, the days themselves."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from forums.citing import paragraph_in_words
from forums.entry import Entry, in_order
from forums.templatetags.languages import language_of
from forums.windows import Phase

SOON_DAYS = 7


def entries_of(forum, *, milestones, calls, at) -> list:
    """The whole course of one forum as it stands at that instant."""
    entries = [of_milestone(milestone, forum, at) for milestone in milestones]
    entries += [entry for call in calls for entry in of_call(call, forum, at)]
    if forum.first_day:
        entries.append(of_days(forum, at))
    return in_order(entries)


def of_milestone(milestone, forum, at) -> Entry:
    return Entry(
        kind="duty",
        title=milestone.name,
        name=milestone.name,
        language=language_of(milestone, "name"),
        zone=forum.zone,
        day=milestone.due_on,
        basis=milestone.basis,
        rule=rule_in_words(milestone),
        state=milestone.state(at),
        waived_because=milestone.waived_because,
        sort=milestone.get_kind_display() if milestone.round_table_id else "",
        met_on=milestone.met_on,
        days_ahead=(forum.first_day - milestone.met_on).days if milestone.met_on and forum.first_day else 0,
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
    phase, title = call.phase(at), {"call": call.name}
    shared = {
        "kind": "call",
        "name": call.name,
        "language": language_of(call, "name"),
        "zone": forum.zone,
        "forum": forum,
        "window": call.window,
        "url": call.get_absolute_url(),
    }
    entries = []
    if call.opens_at:
        word = {"word": phase.label} if phase is Phase.NOT_YET else {"mark": "done"}
        entries.append(Entry(title=_("“%(call)s” opens") % title, instant=call.opens_at, **word, **shared))
    if call.closes_at:
        former = tuple(extension.was for extension in call.extensions.all())
        closing = {"instant": call.closes_at, "former": former, **_closing(call, phase, forum, at)}
        entries.append(Entry(title=_("“%(call)s” closes") % title, **closing, **shared))
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
        kind="days",
        title=_("The forum meets"),
        zone=forum.zone,
        day=forum.first_day,
        last_day=forum.last_day,
        rule=" · ".join(part for part in (forum.venue, forum.city) if part),
        rule_language=language_of(forum, "venue") or language_of(forum, "city"),
        word=word,
        tone=tone,
        mark="day",
        forum=forum,
        url=forum.get_absolute_url(),
    )


def of_session(session, at) -> Entry:
    """A session as the latest release has it (forums/programme/released.py)."""
    over, cancelled = session.ends_at <= at, bool(session.cancelled_at)
    word = _("Cancelled") if cancelled else _("Held") if over else ""
    return Entry(
        kind="session",
        title=str(session.title),
        name=str(session.title),
        language=session.title.language,
        zone=session.forum.zone,
        instant=session.starts_at,
        until=session.ends_at,
        cancelled=cancelled,
        rule=str(session.room.name) if session.room else "",
        rule_language=session.room.name.language if session.room else "",
        basis=session.basis,
        word=word,
        tone="stop" if cancelled else "done" if over else "plain",
        mark="done" if over and not cancelled else "",
        forum=session.forum,
        url=session.get_absolute_url(),
    )


def of_review(review, zone, at) -> Entry:
    """A regional review (A/RES/73/195, paragraph 50); where it meets, and the areas it is about."""
    over = (review.last_day or review.first_day) < at.astimezone(zone).date() if review.first_day else False
    return Entry(
        kind="review",
        title=review.name,
        name=review.name,
        language=language_of(review, "name"),
        zone=zone,
        day=review.first_day,
        last_day=review.last_day,
        rule=review.place,
        rule_language=language_of(review, "place"),
        basis=paragraph_in_words("A/RES/73/195", "50"),
        areas=tuple(review.regions.all()) if review.pk else (),
        word=_("Held") if over else "",
        tone="done" if over else "plain",
        mark="done" if over else "",
    )
