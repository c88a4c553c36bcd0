"""Planning: what the resolution gives, what it and the days refuse, one session in a room at a time."""

import threading
from datetime import date, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from forums import operations
from forums.models import Session
from forums.programme.rules import remarks
from forums.programme.snapshot import drafts_of
from forums.refusals import Refused
from forums.templatetags.moments import span_in_words
from tests.factories import NOW, make_forum
from tests.forums.programmes import local, make_room, make_session

pytestmark = pytest.mark.django_db


def hours(session):
    return span_in_words(session.starts_at, session.ends_at, session.forum.zone)


# The standard programme ----------------------------------------------------------------------------------------------


def test_the_standard_programme_is_what_the_resolution_gives(forum):
    operations.lay_out_programme(forum)
    assert [(one.slug, one.kind, hours(one).removesuffix(" New York (UTC−4)")) for one in drafts_of(forum)] == [
        ("hearing", "hearing", "Monday 4 May 2026, 10:00–13:00"),
        ("hearing-continued", "hearing", "Monday 4 May 2026, 15:00–18:00"),
        ("round-table-1", "round_table", "Tuesday 5 May 2026, 10:00–11:30"),
        ("round-table-2", "round_table", "Tuesday 5 May 2026, 11:30–13:00"),
        ("round-table-3", "round_table", "Tuesday 5 May 2026, 15:00–16:30"),
        ("round-table-4", "round_table", "Wednesday 6 May 2026, 10:00–11:30"),
        ("technical-summaries", "other", "Wednesday 6 May 2026, 15:00–16:00"),
        ("policy-debate", "policy_debate", "Wednesday 6 May 2026, 16:00–18:00"),
        ("opening", "opening", "Thursday 7 May 2026, 10:00–11:00"),
        ("general-debate-1", "general_debate", "Thursday 7 May 2026, 11:00–13:00"),
        ("general-debate-2", "general_debate", "Thursday 7 May 2026, 15:00–18:00"),
        ("general-debate-3", "general_debate", "Friday 8 May 2026, 10:00–13:00"),
        ("general-debate-4", "general_debate", "Friday 8 May 2026, 15:00–16:30"),
        ("closing", "closing", "Friday 8 May 2026, 16:30–18:00"),
    ]


def test_the_opening_segment_has_its_five_places_and_the_debate_its_facilitator(forum):
    operations.lay_out_programme(forum)
    opening = forum.sessions.get(kind="opening")
    assert [(slot.role, slot.name) for slot in opening.slots.all()] == [
        ("president", ""),
        ("secretary_general", ""),
        ("director_general", ""),
        ("migrants", ""),
        ("civil_society", ""),
    ]
    debate = forum.sessions.get(kind="policy_debate")
    assert debate.facilitator == "Director General of the International Organization for Migration"
    assert debate.facilitator_ru == "Генеральный директор Международной организации по миграции"
    assert remarks(list(drafts_of(forum)), forum) == [f"“Round table {n}: Table {n}” has no co-chairs yet." for n in "1234"]


def test_sessions_are_called_in_six_languages(forum):
    table = forum.round_tables.get(number=2)
    table.title_ar = "إدارة الحدود"
    table.save()
    operations.lay_out_programme(forum)
    closing, second = forum.sessions.get(slug="closing"), forum.sessions.get(slug="round-table-2")
    assert (closing.title_es, closing.title_zh_hans) == ("Clausura y Declaración sobre los Progresos", "闭幕和进展宣言")
    assert (second.title_ar, second.title_fr) == ("المائدة المستديرة 2: إدارة الحدود", None)
    assert second.round_table == table


def test_laying_out_twice_makes_nothing_twice_and_leaves_what_the_desk_changed(forum):
    operations.lay_out_programme(forum)
    opening = forum.sessions.get(slug="opening")
    opening.title_en, opening.starts_at = "Solemn opening", opening.starts_at + timedelta(minutes=15)
    operations.plan_session(opening)
    Session.objects.filter(slug="closing").delete()
    assert [session.slug for session in operations.lay_out_programme(forum)] == ["closing"]
    assert forum.sessions.get(slug="opening").title_en == "Solemn opening"
    assert operations.lay_out_programme(forum) == []


def test_a_matter_that_the_desk_has_planned_itself_is_left_to_it(forum):
    make_session(forum, kind="round_table", round_table=forum.round_tables.get(number=3), slug="our-third-table")
    made = {session.slug for session in operations.lay_out_programme(forum)}
    assert "round-table-3" not in made
    assert {"round-table-2", "round-table-4", "technical-summaries"} <= made


