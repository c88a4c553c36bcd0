"""Calendar files, read back by two parsers that are not ours: the same instants, UIDs and words as the database."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import vobject
from dateutil.rrule import rrulestr
from dateutil.tz import tzical
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st
from ics import Calendar

from forums import operations
from forums.ics.zones import described
from forums.models import Call, Change, Milestone, RegionalReview, Release
from tests.factories import CLOSES, NOW, make_call, make_forum

pytestmark = pytest.mark.django_db
NEW_YORK = ZoneInfo("America/New_York")
NAMES = {
    "name": "Inputs, of; \\all/ kinds\nand more",
    "name_ar": "إسهامات أصحاب المصلحة، الجولة الأولى",
    "name_zh_hans": "利益攸关方" * 30,
}


@pytest.fixture
def duty(forum):
    return Milestone.objects.create(
        forum=forum,
        kind="report",
        name="Report of the Secretary-General",
        name_ar="تقرير الأمين العام",
        weeks_before=12,
        resolution="A/RES/73/326",
        paragraph="14",
    )


@pytest.fixture
def calls(forum):
    return [make_call(forum, window="open", **NAMES), make_call(forum, window="not_yet")]


def snapshot(pk, slug, begins, ends, **more):
    return {
        "id": pk,
        "slug": slug,
        "kind": "opening",
        "title": {"en": "Opening segment", "ar": "الجزء الافتتاحي"},
        "description": {"en": "Statements"},
        "starts_at": begins.isoformat(),
        "ends_at": ends.isoformat(),
        "room": {"id": 1, "name": {"en": "Conference Room 4"}, "access": {}},
        "link": "https://webtv.example.org/1",
        "interpretation": ["ar", "en"],
        "round_table": None,
        "chairs": {},
        "facilitator": {},
        "slots": [],
        "cancelled": None,
        "sequence": 0,
        **more,
    }


YEAR = 365 * 24 * 3600
OPENS = datetime(2026, 5, 5, 14, 0, tzinfo=UTC)


def release(forum, number, sessions, changes=()):
    at = NOW + timedelta(hours=number)
    return Release.objects.create(forum=forum, number=number, sessions=sessions, changes=list(changes), released_at=at)


def file_of(client, address):
    response = client.get(address)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    return response.content.decode()


def read_by_ics(text):
    """UID -> (summary, begin, whole day) as the first parser understands it."""
    return {
        event.uid: (event.name, event.begin.date() if event.all_day else event.begin.datetime.astimezone(UTC))
        for event in Calendar(text).events
    }


def read_by_vobject(text):
    """The same as the second parser does."""
    read = {}
    for event in vobject.readOne(text).vevent_list:
        begins = event.dtstart.value
        read[event.uid.value] = (
            event.summary.value,
            begins.astimezone(UTC) if isinstance(begins, datetime) else begins,
        )
    return read


def as_the_database_says(forum, language):
    with translation.override(language):
        told = {f"milestone-{duty.pk}": (f"IMRF 2026: {duty.name}", date(2026, 2, 10)) for duty in Milestone.objects.all()}
        for call in Call.objects.all():
            told[f"call-{call.pk}-opens"] = (f"IMRF 2026: “{call.name}” opens", call.opens_at)
            told[f"call-{call.pk}-closes"] = (f"IMRF 2026: “{call.name}” closes", call.closes_at)
        told[f"forum-{forum.pk}"] = (forum.name, date(2026, 5, 5))
        title = {"ar": "الجزء الافتتاحي"}.get(language, "Opening segment")
        told["session-7"] = (f"IMRF 2026: {title}", OPENS)
    return {f"{name}@calendar.imrf-inputs": what for name, what in told.items()}


@pytest.fixture
def plain_words(monkeypatch):
    """The patterns round the names in English, whatever the catalogues of the day say; names stay in each language."""
    from forums.ics import entries

    monkeypatch.setattr(entries, "_", lambda text: text)


@pytest.mark.parametrize("language", ["en", "ar", "zh-hans"])
@pytest.mark.parametrize("read", [read_by_ics, read_by_vobject])
def test_two_parsers_read_what_the_database_says(client, forum, duty, calls, language, read, plain_words):
    release(forum, 1, [snapshot(7, "opening", OPENS, OPENS + timedelta(hours=3))])
    text = file_of(client, f"/forums/2026/calendar.ics?lang={language}")
    assert read(text) == as_the_database_says(forum, language)


def test_lines_are_folded_at_75_bytes_and_none_cuts_a_letter(client, forum, calls):
    content = client.get("/calendar.ics?lang=zh-hans").content
    assert max(len(line) for line in content.split(b"\r\n")) <= 75
    for line in content.split(b"\r\n"):
        line.decode()


def component(text, uid):
    return next(event for event in vobject.readOne(text).vevent_list if event.uid.value == f"{uid}@calendar.imrf-inputs")


def test_an_entry_says_paragraph_rule_place_address_and_category(client, forum, duty):
    forum.venue = "General Assembly Hall"
    forum.save()
    text = file_of(client, "/calendar.ics")
    of_duty, of_days = component(text, f"milestone-{duty.pk}"), component(text, f"forum-{forum.pk}")
    assert "A/RES/73/326, paragraph 14" in of_duty.description.value
    assert "at least 12 weeks before the first day of the forum" in of_duty.description.value
    assert of_duty.categories.value == ["Duty"]
    assert of_duty.url.value == "http://testserver/en/forums/2026/"
    assert of_duty.dtstart.value == date(2026, 2, 10)
    assert "dtend" not in of_duty.contents
    assert of_days.location.value == "General Assembly Hall, New York"
    assert (of_days.dtstart.value, of_days.dtend.value) == (date(2026, 5, 5), date(2026, 5, 9))  # the end is outside


def test_the_file_says_how_it_is_published_and_how_often_to_look(client, forum, calls):
    text = file_of(client, "/calendar.ics")
    calendar = vobject.readOne(text)
    assert calendar.method.value == "PUBLISH"
    assert calendar.version.value == "2.0"
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT1H" in text
    assert calendar.contents["x-wr-calname"][0].value == "International Migration Review Forum"


def test_a_closing_warns_a_day_before_and_carries_its_zone(client, forum, calls):
    call = calls[0]
    closing = component(file_of(client, "/calendar.ics"), f"call-{call.pk}-closes")
    assert closing.valarm.trigger.value == timedelta(days=-1)
    assert closing.dtstart.params["X-VOBJ-ORIGINAL-TZID"] == ["America/New_York"]
    assert closing.dtstart.value.astimezone(UTC) == CLOSES
    assert "valarm" not in component(file_of(client, "/calendar.ics"), f"call-{call.pk}-opens").contents


def test_after_a_move_the_uid_stays_and_the_sequence_is_higher(client, forum, duty):
    before = component(file_of(client, "/calendar.ics"), f"milestone-{duty.pk}")
    forum.first_day, forum.last_day = date(2026, 5, 12), date(2026, 5, 15)
    forum.edition_of_dates += 1
    forum.sequence += 1
    forum.save()
    Change.objects.create(forum=forum, kind="moved", what={}, at=NOW)
    after = component(file_of(client, "/calendar.ics"), f"milestone-{duty.pk}")
    assert (before.dtstart.value, after.dtstart.value) == (date(2026, 2, 10), date(2026, 2, 17))
    assert int(after.sequence.value) > int(before.sequence.value)
    assert after.dtstamp.value == NOW
    assert after.dtstamp.value > before.dtstamp.value
    assert int(component(file_of(client, "/calendar.ics"), f"forum-{forum.pk}").sequence.value) == 1


def test_a_waived_duty_is_sent_as_cancelled(client, duty):
    assert component(file_of(client, "/calendar.ics"), f"milestone-{duty.pk}").status.value == "CONFIRMED"
    Milestone.objects.update(waived_because="The report was merged.")
    waived = component(file_of(client, "/calendar.ics"), f"milestone-{duty.pk}")
    assert waived.status.value == "CANCELLED"
    assert "The report was merged." in waived.description.value


def test_a_cancelled_session_is_sent_as_cancelled_with_its_reason(client, forum):
    cancelled = {"at": NOW.isoformat(), "because": "The hall is closed."}
    release(forum, 1, [snapshot(7, "opening", OPENS, OPENS + timedelta(hours=3), cancelled=cancelled, sequence=2)])
    for address in ("/calendar.ics", "/forums/2026/programme/opening.ics"):
        session = component(file_of(client, address), "session-7")
        assert (session.status.value, session.sequence.value) == ("CANCELLED", "2")
        assert "The hall is closed." in session.description.value


def test_a_session_that_a_later_release_leaves_out_is_sent_as_cancelled(client, forum):
    stays = snapshot(8, "debate", OPENS, OPENS + timedelta(hours=3))
    release(forum, 1, [snapshot(7, "opening", OPENS, OPENS + timedelta(hours=3), sequence=1), stays])
    gone = {"session": "opening", "title": {"en": "Opening"}, "kind": "removed", "was": []}
    release(forum, 2, [stays], [gone])
    release(forum, 3, [stays])
    text = file_of(client, "/calendar.ics")
    assert (component(text, "session-7").status.value, component(text, "session-7").sequence.value) == ("CANCELLED", "2")
    assert component(text, "session-8").status.value == "CONFIRMED"
    assert component(file_of(client, "/forums/2026/programme/opening.ics"), "session-7").status.value == "CANCELLED"


def test_one_session_has_an_address_in_each_language_and_nothing_else_in_it(client, forum):
    there = [snapshot(7, "opening", OPENS, OPENS + timedelta(hours=3)), snapshot(8, "debate", OPENS, OPENS)]
    release(forum, 1, there)
    text = file_of(client, "/ar/forums/2026/programme/opening.ics")
    assert text.count("BEGIN:VEVENT") == 1
    assert "الجزء الافتتاحي" in component(text, "session-7").summary.value
    assert component(text, "session-7").location.value == "Conference Room 4, New York"
    assert client.get("/en/forums/2026/programme/other.ics").status_code == 404
    assert client.get("/forums/1999/calendar.ics").status_code == 404


def test_what_is_not_released_not_public_or_undated_is_in_no_file(client, forum, dalia):
    make_call(forum, name="only the desk", recorded_by_desk_only=True)
    make_forum("2030", year=2030, name="undated", first_day=None, last_day=None, status="announced")
    forum.sessions.create(
        slug="draft", kind="other", title="draft session", starts_at=OPENS, ends_at=NOW + timedelta(days=200)
    )
    Milestone.objects.create(forum=forum, kind="other", name="a duty", responsible=dalia)
    text = file_of(client, "/calendar.ics")
    for private in ("only the desk", "draft session", "undated", dalia.email, dalia.name):
        assert private not in text
    assert "a duty" in text


def test_a_regional_review_is_in_the_calendar_of_everything(client, forum):
    review = RegionalReview.objects.create(
        round=2, name="Regional review of Africa", region="Africa", first_day=date(2026, 2, 2), last_day=date(2026, 2, 4)
    )
    entry = component(file_of(client, "/calendar.ics"), f"regional-review-{review.pk}")
    assert (entry.dtstart.value, entry.dtend.value) == (date(2026, 2, 2), date(2026, 2, 5))
    assert f"regional-review-{review.pk}@" not in file_of(client, "/forums/2026/calendar.ics")


def test_who_has_it_already_gets_a_304_and_nobody_a_cookie(client, forum, duty):
    first = client.get("/calendar.ics")
    assert (first.headers["Cache-Control"], bool(first.cookies)) == ("public, max-age=60, s-maxage=1", False)
    again = {"headers": {"if-none-match": first.headers["ETag"]}}
    assert client.get("/calendar.ics", **again).status_code == 304
    Milestone.objects.update(name="Another name", sequence=1)
    assert client.get("/calendar.ics", **again).status_code == 200


def test_an_unknown_language_is_refused_by_name(client, forum):
    response = client.get("/calendar.ics?lang=xx")
    assert response.status_code == 400
    assert "xx" in response.content.decode()


def test_the_number_of_statements_does_not_grow_with_forums(client, forum, count_statements):
    def fill(year):
        another = make_forum(str(year), year=year, name=f"Forum {year}")
        make_call(another).extensions.create(was=NOW, became=CLOSES, reason="r", authority="a", at=NOW)
        Milestone.objects.create(forum=another, kind="other", name="d")
        release(another, 1, [snapshot(year, "opening", OPENS, OPENS + timedelta(hours=3))])
        release(another, 2, [], [{"session": "opening", "title": {}, "kind": "removed"}])

    fill(2100)
    with_one = count_statements(lambda: client.get("/calendar.ics"))
    for year in range(2101, 2130):
        fill(year)
    assert count_statements(lambda: client.get("/calendar.ics")) == with_one
    assert with_one <= 9


ZONES = ["America/New_York", "Europe/Zurich", "Asia/Kathmandu", "Pacific/Apia"]
# The last Sunday before summer time in New York and Geneva, the Sundays of both changes, Apia's last summer time.
AROUND = [
    datetime(2026, 3, 8, 7, tzinfo=UTC),
    datetime(2026, 3, 29, 1, tzinfo=UTC),
    datetime(2026, 10, 25, 1, tzinfo=UTC),
    datetime(2026, 11, 1, 6, tzinfo=UTC),
    datetime(2021, 4, 3, 14, tzinfo=UTC),
]
STEPS = [timedelta(seconds=-1), timedelta(0), timedelta(minutes=30), timedelta(hours=-1), timedelta(days=40)]


def zone_in_the_file(key):
    from io import StringIO

    from icalendar import Calendar as Written

    calendar = Written()
    calendar.add_component(described(key))
    return tzical(StringIO(calendar.to_ical().decode())).get(key)


def onsets(key):
    """The instants at which the described zone changes, read strictly: by the clock before the change."""
    for part in described(key).subcomponents:
        first = part["dtstart"].dt
        rule = rrulestr(part["rrule"].to_ical().decode(), dtstart=first) if "rrule" in part else [first]
        dates = part["rdate"].dts if "rdate" in part else []
        for local in [*rule[:50], *(each.dt for each in dates)]:
            yield (local - part["tzoffsetfrom"].td).replace(tzinfo=UTC), part["tzoffsetto"].td


@pytest.mark.parametrize("key", ZONES)
def test_a_described_zone_agrees_with_python_around_every_change_of_clocks(key):
    zone, written = ZoneInfo(key), sorted(onsets(key))
    instants = [moment + step for moment in AROUND for step in STEPS]
    assert len(instants) * len(ZONES) >= 40
    for instant in instants:
        offset = [to for onset, to in written if onset <= instant][-1]
        assert offset == instant.astimezone(zone).utcoffset()
        local = instant.astimezone(zone)
        if not local.fold:  # an hour that the clock shows twice is written in UTC
            assert local.replace(tzinfo=zone_in_the_file(key)).astimezone(UTC) == instant


def test_the_check_of_zones_can_fail(monkeypatch):
    from icalendar import Timezone

    library = Timezone.from_tzinfo(NEW_YORK, first_date=date(2026, 1, 1), last_date=date(2027, 1, 1))
    monkeypatch.setattr("tests.forums.test_ics.described", lambda key: library)
    instant = datetime(2026, 3, 8, 7, 30, tzinfo=UTC)
    assert [to for onset, to in sorted(onsets("America/New_York")) if onset <= instant][-1] != instant.astimezone(
        NEW_YORK
    ).utcoffset()


@given(st.integers(int(NOW.timestamp()) - 4 * YEAR, int(NOW.timestamp()) + 24 * YEAR), st.sampled_from(ZONES))
def test_any_closing_comes_back_from_the_file_as_it_went_in(seconds, key):
    from forums.ics import Entry, calendar_file

    instant = datetime.fromtimestamp(seconds, tz=UTC)
    entry = Entry("call-1-closes", "closes", instant, zone=ZoneInfo(key))
    text = calendar_file([entry], uid="test", title="test").decode()
    assert read_by_vobject(text)[entry.uid][1] == instant


def test_what_the_desk_does_raises_the_sequence_of_the_same_entry(client, forum, duty, dalia, elena):
    call = make_call(forum, window="open")
    session = forum.sessions.create(
        slug="opening", kind="other", title="Opening", starts_at=OPENS, ends_at=OPENS + timedelta(hours=1)
    )
    operations.release_programme(forum, by=dalia, at=NOW)

    def entry(name):
        event = component(file_of(client, "/calendar.ics"), name)
        return int(event.sequence.value), event.dtstart.value, event.status.value

    names = (f"milestone-{duty.pk}", f"call-{call.pk}-closes", f"forum-{forum.pk}", f"session-{session.pk}")
    before = {name: entry(name) for name in names}
    days = {"first_day": date(2026, 5, 12), "last_day": date(2026, 5, 15)}
    operations.move_forum(forum, reason="The hall is not free.", by=dalia, at=NOW, **days)
    operations.release_programme(forum, by=dalia, at=NOW + timedelta(hours=1))
    moved = {name: entry(name) for name in names}
    for name in names:
        assert moved[name][0] > before[name][0], name
        assert moved[name][1] == before[name][1] + timedelta(days=7), name
    session.refresh_from_db()
    operations.cancel_session(session, reason="The hall is closed.", at=NOW + timedelta(hours=2))
    operations.release_programme(forum, by=dalia, at=NOW + timedelta(hours=3))
    waiver = operations.ask_waiver(duty, reason="It was merged.", by=dalia, at=NOW)
    operations.agree_to_waiver(waiver, by=elena, at=NOW)
    for name in (f"milestone-{duty.pk}", f"session-{session.pk}"):
        assert entry(name)[0] > moved[name][0]
        assert entry(name)[2] == "CANCELLED"
