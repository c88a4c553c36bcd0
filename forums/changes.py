"""A change of the calendar in words of the active language: what the feed, the letters and the API say of it. Pure."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from forums.programme.words import in_plain_words
from forums.templatetags.moments import city_of, day_in_words, in_words


@dataclass(frozen=True)
class Words:
    """One sentence, what it means line by line, and the reason as somebody wrote it (in a language of their own)."""

    title: str
    lines: tuple[str, ...] = ()
    reason: str = ""


def words_of(change) -> Words:
    """The change in the active language; its instants in the zone of its forum, which is named."""
    tell = TOLD.get(change.kind)
    what = what_of(change)
    return tell(what, change.forum.zone) if tell else Words(change.get_kind_display(), reason=what.get("reason") or "")


def what_of(change) -> dict:
    return change.what if isinstance(change.what, dict) else {}


def path_of(change) -> str:
    """Where one reads more, in the active language."""
    path = change.forum.get_absolute_url()
    if change.kind == "programme":
        return reverse("forums:programme", args=[change.forum.slug])
    slug = what_of(change).get("slug") if change.kind == "call_moved" else ""
    return f"{path}#call-{slug}" if slug else path


def name_in(names) -> str:
    """A name kept in six languages, in the reader's; in English, or in any, where the reader's has none."""
    if not isinstance(names, dict):
        return str(names or "")
    return names.get(get_language()) or names.get("en") or next((name for name in names.values() if name), "")


def _day(text) -> str:
    return day_in_words(date.fromisoformat(text)) if text else _("no day")


def _instant(text, zone) -> str:
    return in_words(datetime.fromisoformat(text), zone) if text else _("no time")


def _days(pair) -> str:
    """The days of a forum: one day, or from the first to the last."""
    first, last = (*pair, pair[0])[:2]
    if first == last:
        return _day(first)
    return _("%(first)s to %(last)s") % {"first": _day(first), "last": _day(last)}


def _moved_line(one, say: Callable[[str], str]) -> str:
    """The name with its new day or instant, and the former one where there was one."""
    about = {"name": name_in(one.get("name")), "became": say(one.get("became")), "was": say(one.get("was"))}
    if not one.get("was"):
        return _("%(name)s: %(became)s") % about
    if one["was"] == one.get("became"):
        return _("%(name)s: %(became)s, as before") % about
    return _("%(name)s: %(became)s (formerly %(was)s)") % about


def _dated(what, zone: ZoneInfo) -> Words:
    was, became = what.get("was"), what.get("became")
    if not became:
        return Words(_("The dates of the forum are open again"), reason=what.get("reason") or "")
    if was:
        title = _("The forum moved to other days")
        about = {"became": _days(became), "was": _days(was)}
        days = _("The forum meets on new days: %(became)s (formerly %(was)s)") % about
    else:
        title, days = _("The dates of the forum are set"), _("The forum meets: %(became)s") % {"became": _days(became)}
    lines = [days, *(_moved_line(one, _day) for one in what.get("milestones") or ())]
    for part in ("calls", "sessions"):
        known = [one for one in what.get(part) or () if one.get("public", part == "calls")]
        lines += [_moved_line(one, lambda text: _instant(text, zone)) for one in known]
    lines.append(_("Days are those of %(city)s.") % {"city": city_of(zone)})
    return Words(title, tuple(lines), what.get("reason") or "")


def _convened(what, zone) -> Words:
    return Words(_("The forum is convened"), reason=what.get("reason") or "")


def _call_moved(what, zone) -> Words:
    titles = {
        "extended": _("“%(call)s” closes later"),
        "reopened": _("“%(call)s” is open again"),
        "moved": _("“%(call)s” closes at another time"),
    }
    title = titles.get(what.get("kind"), titles["moved"]) % {"call": name_in(what.get("call"))}
    lines = [_("New closing: %(instant)s") % {"instant": _instant(what.get("became"), zone)}]
    if what.get("was"):
        lines.append(_("Former closing: %(instant)s") % {"instant": _instant(what["was"], zone)})
    if what.get("authority"):
        lines.append(_("Decided by: %(authority)s") % {"authority": what["authority"]})
    return Words(title, tuple(lines), what.get("reason") or "")


def _met(what, zone) -> Words:
    if what.get("taken_back"):
        title = _("“%(duty)s” is not met after all: it was recorded by mistake") % {"duty": name_in(what.get("milestone"))}
        return Words(title)
    days = what.get("days") or 0
    if days > 0:
        when = ngettext("Done on %(day)s, %(days)d day early", "Done on %(day)s, %(days)d days early", days)
    elif days < 0:
        when = ngettext("Done on %(day)s, %(days)d day late", "Done on %(day)s, %(days)d days late", -days)
    else:
        when = _("Done on %(day)s, the day on which it was due")
    title = _("“%(duty)s” is met") % {"duty": name_in(what.get("milestone"))}
    return Words(title, (when % {"day": _day(what.get("on")), "days": abs(days)},) if what.get("on") else ())


def _waived(what, zone) -> Words:
    title = _("The waiver of “%(duty)s” is taken back") if what.get("taken_back") else _("“%(duty)s” is waived")
    title %= {"duty": name_in(what.get("milestone"))}
    return Words(title, reason=what.get("reason") or "")


def _document(what, zone) -> Words:
    about = {"symbol": what.get("symbol") or "", "title": name_in(what.get("title"))}
    since = what.get("available_on")
    if since:
        named, unnamed = _("Document %(symbol)s is available: %(title)s"), _("A document is available: %(title)s")
    else:
        named, unnamed = _("Document %(symbol)s is announced: %(title)s"), _("A document is announced: %(title)s")
    title = named if about["symbol"] else unnamed
    return Words(title % about, (_("Available since %(day)s") % {"day": _day(since)},) if since else ())


def _programme(what, zone) -> Words:
    number = what.get("number") or 1
    title = _("The programme is out") if number == 1 else _("The programme changed: release %(number)d") % {"number": number}
    return Words(title, _sessions(what.get("changes"), zone), what.get("note") or "")


def _sessions(changes, zone) -> tuple[str, ...]:
    """A line for each session that changed; none where an older portal kept them in another shape."""
    try:
        return tuple(in_plain_words(changes or (), zone))
    except (AttributeError, KeyError, TypeError, ValueError):
        return ()


TOLD: dict[str, Callable[[dict, ZoneInfo], Words]] = {
    "dated": _dated,
    "moved": _dated,
    "convened": _convened,
    "call_moved": _call_moved,
    "met": _met,
    "waived": _waived,
    "document": _document,
    "programme": _programme,
}
