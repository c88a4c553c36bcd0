"""The programme that A/RES/73/326 gives every forum, as columns of sessions; words and hours are in a CSV file. Pure."""

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from forums.loading import LANGUAGES, rows_of

ROWS = Path(__file__).parent.parent / "reference" / "programme.csv"
# Those who speak in the opening segment: the chair, two heads, and the two voices that the resolution gives a place.
OPENING_SLOTS = ("president", "secretary_general", "director_general", "migrants", "civil_society")


def standard_sessions(first_day: date, last_day: date, zone: ZoneInfo, tables) -> list[dict]:
    """The hearing on the day before; four round tables, policy debate, opening segment, general debate, closing.

    `tables` are the round tables by number. Hours are those of the forum's city, told as instants.
    """
    return [_columns(row, _day(row["day"], first_day, last_day), zone, tables) for row in rows_of(ROWS)]


def _day(cell, first_day, last_day):
    """The first day is 1, the one before it 0."""
    return last_day if cell == "last" else first_day + timedelta(days=int(cell) - 1)


def _columns(row, day, zone, tables):
    table = tables[int(row["round_table"])] if row["round_table"] else None
    return {
        "slug": row["slug"],
        "kind": row["kind"],
        "round_table": table,
        "starts_at": _instant(day, row["from"], zone),
        "ends_at": _instant(day, row["until"], zone),
        **{f"title_{column}": _title(row[f"title_{code}"], table, column) for code, column in LANGUAGES.items()},
        **{f"facilitator_{column}": row[f"facilitator_{code}"] for code, column in LANGUAGES.items()},
    }


def _title(pattern, table, column):
    """The title in one language; none where the round table has none in it, so that English stands in."""
    if table is None:
        return pattern
    named = getattr(table, f"title_{column}")
    return pattern.format(number=table.number, title=named)[:300] if named else None


def _instant(day, clock, zone):
    return datetime.combine(day, time.fromisoformat(clock), tzinfo=zone).astimezone(UTC)
