"""Closings that move: later, in the open, never after the duty that the call feeds."""

from datetime import UTC, date, datetime, timedelta

import pytest

from forums.models import Call, Change, Extension, Letter
from forums.operations import extend, set_call
from forums.refusals import Refused
from forums.windows import Phase
from tests.factories import CLOSES, NOW, make_call, make_forum, make_user
from tests.imrf_portal.rooms import make_letter

pytestmark = pytest.mark.django_db
LATER = CLOSES + timedelta(days=7)
WORDS = {"reason": "A storm closed many offices.", "authority": "Co-chairs of the forum"}


@pytest.fixture
def call(forum):
    return make_call(forum, window="open", name_fr="Contributions")


def move(call, **changes):
    return extend(call, **{"closes_at": LATER, **WORDS, "told": "concerned", "by": make_user(), "at": NOW, **changes})


def closing_of(call):
    return Call.objects.get(pk=call.pk).closes_at


def refusal(act, **changes):
    with pytest.raises(Refused) as refused:
        act(**changes)
    return str(refused.value)


# Extending ----------------------------------------------------------------------------------------------------------


def test_an_extension_keeps_the_former_closing_with_reason_authority_and_who(call):
    dalia = make_user("dalia")
    extension = move(call, by=dalia, told="everybody")
    kept = Extension.objects.get()
    assert extension == kept
    assert (kept.was, kept.became, kept.kind, kept.told) == (CLOSES, LATER, "extended", "everybody")
    assert (kept.reason, kept.authority, kept.by, kept.at) == (*WORDS.values(), dalia, NOW)
    assert (closing_of(call), call.closes_at) == (LATER, LATER)


def test_an_extension_raises_the_sequence_of_the_call_and_is_a_change_of_the_calendar(call):
    move(call)
    change = Change.objects.get()
    assert Call.objects.get(pk=call.pk).sequence == 1
    assert (change.kind, change.forum, change.at, change.announced_at) == ("call_moved", call.forum, NOW, None)
    assert change.what == {
        "call": {"en": "Stakeholder inputs", "fr": "Contributions"},
        "slug": call.slug,
        "kind": "extended",
        "was": "2026-01-30T22:00:00+00:00",
        "became": "2026-02-06T22:00:00+00:00",
        "told": "concerned",
        **WORDS,
    }


def test_what_happens_in_silence_still_stands_in_the_feed(call):
    move(call, told="nobody")
    assert Change.objects.get().what["told"] == "nobody"


def test_a_closed_call_opens_again(call):
    after = CLOSES + timedelta(days=2)
    assert Call.objects.get(pk=call.pk).phase(after) is Phase.CLOSED
    assert move(call, at=after).kind == "reopened"
    assert Call.objects.get(pk=call.pk).phase(after) is Phase.OPEN


def test_at_the_closing_instant_itself_a_call_is_opened_again_and_one_second_before_extended(call):
    assert move(call, at=CLOSES - timedelta(seconds=1)).kind == "extended"
    other = make_call(call.forum, window="open")
    assert move(other, at=CLOSES).kind == "reopened"


def test_an_extension_into_the_past_is_refused_with_both_instants_of_the_forums_city(call):
    after = CLOSES + timedelta(days=9)
    sentence = refusal(lambda: move(call, at=after))
    assert "Friday 6 February 2026, 17:00 New York (UTC−5)" in sentence
    assert "Sunday 8 February 2026, 17:00 New York (UTC−5)" in sentence
    assert (closing_of(call), Extension.objects.count(), Change.objects.count()) == (CLOSES, 0, 0)


def test_now_itself_is_already_past(call):
    assert "is past" in refusal(lambda: move(call, at=LATER))


@pytest.mark.parametrize("closes_at", [CLOSES, CLOSES - timedelta(seconds=1)])
def test_what_is_not_later_is_no_extension(call, closes_at):
    sentence = refusal(lambda: move(call, closes_at=closes_at))
    assert "Friday 30 January 2026, 17:00 New York (UTC−5)" in sentence
    assert closing_of(call) == CLOSES


