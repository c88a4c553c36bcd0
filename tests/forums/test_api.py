"""The calendar for machines: duties with paragraph and instant, calls, sessions as released, documents, changes."""

from datetime import UTC, date, datetime, timedelta

import pytest

from forums.models import Change, Milestone, OfficialDocument, Release
from tests.factories import CLOSES, NOW, make_call, make_forum
from tests.forums.test_ics import OPENS, release, snapshot

pytestmark = pytest.mark.django_db


def results(client, address):
    """All of them, page by page, by the links given."""
    found = []
    while address:
        answer = client.get(address)
        assert answer.status_code == 200, answer.content
        found += answer.json()["results"]
        address = answer.json()["next"] and answer.json()["next"].removeprefix("http://testserver")
    return found


@pytest.fixture
def duty(forum):
    paragraph = {"resolution": "A/RES/73/326", "paragraph": "14"}
    return Milestone.objects.create(forum=forum, kind="report", name="Report", weeks_before=12, **paragraph)


def test_a_duty_says_paragraph_day_instant_and_where_it_stands(client, duty):
    duty.met_on = date(2026, 2, 9)
    duty.save()
    (shown,) = results(client, "/api/v1/milestones/?forum=2026")
    assert shown.pop("name")["en"] == "Report"
    assert shown == {
        "uid": f"milestone-{duty.pk}@calendar.imrf-inputs",
        "forum": "2026",
        "kind": "report",
        "round_table": None,
        "basis": "A/RES/73/326, paragraph 14",
        "resolution": "A/RES/73/326",
        "paragraph": "14",
        "weeks_before": 12,
        "days_before": 0,
        "on_last_day": False,
        "due_on": "2026-02-10",
        "due_until": "2026-02-11T00:00:00-05:00",
        "met_on": "2026-02-09",
        "waived_because": "",
        "standing": "met",
        "days": 1,
    }


def test_a_forum_has_its_duties_its_former_dates_by_edition_and_its_addresses(client, forum, duty):
    dates = {"first_day": date(2026, 5, 10), "last_day": date(2026, 5, 13)}
    forum.former_dates.create(edition=1, reason="The hall.", replaced_on=date(2025, 9, 1), **dates)
    shown = client.get("/api/v1/forums/2026/").json()
    assert shown["former_dates"] == [
        {
            "edition": 1,
            "first_day": "2026-05-10",
            "last_day": "2026-05-13",
            "replaced_on": "2025-09-01",
            "reason": "The hall.",
        }
    ]
    assert shown["addresses"] == {
        "page": "http://testserver/en/forums/2026/",
        "calendar": "http://testserver/forums/2026/calendar.ics",
        "feed": "http://testserver/feeds/forums/2026/calendar.atom",
    }
    assert client.get("/forums/2026/calendar.ics").status_code == 200
    assert [each["kind"] for each in shown["milestones"]] == ["report"]


def test_a_forum_without_dates_has_duties_without_days(client):
    undated = make_forum("2030", year=2030, name="Third", first_day=None, last_day=None, status="announced")
    Milestone.objects.create(forum=undated, kind="report", name="Report", weeks_before=12)
    (shown,) = results(client, "/api/v1/milestones/?forum=2030")
    assert (shown["due_on"], shown["due_until"], shown["standing"]) == (None, None, "undated")


def test_a_call_is_addressed_by_its_forum_and_its_own_address(client, forum, duty):
    call = make_call(forum, slug="stakeholder-inputs", feeds=duty, kind="stakeholder", questions="One?\nTwo?")
    call.extensions.create(was=NOW, became=CLOSES, reason="Many asked.", authority="The Network", at=NOW, kind="reopened")
    shown = client.get("/api/v1/calls/2026/stakeholder-inputs/").json()
    assert (shown["forum"], shown["slug"], "id" in shown) == ("2026", "stakeholder-inputs", False)
    assert shown["feeds"] == f"milestone-{duty.pk}@calendar.imrf-inputs"
    assert shown["questions"]["en"] == "One?\nTwo?"
    assert [each["kind"] for each in shown["extensions"]] == ["reopened"]
    assert shown in results(client, "/api/v1/calls/?forum=2026")
    for wrong in ("/api/v1/calls/2026/other/", "/api/v1/calls/1999/stakeholder-inputs/", f"/api/v1/calls/{call.pk}/"):
        assert client.get(wrong).status_code == 404
    make_call(forum, slug="desk", recorded_by_desk_only=True)
    assert client.get("/api/v1/calls/2026/desk/").status_code == 404


