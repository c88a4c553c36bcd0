"""The search line read into terms: a table, and what cannot be read. No database."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from submissions.desk_search.parsing import LONGEST, Term, Trouble, parse, without
from tests.hostile import as_received, strings


def read(line):
    """key, sign, values, negated; troubles as their codes."""
    terms, troubles = parse(line)
    return [(t.key, t.sign, t.values, t.negated) for t in terms], [t.code for t in troubles]


TABLE = {
    "": [],
    "   \t ": [],
    "wages": [("", "", ("wages",), False)],
    "wages at  sea": [("", "", ("wages",), False), ("", "", ("at",), False), ("", "", ("sea",), False)],
    '"wages at sea"': [("", "", ("wages at sea",), False)],
    "“wages at sea”": [("", "", ("wages at sea",), False)],
    "«wages at sea»": [("", "", ("wages at sea",), False)],
    "-wages": [("", "", ("wages",), True)],
    '-"wages at sea"': [("", "", ("wages at sea",), True)],
    "-": [("", "", ("-",), False)],
    "level:national": [("level", "", ("national",), False)],
    "Level:national": [("level", "", ("national",), False)],
    "-status:accepted": [("status", "", ("accepted",), True)],
    "lang:fr,es": [("lang", "", ("fr", "es"), False)],
    'country:"Côte d\'Ivoire",KE': [("country", "", ("Côte d'Ivoire", "KE"), False)],
    'call:"Inputs, 2026"': [("call", "", ("Inputs, 2026",), False)],
    "age:>5d": [("age", ">", ("5d",), False)],
    "age:>=5d": [("age", ">=", ("5d",), False)],
    "words:<500": [("words", "<", ("500",), False)],
    "words:<=500": [("words", "<=", ("500",), False)],
    "words:200..500": [("words", "..", ("200", "500"), False)],
    "words:200..": [("words", "..", ("200", ""), False)],
    "words:..500": [("words", "..", ("", "500"), False)],
    "received:2026-11-01..2026-11-20": [("received", "..", ("2026-11-01", "2026-11-20"), False)],
    '"level:national"': [("", "", ("level:national",), False)],
    "12:30": [("", "", ("12:30",), False)],
    "A/RES/73/326": [("", "", ("A/RES/73/326",), False)],
    "IMRF-2026-I-00042": [("", "", ("IMRF-2026-I-00042",), False)],
    "العمال level:local": [("", "", ("العمال",), False), ("level", "", ("local",), False)],
    "移民": [("", "", ("移民",), False)],
    "wages\x00 at": [("", "", ("wages",), False), ("", "", ("at",), False)],
    "unassigned overdue": [("", "", ("unassigned",), False), ("", "", ("overdue",), False)],
}


@pytest.mark.parametrize("line", TABLE)
def test_the_table_of_lines(line):
    assert read(line) == (TABLE[line], [])


UNREADABLE = {
    "level:": ["no_value"],
    "-level:": ["no_value"],
    'level:""': ["no_value"],
    "level:fr,,es": ["no_value"],
    "level:,": ["no_value"],
    "words:..": ["no_value"],
    "words:>": ["no_value"],
    '""': ["no_value"],
    '"never closed': ["open_quote"],
    'wages "never closed level:local': ["open_quote"],
    "a " * 41: ["too_many"],
    "lang:" + "fr," * 50 + "es": ["too_many"],
    "x" * (LONGEST + 1): ["too_long"],
}


@pytest.mark.parametrize("line", UNREADABLE)
def test_what_cannot_be_read_is_a_trouble_and_never_left_out(line):
    assert [trouble.code for trouble in parse(line)[1]] == UNREADABLE[line]


def test_a_trouble_says_what_was_typed_and_the_rest_is_still_read():
    terms, troubles = parse("level: lang:fr")
    assert troubles == [Trouble("no_value", "level:")]
    assert terms == [Term(("fr",), "lang", "", False, False, "lang:fr")]


@given(some.text(max_size=400))
def test_any_text_is_read_or_refused(line):
    terms, troubles = parse(line)
    assert all(term.values and term.typed for term in terms)
    assert all(trouble.code in ("too_long", "too_many", "open_quote", "no_value") for trouble in troubles)


def test_hostile_strings_are_read_or_refused():
    for line in map(as_received, strings(1000)):
        terms, troubles = parse(line)
        assert terms or troubles or not "".join(sign if sign.isprintable() else " " for sign in line).strip()


def test_a_line_loses_the_terms_of_a_key():
    assert without("wages status:accepted -status:published lang:fr", ["status"]) == "wages lang:fr"
    assert without('"wages  at sea" -status:sent', ["status"]) == '"wages  at sea"'
    assert without('status:accepted "open', ["status"]) == 'status:accepted "open'
    assert without("wages   at", ["status"]) == "wages   at"
