"""The programme for the public: the latest release and nothing of what is being planned."""

import re
from datetime import timedelta

import pytest

from forums import operations
from forums.models import OfficialDocument, Session
from forums.programme.released import outlines_of, sessions_at, sessions_of
from tests.factories import NOW, make_forum
from tests.forums.programmes import make_room, make_session, released

pytestmark = pytest.mark.django_db
ADDRESS = "/en/forums/2026/programme/"


def page(client, address=ADDRESS, status=200):
    response = client.get(address)
    assert response.status_code == status
    return " ".join(response.content.decode().split())


@pytest.fixture
def planned(forum):
    operations.lay_out_programme(forum)
    table = forum.sessions.get(slug="round-table-1")
    table.room = make_room(forum, access="Lift B, level.")
    table.link, table.interpretation = "https://webtv.example/rt1", ["ar", "es"]
    table.chairs_en, table.description_en = "Exampland\nSampleland", "What works."
    return operations.plan_session(table)


def test_the_programme_says_when_where_who_and_which_objectives(client, forum, planned):
    released(forum)
    text = page(client)
    for part in (
        '<h2 id="day-2026-05-04"><time datetime="2026-05-04">Monday 4 May 2026</time></h2>',
        '<a href="/en/forums/2026/programme/round-table-1/"><bdi>Round table 1: Table 1</bdi></a>',
        '<time datetime="2026-05-05T10:00:00-04:00" data-own data-until="2026-05-05T11:30:00-04:00">'
        "<bdi>10:00–11:30 New York (UTC−4)</bdi></time>",
        "<bdi>Conference Room 4</bdi>",
        'href="https://webtv.example/rt1" rel="external noopener"',
        '<span class="one">Arabic</span> · <span class="one">Spanish</span>',
        "<dt>Co-chairs</dt><dd><bdi>Exampland</bdi><br><bdi>Sampleland</bdi></dd>",
        "Director General of the International Organization for Migration",
        "<li>President of the General Assembly</li><li>Secretary-General</li>",
        '<a href="/en/objectives/5/">5. O5</a>',
        "A/RES/73/326, paragraph 15",
        "A/RES/73/195, paragraph 49",
        "What works.",
        "Release 1 of <time",
    ):
        assert part in text, part
    assert text.count("<dd>Not yet announced</dd>") == 3
    assert "Indicative" not in text


def test_the_map_of_objectives_is_called_indicative_where_it_is(client, forum, planned):
    forum.round_tables.update(indicative=True)
    released(forum)
    words = "Indicative: which objectives each round table takes up is not yet known."
    assert [page(client, f"{ADDRESS}{end}").count(words) for end in ("", "round-table-1/", "opening/")] == [1, 1, 0]


def test_a_session_has_a_page_of_its_own_with_the_full_moment(client, forum, planned):
    released(forum)
    text = page(client, f"{ADDRESS}round-table-1/")
    assert "Tuesday 5 May 2026, 10:00–11:30 New York (UTC−4)" in text
    assert "<bdi>Lift B, level.</bdi>" in text
    assert '<a href="/en/objectives/5/">5. Objective 5</a>' in text
    assert 'href="/en/forums/2026/programme/#round-table-1"' in text
    page(client, f"{ADDRESS}no-such-session/", status=404)


def test_documents_stand_with_the_session_they_belong_to(client, forum, planned):
    duty = forum.milestones.create(kind="note", round_table=forum.round_tables.get(number=1), name="Note 1", weeks_before=6)
    OfficialDocument.objects.create(forum=forum, kind="background_note", symbol="A/AC.293/2026/2", title="Note", meets=duty)
    OfficialDocument.objects.create(forum=forum, kind="technical", title="Summary of the talks", session=planned)
    OfficialDocument.objects.create(forum=forum, kind="sg_report", title="Some report")
    released(forum)
    first, second = page(client, f"{ADDRESS}round-table-1/"), page(client, f"{ADDRESS}round-table-2/")
    assert "Background note: <a" in first
    assert "A/AC.293/2026/2" in first
    assert "Technical summary of a round table: <bdi>Summary of the talks</bdi>" in first
    assert "Some report" not in first
    assert "A/AC.293/2026/2" not in second
    assert "Summary of the talks" not in second


def test_a_cancelled_session_is_struck_with_its_reason_in_words_too(client, forum, planned):
    released(forum)
    operations.cancel_session(planned, reason="The <hall> is flooded.", at=NOW)
    released(forum, at=NOW + timedelta(days=1))
    text = page(client)
    assert '<s><a href="/en/forums/2026/programme/round-table-1/">' in text
    assert '<span class="status stop">Cancelled</span>' in text
    assert '<p class="note stop"><bdi lang="und">The &lt;hall&gt; is flooded.</bdi></p>' in text
    assert "https://webtv.example/rt1" not in text
    assert (
        "<li>“<bdi>Round table 1: Table 1</bdi>” is cancelled. Reason: <bdi>The &lt;hall&gt; is flooded.</bdi></li>" in text
    )


def test_older_releases_stay_readable_as_they_were(client, forum, planned):
    released(forum, note="The first.")
    opening = Session.objects.get(slug="opening")
    opening.title_en = "Solemn opening"
    operations.plan_session(opening)
    released(forum, at=NOW + timedelta(days=1))
    latest, first = page(client), page(client, f"{ADDRESS}1/")
    assert "“<bdi>Opening segment</bdi>” is now called “<bdi>Solemn opening</bdi>”." in latest
    assert "This is an earlier release" not in latest
    assert "This is an earlier release" in first
    assert ("The first." in first, "Solemn opening" in first, "Opening segment" in first) == (True, False, True)
    assert '<a href="/en/forums/2026/programme/1/">Release 1</a>' in latest
    assert page(client, f"{ADDRESS}2/")
    for address in (f"{ADDRESS}3/", f"{ADDRESS}0/", "/en/forums/1999/programme/", f"{ADDRESS}99999999999999999999/"):
        page(client, address, status=404)


