"""Where bars, steps and cells lie: shares of a sheet that is as wide as its place, so that letters keep their size. Pure.

In a language that is written from right to left everything begins at the right, time and bars too.
"""

from dataclasses import dataclass

from forums.drawing.scale import cut
from forums.templatetags.moments import date_in_words, month_in_words

ROW = 48  # units are pixels
ROOM = 84  # per cent of the sheet for the longest bar: the number stands after it
LONGEST = 420  # of a label, in units
STEPS_HEIGHT, UNDER, ABOVE = 180, 30, 14
HEAD, CELL, LABELS = 180, 26, 26  # of cells; LABELS in per cent of the sheet
FULL = 1000  # units of the line's own sheet


@dataclass(frozen=True)
class Bar:
    label: str
    y: int
    parts: tuple  # triples of x and width in per cent, and which part
    number: int
    number_x: float


@dataclass(frozen=True)
class Bars:
    height: int
    bars: tuple[Bar, ...]
    edge: int  # where a line of text begins, in per cent


def bars(chart, *, mirrored=False) -> Bars:
    drawn = tuple(_bar(line, place, chart.most, mirrored) for place, line in enumerate(chart.lines))
    return Bars(ROW * len(drawn), drawn, 100 if mirrored else 0)


def _bar(line, place, most, mirrored) -> Bar:
    first, second = (round(ROOM * number / most, 2) if most else 0 for number in (line.first, line.second))
    parts = [(0, first, "first"), (first, second, "second")]
    parts = tuple((_from(x, width, mirrored), width, part) for x, width, part in parts if width)
    end = round(first + second, 2)
    return Bar(cut(line.label, LONGEST), place * ROW, parts, line.total, round(100 - end, 2) if mirrored else end)


def _from(x, width, mirrored) -> float:
    return round(100 - x - width if mirrored else x, 2)


@dataclass(frozen=True)
class Tick:
    at: float  # in per cent, or units from above
    label: str
    anchor: str = "start"


@dataclass(frozen=True)
class Steps:
    height: int
    line: str
    area: str
    levels: tuple[Tick, ...]
    times: tuple[Tick, ...]
    edge: int


def steps(growth, *, mirrored=False) -> Steps | None:
    """The line of what was there at each time; nothing where nothing was."""
    if not growth.points:
        return None
    most, number = growth.points[-1][2], len(growth.points)
    corners, before = [], 0
    for place, (_day, _added, total) in enumerate(growth.points):
        corners += [(_across(place, number, mirrored), before), (_across(place, number, mirrored), total)]
        before = total
    corners.append((_across(number, number, mirrored), before))
    path = "L".join(f"{x} {_down(total, most)}" for x, total in corners)
    begin, end = corners[0][0], corners[-1][0]
    levels = sorted({0, most // 2, most})
    return Steps(
        height=ABOVE + STEPS_HEIGHT + UNDER,
        line=f"M{path}",
        area=f"M{begin} {FULL}L{path}L{end} {FULL}Z",
        levels=tuple(Tick(ABOVE + STEPS_HEIGHT * (1 - level / most), str(level)) for level in levels),
        times=_times(growth, mirrored),
        edge=100 if mirrored else 0,
    )


def _across(place, number, mirrored) -> int:
    along = round(FULL * place / number)
    return FULL - along if mirrored else along


def _down(total, most) -> int:
    return round(FULL * (1 - total / most))


def _times(growth, mirrored):
    """The first and the last beginning, and the one in the middle where there are many."""
    days = [day for day, _added, _total in growth.points]
    shown = [(0, days[0], "start")]
    if len(days) > 1:
        shown.append((100, days[-1], "end"))
    if len(days) > 5:
        shown.insert(1, (50, days[len(days) // 2], "middle"))
    named = month_in_words if growth.monthly else date_in_words
    return tuple(Tick(100 - x if mirrored else x, named(day), anchor) for x, day, anchor in shown)


@dataclass(frozen=True)
class Cell:
    x: float
    number: int
    shade: int  # 1 to 4


@dataclass(frozen=True)
class Cells:
    height: int
    width: float  # of a cell, in per cent
    begin: float  # where the cells begin and end, for the ground behind them
    whole: float
    heads: tuple[Tick, ...]
    rows: tuple  # of y, the number of the objective, its word, cells
    edge: int


def cells(table, *, mirrored=False) -> Cells:
    """A row for each objective, a column for each code; numbers stand in the cells, so shades are never alone."""
    width = round((100 - LABELS) / len(table.columns), 3)
    most = max((number for *_row, numbers in table.rows for number in numbers), default=0)
    xs = [_from(LABELS + place * width, width, mirrored) for place in range(len(table.columns))]
    heads = tuple(
        Tick(round(x + width / 2, 3), cut(word, HEAD - 12)) for x, (_code, word) in zip(xs, table.columns, strict=True)
    )
    rows = tuple(
        (
            HEAD + place * CELL,
            code,
            cut(word.partition(". ")[2] or word, 230),
            tuple(Cell(x, number, _shade(number, most)) for x, number in zip(xs, numbers, strict=True) if number),
        )
        for place, (code, word, numbers) in enumerate(table.rows)
    )
    begin = 0 if mirrored else LABELS
    return Cells(HEAD + CELL * len(rows), width, begin, 100 - LABELS, heads, rows, 100 if mirrored else 0)


def _shade(number, most) -> int:
    return min(4, 1 + 4 * (number - 1) // max(most, 4))
