"""Releases: kept for good, numbered, with what changed since, in the words of each language."""

import copy
import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils.translation import override

from forums import operations
from forums.models import Change, Release, Session
from forums.programme.differences import differences
from forums.programme.released import latest_release, released_sessions, sessions_of
from forums.programme.snapshot import drafts_of, snapshot_of
from forums.programme.words import in_html_words, in_plain_words
from forums.refusals import Refused
from tests.factories import NOW, make_forum, make_user
from tests.forums.programmes import local, make_room, make_session, released

pytestmark = pytest.mark.django_db


@pytest.fixture
def planned(forum):
    """Two sessions that have everything a release keeps."""
    table = forum.round_tables.get(number=1)
    first = make_session(
        forum,
        slug="round-table-1",
        kind="round_table",
        round_table=table,
        title_en="Round table 1",
        title_fr="Table ronde 1",
        room=make_room(forum, access="By lift B"),
        link="https://webtv.example/1",
        interpretation=["fr", "ar"],
        chairs_en="Exampland\nSampleland",
    )
    make_session(forum, slug="opening", kind="opening", day="2026-05-07", title="Opening")
    Session.objects.get(slug="opening").slots.create(position=1, role="president", name="A. N. Other", minutes=5)
    return first


# The snapshot ---------------------------------------------------------------------------------------------------------


def test_a_release_keeps_everything_in_plain_values(forum, planned):
    ravi = make_user("ravi")
    release = released(forum, by=ravi, note="First one.")
    assert (release.number, release.changes, release.note, release.released_by) == (1, [], "First one.", ravi)
    assert Release.objects.get().sessions[0] == {
        "id": planned.pk,
        "slug": "round-table-1",
        "kind": "round_table",
        "title": {"en": "Round table 1", "fr": "Table ronde 1"},
        "description": {},
        "starts_at": "2026-05-05T14:00:00+00:00",
        "ends_at": "2026-05-05T17:00:00+00:00",
        "room": {"id": planned.room.pk, "name": {"en": "Conference Room 4"}, "access": {"en": "By lift B"}},
        "link": "https://webtv.example/1",
        "interpretation": ["ar", "fr"],
        "round_table": 1,
        "chairs": {"en": "Exampland\nSampleland"},
        "facilitator": {},
        "slots": [],
        "cancelled": None,
        "sequence": 0,
    }


def test_what_is_read_back_is_typed_and_said_in_the_readers_language(forum, planned):
    released(forum)
    table, opening = released_sessions(forum)
    assert (table.starts_at, table.ends_at) == (planned.starts_at, planned.ends_at)
    assert (table.basis, opening.basis) == ("A/RES/73/326, paragraph 22", "A/RES/73/326, paragraph 15")
    assert (table.chairs.lines, str(table.room.name), table.languages) == (
        ["Exampland", "Sampleland"],
        "Conference Room 4",
        ["Arabic", "French"],
    )
    assert (opening.slots[0].role_in_words, opening.slots[0].name) == ("President of the General Assembly", "A. N. Other")
    assert not opening.chairs
    with override("fr"):
        assert (str(table.title), table.title.language) == ("Table ronde 1", "fr")
    with override("ar"):
        assert (str(table.title), table.title.language) == ("Round table 1", "en")
    assert table.get_absolute_url() == "/en/forums/2026/programme/round-table-1/"


def test_a_release_never_changes_when_sessions_change_afterwards(forum, planned):
    release = released(forum)
    kept = copy.deepcopy(release.sessions)
    planned.title_en, planned.link = "Canary", "https://canary.example/"
    planned.room.name_en = "Canary room"
    planned.room.save()
    operations.plan_session(planned)
    operations.cancel_session(Session.objects.get(slug="opening"), reason="Canary", at=NOW)
    release.refresh_from_db()
    assert release.sessions == kept
    assert "Canary" not in str(released_sessions(forum))
    released(forum, at=NOW + timedelta(hours=1))
    assert sessions_of(forum.releases.get(number=1), forum) == sessions_of(release, forum)
    assert "Canary" in str(released_sessions(forum))