def test_a_programme_that_was_never_released_says_so(client, forum, planned):
    assert "The programme of this forum has not been released." in page(client)
    page(client, f"{ADDRESS}round-table-1/", status=404)
    page(client, f"{ADDRESS}1/", status=404)


def test_the_public_sees_no_draft_on_any_page(client, forum, planned):
    """Every text of a session and of its room says Canary in the drafts, none in the release; the control finds it."""
    addresses = [ADDRESS, f"{ADDRESS}1/", f"{ADDRESS}round-table-1/", f"{ADDRESS}1/?day=2026-05-05", "/en/forums/2026/"]
    released(forum)
    for column in ("title", "description", "chairs", "facilitator"):
        for language in ("en", "ar", "fr"):
            setattr(planned, f"{column}_{language}", f"Canary {column}")
    planned.link = "https://canary.example/"
    operations.plan_session(planned)
    planned.slots.create(role="other", name="Canary speaker", body="Canary body")
    planned.room.name_en = planned.room.access_en = "Canary room"
    planned.room.save()
    make_session(forum, slug="canary", title="Canary session", room=make_room(forum, "Canary hall"))
    operations.cancel_session(Session.objects.get(slug="opening"), reason="Canary reason", at=NOW)
    for address in addresses:
        for language in ("en", "ar", "fr"):
            assert "anary" not in page(client, address.replace("/en/", f"/{language}/"))
    page(client, f"{ADDRESS}canary/", status=404)
    released(forum, at=NOW + timedelta(days=1))
    assert len(re.findall("Canary", page(client))) > 10


def test_a_release_that_the_forum_moved_away_from_says_that_it_no_longer_holds(client, forum, planned):
    released(forum)
    outdated = "The days of the forum have changed since this release"
    assert outdated not in page(client)
    forum.first_day, forum.last_day = forum.first_day + timedelta(days=7), forum.last_day + timedelta(days=7)
    forum.save()
    assert outdated in page(client)


def test_texts_are_said_in_the_readers_language_and_others_are_marked(client, forum, planned):
    released(forum)
    text = page(client, "/ar/forums/2026/programme/")
    assert "<bdi>الجزء الافتتاحي</bdi>" in text
    assert '<bdi lang="en" dir="ltr">Round table 1: Table 1</bdi>' in text
    assert '<html lang="ar" dir="rtl">' in text


@pytest.mark.parametrize("address", [ADDRESS, f"{ADDRESS}round-table-1/", f"{ADDRESS}?day=2026-05-05"])
def test_the_pages_ask_the_same_with_three_and_with_sixty_sessions(client, count_statements, address):
    forum = make_forum()
    make_session(forum, kind="round_table", slug="round-table-1", round_table=forum.round_tables.get(number=1))
    for number in range(2):
        make_session(forum, room=make_room(forum, f"Hall {number}"))
    released(forum)
    client.get(address)
    few = count_statements(lambda: client.get(address))
    for number in range(57):
        session = make_session(forum, room=make_room(forum, f"Room {number}"), kind="side_event")
        session.slots.create(role="other", name="Somebody")
        OfficialDocument.objects.create(forum=forum, kind="concept_note", title=f"Note {number}", session=session)
    released(forum, at=NOW + timedelta(days=1))
    many = count_statements(lambda: client.get(address))
    assert few <= many <= few + 1  # the languages of documents, once there are any
    assert many <= 9


def test_a_long_programme_is_read_a_day_at_a_time(client, forum, planned):
    for number in range(50):
        make_session(forum, day="2026-05-06", room=make_room(forum, f"Room {number}"), title=f"Side event {number}")
    released(forum)
    text = page(client)
    assert '<a href="?day=2026-05-04" aria-current="true">Monday 4 May 2026</a>' in text
    assert "Side event" not in text
    assert "Side event 49" in page(client, f"{ADDRESS}?day=2026-05-06")
    for wrong in ("2026-05-12", "nonsense", ""):
        page(client, f"{ADDRESS}?day={wrong}", status=404)


@pytest.mark.parametrize("address", [ADDRESS, f"{ADDRESS}1/", f"{ADDRESS}opening/"])
def test_the_pages_set_no_cookie_and_answer_304_to_who_has_them(client, forum, planned, address):
    released(forum)
    first = client.get(address)
    assert not first.cookies
    assert "public" in first.headers["Cache-Control"]
    assert "style=" not in first.content.decode()
    assert client.get(address, HTTP_IF_NONE_MATCH=first.headers["ETag"]).status_code == 304
    assert client.post(address).status_code == 405


def test_a_release_in_short_says_the_same_as_all_of_it(forum, planned):
    released(forum)
    operations.cancel_session(planned, reason="No quorum.", at=NOW)
    release = released(forum)
    whole, short = sessions_of(release, forum), outlines_of(release, forum)
    assert len(whole) > 5
    seen = [(one.slug, one.kind, one.starts_at, one.ends_at, one.day, one.cancelled_at is not None) for one in whole]
    assert [(one.slug, one.kind, one.starts_at, one.ends_at, one.day, one.is_cancelled) for one in short] == seen
    assert any(one.is_cancelled for one in short)
    assert sessions_at(release, forum, short[2:4]) == whole[2:4]
    assert sessions_at(release, forum, []) == []
