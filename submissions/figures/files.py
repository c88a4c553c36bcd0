"""Each figure as a table that leaves: codes beside words, and in every line the forum, the day and the licence. Pure."""

from forums.cells import cell_of
from submissions import licences

ABOUT = ("forum", "counted_on", "licence")
MADE = ("listed_on", "licence")


def of_chart(chart, about) -> list:
    """Lines of cells, the names of the columns first."""
    if not chart.is_parted:
        return _with(("code", "label", "inputs"), [(each.code, each.label, each.first) for each in chart.lines], about)
    parts = ("new", "known_before") if chart.name == "organisations" else ("ldc", "other")
    rows = [(each.code, each.label, each.first, each.second, each.total) for each in chart.lines]
    return _with(("code", "label", *parts, "total"), rows, about)


def of_growth(growth, about) -> list:
    begins = "month" if growth.monthly else "week"
    return _with((begins, "added", "total"), [(day.isoformat(), added, total) for day, added, total in growth.points], about)


def of_coverage(table, about) -> list:
    """One line for each field of the table, those without inputs, too."""
    columns = ("objective", "objective_label", table.across, f"{table.across}_label", "inputs")
    rows = [
        (objective, word, code, label, number)
        for objective, word, found in table.rows
        for (code, label), number in zip(table.columns, found, strict=True)
    ]
    return _with(columns, rows, about)


def of_list(columns, rows, day) -> list:
    """Any other list whose lines say their forum themselves."""
    made = (day.isoformat(), licences.METADATA_CODE)
    return [[*columns, *MADE], *([cell_of(cell) for cell in (*row, *made)] for row in rows)]


def about(forum, day) -> tuple:
    return (forum.slug if forum else "", day.isoformat(), licences.METADATA_CODE)


def _with(columns, rows, about):
    return [[*columns, *ABOUT], *([cell_of(cell) for cell in (*row, *about)] for row in rows)]