def test_sessions_are_those_of_the_latest_release_and_no_draft(client, forum):
    old = snapshot(7, "opening", OPENS, OPENS + timedelta(hours=3), title={"en": "Old title"})
    release(forum, 1, [old])
    cancelled = {"at": NOW.isoformat(), "because": "The hall is closed."}
    release(forum, 2, [snapshot(7, "opening", OPENS, OPENS + timedelta(hours=3), cancelled=cancelled, sequence=1)])
    times = {"starts_at": OPENS, "ends_at": OPENS + timedelta(hours=1)}
    forum.sessions.create(slug="draft", kind="other", title="draft session", **times)
    (shown,) = results(client, "/api/v1/sessions/")
    assert shown == client.get("/api/v1/sessions/2026/opening/").json()
    assert shown["uid"] == "session-7@calendar.imrf-inputs"
    assert shown["title"] == {"en": "Opening segment", "ar": "الجزء الافتتاحي"}
    assert shown["room"] == {"name": {"en": "Conference Room 4"}, "access": {}}
    assert (shown["starts_at"], shown["sequence"]) == ("2026-05-05T14:00:00Z", 1)
    assert shown["cancelled_because"] == "The hall is closed."
    assert shown["url"] == "http://testserver/en/forums/2026/programme/opening/"
    for wrong in ("/api/v1/sessions/2026/draft/", "/api/v1/sessions/1999/opening/"):
        assert client.get(wrong).status_code == 404


