"""What of a forum has an entry in a calendar file, in words of the active language. Pure over the rows it is given.

Only what everybody may know is here: no responsible person, no call in which only the desk records.
"""

from django.utils.translation import gettext as _

from forums.calendar import rule_in_words
from forums.ics.entry import Entry
from forums.templatetags.moments import day_in_words, in_words


def of(forum, what: str) -> str:
    """Among the entries of a person's own calendar each says that it belongs to this forum."""
    return _("IMRF %(forum)s: %(what)s") % {"forum": forum.slug, "what": what}


def entry_of_milestone(milestone, forum, *, changed_at=None, warns=False) -> Entry | None:
    """A duty is a day: it is met until the end of it."""
    if not milestone.due_on:
        return None
    done = _("Done on %(day)s") % {"day": day_in_words(milestone.met_on)} if milestone.met_on else ""
    because = milestone.waived_because
    waived = _("Waived, because: %(reason)s") % {"reason": because} if because else ""
    return Entry(
        name=f"milestone-{milestone.pk}",
        summary=of(forum, milestone.name),
        begins=milestone.due_on,
        changed_at=changed_at,
        sequence=milestone.sequence + forum.edition_of_dates - 1,
        category=_("Duty"),
        about=(milestone.basis, rule_in_words(milestone), done, waived, forum.name),
        path=forum.get_absolute_url(),
        cancelled=bool(because),
        warns=warns,
    )


def entries_of_call(call, forum, *, changed_at=None) -> list[Entry]:
    """Its opening and its closing; the closing warns a day before."""
    extensions = list(call.extensions.all())
    shared = {
        "zone": forum.zone,
        "changed_at": max([each.at for each in extensions] + [changed_at] * bool(changed_at), default=None),
        "sequence": call.sequence,
        "category": _("Call"),
        "path": call.get_absolute_url(),
    }
    entries = []
    if call.opens_at:
        summary = of(forum, _("“%(call)s” opens") % {"call": call.name})
        entries.append(
            Entry(f"call-{call.pk}-opens", summary, call.opens_at, about=(call.get_audience_display(), forum.name), **shared)
        )
    if call.closes_at:
        about = (in_words(call.closes_at, forum.zone), *_former(extensions, forum), forum.name)
        summary = of(forum, _("“%(call)s” closes") % {"call": call.name})
        entries.append(Entry(f"call-{call.pk}-closes", summary, call.closes_at, about=about, warns=True, **shared))
    return entries


def _former(extensions, forum):
    for extension in extensions:
        yield _("Former closing: %(instant)s") % {"instant": in_words(extension.was, forum.zone)}
        yield extension.reason


def entry_of_days(forum, *, changed_at=None) -> Entry | None:
    if not forum.first_day:
        return None
    return Entry(
        name=f"forum-{forum.pk}",
        summary=forum.name,
        begins=forum.first_day,
        ends=forum.last_day,
        changed_at=changed_at,
        sequence=forum.sequence,
        category=_("Forum"),
        about=(_("The days of the forum"),),
        place=", ".join(part for part in (forum.venue, forum.city) if part),
        path=forum.get_absolute_url(),
        busy=True,
    )


def entry_of_session(session, *, withdrawn_at=None) -> Entry:
    """A sitting as it stood at the last release of the programme; one that a later release left out is cancelled."""
    forum, cancelled = session.forum, bool(session.cancelled_at or withdrawn_at)
    because = session.cancelled_because
    about = (
        _("Cancelled, because: %(reason)s") % {"reason": because} if because else "",
        session.kind_in_words,
        session.basis,
        str(session.description),
        _("Follow it here: %(address)s") % {"address": session.link} if session.link else "",
        forum.name,
    )
    return Entry(
        name=f"session-{session.pk}",
        summary=of(forum, str(session.title)),
        begins=session.starts_at,
        ends=session.ends_at,
        zone=forum.zone,
        changed_at=withdrawn_at or session.released_at,
        sequence=session.sequence + (1 if withdrawn_at else 0),
        category=_("Session"),
        about=about,
        place=", ".join(part for part in (session.room and str(session.room.name), forum.venue, forum.city) if part),
        path=forum.get_absolute_url() if withdrawn_at else session.get_absolute_url(),
        cancelled=cancelled,
        busy=True,
    )


def entry_of_review(review) -> Entry | None:
    """A regional review: its days, which belong to no zone of ours."""
    if not review.first_day:
        return None
    return Entry(
        name=f"regional-review-{review.pk}",
        summary=review.name or review.region,
        begins=review.first_day,
        ends=review.last_day or review.first_day,
        category=_("Regional review"),
        about=(_("%(symbol)s, paragraph %(number)s") % {"symbol": "A/RES/73/195", "number": "50"},),
        place=", ".join(part for part in (review.place, review.region) if part),
    )
