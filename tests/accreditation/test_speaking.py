"""Wishes to speak: asked once, chosen by the desk with nobody ranked, released all together, everybody answered once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection

from accreditation.models import Accreditation, SpeakerRelease, SpeakingRequest
from accreditation.participation import balance, choosing, telling, timing, wishing
from accreditation.participation.showing import speakers_of
from accreditation.tasks import announce_steps
from forums.models import Letter, Session
from forums.refusals import Closed, IllegalMove, MovedMeanwhile, Refused, StandsAgainst
from tests.accreditation.participation import LATER, asked, make_participant, make_speaking_session, release, staged, words
from tests.factories import CLOSES, NOW, join, make_call, make_forum, make_user
from tests.forums.programmes import make_session, released

pytestmark = pytest.mark.django_db


@pytest.fixture
def session(forum):
    return make_speaking_session(forum)


@pytest.fixture
def standing(forum, amina):
    return make_participant(forum, by=amina, name="Harbour Light")


@pytest.fixture
def chooser(db):
    return make_user("tomas", staff=True, roles=["accreditation"])


def sweep():
    """What the clock does: every step gets its letters; a letter that could not be written fails the test."""
    announce_steps()
    assert not SpeakingRequest.steps.rel.related_model.objects.exclude(trouble="").exists()


def letters(kind):
    return sorted(Letter.objects.filter(kind=f"accreditation/{kind}").values_list("to", flat=True))


def statuses(session):
    wishes = session.speaking_requests.order_by("accreditation__organisation__name")
    return [(wish.accreditation.organisation.name, wish.status) for wish in wishes]


# Wishing -------------------------------------------------------------------------------------------------------------


def test_a_wish_is_kept_with_a_receipt(standing, session, amina):
    wish = asked(session, standing)
    assert (wish.status, wish.staged, wish.requested_by) == ("requested", "", amina)
    assert letters("speaking_received") == ["amina@example.org"]


def test_pressed_twice_it_is_asked_once(standing, session):
    assert asked(session, standing) == asked(session, standing)
    assert len(letters("speaking_received")) == 1


def test_a_second_wish_in_other_words_is_refused_and_leaves_the_first(standing, session):
    first = asked(session, standing)
    with pytest.raises(Refused, match="has asked to speak in this session already"):
        asked(session, standing, speaker="Somebody Else")
    assert [wish.speaker for wish in SpeakingRequest.objects.all()] == [first.speaker]


@pytest.mark.django_db(transaction=True)
def test_asked_four_times_at_once_there_is_one_wish():
    session = make_speaking_session()
    standing = make_participant(session.forum)
    found = together(4, lambda number: asked(session, standing, speaker=f"Speaker {number}"))
    assert [isinstance(one, Refused) for one in found].count(True) == 3
    assert SpeakingRequest.objects.count() == 1


def test_who_may_not_speak_cannot_ask(forum, session):
    with pytest.raises(Refused, match="does not permit to ask for the floor"):
        asked(session, make_participant(forum, may_ask_to_speak=False))


@pytest.mark.parametrize("status", ["draft", "screening", "put_forward", "not_accredited", "withdrawn", "expired"])
def test_who_has_no_standing_cannot_ask(standing, session, status):
    Accreditation.objects.filter(pk=standing.pk).update(status=status)
    with pytest.raises(Refused, match="does not permit"):
        asked(session, standing)


@pytest.mark.parametrize(
    ("at", "works"), [(CLOSES - timedelta(microseconds=1), True), (CLOSES, False), (CLOSES + timedelta(hours=2), False)]
)
def test_the_moment_of_the_closing_is_outside(standing, session, at, works):
    if works:
        assert asked(session, standing, at=at)
    else:
        with pytest.raises(Closed, match="What you typed is still here"):
            asked(session, standing, at=at)


def test_before_the_opening_it_is_said(forum, standing):
    session = make_speaking_session(forum, window="not_yet")
    with pytest.raises(Closed, match="not yet open"):
        asked(session, standing)


def test_a_session_that_was_cancelled_takes_none(standing, session):
    Session.objects.update(cancelled_at=NOW)
    session.refresh_from_db()
    with pytest.raises(Refused, match="was cancelled"):
        asked(session, standing)


def test_a_session_that_has_begun_takes_none(standing, session):
    with pytest.raises(Closed, match="has begun"):
        asked(session, standing, at=session.starts_at)


@pytest.mark.parametrize("kind", ["side_event", "other"])
def test_sessions_whose_speakers_somebody_else_chooses_take_none(forum, standing, kind):
    session = make_speaking_session(forum)
    Session.objects.update(kind=kind)
    session.refresh_from_db()
    with pytest.raises(Refused, match="No call asks"):
        asked(session, standing)


def test_a_call_for_one_round_table_takes_wishes_for_no_other(forum, standing):
    first, second = forum.round_tables.all()[:2]
    make_call(forum, purpose="speaking", window="open", round_table=first)
    wanted = make_session(forum, kind="round_table", round_table=first)
    other = make_session(forum, kind="round_table", round_table=second, day="2026-05-06")
    assert asked(wanted, standing)
    with pytest.raises(Refused, match="No call asks"):
        asked(other, standing)
    assert [found for found, _call in timing.sessions_taking_wishes(standing, NOW)] == [wanted]


def test_once_a_programme_is_released_only_its_sessions_are_offered(forum, standing, session):
    released(forum)
    planned = make_session(forum, kind="plenary", day="2026-05-06", title="Not yet released")
    assert [found for found, _call in timing.sessions_taking_wishes(standing, NOW)] == [session]
    assert not timing.is_readable(planned)


# Changing, withdrawing, taking back ----------------------------------------------------------------------------------


def test_a_change_makes_the_desk_look_anew(standing, session, amina, chooser):
    wish = staged(asked(session, standing), "chosen", chooser)
    kept = wishing.change_wish(wish, words=words(topic="Another matter"), by=amina, at=NOW)
    assert (kept.topic, kept.staged, kept.staged_by) == ("Another matter", "", None)


def test_a_save_that_changes_nothing_leaves_the_choice(standing, session, amina, chooser):
    wish = staged(asked(session, standing), "chosen", chooser)
    assert wishing.change_wish(wish, words=words(), by=amina, at=NOW).staged == "chosen"


def test_after_the_answer_nothing_is_changed(standing, session, amina, chooser):
    wish = staged(asked(session, standing), "chosen", chooser)
    release(session, chooser)
    with pytest.raises(Refused, match="is “Chosen” and cannot be changed now"):
        wishing.change_wish(wish, words=words(topic="Another matter"), by=amina, at=NOW)


def test_a_wish_is_withdrawn_and_taken_back_while_the_call_is_open(standing, session, amina):
    wish = asked(session, standing)
    wishing.withdraw_wish(wish, by=amina, at=NOW, reason="Ill")
    assert wishing.take_wish_back(wish, by=amina, at=NOW).status == "requested"
    wishing.withdraw_wish(wish, by=amina, at=NOW)
    with pytest.raises(Closed):
        wishing.take_wish_back(wish, by=amina, at=CLOSES)
    wish.refresh_from_db()
    assert wish.status == "withdrawn"


def test_asking_anew_after_withdrawing_takes_the_new_words_and_forgets_the_choice(standing, session, amina, chooser):
    wish = staged(asked(session, standing), "chosen", chooser)
    wishing.withdraw_wish(wish, by=amina, at=NOW)
    again = asked(session, standing, speaker="Omar Sample")
    assert (again.pk, again.speaker, again.staged, again.status) == (wish.pk, "Omar Sample", "", "requested")


def test_what_is_not_withdrawn_cannot_be_taken_back(standing, session, amina, chooser):
    wish = staged(asked(session, standing), "not_chosen", chooser)
    release(session, chooser)
    with pytest.raises(IllegalMove):
        wishing.take_wish_back(wish, by=amina, at=NOW)


def test_nobody_withdraws_from_a_session_that_has_begun(standing, session, amina):
    wish = asked(session, standing)
    with pytest.raises(Closed, match="has begun"):
        wishing.withdraw_wish(wish, by=amina, at=session.starts_at)


# Staging -------------------------------------------------------------------------------------------------------------


def test_wishes_are_listed_by_the_alphabet_and_not_by_arrival(forum, session):
    for name in ("Zebra", "Anchor", "Mango"):
        asked(session, make_participant(forum, name=name))
    assert [str(wish.accreditation.organisation) for wish in choosing.requests_of(session)] == ["Anchor", "Mango", "Zebra"]


def test_staging_tells_nobody_outside_and_can_be_undone(standing, session, chooser):
    wish = staged(asked(session, standing), "chosen", chooser)
    sweep()
    assert (wish.status, wish.staged_by, letters("speaking_chosen")) == ("requested", chooser, [])
    assert staged(wish, "", chooser).staged_by is None


@pytest.mark.parametrize(("choice", "place", "kept"), [("reserve", 2, 2), ("chosen", 2, None), ("not_chosen", 2, None)])
def test_only_the_reserve_list_has_places(standing, session, chooser, choice, place, kept):
    assert staged(asked(session, standing), choice, chooser, place=place).reserve_position == kept


def test_nobody_decides_about_their_own_organisation(standing, session, chooser):
    join(standing.organisation, chooser, "viewer")
    wish = asked(session, standing)
    with pytest.raises(Refused, match="Nobody decides about a request of their own organisation"):
        staged(wish, "chosen", chooser)
    assert SpeakingRequest.objects.get().staged == ""


def test_a_page_that_is_older_than_the_wish_stages_nothing(standing, session, amina, chooser):
    wish = asked(session, standing)
    seen = choosing.seen_of(wish)
    wishing.change_wish(wish, words=words(topic="Another matter"), by=amina, at=NOW)
    with pytest.raises(MovedMeanwhile, match="after you opened the page"):
        choosing.stage(wish, choice="chosen", seen=seen, by=chooser, at=NOW)
    assert SpeakingRequest.objects.get().staged == ""


def test_whoever_is_chosen_or_withdrawn_is_not_staged(forum, session, chooser, amina):
    chosen = staged(asked(session), "chosen", chooser)
    release(session, chooser)
    with pytest.raises(Refused, match="cannot become that"):
        staged(chosen, "not_chosen", chooser)
    with pytest.raises(Refused, match="has its answer already"):
        staged(chosen, "", chooser)


def together(count, act):
    """Each of so many threads acts at the same moment; what each got or was refused with."""
    barrier = Barrier(count)

    def one(number):
        barrier.wait()
        try:
            return act(number)
        except Refused as why:
            return why
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))


@pytest.mark.django_db(transaction=True)
def test_two_people_stage_at_once_and_one_wins():
    session = make_speaking_session()
    wish = asked(session)
    people, choices = [make_user(staff=True), make_user(staff=True)], ["chosen", "not_chosen"]
    seen = choosing.seen_of(wish)
    found = together(2, lambda number: choosing.stage(wish, choice=choices[number], seen=seen, by=people[number], at=NOW))
    lost = [one for one in found if isinstance(one, MovedMeanwhile)]
    won = next(one for one in found if isinstance(one, SpeakingRequest))
    assert len(lost) == 1
    assert SpeakingRequest.objects.get().staged_by == won.staged_by


# Releasing -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def three(forum, session, chooser):
    """Anchor is to be chosen, Mango first on the reserve list, Zebra not chosen."""
    made = [asked(session, make_participant(forum, name=name)) for name in ("Anchor", "Mango", "Zebra")]
    staged(made[0], "chosen", chooser)
    staged(made[1], "reserve", chooser, place=1)
    staged(made[2], "not_chosen", chooser, reason="Another region was not yet heard.")
    return made


def test_everybody_is_answered_at_one_moment(session, chooser, three):
    done = release(session, chooser)
    sweep()
    assert statuses(session) == [("Anchor", "chosen"), ("Mango", "reserve"), ("Zebra", "not_chosen")]
    assert (done.number, done.at, done.by) == (1, LATER, chooser)
    assert {step.at for wish in three for step in wish.steps.all()} == {LATER}
    addresses = [[wish.requested_by.email] for wish in three]
    assert [letters(f"speaking_{kind}") for kind in ("chosen", "reserve", "not_chosen")] == addresses
    assert not SpeakingRequest.objects.exclude(staged="").exists()


def test_each_answer_is_written_once_however_often_the_sweep_runs(session, chooser, three):
    release(session, chooser)
    sweep()
    count = Letter.objects.count()
    sweep()
    assert Letter.objects.count() == count == 6  # three receipts, three answers


def test_whoever_was_not_chosen_reads_why(session, chooser, three):
    release(session, chooser)
    sweep()
    assert "Another region was not yet heard." in Letter.objects.get(kind="accreditation/speaking_not_chosen").text


def test_no_letter_tells_needs_or_gender(forum, session, chooser):
    staged(asked(session, access_needs="zq-ramp"), "chosen", chooser)
    release(session, chooser)
    sweep()
    assert Letter.objects.filter(kind="accreditation/speaking_chosen").count() == 1
    assert not [one for one in Letter.objects.all() if "zq-ramp" in one.text + one.html]


def test_as_long_as_one_has_no_choice_nothing_is_released(forum, session, chooser, three):
    asked(session, make_participant(forum, name="Oasis"))
    with pytest.raises(StandsAgainst, match="1 request has no choice yet, but everybody must be answered: Oasis"):
        release(session, chooser)
    assert {status for _name, status in statuses(session)} == {"requested"}


def test_two_with_one_place_or_one_without_are_named(session, chooser, three):
    staged(three[2], "reserve", chooser, place=1)
    with pytest.raises(StandsAgainst, match="the same place on the reserve list: 1"):
        release(session, chooser)
    staged(three[2], "reserve", chooser)
    with pytest.raises(StandsAgainst, match="Give each on the reserve list a place: Zebra"):
        release(session, chooser)


def test_whose_standing_fell_cannot_be_chosen(session, chooser, three):
    Accreditation.objects.filter(organisation__name="Anchor").update(status="withdrawn")
    with pytest.raises(StandsAgainst, match="can only be “not chosen”: Anchor"):
        release(session, chooser)
    staged(three[0], "not_chosen", chooser)
    assert release(session, chooser)


def test_a_second_release_needs_something_staged(session, chooser, three):
    release(session, chooser)
    with pytest.raises(StandsAgainst, match="Nothing is staged"):
        release(session, chooser)


def test_a_later_release_answers_only_whom_it_changes(session, chooser, three):
    release(session, chooser)
    sweep()
    before = Letter.objects.count()
    staged(three[2], "reserve", chooser, place=2)
    assert release(session, chooser, at=LATER + timedelta(days=1)).number == 2
    sweep()
    assert Letter.objects.count() == before + 1
    assert statuses(session)[2] == ("Zebra", "reserve")


def test_what_was_not_previewed_is_not_released(session, chooser, three):
    seen = choosing.seen_of_all(session, list(choosing.requests_of(session)))
    staged(three[0], "not_chosen", chooser)
    with pytest.raises(MovedMeanwhile, match="Nothing was released"):
        choosing.release(session, seen=seen, by=chooser, at=LATER)
    assert not SpeakerRelease.objects.exists()


def test_a_withdrawn_wish_gets_no_answer(session, chooser, three):
    wishing.withdraw_wish(three[2], by=three[2].requested_by, at=NOW)
    release(session, chooser)
    sweep()
    assert statuses(session)[2] == ("Zebra", "withdrawn")
    assert letters("speaking_not_chosen") == []


@pytest.mark.django_db(transaction=True)
def test_two_people_release_at_once_and_it_is_done_once():
    session = make_speaking_session()
    desk = [make_user(staff=True), make_user(staff=True)]
    wish = asked(session)
    staged(wish, "chosen", desk[0])
    seen = choosing.seen_of_all(session, list(choosing.requests_of(session)))
    found = together(2, lambda number: choosing.release(session, seen=seen, by=desk[number], at=LATER))
    assert [isinstance(one, MovedMeanwhile) for one in found].count(True) == 1
    assert SpeakerRelease.objects.count() == 1
    assert wish.steps.count() == 1


@pytest.mark.django_db(transaction=True)
def test_without_the_mark_the_same_two_would_release_twice(monkeypatch):
    """The control: the test above can fail."""
    session = make_speaking_session()
    desk = [make_user(staff=True), make_user(staff=True)]
    wish = asked(session)
    staged(wish, "chosen", desk[0])
    monkeypatch.setattr(choosing, "seen_of_all", lambda session, wishes: "same")
    monkeypatch.setattr(choosing, "stands_against", lambda wishes, at: [])
    found = together(2, lambda number: choosing.release(session, seen="same", by=desk[number], at=LATER))
    assert not [one for one in found if isinstance(one, Refused)]
    assert SpeakerRelease.objects.count() == 2


# The reserve list ----------------------------------------------------------------------------------------------------


@pytest.fixture
def gave_up(session, chooser, three):
    """Released; then Anchor gives its place up."""
    release(session, chooser)
    three[0].refresh_from_db()
    wishing.withdraw_wish(three[0], by=three[0].requested_by, at=LATER, reason="Ill")
    return three


def test_while_nobody_gave_a_place_up_nobody_moves_up(session, chooser, three):
    release(session, chooser)
    with pytest.raises(Refused, match="No chosen speaker has withdrawn"):
        choosing.move_up(session, by=chooser, at=LATER)


def test_the_desk_hears_that_a_place_is_free_and_where_to_give_it(session, chooser, gave_up):
    sweep()
    letter = Letter.objects.get(kind="accreditation/speaker_gave_up")
    assert letter.to == chooser.email
    assert f"/admin/accreditation/speakingrequest/session/{session.pk}/" in letter.text


def test_the_first_on_the_reserve_list_moves_up_once(forum, session, chooser, gave_up):
    assert choosing.free_places(session) == 1
    moved = choosing.move_up(session, by=chooser, at=LATER + timedelta(hours=1))
    assert (moved.accreditation.organisation.name, moved.reserve_position) == ("Mango", None)
    assert choosing.free_places(session) == 0
    with pytest.raises(Refused):
        choosing.move_up(session, by=chooser, at=LATER + timedelta(hours=2))
    sweep()
    assert letters("speaking_moved_up") == [gave_up[1].requested_by.email]
    assert letters("speaking_chosen") == [gave_up[0].requested_by.email]


def test_whose_standing_fell_is_passed_over(forum, session, chooser, gave_up):
    Accreditation.objects.filter(organisation__name="Mango").update(status="expired")
    with pytest.raises(Refused, match="Nobody who may speak is left"):
        choosing.move_up(session, by=chooser, at=LATER)


def test_nobody_moves_their_own_organisation_up(session, chooser, gave_up):
    join(gave_up[1].accreditation.organisation, chooser)
    with pytest.raises(Refused, match="Nobody decides about a request of their own organisation"):
        choosing.move_up(session, by=chooser, at=LATER)


@pytest.mark.django_db(transaction=True)
def test_two_people_move_up_at_once_and_one_place_is_given_once():
    session = make_speaking_session()
    desk = make_user(staff=True)
    made = [asked(session, make_participant(session.forum)) for _number in range(3)]
    staged(made[0], "chosen", desk)
    staged(made[1], "reserve", desk, place=1)
    staged(made[2], "reserve", desk, place=2)
    release(session, desk)
    made[0].refresh_from_db()
    wishing.withdraw_wish(made[0], by=made[0].requested_by, at=LATER)
    found = together(2, lambda _number: choosing.move_up(session, by=desk, at=LATER))
    assert [isinstance(one, Refused) for one in found].count(True) == 1
    assert session.speaking_requests.filter(status="chosen").count() == 1


# Balance, and what the public sees -----------------------------------------------------------------------------------


def test_the_balance_counts_all_and_the_chosen_and_ranks_nobody(forum, session, chooser):
    least = make_participant(forum)
    type(least.organisation).objects.filter(pk=least.organisation_id).update(country_id="NPL", kind="academia")
    staged(asked(session, least, gender="woman"), "chosen", chooser)
    staged(asked(session, gender="man", spoke_before=True), "not_chosen", chooser)
    gone = asked(session, gender="other")
    wishing.withdraw_wish(gone, by=gone.requested_by, at=NOW)
    found = {figure.title: figure.lines for figure in balance.balance(list(choosing.requests_of(session)))}
    genders = {line.word: (line.all, line.chosen, line.share, line.share_chosen) for line in found["Gender of the speaker"]}
    assert genders == {"Woman": (1, 1, 50, 100), "Man": (1, 0, 50, 0)}
    first = {line.word: (line.all, line.chosen) for line in found["First-time speakers"]}
    assert first == {"First time": (1, 1), "Spoke before": (1, 0)}
    ldc = {line.word: (line.all, line.chosen) for line in found["Least developed countries"]}
    assert ldc == {"Least developed country": (1, 1), "Another country or none": (1, 0)}
    assert set(found) >= {"UN regional group", "Kind of organisation"}


def test_the_public_reads_chosen_speakers_who_agreed_and_only_after_the_release(forum, session, chooser):
    agreed = asked(session, speaker="Ada Public", name_public=True)
    staged(agreed, "chosen", chooser)
    staged(asked(session, speaker="Bo Private"), "chosen", chooser)
    staged(asked(session, speaker="Cleo Reserve", name_public=True), "reserve", chooser, place=1)
    assert speakers_of(session.pk) == []
    release(session, chooser)
    assert [one["name"] for one in speakers_of(session.pk)] == ["Ada Public"]
    agreed.refresh_from_db()
    wishing.withdraw_wish(agreed, by=agreed.requested_by, at=LATER)
    assert speakers_of(session.pk) == []


MOVES = sorted((was, became) for was, to in SpeakingRequest.MOVES.items() for became in to)


@pytest.mark.parametrize(("was", "became"), MOVES)
def test_every_move_has_a_letter(was, became):
    template = telling.template_of(telling.SPEAKING, was, became)
    assert template in telling.SPEAKING.values()


@pytest.mark.parametrize("was", SpeakingRequest.Status.values)
@pytest.mark.parametrize("became", SpeakingRequest.Status.values)
def test_the_table_of_moves_over_all_pairs(standing, session, amina, was, became):
    wish = asked(session, standing)
    SpeakingRequest.objects.filter(pk=wish.pk).update(status=was)
    wish.refresh_from_db()
    if became in SpeakingRequest.MOVES[was]:
        wish.move(became, by=amina, at=NOW)
        assert SpeakingRequest.objects.get().status == became
    else:
        with pytest.raises(IllegalMove):
            wish.move(became, by=amina, at=NOW)
        assert SpeakingRequest.objects.get().status == was


def test_a_session_of_a_moved_forum_keeps_its_wishes(forum, session, standing):
    """The programme is released anew after wishes came in; nothing of them is lost."""
    wish = asked(session, standing)
    released(forum)
    make_session(forum, kind="plenary", day="2026-05-06")
    released(forum, at=LATER)
    assert list(choosing.requests_of(Session.objects.get(pk=session.pk))) == [wish]


def test_forums_do_not_share_wishes(session, standing):
    other = make_speaking_session(make_forum("2030", year=2030))
    asked(session, standing)
    assert not list(choosing.requests_of(other))