def test_pages_of_sessions_and_of_changes_lead_through_all_of_them_once(client, forum):
    hours = [OPENS + timedelta(hours=number) for number in range(7)]
    release(forum, 1, [snapshot(9 - n, f"s{9 - n}", at, at + timedelta(hours=1)) for n, at in enumerate(hours)])
    for number in range(7):
        Change.objects.create(forum=forum, kind="waived", what={}, at=NOW + timedelta(hours=number // 3))
    sessions = [each["slug"] for each in results(client, "/api/v1/sessions/?page_size=2")]
    assert sessions == [f"s{9 - number}" for number in range(7)]
    changes = results(client, "/api/v1/changes/?page_size=2")
    assert len({each["id"] for each in changes}) == 7
    assert [each["at"] for each in changes] == sorted((each["at"] for each in changes), reverse=True)
    for cursor in ("x", "WyJhIl0=", "WzEsMl0=", "eyJhIjoxfQ=="):
        for name in ("sessions", "changes"):
            answer = client.get(f"/api/v1/{name}/?cursor={cursor}")
            assert (answer.status_code, answer.json()["parameter"]) == (400, "cursor")


def test_a_change_is_said_in_six_languages(client, forum):
    what = {"milestone": {"en": "Report", "fr": "Rapport"}, "on": "2026-02-09", "days": 1, "reason": ""}
    change = Change.objects.create(forum=forum, kind="met", what=what, at=NOW)
    (shown,) = results(client, "/api/v1/changes/?forum=2026")
    assert (shown["id"], shown["kind"], shown["at"]) == (str(change.pk), "met", "2026-01-20T12:00:00Z")
    assert shown["title"]["en"] == "“Report” is met"
    assert "Rapport" in shown["title"]["fr"]
    assert set(shown["lines"]) == {"ar", "en", "es", "fr", "ru", "zh-hans"}
    assert shown["lines"]["en"] == ["Done on Monday 9 February 2026, 1 day early"]
    assert shown["url"] == "http://testserver/en/forums/2026/"
    assert results(client, "/api/v1/changes/?forum=2026") == results(client, "/api/v1/changes/")


def test_a_document_says_symbol_day_languages_duty_and_what_it_changes(client, forum, duty):
    report = OfficialDocument.objects.create(
        forum=forum, kind="sg_report", symbol="A/80/1", title="Report", available_on=date(2026, 2, 9), meets=duty
    )
    report.languages.create(language="fr", url="https://example.org/fr.pdf")
    report.languages.create(language="en", file="documents/secret.pdf")  # not scanned yet
    OfficialDocument.objects.create(forum=forum, kind="sg_report", symbol="A/80/1/Corr.1", title="Corr.", modifies=report)
    first, second = results(client, "/api/v1/documents/?forum=2026")
    assert (first["symbol"], first["available_on"], first["forum"]) == ("A/80/1", "2026-02-09", "2026")
    assert first["url"] == "https://undocs.org/A/80/1"
    assert first["languages"] == [{"language": "fr", "url": "https://example.org/fr.pdf"}]
    assert first["meets"] == f"milestone-{duty.pk}@calendar.imrf-inputs"
    assert (first["modifies"], second["modifies"]) == (None, "A/80/1")


@pytest.mark.parametrize("name", ["milestones", "calls", "sessions", "documents", "changes"])
def test_lists_are_narrowed_to_a_forum_and_refuse_what_they_do_not_know(client, forum, name):
    assert client.get(f"/api/v1/{name}/?forum=1999").json()["parameter"] == "forum"
    assert client.get(f"/api/v1/{name}/?nonsense=1").json()["parameter"] == "nonsense"
    answer = client.get(f"/api/v1/{name}/?forum=2026")
    assert (answer.json(), answer.headers["Cache-Control"]) == (
        {"next": None, "results": []},
        "public, max-age=60, s-maxage=1",
    )
    assert not answer.cookies
    etag = {"if-none-match": answer.headers["ETag"]}
    assert client.get(f"/api/v1/{name}/?forum=2026", headers=etag).status_code == 304


def test_nothing_of_persons_or_of_the_desk_is_shown(client, forum, duty, dalia):
    duty.responsible = dalia
    duty.save()
    forum.managers.add(dalia)
    forum.desk_email = "desk-of-the-forum@example.org"
    forum.save()
    document = OfficialDocument.objects.create(forum=forum, kind="other", title="D", note="a note", source="a source")
    Release.objects.create(forum=forum, number=1, released_at=NOW, released_by=dalia)
    for name in ("forums", "milestones", "calls", "sessions", "documents", "changes"):
        text = client.get(f"/api/v1/{name}/").content.decode()
        for private in (dalia.email, dalia.name, forum.desk_email, document.note, document.source):
            assert private not in text


@pytest.mark.parametrize("name", ["forums", "milestones", "calls", "sessions", "documents", "changes"])
def test_the_number_of_statements_does_not_grow(client, forum, count_statements, name):
    def fill(year):
        another = make_forum(str(year), year=year, name=f"Forum {year}")
        milestone = Milestone.objects.create(forum=another, kind="other", name="d")
        make_call(another, feeds=milestone).extensions.create(was=NOW, became=CLOSES, reason="r", authority="a", at=NOW)
        release(another, 1, [snapshot(year, "opening", OPENS, OPENS + timedelta(hours=3))])
        first = OfficialDocument.objects.create(forum=another, kind="other", title="D", symbol=f"A/{year}", meets=milestone)
        second = OfficialDocument.objects.create(forum=another, kind="other", title="E", modifies=first)
        second.languages.create(language="en", url="https://example.org/")
        Change.objects.create(forum=another, kind="waived", what={}, at=datetime(year, 1, 1, tzinfo=UTC))

    fill(2100)
    with_one = count_statements(lambda: client.get(f"/api/v1/{name}/?page_size=100"))
    for year in range(2101, 2130):
        fill(year)
    assert count_statements(lambda: client.get(f"/api/v1/{name}/?page_size=100")) == with_one
    assert with_one <= 6
