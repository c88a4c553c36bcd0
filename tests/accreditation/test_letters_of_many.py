"""One press that tells many shows its letters first: how many, one of each kind and language, and who gets none."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import now

from accreditation.models import (
    Accreditation,
    AccreditationLettersChoice,
    Membership,
    NonObjectionList,
    SpeakerRelease,
    SpeakingLettersChoice,
    SpeakingRequest,
)
from accreditation.non_objection import operations
from accreditation.participation import wishing
from accreditation.tasks import announce_steps
from forums.models import Letter
from tests.accreditation.lists import DECISION, make_list
from tests.accreditation.participation import LATER, asked, make_participant, make_speaking_session, release, staged
from tests.factories import join, make_forum, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(db):
    return make_user("tomas", staff=True, roles=["accreditation"])


@pytest.fixture
def desk(desk_client, officer):
    return desk_client(officer)


def letters(*kinds):
    return Letter.objects.filter(kind__in=[f"accreditation/{kind}" for kind in kinds])


# The release of speakers -----------------------------------------------------------------------------------------------


@pytest.fixture
def session(forum):
    return make_speaking_session(forum)


@pytest.fixture
def staged_wishes(forum, session, officer):
    """Four bodies: two chosen, in English and in Arabic, one in reserve, and one for which nobody can be written to."""
    speakers = [make_user() for _number in range(4)]
    speakers[1].language = "ar"
    speakers[1].save()
    bodies = zip(("Anchor", "Birch", "Cedar", "Dune"), speakers, strict=True)
    wishes = [asked(session, make_participant(forum, name=name, by=by)) for name, by in bodies]
    for wish, choice, place in zip(
        wishes, ("chosen", "chosen", "reserve", "not_chosen"), (None, None, 1, None), strict=True
    ):
        staged(wish, choice, officer, place=place)
    Membership.objects.filter(user=speakers[3]).update(until=LATER)
    return wishes


ANSWERS = ("speaking_chosen", "speaking_reserve", "speaking_not_chosen")


def press_release(desk, session, **typed):
    address = reverse("admin:accreditation_speakingrequest_release", args=[session.pk])
    seen = desk.get(address).context["form"].initial["seen"]
    return desk.post(address, {"seen": seen, "note": "Agreed on Monday", **typed})


def test_a_release_shows_one_letter_of_each_answer_in_each_language_and_stores_nothing(desk, session, staged_wishes):
    page = press_release(desk, session)
    looked = page.context["looked"]
    found = {(letter.kind.rpartition("_")[2], letter.language) for letter in looked.specimens}
    assert found == {("chosen", "en"), ("chosen", "ar"), ("reserve", "en")}
    assert (looked.told, looked.letters) == (3, 3)
    assert [name for name, _why in looked.skipped] == ["Dune"]
    assert "nobody can be written to" in page.content.decode()
    assert not (SpeakerRelease.objects.exists())
    assert not (letters(*ANSWERS).exists())
    assert set(SpeakingRequest.objects.values_list("status", flat=True)) == {"requested"}


def test_a_release_sends_what_was_shown(desk, session, staged_wishes):
    shown = press_release(desk, session).context["looked"].specimens
    assert press_release(desk, session, letters="send").status_code == 302
    announce_steps()
    written = {(letter.subject, letter.text) for letter in letters(*ANSWERS)}
    assert written == {(letter.subject, letter.text) for letter in shown}
    assert not SpeakingLettersChoice.objects.exists()


def test_words_are_added_to_the_letters_of_one_language(desk, session, staged_wishes):
    typed = {"letters-added-ar": "أهلا بكم."}
    looked = press_release(desk, session, letters="look", **typed).context["looked"]
    assert ["أهلا بكم." in letter.text for letter in looked.specimens if letter.language == "ar"] == [True]
    assert press_release(desk, session, letters="send", **typed).status_code == 302
    announce_steps()
    assert [letter.language for letter in letters(*ANSWERS) if "أهلا بكم." in letter.text] == ["ar"]


def test_no_letter_of_a_release_goes_out_without_a_reason(desk, session, staged_wishes):
    page = press_release(desk, session, letters="none")
    assert (page.status_code, "has to hear of this" in page.content.decode()) == (200, True)
    assert not SpeakerRelease.objects.exists()
    assert press_release(desk, session, letters="none", **{"letters-reason": "We telephoned."}).status_code == 302
    announce_steps()
    assert not letters(*ANSWERS).exists()
    assert set(SpeakingLettersChoice.objects.values_list("reason", flat=True)) == {"We telephoned."}
    assert SpeakingRequest.objects.filter(status="chosen").count() == 2


def test_who_goes_back_finds_the_note(desk, session, staged_wishes):
    press_release(desk, session)
    address = reverse("admin:accreditation_speakingrequest_release", args=[session.pk])
    assert "Agreed on Monday" in desk.get(address).content.decode()


def test_looking_costs_the_same_however_many_are_answered(desk, session, forum, officer, staged_wishes, count_statements):
    few = count_statements(lambda: press_release(desk, session))
    for _number in range(6):
        staged(asked(session, make_participant(forum)), "chosen", officer)
    assert count_statements(lambda: press_release(desk, session)) == few


def test_who_moves_up_is_shown_the_letter_first(desk, session, officer, staged_wishes):
    release(session, officer)
    chosen = SpeakingRequest.objects.get(pk=staged_wishes[0].pk)
    wishing.withdraw_wish(chosen, by=chosen.requested_by, at=LATER)
    address = reverse("admin:accreditation_speakingrequest_move_up", args=[session.pk])
    [shown] = desk.post(address).context["letters"]
    assert SpeakingRequest.objects.get(pk=staged_wishes[2].pk).status == "reserve"
    own = {f"letters-subject-{shown['end']}": "A place is free", f"letters-text-{shown['end']}": "Please come."}
    assert desk.post(address, {"letters": "words", **own}).status_code == 302
    announce_steps()
    assert letters("speaking_moved_up").get().subject == "A place is free"


# The list --------------------------------------------------------------------------------------------------------------


def page_of(listed):
    return reverse("admin:accreditation_nonobjectionlist_change", args=[listed.pk])


def press(desk, listed, decision, **typed):
    seen = desk.get(page_of(listed)).context["seen"]
    return desk.post(page_of(listed), {**{f"seen-{k}": v for k, v in seen.items()}, "decision": decision, **typed})


CIRCULATED = {
    "circulate-circulated_on": "2026-01-20",
    "circulate-circulated_by": "The President",
    "circulate-evidence": "A letter of that day",
    "circulate-period_ends_at": "2099-01-01T17:00:00",
}


def test_a_circulation_shows_its_letters_and_who_left_meanwhile(desk, forum):
    listed = make_list(forum, "Amber Guild", "Birch Weavers", "Cedar House", status="frozen")
    gone = Accreditation.objects.get(organisation__name="Cedar House")
    gone.move("withdrawn", by=None, at=now())
    looked = press(desk, listed, "circulate", **CIRCULATED).context["looked"]
    assert (looked.letters, len(looked.specimens), [name for name, _why in looked.skipped]) == (2, 1, ["Cedar House"])
    assert (NonObjectionList.objects.get().status, letters("put_forward").count()) == ("preparing", 0)
    assert "A letter of that day" in desk.get(page_of(listed)).content.decode()
    typed = {**CIRCULATED, "letters-added-en": "The period is short."}
    assert press(desk, listed, "circulate", letters="send", **typed).status_code == 302
    announce_steps()
    assert ["The period is short." in letter.text for letter in letters("put_forward")] == [True, True]


def test_a_circulation_that_is_refused_shows_no_letters_and_keeps_what_was_typed(desk, forum):
    listed = make_list(forum, status="frozen")
    page = press(desk, listed, "circulate", **{**CIRCULATED, "circulate-period_ends_at": "2001-01-01T00:00"})
    assert "looked" not in page.context
    assert ["must end after now" in page.content.decode(), "A letter of that day" in page.content.decode()] == [True, True]


def test_looking_at_a_circulation_costs_the_same_however_long_the_list_is(desk, forum, count_statements):
    listed = make_list(forum, status="frozen")
    few = count_statements(lambda: press(desk, listed, "circulate", **CIRCULATED))
    longer = make_list(make_forum(slug="beside", year=2030), *[f"Body {number}" for number in range(7)], status="frozen")
    assert count_statements(lambda: press(desk, longer, "circulate", **CIRCULATED)) == few


def test_the_letters_of_an_outcome_are_shown_to_who_releases_them(desk, forum):
    listed = make_list(forum, status="outcome_recorded")
    looked = press(desk, listed, "release").context["looked"]
    assert (looked.letters, [letter.kind for letter in looked.specimens]) == (2, ["accreditation/accredited"])
    assert NonObjectionList.objects.get().letters_released_at is None
    assert press(desk, listed, "release", letters="none", **{"letters-reason": "A ceremony."}).status_code == 302
    announce_steps()
    assert not letters("accredited").exists()
    assert AccreditationLettersChoice.objects.filter(withheld=True, reason="A ceremony.").count() == 2


def test_an_outcome_that_says_no_is_not_kept_from_its_reader_without_a_reason(desk, forum):
    listed = make_list(forum, status="period_ended")
    colleague = make_user(staff=True)
    operations.set_outcomes(listed, outcomes={1: "not_accredited"}, by=colleague, at=now() + timedelta(days=400))
    decided = {**DECISION, "all_accredited": True}
    operations.record_list_outcome(listed, by=colleague, at=now() + timedelta(days=400), **decided)
    page = press(desk, listed, "release", letters="none")
    assert "has to hear of this" in page.content.decode()
    assert NonObjectionList.objects.get().letters_released_at is None


# Requests to join ------------------------------------------------------------------------------------------------------


def test_requests_to_join_are_answered_after_their_letters_were_shown(desk_client, dalia, organisation):
    desk, room = desk_client(dalia), reverse("admin:accreditation_membership_changelist")
    asking, own = join(organisation, make_user(), since=None), join(organisation, dalia, since=None)
    typed = {"action": "admit", "_selected_action": [asking.pk, own.pk]}
    page = desk.post(room, typed)
    assert (page.context["looked"].letters, "Nobody admits themselves" in page.content.decode()) == (1, True)
    assert Membership.objects.get(pk=asking.pk).since is None
    assert not letters("join_admitted").exists()
    desk.post(room, {**typed, "letters": "send", "letters-added-en": "Welcome."})
    assert "Welcome." in letters("join_admitted").get().text


def test_a_refused_request_is_answered_without_a_letter_only_with_a_reason_that_stays(desk_client, dalia, organisation):
    desk, room = desk_client(dalia), reverse("admin:accreditation_membership_changelist")
    typed = {"action": "turn_down", "_selected_action": [join(organisation, make_user(), since=None).pk], "letters": "none"}
    desk.post(room, typed)
    assert Membership.objects.asked().count() == 1
    desk.post(room, {**typed, "letters-reason": "Nobody knows this person."})
    letter = letters("join_turned_down").get()
    assert (letter.is_withheld, letter.held, letter.last_error) == (True, True, "Nobody knows this person.")
    assert Membership.objects.asked().count() == 0
