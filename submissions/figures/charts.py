"""Figures in words: what each shows, its lines in the order of a reader, and how it is said to who does not see it. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

MOST_LINES = 26
IN_ORDER = ("level", "objective", "forum")  # others: the largest first


@dataclass(frozen=True)
class Line:
    code: str
    label: str
    first: int
    second: int = 0  # where two parts are told apart
    query: str = ""  # of the list of these inputs, where any is shown

    @property
    def total(self) -> int:
        return self.first + self.second

    @property
    def first_share(self) -> str:
        """What the first part is of both, in whole per cent."""
        return _("%(share)d%%") % {"share": round(100 * self.first / self.total)} if self.total else ""


@dataclass(frozen=True)
class Chart:
    name: str  # also of its file
    title: str
    note: str
    counts: str  # what its numbers are
    lines: tuple[Line, ...]
    parts: tuple[str, str] = ("", "")  # what first and second are, where both are told apart
    whole: int = 0  # what shares are of; 0: none are told

    @property
    def rows(self) -> list:
        return [(line, self.share(line)) for line in self.lines]

    @property
    def is_parted(self) -> bool:
        return bool(self.parts[0])

    @property
    def most(self) -> int:
        return max((line.total for line in self.lines), default=0)

    @property
    def described(self) -> str:
        """The picture in one sentence: which line is the longest, and how many there are."""
        found = [line for line in self.lines if line.total]
        if not found:
            return _("There is nothing to count yet.")
        top = max(found, key=lambda line: line.total)
        said = {"lines": len(self.lines), "label": top.label, "number": top.total}
        return _("Bars of %(lines)d lines. The longest: %(label)s, %(number)d. The table beside it has every number.") % said

    def share(self, line) -> str:
        """In whole per cent; small ones are told as such."""
        if not (self.whole and line.total):
            return ""
        share = round(100 * line.total / self.whole)
        return _("less than 1%") if not share else _("%(share)d%%") % {"share": share}


@dataclass(frozen=True)
class Growth:
    """How many there were at the end of each week, or month."""

    title: str
    note: str
    points: tuple[tuple[date, int, int], ...]  # begin, how many were added, how many in all
    name: str = "time"
    monthly: bool = False

    @property
    def shown(self) -> list:
        """What the table on the page has: a long one leaves out where nothing was added."""
        return [point for point in self.points if point[1]] if self.is_cut else list(self.points)

    @property
    def is_cut(self) -> bool:
        return len(self.points) > MOST_LINES

    @property
    def described(self) -> str:
        if not self.points:
            return _("There is nothing to count yet.")
        (first, _added, _all), (last, _more, total) = self.points[0], self.points[-1]
        said = {"first": first.isoformat(), "last": last.isoformat(), "total": total}
        return (
            _("A line that climbs from %(first)s to %(last)s, when there were %(total)d. The table has every step.") % said
        )


def charts_of(numbers, words, *, with_forums=False) -> list[Chart]:
    """The figures of one page; `words` is a vocabulary."""
    names = (*(("forum",) if with_forums else ()), "level", "region", "kind", "objective", "language")
    return [_of_inputs(name, numbers, words) for name in names]


def _of_inputs(name, numbers, words) -> Chart:
    title, note = _titles()[name]
    keys = words.keys.get(name)
    pairs = [(code, word, numbers.pair(name, keys[code] if keys else code)) for code, word in words.words[name].items()]
    lines = [Line(code, word, sum(pair), query=f"{name}={code}" if pair[0] else "") for code, word, pair in pairs]
    if name not in IN_ORDER:
        lines.sort(key=lambda line: -line.total)
    if name not in ("level", "objective", "region"):  # of these also what is missing is told
        lines = [line for line in lines if line.total]
    return Chart(name, title, note, _("Inputs"), tuple(lines), whole=numbers.total)


def _titles() -> dict:
    several = _("An input can stand in several lines, so the shares add up to more than the whole.")
    return {
        "forum": (_("By forum"), ""),
        "level": (_("By level"), _("Local, national, regional or global, as its authors say.")),
        "region": (
            _("By region"),
            _("The regions that an input names, else those of the countries that it is about.") + " " + several,
        ),
        "kind": (_("By kind of organisation"), _("The organisation that leads the input.")),
        "objective": (_("By objective of the Compact"), several),
        "language": (_("By language"), _("The language in which it was written.")),
    }


def newcomers(numbers, words) -> Chart:
    """Organisations by forum: those that gave an input for the first time, and those that had done so before."""
    pairs = (
        (code, word, numbers.pair("newcomers", words.keys["forum"][code])) for code, word in words.words["forum"].items()
    )
    lines = tuple(Line(code, word, *pair) for code, word, pair in pairs if any(pair))
    note = _("Organisations that lead an input. New is whose first input to any forum was to this one.")
    parts = (_("for the first time"), _("had given one before"))
    return Chart("organisations", _("Organisations, new and known"), note, _("Organisations"), lines, parts)


def least_developed(numbers) -> Chart:
    """Countries with and without those that are least developed, in three ways to count them."""
    ways = {
        "states": _("States that gave an input"),
        "organisations": _("Countries of all organisations that gave one"),
        "about": _("Countries that inputs are about"),
    }
    lines = tuple(Line(code, word, *numbers.pair("ldc", code)) for code, word in ways.items())
    note = _("Each country counts once. The list of least developed countries is that of the reference data.")
    parts = (_("least developed countries"), _("other countries and areas"))
    return Chart("least-developed", _("Least developed countries"), note, _("Countries and areas"), lines, parts)


def growth(numbers, *, monthly=False) -> Growth:
    """Weeks or months without a new input are there, too."""
    added = {date.fromisoformat(code): sum(pair) for code, pair in numbers.figures.get("time", {}).items()}
    points, day, total = [], min(added, default=None), 0
    while day and day <= max(added):
        total += added.get(day, 0)
        points.append((day, added.get(day, 0), total))
        day = (day.replace(day=1) + timedelta(days=32)).replace(day=1) if monthly else day + timedelta(days=7)
    note = _("By the month in which they were received.") if monthly else _("By the week in which they were received.")
    note += " " + _("What the desk recorded from a public source stands where it was recorded.")
    return Growth(_("Over time"), note, tuple(points), monthly=monthly)