def test_an_extension_without_a_moment_is_refused(call):
    assert "Say when" in refusal(lambda: move(call, closes_at=None))


def test_a_call_without_a_closing_cannot_be_extended(forum):
    assert "nothing to extend" in refusal(lambda: move(make_call(forum, window="open", closes_at=None)))


@pytest.mark.parametrize("missing", ["reason", "authority"])
@pytest.mark.parametrize("typed", ["", "  ", "\n", "\x00\x07"])
def test_an_extension_without_reason_or_authority_is_refused(call, missing, typed):
    assert "say why it moves and who decided it" in refusal(lambda: move(call, **{missing: typed}))
    assert closing_of(call) == CLOSES


def test_control_characters_and_marks_that_turn_a_line_are_not_kept(call):
    extension = move(call, reason="A \x00storm\x1b[31m.", authority="Co-\u202echairs\n of  the forum")
    assert (extension.reason, extension.authority) == ("A storm[31m.", "Co-chairs of the forum")


@pytest.mark.parametrize(("field", "typed"), [("reason", "long " * 500), ("authority", "w" * 201)])
def test_words_that_no_page_could_hold_are_refused(call, field, typed):
    assert refusal(lambda: move(call, **{field: typed})).endswith(".")
    assert closing_of(call) == CLOSES


def test_nobody_chose_whom_to_tell(call):
    assert "who is told" in refusal(lambda: move(call, told="all of them"))


def test_two_people_who_extend_at_once_make_a_history_without_holes(call):
    seen = Call.objects.get(pk=call.pk)
    move(call)
    move(seen, closes_at=LATER + timedelta(days=1))
    assert list(call.extensions.values_list("was", "became")) == [(CLOSES, LATER), (LATER, LATER + timedelta(days=1))]


def test_unsent_letters_that_name_the_former_closing_are_taken_back_others_stay(call, forum):
    from forums import closings

    other = make_call(forum, window="open")
    old = make_letter(closings.reminder(call, "d", 7, 1))
    sent = make_letter(closings.reminder(call, "d", 14, 1), sent_at=NOW)
    elsewhere = make_letter(closings.reminder(other, "d", 7, 1))
    going_out = make_letter(closings.reminder(call, "d", 7, 2), claimed_until=NOW + timedelta(minutes=1))
    move(call)
    assert set(Letter.objects.all()) == {sent, elsewhere, going_out}
    assert old not in Letter.objects.all()


# A duty that the call feeds -----------------------------------------------------------------------------------------


@pytest.fixture
def report(forum):
    """Due on Tuesday 10 February 2026."""
    return forum.milestones.create(
        kind="report", name="Report of the Secretary-General", weeks_before=12, resolution="A/RES/73/326", paragraph="14"
    )


def test_a_call_that_feeds_the_report_closes_before_the_day_on_which_the_report_is_due(call, report):
    Call.objects.filter(pk=call.pk).update(feeds=report)
    first_moment = datetime(2026, 2, 10, 5, tzinfo=UTC)  # midnight in New York
    for too_late in (first_moment, first_moment + timedelta(days=1)):
        sentence = refusal(lambda closes_at=too_late: move(call, closes_at=closes_at))
        for word in ("A/RES/73/326, paragraph 14", "Tuesday 10 February 2026", "Report of the Secretary-General"):
            assert word in sentence
    assert move(call, closes_at=first_moment - timedelta(seconds=1)).became < first_moment


def test_twelve_weeks_are_counted_in_days_of_the_city_and_not_in_hours(call, report):
    """84 times 24 hours before 5 May, 00:00 in New York, is 9 February, 23:00: a call may still be open then."""
    Call.objects.filter(pk=call.pk).update(feeds=report)
    assert move(call, closes_at=datetime(2026, 2, 10, 4, 30, tzinfo=UTC))


