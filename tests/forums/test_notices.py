"""Who hears of a duty, when, and how often: once at each distance, whatever happens to the clock or the sweep."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forums import notices, operations
from forums.models import Letter, Milestone, MilestoneNotice
from forums.operations import arranging, milestones
from tests.factories import make_forum, make_user

NEW_YORK = ZoneInfo("America/New_York")
DUE = date(2026, 2, 10)  # twelve weeks before 5 May 2026

# days to go -> the notice that is due; written out here, not read from the code
TABLE = {
    100: None, 29: None, 28: 28, 27: 28, 15: 28, 14: 14, 8: 14, 7: 7, 3: 7, 2: 2, 1: 2, 0: 0,
    -1: -1, -2: -2, -6: -6, -7: -7, -8: -7, -13: -7, -14: -14, -20: -14, -21: -21, -100: -98,
}  # fmt: skip


@pytest.mark.parametrize(("days", "due"), TABLE.items())
def test_the_notice_that_is_due(days, due):
    assert notices.distance(days) == due


@given(st.integers(-400, 28))
def test_a_notice_is_never_sent_before_its_day(days):
    assert notices.distance(days) >= days


@given(st.integers(-400, 27))
def test_later_never_goes_back_to_an_earlier_notice(days):
    assert notices.distance(days) <= notices.distance(days + 1)


def test_notices_go_out_from_nine_in_the_forums_city():
    assert notices.instant_of(DUE, 28, NEW_YORK) == datetime(2026, 1, 13, 14, 0, tzinfo=UTC)
    assert notices.instant_of(date(2026, 3, 24), 14, NEW_YORK) == datetime(2026, 3, 10, 13, 0, tzinfo=UTC)  # summer time
    before, after = datetime(2026, 1, 13, 13, 59, 59, tzinfo=UTC), datetime(2026, 1, 13, 14, tzinfo=UTC)
    assert notices.working_day(before, NEW_YORK) == date(2026, 1, 12)
    assert notices.working_day(after, NEW_YORK) == date(2026, 1, 13)


def test_what_still_lies_ahead():
    def ahead(day):
        return list(notices.coming(DUE, datetime.combine(day, time(12), tzinfo=NEW_YORK), NEW_YORK))

    assert ahead(date(2026, 1, 1)) == [28, 14, 7, 2, 0, -1, -2, -3, -4, -5, -6, -7]
    assert ahead(date(2026, 2, 3)) == [2, 0, -1, -2, -3, -4, -5, -6, -7]
    assert ahead(date(2026, 2, 17)) == [-14]
    assert ahead(date(2026, 2, 24)) == [-21]


@given(st.integers(-200, 200), st.integers(0, 23))
def test_what_lies_ahead_lies_ahead(days, hour):
    at = datetime.combine(DUE + timedelta(days=days), time(hour), tzinfo=NEW_YORK)
    found = list(notices.coming(DUE, at, NEW_YORK))
    assert found
    assert all(notices.instant_of(DUE, each, NEW_YORK) > at for each in found)
    assert all(notices.distance(each) == each for each in found)


# With the database -------------------------------------------------------------------------------------------------


def on(day, hour=12):
    return datetime.combine(day, time(hour), tzinfo=NEW_YORK)


@pytest.fixture
def forum(db):
    return make_forum()


@pytest.fixture
def report(forum):
    return forum.milestones.create(kind="report", name="Report", weeks_before=12, resolution="A/RES/73/326", paragraph="14")


@pytest.fixture
def petra(forum):
    """Responsible for the report, reads French."""
    return make_user("petra", staff=True, language="fr")


@pytest.fixture
def manuel(forum):
    manuel = make_user("manuel", staff=True)
    forum.managers.add(manuel)
    return manuel


def told():
    """Address and distance of every notice, in the order in which they were written."""
    return list(MilestoneNotice.objects.order_by("at", "pk").values_list("to", "days_before"))


def sweep_daily(first, last):
    day = first
    while day <= last:
        operations.announce_milestones(at=on(day))
        day += timedelta(days=1)


def test_who_was_told_is_known_without_a_look_behind_the_lock_of_a_forum(report, petra, manuel, forum, count_statements):
    """The sweep comes each minute: with nothing to tell it asks as little of many duties as of one."""
    late = on(DUE + timedelta(days=2))
    operations.announce_milestones(at=late)
    one = count_statements(lambda: operations.announce_milestones(at=late))
    for number in range(4):
        forum.milestones.create(kind="other", name=f"Duty {number}", weeks_before=12, responsible=petra)
    assert operations.announce_milestones(at=late) == 8  # each to her and to the manager
    assert count_statements(lambda: operations.announce_milestones(at=late)) == one <= 4


def test_the_responsible_person_hears_five_times_and_then_the_managers_too(report, petra, manuel):
    report.responsible = petra
    report.save()
    sweep_daily(DUE - timedelta(days=60), DUE + timedelta(days=30))
    alone = [(petra.email, days) for days in (28, 14, 7, 2)]
    overdue = [0, -1, -2, -3, -4, -5, -6, -7, -14, -21, -28]
    assert told() == alone + [(who, days) for days in overdue for who in (petra.email, manuel.email)]
    assert {letter.language for letter in Letter.objects.filter(to=petra.email)} == {"fr"}


def test_where_nobody_is_responsible_the_managers_are_told_from_the_start(report, manuel):
    sweep_daily(DUE - timedelta(days=30), DUE)
    assert told() == [(manuel.email, days) for days in (28, 14, 7, 2, 0)]


def test_where_a_forum_names_nobody_its_own_address_is_told(report, forum):
    forum.desk_email = "desk@example.org"
    forum.save()
    sweep_daily(DUE - timedelta(days=2), DUE)
    assert told() == [("desk@example.org", 2), ("desk@example.org", 0)]


def test_somebody_who_left_is_not_told(report, petra, manuel):
    report.responsible = petra
    report.save()
    petra.is_active = False
    petra.save()
    sweep_daily(DUE - timedelta(days=7), DUE - timedelta(days=7))
    assert told() == [(manuel.email, 7)]


@pytest.mark.parametrize(
    "settled", [{"met_on": date(2026, 1, 2)}, {"waived_because": "No report this time."}, {"notices_held": True}]
)
def test_nobody_is_told_of_a_duty_that_is_met_or_waived_or_held_back(report, manuel, settled):
    Milestone.objects.filter(pk=report.pk).update(**settled)
    sweep_daily(DUE - timedelta(days=30), DUE + timedelta(days=3))
    assert told() == []


def test_a_sweep_that_was_away_sends_one_notice_and_says_that_it_is_late(report, manuel):
    operations.announce_milestones(at=on(DUE - timedelta(days=5)))
    letter = Letter.objects.get()
    assert told() == [(manuel.email, 7)]
    assert "This notice comes late: it was to be sent on Tuesday 3 February 2026." in letter.text


def test_a_notice_in_time_does_not_say_that_it_is_late(report, manuel):
    operations.announce_milestones(at=on(DUE - timedelta(days=7), hour=9))
    assert "comes late" not in Letter.objects.get().text


def test_a_clock_that_goes_back_repeats_nothing(report, manuel):
    nine = on(DUE - timedelta(days=14), hour=9)
    assert operations.announce_milestones(at=nine) == 1
    assert operations.announce_milestones(at=nine - timedelta(hours=2)) == 0
    assert operations.announce_milestones(at=nine + timedelta(minutes=1)) == 0
    assert told() == [(manuel.email, 14)]


def test_control_without_the_rows_of_what_was_told_everything_is_told_again(report, manuel):
    nine = on(DUE - timedelta(days=14), hour=9)
    operations.announce_milestones(at=nine)
    MilestoneNotice.objects.all().delete()
    assert operations.announce_milestones(at=nine + timedelta(minutes=1)) == 1


def test_the_next_notice_can_go_out_at_once_and_is_not_repeated_on_its_day(report, manuel):
    assert operations.tell_now(report, at=on(DUE - timedelta(days=20))) == 1
    assert told() == [(manuel.email, 14)]
    sweep_daily(DUE - timedelta(days=19), DUE - timedelta(days=8))
    assert told() == [(manuel.email, 14)]


def test_a_sweep_with_nothing_due_costs_the_same_with_one_duty_and_with_thirty(
    forum, report, manuel, django_assert_max_num_queries
):
    for number in range(30):
        forum.milestones.create(kind="other", name=f"Duty {number}", weeks_before=1)
    with django_assert_max_num_queries(3):
        operations.announce_milestones(at=on(DUE - timedelta(days=90)))


# When the day moves ------------------------------------------------------------------------------------------------


def move_by(forum, days):
    """Behind the back of the operation, which has its own tests: only the day of the duty is another one."""
    forum.first_day += timedelta(days=days)
    forum.last_day += timedelta(days=days)
    forum.edition_of_dates += 1
    forum.save()


@pytest.mark.parametrize(
    ("moved_by", "told_later"),
    [
        (7, [7, 2, 0]),  # 28 and 14 were told of the former day
        (-7, [7, 2, 0]),  # six days are left: the notice of seven days goes out at once
        (60, [28, 14, 7, 2, 0]),  # so far away that the countdown begins anew
    ],
)
def test_what_was_told_of_the_former_day_is_not_repeated_and_the_rest_follows_the_new_one(
    forum, report, manuel, moved_by, told_later
):
    moved_on = DUE - timedelta(days=13)
    sweep_daily(DUE - timedelta(days=40), moved_on)
    assert told() == [(manuel.email, 28), (manuel.email, 14)]
    move_by(forum, moved_by)
    sweep_daily(moved_on, DUE + timedelta(days=moved_by))
    assert told()[2:] == [(manuel.email, days) for days in told_later]


def test_an_overdue_duty_whose_day_moves_into_the_future_is_counted_down_again(forum, report, manuel):
    sweep_daily(DUE, DUE + timedelta(days=1))
    assert told() == [(manuel.email, 0), (manuel.email, -1)]
    move_by(forum, 7)
    sweep_daily(DUE + timedelta(days=1), DUE + timedelta(days=6))
    assert told()[2:] == [(manuel.email, 7), (manuel.email, 2)]


def test_a_notice_read_before_the_dates_moved_is_not_written(forum, report, manuel):
    seen = Milestone.objects.select_related("forum", "responsible").get(pk=report.pk)
    move_by(forum, 7)
    assert milestones.tell_all(seen, 14, on(DUE - timedelta(days=14))) == []
    assert told() == []


def test_the_desk_is_told_of_the_same_people_whom_the_sweep_would_tell(forum, report, manuel):
    sweep_daily(DUE - timedelta(days=14), DUE - timedelta(days=14))
    move_by(forum, 7)
    moved = Milestone.objects.get(pk=report.pk)
    assert arranging.untold(moved, 14) == []
    assert [one.email for one in arranging.untold(moved, 7)] == [manuel.email]
