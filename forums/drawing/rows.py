"""The rows of the picture: duties with their marks, calls from opening to closing, the days of the forum. Pure."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import get_language, to_locale
from django.utils.translation import gettext as _

from forums.drawing.scale import Scale, cut, end_of, noon_of, start_of, width_of
from forums.templatetags.moments import day_in_words
from forums.timeline import Standing

APART = 18  # marks of one day stand side by side
GAP = 14  # between a mark and its label
LEAST = 240  # a label with less room than this stands upon its bar
TRACK_BELOW_LABEL = 28
LOOKS = {
    Standing.MET: "met",
    Standing.MET_LATE: "late",
    Standing.OVERDUE: "late",
    Standing.DUE_SOON: "soon",
    Standing.WAIVED: "waived",
    Standing.NOT_RECORDED: "unknown",
}


@dataclass(frozen=True)
class Mark:
    x: int
    look: str


@dataclass(frozen=True)
class Bar:
    """From `x` on so many units to the right, whichever way time runs."""

    x: int
    width: int
    look: str


@dataclass(frozen=True)
class Row:
    y: int  # the middle of its track
    label: str
    when: str  # its day, short
    whole: str  # for who points at it, where the label was cut
    label_x: int
    label_y: int
    anchor: str  # start or end, as the language is written
    marks: tuple[Mark, ...] = ()
    bars: tuple[Bar, ...] = ()
    former: tuple[int, ...] = ()  # where a call was to close before


def together(entries) -> list[list]:
    """One group a row. Duties of one kind and day share one; a call's opening is the beginning of its bar."""
    groups = {}
    for entry in entries:
        if entry.window and entry.window.closes_at and entry.instant != entry.window.closes_at:
            continue
        key = (entry.sort, entry.day) if entry.sort else id(entry)
        groups.setdefault(key, []).append(entry)
    return list(groups.values())


def row_of(group, place: int, scale: Scale, at: datetime) -> Row:
    entry, sheet = group[0], scale.sheet
    top = sheet.above + place * sheet.row
    y = top + (sheet.row // 2 if sheet.beside else TRACK_BELOW_LABEL)
    marks, bars = _drawn(group, scale, at)
    name, when = _named(group), _short(entry.moment.astimezone(scale.zone).date())
    xs = [mark.x for mark in marks] + [x for bar in bars for x in (bar.x, bar.x + bar.width)]
    label, label_x, anchor = _label(name, when, xs, scale)
    return Row(
        y=y,
        label=label,
        when=when,
        whole="" if label == name else f"{name} · {day_in_words(entry.moment.astimezone(scale.zone).date())}",
        label_x=label_x,
        label_y=y + 5 if sheet.beside else top + 14,
        anchor=anchor,
        marks=tuple(marks),
        bars=tuple(bars),
        former=tuple(scale.x(instant) for instant in entry.former),
    )


def _drawn(group, scale, at):
    entry = group[0]
    if entry.state:
        return _duties(group, scale, at)
    if entry.window:
        begins, ends = entry.window.opens_at or scale.begins, entry.window.closes_at or scale.ends
        return [], [_bar(begins, ends, entry.window.phase(at).value, scale)]
    if entry.day:
        last = entry.last_day or entry.day
        return [], [_bar(start_of(entry.day, scale.zone), end_of(last, scale.zone), "meeting", scale)]
    return [Mark(scale.x(entry.instant), "ahead")], []


def _duties(group, scale, at):
    """A mark on the day when it was met, else on the day when it is due; a line between the two, or from due to now."""
    marks, bars, taken = [], [], {}
    for entry in group:
        due, standing = noon_of(entry.day, scale.zone), entry.state.standing
        if entry.met_on:
            bars.append(
                _bar(noon_of(entry.met_on, scale.zone), due, "early" if standing is Standing.MET else "delay", scale)
            )
        elif standing is Standing.OVERDUE:
            bars.append(_bar(due, min(at, scale.ends), "delay", scale))
        x = scale.x(noon_of(entry.met_on, scale.zone) if entry.met_on else due)
        beside = taken[x] = taken.get(x, -1) + 1
        marks.append(Mark(_aside(x, beside, scale), LOOKS.get(standing, "ahead")))
    return marks, list(dict.fromkeys(bars))


def _bar(begins, ends, look, scale) -> Bar:
    one, other = sorted((scale.x(begins), scale.x(ends)))
    return Bar(one, max(2, other - one), look)


def _aside(x, place, scale) -> int:
    """So many marks before this place; after it where the sheet begins too soon."""
    margin, far = scale.sheet.margin, scale.sheet.width - scale.sheet.margin
    before, after = (x + sign * scale.forwards * APART * place for sign in (-1, 1))
    return before if margin <= before <= far else min(max(after, margin), far)


def _named(group) -> str:
    if len(group) == 1:
        return group[0].title
    return _("%(kind)s (%(number)d)") % {"kind": group[0].sort, "number": len(group)}


def _short(day) -> str:
    """A day and its month, as short as the language writes them: 10 Feb."""
    from babel.dates import format_skeleton  # loads tables of all languages: few pages ask

    locale = to_locale(get_language() or "en")
    return format_skeleton("MMMd", day, locale="en_GB" if locale == "en" else locale)


def _label(name, when, xs, scale) -> tuple[str, int, str]:
    """After the mark where there is room, else before it, else upon it; above it on a narrow sheet."""
    beyond = width_of(f" {when}") + GAP + 1
    full, width = width_of(name) + beyond, scale.sheet.width
    if not scale.sheet.beside:
        return cut(name, width - beyond), scale.edge, "start"
    first, last = (max(xs), min(xs)) if scale.mirrored else (min(xs), max(xs))
    after, before = scale.room_after(last), scale.room_before(first)
    if max(after, before) < min(full, LEAST):
        return cut(name, width - 2 * beyond), scale.edge + scale.forwards * 2 * GAP, "start"
    if after >= full or after >= before:
        return cut(name, after - beyond), last + scale.forwards * GAP, "start"
    return cut(name, before - beyond), first - scale.forwards * GAP, "end"
