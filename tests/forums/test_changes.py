"""A change of the calendar in words: in the active language, with English where a name has none, whatever is missing."""

import pytest
from django.utils import translation

from forums.changes import path_of, words_of
from forums.models import Change
from tests.factories import NOW

pytestmark = pytest.mark.django_db
NAMES = {"en": "Report", "ar": "التقرير"}


def words(forum, kind, language="en", /, **what):
    with translation.override(language):
        return words_of(Change(forum=forum, kind=kind, what=what, at=NOW))


def test_a_move_says_old_and_new_days_and_instants_with_the_zone(forum):
    said = words(
        forum,
        "moved",
        was=["2026-05-05", "2026-05-08"],
        became=["2026-05-12", "2026-05-15"],
        reason="The hall is not free.",
        milestones=[{"name": NAMES, "was": "2026-02-10", "became": "2026-02-17"}],
        calls=[{"name": {"en": "Inputs"}, "was": "2026-01-30T22:00:00+00:00", "became": "2026-03-13T21:00:00+00:00"}],
    )
    assert said.title == "The forum moved to other days"
    assert said.reason == "The hall is not free."
    assert said.lines == (
        "The forum meets on new days: Tuesday 12 May 2026 to Friday 15 May 2026"
        " (formerly Tuesday 5 May 2026 to Friday 8 May 2026)",
        "Report: Tuesday 17 February 2026 (formerly Tuesday 10 February 2026)",
        "Inputs: Friday 13 March 2026, 17:00 New York (UTC−4) (formerly Friday 30 January 2026, 17:00 New York (UTC−5))",
        "Days are those of New York.",
    )


def test_first_dates_have_nothing_former(forum):
    said = words(forum, "dated", was=None, became=["2026-05-05", "2026-05-05"], milestones=[], calls=[])
    assert said.title == "The dates of the forum are set"
    assert said.lines[0] == "The forum meets: Tuesday 5 May 2026"


@pytest.mark.parametrize(
    ("kind", "title"),
    [
        ("extended", "“Inputs” closes later"),
        ("reopened", "“Inputs” is open again"),
        ("moved", "“Inputs” closes at another time"),
    ],
)
def test_a_call_that_moved_says_how_and_by_whose_authority(forum, kind, title):
    about = {"call": {"en": "Inputs"}, "slug": "inputs", "kind": kind, "authority": "The Network", "reason": "Many asked."}
    said = words(forum, "call_moved", was="2026-03-08T06:59:00+00:00", became="2026-03-08T07:00:00+00:00", **about)
    assert said.title == title
    assert said.lines == (
        "New closing: Sunday 8 March 2026, 03:00 New York (UTC−4)",
        "Former closing: Sunday 8 March 2026, 01:59 New York (UTC−5)",
        "Decided by: The Network",
    )


@pytest.mark.parametrize(
    ("days", "line"),
    [
        (3, "Done on Monday 9 February 2026, 3 days early"),
        (1, "Done on Monday 9 February 2026, 1 day early"),
        (0, "Done on Monday 9 February 2026, the day on which it was due"),
        (-1, "Done on Monday 9 February 2026, 1 day late"),
    ],
)
def test_a_duty_met_says_how_early_or_late(forum, days, line):
    said = words(forum, "met", milestone=NAMES, on="2026-02-09", days=days)
    assert (said.title, said.lines) == ("“Report” is met", (line,))


def test_waived_convened_document_and_programme(forum):
    assert words(forum, "waived", milestone=NAMES, reason="Merged.").title == "“Report” is waived"
    assert words(forum, "waived", milestone=NAMES, reason="Merged.").reason == "Merged."
    assert words(forum, "convened").title == "The forum is convened"
    document = words(forum, "document", document=1, symbol="A/80/1", title={"en": "A report"}, available_on="2026-02-09")
    assert document.title == "Document A/80/1 is available: A report"
    assert document.lines == ("Available since Monday 9 February 2026",)
    assert words(forum, "document", symbol="", title={"en": "A note"}, available_on=None).title == (
        "A document is announced: A note"
    )
    assert words(forum, "programme", number=1, changes=[], note="").title == "The programme is out"
    cancelled = {"session": "opening", "title": {"en": "Opening"}, "kind": "cancelled", "reason": "The hall is closed."}
    second = words(forum, "programme", number=2, changes=[cancelled], note="As announced.")
    assert second.title == "The programme changed: release 2"
    assert second.lines == ("“Opening” is cancelled. Reason: The hall is closed.",)
    assert second.reason == "As announced."


def test_names_are_the_readers_and_english_where_theirs_is_missing(forum):
    assert "التقرير" in words(forum, "met", "ar", milestone=NAMES).title
    assert "Report" in words(forum, "met", "ru", milestone=NAMES).title
    assert "Rapport" in words(forum, "met", "ru", milestone={"fr": "Rapport"}).title


@pytest.mark.parametrize("kind", [*Change.Kind.values, "unheard of"])
@pytest.mark.parametrize("what", [{}, {"changes": [1], "milestones": None, "became": None}, [], None])
def test_whatever_is_missing_something_is_said(forum, kind, what):
    change = Change(forum=forum, kind=kind, what=what, at=NOW)
    assert words_of(change).title
    assert path_of(change) == "/en/forums/2026/" + ("programme/" if kind == "programme" else "")


def test_a_call_that_moved_leads_to_the_call(forum):
    assert path_of(Change(forum=forum, kind="call_moved", what={"slug": "inputs"}, at=NOW)).endswith("#call-inputs")