def test_a_forum_without_days_shorter_ones_and_missing_tables_are_refused_with_a_sentence(forum):
    undated = make_forum("2030", year=2030, first_day=None, last_day=None, status="announced")
    short = make_forum("short", first_day=date(2027, 5, 4), last_day=date(2027, 5, 6))
    forum.round_tables.get(number=4).delete()
    for one, words in ((undated, "Enter the days of the forum first"), (short, "takes four days"), (forum, "paragraph 22")):
        with pytest.raises(Refused, match=words):
            operations.lay_out_programme(one)
    assert not Session.objects.exists()


def test_the_hours_are_those_of_the_forums_city(db):
    kathmandu = make_forum("ktm", time_zone="Asia/Kathmandu", first_day=date(2030, 3, 5), last_day=date(2030, 3, 8))
    operations.lay_out_programme(kathmandu)
    assert kathmandu.sessions.get(slug="hearing").starts_at.isoformat() == "2030-03-04T04:15:00+00:00"


# The days -------------------------------------------------------------------------------------------------------------

DAYS = [
    ("hearing", "2026-05-04", "10:00", None),
    ("hearing", "2026-05-03", "10:00", "one day before the forum (A/RES/73/326, paragraph 15): on Monday 4 May 2026"),
    ("hearing", "2026-05-05", "10:00", "one day before the forum (A/RES/73/326, paragraph 15): on Monday 4 May 2026"),
    ("other", "2026-05-04", "10:00", "only the hearing of paragraph 15 comes before"),
    ("side_event", "2026-05-05", "00:00", None),
    ("general_debate", "2026-05-08", "21:00", None),
    ("general_debate", "2026-05-08", "21:01", "from Tuesday 5 May 2026 to Friday 8 May 2026"),
    ("closing", "2026-05-09", "00:00", "from Tuesday 5 May 2026 to Friday 8 May 2026"),
]


@pytest.mark.parametrize(("kind", "day", "begins", "refused"), DAYS)
def test_sessions_are_held_on_the_days_of_the_forum_and_the_hearing_on_the_day_before(forum, kind, day, begins, refused):
    start = local(forum, day, begins)
    session = Session(forum=forum, slug="it", kind=kind, title="It", starts_at=start, ends_at=start + timedelta(hours=3))
    if refused is None:
        assert operations.plan_session(session).pk
        return
    with pytest.raises(Refused) as why:
        operations.plan_session(session)
    assert refused in str(why.value)
    assert not Session.objects.exists()


def test_the_days_are_those_of_the_forums_own_zone(db):
    """Eleven at night in New York on the last day is the next day in UTC; one in the morning there is too early in Apia."""
    new_york = make_forum()
    assert make_session(new_york, day="2026-05-08", begins="22:00", ends="23:30").starts_at.date() == date(2026, 5, 9)
    apia = make_forum("apia", time_zone="Pacific/Apia")
    with pytest.raises(Refused, match="from Tuesday 5 May 2026"):
        operations.plan_session(
            Session(
                forum=apia,
                slug="it",
                kind="other",
                title="It",
                starts_at=datetime.fromisoformat("2026-05-08T10:00:00+00:00"),
                ends_at=datetime.fromisoformat("2026-05-08T12:00:00+00:00"),
            )
        )


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"kind": "round_table"}, "Choose which of the four round tables this session is (A/RES/73/326, paragraph 22)."),
        ({"begins": "13:00", "ends": "10:00"}, "The session ends before it begins."),
        ({"begins": "13:00", "ends": "13:00"}, "The session ends before it begins."),
        ({"slug": "12"}, "An address of digits only is that of a release."),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(forum, fields, words):
    with pytest.raises(Refused) as why:
        make_session(forum, **fields)
    assert str(why.value).startswith(words)


def test_room_and_round_table_are_those_of_the_same_forum(forum):
    other = make_forum("2030", year=2030)
    with pytest.raises(Refused, match="belongs to another forum"):
        make_session(forum, room=make_room(other))
    with pytest.raises(Refused, match="belongs to another forum"):
        make_session(forum, kind="round_table", round_table=other.round_tables.first())


def test_an_address_is_used_once_a_forum(forum):
    make_session(forum, slug="opening-remarks")
    with pytest.raises(Refused, match="Another session of this forum has this address"):
        make_session(forum, slug="opening-remarks", day="2026-05-06")


# One session in a room at a time ---------------------------------------------------------------------------------------


def test_two_sessions_cannot_hold_one_room_at_one_time(forum):
    room = make_room(forum)
    make_session(forum, room=room, begins="10:00", ends="13:00", title="The first")
    with pytest.raises(Refused) as why:
        make_session(forum, room=room, begins="12:59", ends="14:00")
    assert str(why.value) == (
        "“The first” is in Conference Room 4 at that time: Tuesday 5 May 2026, 10:00–13:00 New York (UTC−4). "
        "Choose another room or another time."
    )