def test_drafts_are_in_no_release(forum, planned):
    assert released_sessions(forum) == []
    released(forum)
    make_session(forum, slug="draft", title="Canary")
    assert [one.slug for one in released_sessions(forum)] == ["round-table-1", "opening"]


def test_what_was_cancelled_before_anybody_read_of_it_is_left_out(forum, planned):
    operations.cancel_session(make_session(forum, slug="never-seen"), reason="No.", at=NOW)
    released(forum)
    assert [one.slug for one in released_sessions(forum)] == ["round-table-1", "opening"]
    operations.cancel_session(planned, reason="Strike.", at=NOW)
    released(forum)
    [first, _opening] = released_sessions(forum)
    assert (first.cancelled_at, first.cancelled_because, first.sequence) == (NOW, "Strike.", 1)


# Numbers and refusals -------------------------------------------------------------------------------------------------


def test_releases_are_numbered_and_told_to_who_follows(forum, planned):
    released(forum)
    planned.ends_at += timedelta(minutes=30)
    operations.plan_session(planned)
    second = released(forum, at=NOW + timedelta(days=1), note=" Longer. ")
    assert latest_release(forum) == second
    assert [change.what for change in Change.objects.filter(kind="programme").order_by("at")] == [
        {"number": 1, "changes": [], "note": ""},
        {"number": 2, "changes": second.changes, "note": "Longer."},
    ]
    assert second.changes == [
        {
            "session": "round-table-1",
            "title": {"en": "Round table 1", "fr": "Table ronde 1"},
            "kind": "moved",
            "was": ["2026-05-05T14:00:00+00:00", "2026-05-05T17:00:00+00:00"],
            "became": ["2026-05-05T14:00:00+00:00", "2026-05-05T17:30:00+00:00"],
        }
    ]


def test_nothing_and_nothing_new_are_not_released(forum):
    with pytest.raises(Refused, match="No session is planned yet"):
        released(forum)
    make_session(forum)
    released(forum)
    with pytest.raises(Refused, match="Nothing has changed since release 1"):
        released(forum)
    assert (Release.objects.count(), Change.objects.count()) == (1, 1)


def test_what_became_impossible_since_it_was_planned_is_not_released(forum, planned):
    forum.first_day, forum.last_day = forum.first_day + timedelta(days=7), forum.last_day + timedelta(days=7)
    forum.save()
    with pytest.raises(Refused, match=r"“Round table 1” cannot be released as it stands\. The forum meets from Tues"):
        released(forum)


@pytest.mark.django_db(transaction=True)
def test_pressing_release_at_once_gives_one_release():
    forum = make_forum()
    make_session(forum)
    start, outcomes = threading.Barrier(3), []

    def press():
        try:
            start.wait()
            outcomes.append(released(forum).number)
        except Refused as why:
            outcomes.append(str(why))
        finally:
            connection.close()

    desks = [threading.Thread(target=press) for _ in range(3)]
    [desk.start() for desk in desks]
    [desk.join() for desk in desks]
    nothing = "Nothing has changed since release 1, so there is nothing to release."
    assert sorted(outcomes, key=str) == [1, nothing, nothing]


def test_a_change_that_no_operation_counted_is_counted_at_the_release(forum, planned):
    released(forum)
    planned.room.name_en = "Trusteeship Council"
    planned.room.save()
    released(forum)
    assert released_sessions(forum)[0].sequence == 1
    assert Session.objects.get(pk=planned.pk).sequence == 1


# Differences and their words ------------------------------------------------------------------------------------------


