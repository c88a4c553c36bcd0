"""The desk's rooms of the programme: planning on the clock of the city, releasing with a look at what changes."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from forums import operations
from forums.models import Change, Follower, MeetingRoom, Release, Session
from tests.factories import NOW, make_forum, make_user
from tests.forums.programmes import make_room, make_session, released
from tests.forums.test_desk_views import change, errors_of, fields_of, save

pytestmark = pytest.mark.django_db
LIST, ADD = "/admin/forums/session/?forum=2026", "/admin/forums/session/add/?forum=2026"


@pytest.fixture
def vera(db):
    """Convenes: she has what her role gives her."""
    return make_user("vera", staff=True, roles=["forum manager"])


@pytest.fixture
def desk(vera, desk_client):
    return desk_client(vera)


def page(response):
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def typed(client, **words):
    """What somebody types into the form of a new session."""
    return fields_of(client.get(ADD)) | {
        "slug": "side-event-1",
        "kind": "side_event",
        "title_en": "Side event of Exampland",
        "starts_at": "2026-05-05T13:15",
        "ends_at": "2026-05-05T14:30",
        **words,
    }


# Planning -------------------------------------------------------------------------------------------------------------


def test_a_session_is_typed_and_shown_on_the_clock_of_the_forums_city(desk, forum):
    slots = {"slots-0-role": "other", "slots-0-name": "A. N. Other", "slots-0-position": "1"}
    save(desk, ADD, typed(desk, interpretation=["ar", "fr"], **slots))
    session = Session.objects.get()
    assert session.starts_at == datetime(2026, 5, 5, 17, 15, tzinfo=UTC)
    assert (session.forum, session.interpretation, session.slots.get().name) == (forum, ["ar", "fr"], "A. N. Other")
    text = page(desk.get(change(session)))
    assert 'value="2026-05-05T13:15:00"' in text
    assert "Wall clock of New York (America/New_York)." in text


def test_a_change_of_time_counts_for_calendars(desk, forum):
    session = make_session(forum)
    save(desk, change(session), fields_of(desk.get(change(session))) | {"starts_at": "2026-05-05T09:00"})
    session.refresh_from_db()
    assert (session.starts_at, session.sequence) == (datetime(2026, 5, 5, 13, tzinfo=UTC), 1)


REFUSED = [
    ({"starts_at": "2026-05-05T15:00"}, "ends_at", "The session ends before it begins. Check both times."),
    ({"kind": "hearing"}, "starts_at", "(A/RES/73/326, paragraph 15): on Monday 4 May 2026"),
    ({"ends_at": "2026-05-09T14:30"}, "ends_at", "from Tuesday 5 May 2026 to Friday 8 May 2026"),
    ({"kind": "round_table"}, "round_table", "which of the four round tables"),
    ({"slug": "7"}, "slug", "An address of digits only"),
    ({"starts_at": "2026-03-08T02:30"}, "starts_at", "skip 02:30"),
    ({"starts_at": "13:15"}, "starts_at", "valid date"),
]


@pytest.mark.parametrize(("words", "field", "sentence"), REFUSED)
def test_what_cannot_be_is_said_beside_its_field_and_what_was_typed_stays(desk, forum, words, field, sentence):
    response = desk.post(ADD, typed(desk, description_en="Typed with care.", **words))
    assert sentence in " ".join(errors_of(response)[field])
    assert [name for name in errors_of(response) if name != field] == []
    assert len(errors_of(response)[field]) == 1
    assert "Typed with care." in page(response)
    assert not Session.objects.exists()


def test_a_room_that_is_taken_is_refused_on_the_form(desk, forum):
    room = make_room(forum)
    make_session(forum, room=room)
    response = desk.post(ADD, typed(desk, starts_at="2026-05-05T12:00", room=room.pk))
    assert "Another session is in this room at that time" in str(errors_of(response)["__all__"])
    assert "Side event of Exampland" in page(response)


def test_a_room_taken_at_the_last_moment_is_refused_on_the_form_as_it_was_typed(desk, forum, monkeypatch):
    """Between the look of the form and the writing somebody else takes the room: here the look is made blind."""
    room = make_room(forum)
    make_session(forum, room=room, title="The other")
    monkeypatch.setattr(Session, "validate_constraints", lambda self, exclude=None: None)
    response = desk.post(ADD, typed(desk, starts_at="2026-05-05T12:00", room=room.pk, description_en="Typed with care."))
    assert "“The other” is in Conference Room 4 at that time" in str(errors_of(response)["__all__"])
    assert "Typed with care." in page(response)
    assert Session.objects.count() == 1


def test_rooms_and_round_tables_of_other_forums_are_not_offered_and_not_taken(desk, forum):
    other = make_forum("2030", year=2030, name="Third")
    hall = make_room(other, "Hall of another forum")
    session = make_session(forum)
    assert "Hall of another forum" not in page(desk.get(change(session)))
    assert "belongs to another forum" in str(errors_of(desk.post(ADD, typed(desk, room=hall.pk)))["room"])


def test_an_address_never_changes(desk, forum):
    session = make_session(forum, slug="here")
    desk.post(change(session), fields_of(desk.get(change(session))) | {"slug": "there", "forum": "99"})
    assert Session.objects.get().slug == "here"


def test_rooms_are_made_with_their_names_and_the_way_to_them(desk, forum):
    address = "/admin/forums/meetingroom/add/"
    words = {
        "forum": forum.pk,
        "name_en": "Conference Room 4",
        "name_fr": "Salle de conférence 4",
        "access_fr": "Ascenseur B",
    }
    save(desk, address, fields_of(desk.get(address)) | words)
    room = MeetingRoom.objects.get()
    assert (room.name_fr, room.access_fr) == ("Salle de conférence 4", "Ascenseur B")
    assert "Salle de conférence 4" in page(desk.get(change(room)))


# The programme of a forum ---------------------------------------------------------------------------------------------


def test_the_standard_programme_is_laid_out_by_a_button(desk, forum):
    text = page(desk.get(LIST))
    assert "Nothing was released yet, so the public sees no programme." in text
    assert "The hearing is missing (A/RES/73/326, paragraph 15)." in text
    laid = desk.post(reverse("admin:forums_session_lay_out", args=["2026"]), follow=True)
    assert "14 sessions were planned." in page(laid)
    again = desk.post(reverse("admin:forums_session_lay_out", args=["2026"]), follow=True)
    assert "Every session of the standard programme is planned already." in page(again)
    undated = make_forum("2030", year=2030, first_day=None, last_day=None, status="announced")
    refused = desk.post(reverse("admin:forums_session_lay_out", args=[undated.slug]), follow=True)
    assert "Enter the days of the forum first." in page(refused)


def test_sessions_are_found_by_forum_and_by_day_in_the_forums_zone(desk, forum):
    late = make_session(forum, day="2026-05-05", begins="22:00", ends="23:00")
    make_session(forum, day="2026-05-06")
    other = make_forum("2030", year=2030, name="Third")
    make_session(other)
    response = desk.get(f"{LIST}&day=2026-05-05")
    assert [row.pk for row in response.context["cl"].result_list] == [late.pk]
    assert "Wednesday 6 May 2026" in page(response)
    unknown = desk.get(f"{LIST}&day=2026-05-20", follow=True)
    assert "The address named a filter that does not exist" in page(unknown)


def test_the_list_asks_the_same_with_three_and_with_thirty_sessions(desk, forum, count_statements):
    for number in range(3):
        make_session(forum, room=make_room(forum, f"Room {number}"))
    released(forum)
    desk.get(LIST)
    few = count_statements(lambda: desk.get(LIST))
    for number in range(27):
        make_session(forum, room=make_room(forum, f"Hall {number}"))
    assert count_statements(lambda: desk.get(LIST)) == few


# Releasing ------------------------------------------------------------------------------------------------------------


def follow(forum, **fields):
    return Follower.objects.create(email=f"f{Follower.objects.count()}@example.org", forum=forum, asked_at=NOW, **fields)


def test_a_release_shows_what_changes_and_who_is_told_before_it_is_made(desk, forum, vera):
    session = make_session(forum, title="Round table")
    released(forum)
    session.title_en = "Round table, renamed"
    operations.plan_session(session)
    follow(forum, confirmed_at=NOW)
    follow(None, confirmed_at=NOW, pace="weekly")
    follow(forum, confirmed_at=NOW, stopped_at=NOW)
    follow(forum)
    assert "1 change is not released" in page(desk.get(LIST))
    address = reverse("admin:forums_session_release", args=["2026"])
    first = desk.get(address)
    text = page(first)
    assert "“<bdi>Round table</bdi>” is now called “<bdi>Round table, renamed</bdi>”." in text
    assert "1 follower at once, by letter" in text
    assert "1 follower with the letter of the week" in text
    assert Release.objects.count() == 1
    done = desk.post(address, {"seen": first.context["form"]["seen"].value(), "note": "Renamed."}, follow=True)
    assert "Release 2 is out." in page(done)
    release = Release.objects.get(number=2)
    assert (release.released_by, release.note) == (vera, "Renamed.")
    assert Change.objects.filter(kind="programme").count() == 2
    assert "Release …" not in page(desk.get(LIST))
    again = desk.post(address, {"seen": desk.get(address).context["form"]["seen"].value()})
    assert "Nothing has changed since release 2" in page(again)


def test_what_was_not_shown_is_not_released(desk, forum):
    session = make_session(forum)
    address = reverse("admin:forums_session_release", args=["2026"])
    seen = desk.get(address).context["form"]["seen"].value()
    operations.cancel_session(session, reason="Strike.", at=NOW)
    make_session(forum, day="2026-05-06")
    response = desk.post(address, {"seen": seen, "note": "Typed with care."})
    assert "The programme changed while you had this page open." in page(response)
    assert "Typed with care." in page(response)
    assert not Release.objects.exists()
    desk.post(address, {"seen": response.context["form"]["seen"].value(), "note": "Typed with care."})
    assert len(Release.objects.get().sessions) == 1


def test_a_release_is_looked_at_and_never_written(desk, forum):
    make_session(forum, title="Secret <b>")
    release = released(forum)
    make_session(forum, title="New <b>")
    second = released(forum)
    assert desk.get("/admin/forums/release/add/").status_code == 403
    assert "“<bdi>New &lt;b&gt;</bdi>” was added" in page(desk.get(change(second)))
    desk.post(change(release), {"note": "Changed"})
    assert Release.objects.get(pk=release.pk).note == ""
    assert [row.number for row in desk.get("/admin/forums/release/?forum=2026").context["cl"].result_list] == [2, 1]


# Cancelling -----------------------------------------------------------------------------------------------------------


def test_a_session_is_cancelled_with_a_reason_and_taken_back(desk, forum):
    session = make_session(forum)
    address = reverse("admin:forums_session_cancel", args=[session.pk])
    assert address in page(desk.get(change(session)))
    assert "This field is required" in page(desk.post(address, {"reason": " "}))
    assert "The session is cancelled." in page(desk.post(address, {"reason": "Speaker ill."}, follow=True))
    assert "This session is cancelled already." in page(desk.post(address, {"reason": "Typed again."}))
    assert "Speaker ill." in page(desk.get(change(session)))
    back = desk.post(reverse("admin:forums_session_reinstate", args=[session.pk]), follow=True)
    assert "The session takes place after all." in page(back)
    session.refresh_from_db()
    assert (session.cancelled_at, session.sequence) == (None, 2)


@pytest.mark.parametrize("name", ["lay_out", "release", "cancel", "reinstate"])
def test_who_only_looks_changes_nothing(client, ravi, desk_client, forum, name):
    session = make_session(forum)
    desk_client(ravi)
    assert client.get(LIST).status_code == 200
    argument = session.pk if name in ("cancel", "reinstate") else forum.slug
    address = reverse(f"admin:forums_session_{name}", args=[argument])
    assert {client.get(address).status_code, client.post(address, {"reason": "No"}).status_code} == {403}
    session.refresh_from_db()
    assert (session.cancelled_at, Session.objects.count(), Release.objects.count()) == (None, 1, 0)
    assert "Lay out the standard programme" not in page(client.get(LIST))


@pytest.mark.parametrize("name", ["lay_out", "reinstate"])
def test_a_mere_link_does_nothing(desk, forum, name):
    session = make_session(forum)
    argument = session.pk if name == "reinstate" else forum.slug
    assert desk.get(reverse(f"admin:forums_session_{name}", args=[argument])).status_code == 405
    assert Session.objects.count() == 1