def test_back_to_back_in_one_room_and_side_by_side_in_two_are_allowed(forum):
    room = make_room(forum)
    for begins, ends in (("10:00", "13:00"), ("13:00", "14:00"), ("08:00", "10:00")):
        make_session(forum, room=room, begins=begins, ends=ends)
    make_session(forum, room=make_room(forum, "Room 2"), begins="10:00", ends="13:00")
    make_session(forum, begins="10:00", ends="13:00")
    make_session(forum, begins="10:00", ends="13:00")
    assert Session.objects.count() == 6


def test_a_cancelled_session_gives_its_room_free_and_comes_back_only_while_it_is(forum):
    room = make_room(forum)
    cancelled = operations.cancel_session(make_session(forum, room=room), reason="Speaker ill.", at=NOW)
    other = make_session(forum, room=room, title="The other")
    with pytest.raises(Refused, match="“The other” is in Conference Room 4 at that time"):
        operations.reinstate_session(cancelled)
    other.room = None
    operations.plan_session(other)
    assert operations.reinstate_session(cancelled).cancelled_at is None


def at_once(act, times=4):
    """What became of one act in several transactions at the same moment."""
    start, outcomes = threading.Barrier(times), []

    def one():
        try:
            start.wait()
            with transaction.atomic():
                act()
            outcomes.append("held")
        except (Refused, DatabaseError) as why:
            outcomes.append(str(why))
        finally:
            connection.close()

    desks = [threading.Thread(target=one) for _ in range(times)]
    [desk.start() for desk in desks]
    [desk.join() for desk in desks]
    return sorted(outcomes, key=lambda outcome: outcome != "held")


@pytest.mark.django_db(transaction=True)
def test_of_four_desks_that_take_a_room_at_once_one_holds_it_and_three_read_who_does():
    forum = make_forum()
    room = make_room(forum)
    held, *refused = at_once(lambda: make_session(forum, room=room))
    assert held == "held"
    assert all(why.endswith("Choose another room or another time.") for why in refused)
    assert Session.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_database_itself_refuses_the_second_even_where_no_operation_asked():
    forum = make_forum()
    room, begins = make_room(forum), local(forum, "2026-05-05")

    def save():
        Session.objects.create(
            forum=forum,
            slug=f"s{threading.get_ident()}",
            kind="other",
            title="It",
            starts_at=begins,
            ends_at=begins + timedelta(hours=1),
            room=room,
        )

    held, refused = at_once(save, times=2)
    assert held == "held"
    assert "a_room_holds_one_session_at_a_time" in refused or "deadlock" in refused
    assert Session.objects.count() == 1


# Cancelling, and what calendars count ---------------------------------------------------------------------------------


def test_a_cancellation_needs_a_reason_and_happens_once(forum):
    session = make_session(forum)
    with pytest.raises(Refused, match="Give the reason"):
        operations.cancel_session(session, reason=" ", at=NOW)
    session = operations.cancel_session(session, reason="The hall is flooded.", at=NOW)
    assert (session.cancelled_at, session.cancelled_because, session.sequence) == (NOW, "The hall is flooded.", 1)
    with pytest.raises(Refused, match="cancelled already"):
        operations.cancel_session(session, reason="Again.", at=NOW)
    assert operations.reinstate_session(session).sequence == 2
    with pytest.raises(Refused, match="not cancelled"):
        operations.reinstate_session(session)


def test_what_calendars_show_is_counted_and_nothing_else(forum):
    session = make_session(forum)
    counts = []
    for column, value in (
        ("description_fr", "Un texte"),
        ("starts_at", local(forum, "2026-05-05", "09:00")),
        ("ends_at", local(forum, "2026-05-05", "12:00")),
        ("room", make_room(forum)),
        ("title_ar", "جلسة"),
        ("chairs_en", "Exampland"),
        ("link", "https://webtv.example/1"),
    ):
        setattr(session, column, value)
        counts.append(operations.plan_session(session).sequence)
    assert counts == [0, 1, 2, 3, 4, 4, 5]


def test_the_desk_is_told_what_the_resolution_expects_and_is_not_there(forum):
    make_session(forum, kind="policy_debate", day="2026-05-06", begins="10:00", ends="12:00")
    make_session(forum, kind="closing", day="2026-05-07")
    make_session(
        forum,
        kind="round_table",
        round_table=forum.round_tables.get(number=2),
        chairs="Exampland",
        begins="15:00",
        ends="16:00",
    )
    assert remarks(list(drafts_of(forum)), forum) == [
        "The hearing is missing (A/RES/73/326, paragraph 15).",
        "The opening segment is missing, in which the hearing is summed up (A/RES/73/326, paragraph 15).",
        "No session is planned for these of the four round tables (A/RES/73/326, paragraph 22): 1, 3, 4.",
        "The policy debate is not on the afternoon of the second day (A/RES/73/326, paragraph 23).",
        "The Progress Declaration is not agreed on the last day (A/RES/73/195, paragraph 49).",
    ]