def kept(**changes):
    session = {
        "id": 1,
        "slug": "it",
        "kind": "other",
        "title": {"en": "It", "fr": "Ceci"},
        "description": {},
        "starts_at": "2026-05-05T14:00:00+00:00",
        "ends_at": "2026-05-05T17:00:00+00:00",
        "room": None,
        "link": "",
        "interpretation": [],
        "round_table": None,
        "chairs": {},
        "facilitator": {},
        "slots": [],
        "cancelled": None,
        "sequence": 0,
    }
    return {**session, **changes}


def room(pk=1, name="Room 4", access=""):
    return {"id": pk, "name": {"en": name}, "access": {"en": access}}


HALL, CHAIRS = room(2, "The hall"), {"en": "Exampland\nSampleland"}
GONE = {"at": "2026-05-01T10:00:00+00:00", "because": "Strike."}
LATER = {"starts_at": "2026-05-05T19:00:00+00:00", "ends_at": "2026-05-05T22:00:00+00:00"}
TABLE = [
    ({}, {}, []),
    ({}, {"sequence": 4}, []),
    (None, {}, ["“It” was added: Tuesday 5 May 2026, 10:00–13:00 New York (UTC−4)."]),
    (
        {},
        None,
        ["“It” is no longer part of the programme. It was planned for Tuesday 5 May 2026, 10:00–13:00 New York (UTC−4)."],
    ),
    ({}, {"cancelled": GONE, "room": HALL}, ["“It” is cancelled. Reason: Strike."]),
    ({"cancelled": GONE}, {"cancelled": GONE}, []),
    ({"cancelled": GONE}, {}, ["“It” takes place after all: Tuesday 5 May 2026, 10:00–13:00 New York (UTC−4)."]),
    (
        {},
        LATER,
        [
            "“It” moved in time. It was: Tuesday 5 May 2026, 10:00–13:00 New York (UTC−4). "
            "It is now: Tuesday 5 May 2026, 15:00–18:00 New York (UTC−4)."
        ],
    ),
    ({}, {"room": room()}, ["“It” is held in Room 4."]),
    ({"room": room()}, {"room": HALL}, ["“It” moved from Room 4 to The hall."]),
    ({"room": room()}, {"room": room(name="Room 5")}, ["“It” moved from Room 4 to Room 5."]),
    ({"room": room()}, {"room": room(access="Lift B")}, ["How the room of “It” is reached is described anew."]),
    ({"room": room()}, {}, ["“It” has no room at present. It was: Room 4."]),
    ({}, {"title": {"en": "That"}}, ["“It” is now called “That”."]),
    ({}, {"description": {"en": "New"}}, ["“It” is described anew."]),
    ({}, {"chairs": CHAIRS}, ["“It” is chaired by Exampland and Sampleland."]),
    (
        {"chairs": CHAIRS},
        {"chairs": {"en": "Exampland"}},
        ["“It” has other chairs. They were: Exampland and Sampleland. They are now: Exampland."],
    ),
    ({"chairs": CHAIRS}, {}, ["“It” has no chairs at present. They were: Exampland and Sampleland."]),
    ({}, {"facilitator": {"en": "Somebody"}}, ["“It” is facilitated by Somebody."]),
    (
        {"facilitator": {"en": "Somebody"}},
        {"facilitator": {"en": "Another"}},
        ["“It” has another facilitator. It was: Somebody. It is now: Another."],
    ),
    (
        {"kind": "other"},
        {"kind": "side_event"},
        ["“It” is a session of another kind. It was: Other session. It is now: Side event."],
    ),
    ({"round_table": 1}, {"round_table": 2}, ["“It” belongs to round table 2, no longer to round table 1."]),
    ({}, {"link": "https://a.example/?b={c}"}, ["“It” can be followed at https://a.example/?b={c}"]),
    ({"link": "https://a.example/"}, {}, ["“It” can no longer be followed by a link."]),
    ({}, {"interpretation": ["ar", "fr"]}, ["“It” has interpretation: Arabic and French."]),
    (
        {},
        {"slots": [{"role": "other", "name": "X", "body": "", "minutes": 5}]},
        ["Those who are given the floor in “It” are named anew."],
    ),
    (
        {"room": room()},
        {"room": HALL, "title": {"en": "That"}},
        ["“That” moved from Room 4 to The hall.", "“It” is now called “That”."],
    ),
]


