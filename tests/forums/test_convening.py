"""Convening: refused with every reason at once, each naming its paragraph; what is indicative may be set aside."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from forums import convening_rules, operations
from forums.models import Change, Forum, Override
from forums.refusals import IllegalMove, MovedMeanwhile, StandsAgainst
from tests.factories import make_call, make_forum, make_rules

pytestmark = pytest.mark.django_db
AT = datetime(2026, 1, 20, 12, tzinfo=UTC)
NEW_YORK = ZoneInfo("America/New_York")


@pytest.fixture
def ready(forum):
    """A dated forum with its duties ahead: nothing stands against convening it."""
    make_rules()
    operations.lay_out(forum)
    return forum


def ny(*moment):
    return datetime(*moment, tzinfo=NEW_YORK)


def plan_session(forum, kind, starts, ends, **fields):
    return forum.sessions.create(
        slug=f"{kind}-{forum.sessions.count()}", kind=kind, title=kind.capitalize(), starts_at=starts, ends_at=ends, **fields
    )


def reasons_against(forum, at=AT):
    return [(reason.code, reason.sentence) for reason in operations.against_convening(forum, at=at)]


def codes(forum, at=AT):
    return [code for code, _sentence in reasons_against(forum, at)]


def test_a_forum_with_nothing_against_it_is_convened_and_told_of(ready, dalia):
    assert reasons_against(ready) == []
    operations.convene(ready, by=dalia, at=AT)
    assert Forum.objects.get(pk=ready.pk).status == "convened"
    assert [(change.kind, change.what, change.at) for change in Change.objects.all()] == [("convened", {}, AT)]


def test_convening_twice_is_convening_once(ready, dalia):
    operations.convene(ready, by=dalia, at=AT)
    operations.convene(Forum.objects.get(pk=ready.pk), by=dalia, at=AT)
    assert Change.objects.count() == 1


def test_a_duty_that_is_past_and_not_met_stands_against_it_until_it_is_met_or_waived(ready, dalia, elena):
    late = datetime(2026, 2, 12, 12, tzinfo=UTC)
    assert reasons_against(ready, late) == [
        (
            "duty_past",
            "“Report of the Secretary-General” was due on 10 February 2026, 2 days ago, and is not met (A/RES/73/326, "
            "paragraph 14). Record that it was met, or have it waived by a second person.",
        )
    ]
    with pytest.raises(StandsAgainst, match="paragraph 14"):
        operations.convene(ready, by=dalia, at=late)
    report = ready.milestones.get(kind="report")
    waiver = operations.ask_waiver(report, reason="No report is made this year.", by=dalia, at=late)
    assert codes(ready, late) == ["duty_past"]  # asked is not agreed
    operations.agree_to_waiver(waiver, by=elena, at=late)
    operations.convene(ready, by=dalia, at=late)
    assert Forum.objects.get(pk=ready.pk).status == "convened"


def test_the_last_moment_of_the_day_is_still_in_time(ready):
    end = ny(2026, 2, 11, 0)
    assert codes(ready, end - timedelta(microseconds=1)) == []
    assert codes(ready, end) == ["duty_past"]


def test_a_forum_has_exactly_four_round_tables_with_objectives(ready):
    ready.round_tables.get(number=4).delete()
    (code, sentence), *rest = reasons_against(ready)
    assert (code, sentence) == (
        "four_round_tables",
        "A forum has four round tables, each with its background note (A/RES/73/326, paragraph 22); this one has 3.",
    )
    assert [code for code, _sentence in rest] == ["objectives_once"]
    five = make_forum("2030", year=2030)
    extra = five.round_tables.create(number=5, title="Fifth")
    assert codes(five) == ["four_round_tables", "round_table_without_objectives"]
    assert extra.objectives.count() == 0


def test_the_four_round_tables_take_up_each_objective_exactly_once(ready):
    one, two, *_rest = ready.round_tables.order_by("number")
    moved = one.objectives.first()
    two.objectives.add(two.objectives.model.objects.get(pk=3))
    one.objectives.remove(moved)
    [(code, sentence)] = reasons_against(ready)
    assert code == "objectives_once"
    assert "exactly once (A/RES/73/326, paragraph 22)." in sentence
    assert f"In no round table: {moved.pk}." in sentence
    assert "In more than one round table: 3." in sentence


@pytest.mark.parametrize("indicative", [True, False])
def test_only_an_indicative_map_may_be_set_aside_with_a_recorded_reason(ready, dalia, indicative):
    ready.round_tables.update(indicative=indicative)
    ready.round_tables.get(number=1).objectives.remove(1)
    with pytest.raises(StandsAgainst):
        operations.convene(ready, by=dalia, at=AT)
    because = {convening_rules.MAP: "The chair takes objective 1 into the plenary."}
    if not indicative:
        with pytest.raises(StandsAgainst):
            operations.convene(ready, by=dalia, at=AT, set_aside=because)
        assert Override.objects.count() == 0
        return
    operations.convene(ready, by=dalia, at=AT, set_aside=because)
    [override] = ready.overrides.all()
    assert (override.rule, override.by, override.at) == ("objectives_once", dalia, AT)
    assert override.reason == "The chair takes objective 1 into the plenary."


def test_nothing_else_is_set_aside_and_nothing_is_kept_of_the_attempt(ready, dalia):
    ready.round_tables.update(indicative=True)
    ready.round_tables.get(number=1).objectives.clear()
    tried = dict.fromkeys(["duty_past", "round_table_without_objectives", "objectives_once"], "Because.")
    with pytest.raises(StandsAgainst) as refused:
        operations.convene(ready, by=dalia, at=AT, set_aside=tried)
    assert [reason.code for reason in refused.value.reasons] == ["round_table_without_objectives"]
    assert Override.objects.count() == 0
    assert Forum.objects.get(pk=ready.pk).status == "dated"


def test_an_override_holds_no_longer_once_the_map_is_decided(ready, dalia):
    ready.round_tables.update(indicative=True)
    ready.round_tables.get(number=1).objectives.remove(1)
    Override.objects.create(forum=ready, rule="objectives_once", reason="For now.", by=dalia, at=AT)
    ready.round_tables.update(indicative=False)
    with pytest.raises(StandsAgainst):
        operations.convene(ready, by=dalia, at=AT)


def test_the_hearing_is_on_the_day_before_the_first_day(ready):
    session = plan_session(ready, "hearing", ny(2026, 5, 4, 10), ny(2026, 5, 4, 18))
    assert codes(ready) == []
    type(session).objects.filter(pk=session.pk).update(starts_at=ny(2026, 5, 3, 10), ends_at=ny(2026, 5, 3, 18))
    assert reasons_against(ready) == [
        (
            "hearing_day",
            "The hearing takes place one day before the first day of the forum, on 4 May 2026 (A/RES/73/326, paragraph 15); "
            "“Hearing” is on 3 May 2026. Move it to that day.",
        )
    ]


def test_sessions_lie_within_the_days_and_cancelled_ones_are_not_asked(ready):
    plan_session(ready, "closing", ny(2026, 5, 8, 15), ny(2026, 5, 9, 0))  # until midnight: still the last day
    assert codes(ready) == []
    late = plan_session(ready, "side_event", ny(2026, 5, 8, 23), ny(2026, 5, 9, 1))
    [(code, sentence)] = reasons_against(ready)
    assert code == "session_outside"
    assert sentence.startswith("“Side_event” begins on Friday 8 May 2026, 23:00 New York (UTC−4), outside the days")
    assert "from the hearing on 4 May 2026 (A/RES/73/326, paragraph 15) to 8 May 2026" in sentence
    type(late).objects.filter(pk=late.pk).update(cancelled_at=AT)
    assert codes(ready) == []


def test_a_call_that_feeds_the_report_closes_before_it_is_due(ready):
    report = ready.milestones.get(kind="report")
    call = make_call(ready, name="Inputs to the report", feeds=report, closes_at=ny(2026, 2, 9, 23))
    assert codes(ready) == []
    type(call).objects.filter(pk=call.pk).update(closes_at=ny(2026, 2, 10, 17))
    [(code, sentence)] = reasons_against(ready)
    assert code == "call_after_duty"
    assert "“Inputs to the report” feeds “Report of the Secretary-General” (A/RES/73/326, paragraph 14)" in sentence


def test_every_reason_is_said_at_once_and_every_sentence_names_a_paragraph(ready, dalia):
    ready.round_tables.get(number=4).delete()
    ready.round_tables.get(number=3).objectives.clear()
    plan_session(ready, "hearing", ny(2026, 5, 5, 10), ny(2026, 5, 5, 18))
    plan_session(ready, "other", ny(2026, 5, 12, 10), ny(2026, 5, 12, 18))
    make_call(ready, feeds=ready.milestones.get(kind="report"), closes_at=ny(2026, 3, 1, 17))
    late = datetime(2026, 2, 12, 12, tzinfo=UTC)
    with pytest.raises(StandsAgainst) as refused:
        operations.convene(ready, by=dalia, at=late)
    assert [reason.code for reason in refused.value.reasons] == [
        "duty_past",
        "four_round_tables",
        "round_table_without_objectives",
        "objectives_once",
        "hearing_day",
        "session_outside",
        "call_after_duty",
    ]
    assert all("A/RES/73/326, paragraph" in reason.sentence for reason in refused.value.reasons)
    assert str(refused.value).count("A/RES/73/326, paragraph") >= 7
    assert Change.objects.count() == 0


def test_convening_lays_out_what_is_missing_first(forum, dalia):
    make_rules()
    operations.convene(forum, by=dalia, at=AT)
    assert sorted(forum.milestones.values_list("kind", flat=True)) == ["declaration", "hearing", *["note"] * 4, "report"]
    late = make_forum("2030", year=2030)
    with pytest.raises(StandsAgainst, match="Background note for round table 1"):
        operations.convene(late, by=dalia, at=datetime(2026, 3, 30, tzinfo=UTC))
    assert late.milestones.count() == 0


@pytest.mark.parametrize("status", ["announced", "held"])
def test_only_a_dated_forum_is_convened(forum, dalia, status):
    Forum.objects.filter(pk=forum.pk).update(status=status)
    with pytest.raises(IllegalMove):
        operations.convene(forum, by=dalia, at=AT)


def test_what_was_moved_meanwhile_is_not_convened_unseen(ready, dalia):
    mine = Forum.objects.get(pk=ready.pk)
    operations.move_forum(
        ready, first_day=date(2026, 5, 12), last_day=date(2026, 5, 15), reason="The hall.", by=dalia, at=AT
    )
    with pytest.raises(MovedMeanwhile):
        operations.convene(mine, by=dalia, at=AT)


def test_a_forum_is_recorded_as_held_from_the_day_after_its_last(ready, dalia):
    with pytest.raises(IllegalMove, match="Convene it first"):
        operations.record_held(ready, by=dalia, at=AT)
    operations.convene(ready, by=dalia, at=AT)
    with pytest.raises(IllegalMove, match="not over yet"):
        operations.record_held(ready, by=dalia, at=ny(2026, 5, 8, 23, 59))
    operations.record_held(ready, by=dalia, at=ny(2026, 5, 9, 0))
    assert Forum.objects.get(pk=ready.pk).status == "held"