def test_saving_a_call_asks_the_same_of_its_closing(forum, report):
    call = make_call(forum, window="open", closes_at=datetime(2026, 2, 11, tzinfo=UTC))
    call.feeds = report
    assert "paragraph 14" in refusal(lambda: set_call(call, at=NOW))
    call.closes_at = None
    assert "Let it close before" in refusal(lambda: set_call(Call(**new(forum), feeds=report, opens_at=NOW), at=NOW))


def test_a_duty_without_a_day_takes_any_closing(report):
    undated = make_forum("2030", year=2030, first_day=None, last_day=None, status="announced")
    duty = undated.milestones.create(kind="report", name="Report", weeks_before=12)
    assert set_call(Call(**new(undated), feeds=duty, opens_at=NOW, closes_at=LATER), at=NOW).pk


def test_a_call_feeds_a_duty_of_its_own_forum_only(forum, report):
    other = make_forum("2030", year=2030, first_day=date(2030, 5, 7), last_day=date(2030, 5, 10))
    assert "another forum" in refusal(lambda: set_call(Call(**new(other), feeds=report, opens_at=NOW), at=NOW))


def new(forum):
    return {"forum": forum, "slug": "new", "name": "New"}


# Setting ------------------------------------------------------------------------------------------------------------


def test_a_call_that_closes_before_it_opens_is_refused(forum):
    for closes_at in (NOW, NOW - timedelta(days=1)):
        call = Call(**new(forum), opens_at=NOW, closes_at=closes_at)
        assert "closes before it opens" in refusal(lambda call=call: set_call(call, at=NOW))


def test_a_call_that_never_opens_does_not_close(forum):
    assert "never opens" in refusal(lambda: set_call(Call(**new(forum), closes_at=LATER), at=NOW))


def test_until_a_call_opens_its_window_may_be_set_freely(forum):
    call = make_call(forum, window="not_yet")
    call.opens_at, call.closes_at = NOW + timedelta(days=1), CLOSES - timedelta(days=2)
    set_call(call, at=NOW)
    assert (closing_of(call), Extension.objects.count()) == (CLOSES - timedelta(days=2), 0)


@pytest.mark.parametrize("closes_at", [CLOSES - timedelta(days=1), LATER, None])
def test_once_it_opened_its_closing_is_moved_by_an_extension_only(call, closes_at):
    call.closes_at = closes_at
    sentence = refusal(lambda: set_call(call, at=NOW))
    assert "Extend or reopen" in sentence
    assert "Friday 30 January 2026, 17:00 New York (UTC−5)" in sentence
    assert closing_of(call) == CLOSES


def test_once_it_opened_its_opening_stays(call):
    call.opens_at += timedelta(days=1)
    assert "opened on" in refusal(lambda: set_call(call, at=NOW))


def test_an_open_call_without_a_closing_gets_one_that_lies_ahead(forum):
    call = make_call(forum, window="open", closes_at=None)
    call.closes_at = NOW - timedelta(seconds=1)
    assert "is past" in refusal(lambda: set_call(call, at=NOW))
    call.closes_at = LATER
    set_call(call, at=NOW)
    assert closing_of(call) == LATER


def test_a_closing_that_was_moved_in_public_is_not_taken_back_before_the_call_opens(forum):
    call = make_call(forum, window="not_yet")
    move(call)
    call.closes_at = CLOSES
    assert "People rely" in refusal(lambda: set_call(call, at=NOW))


def test_the_sequence_is_raised_when_a_calendar_would_show_something_else(call):
    call.most_words = 900
    set_call(call, at=NOW)
    assert Call.objects.get(pk=call.pk).sequence == 0
    call.name_ar = "مساهمات"
    set_call(call, at=NOW)
    assert Call.objects.get(pk=call.pk).sequence == 1