@pytest.mark.parametrize(("was", "became", "said"), TABLE)
def test_every_difference_is_found_and_said_in_a_sentence(was, became, said):
    forum = make_forum()
    before = [] if was is None else [kept(**was)]
    after = [] if became is None else [kept(**became)]
    unchanged = [kept(id=7, slug="same")]
    assert in_plain_words(differences(before + unchanged, after + unchanged), forum.zone) == said


def test_changes_stand_in_the_order_of_the_programme(forum):
    before = [kept(id=1, slug="a"), kept(id=2, slug="b"), kept(id=3, slug="gone")]
    after = [kept(id=4, slug="new"), kept(id=2, slug="b", **LATER), kept(id=1, slug="a", link="https://x.example/")]
    assert [(one["session"], one["kind"]) for one in differences(before, after)] == [
        ("new", "added"),
        ("b", "moved"),
        ("a", "link"),
        ("gone", "removed"),
    ]


def test_a_change_is_said_with_the_title_of_each_language_and_isolated_on_a_page(forum):
    changes = differences([kept()], [kept(title={"en": "<b>That</b>"}, room=room(name="{x} & y"))])
    with override("fr"):
        assert "Ceci" in in_plain_words(differences([kept()], [kept(link="https://x.example/")]), forum.zone)[0]
    assert in_html_words(changes, forum.zone) == [
        "“<bdi>&lt;b&gt;That&lt;/b&gt;</bdi>” is held in <bdi>{x} &amp; y</bdi>.",
        "“<bdi>It</bdi>” is now called “<bdi>&lt;b&gt;That&lt;/b&gt;</bdi>”.",
    ]


def test_a_wording_that_changed_in_another_language_is_not_said_to_have_changed_in_this_one(forum):
    changes = differences(
        [kept(chairs=CHAIRS)], [kept(title={"en": "It", "fr": "Cela"}, chairs={**CHAIRS, "fr": "Exemplie"})]
    )
    assert in_plain_words(changes, forum.zone) == ["“It” is worded anew in another language."] * 2
    with override("fr"):
        assert "Cela" in in_plain_words(changes, forum.zone)[0]


def test_moved_times_are_said_in_the_forums_zone():
    kathmandu = make_forum("ktm", time_zone="Asia/Kathmandu")
    [sentence] = in_plain_words(differences([kept()], [kept(**LATER)]), kathmandu.zone)
    assert "Tuesday 5 May 2026, 19:45–22:45 Kathmandu (UTC+5:45)" in sentence
    assert "Wednesday 6 May 2026, 00:45–03:45 Kathmandu (UTC+5:45)" in sentence


def test_the_whole_programme_is_kept_in_few_statements(forum, count_statements):
    for number in range(3):
        make_session(forum, day="2026-05-06", begins=f"{8 + number:02}:00", ends=f"{9 + number:02}:00")
    few = count_statements(lambda: [snapshot_of(one) for one in drafts_of(forum)])
    for number in range(27):
        make_session(forum, day="2026-05-07", room=make_room(forum, f"Room {number}"))
    assert count_statements(lambda: [snapshot_of(one) for one in drafts_of(forum)]) == few == 2


def test_the_slots_of_a_day_are_kept_in_their_order(forum):
    session = make_session(forum)
    for position, role in ((2, "migrants"), (1, "president")):
        session.slots.create(position=position, role=role)
    released(forum)
    [one] = released_sessions(forum)
    assert [slot.role for slot in one.slots] == ["president", "migrants"]
    assert one.starts_at == local(forum, "2026-05-05")
