"""The organisation's pages about who takes part: who opens them, and that a refusal loses nothing that was typed."""

import uuid
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.timezone import localdate, now

from accreditation.models import Accreditation, Registration, SpeakingRequest, SupportRequest
from accreditation.participation import choosing, representation, supporting, wishing
from tests.accreditation.participation import (
    asked,
    asked_for_support,
    make_participant,
    make_speaking_session,
    make_terms,
    registered,
    staged,
)
from tests.factories import join, make_call, make_forum, make_user
from tests.forums.programmes import make_session, released

pytestmark = pytest.mark.django_db
PERSON = {"name": "Nadia Example", "function": "Director", "email": "nadia@example.org", "country": "NPL", "gender": ""}
WISH = {"speaker": "Nadia Example", "function": "", "gender": "", "language": "en", "topic": "What changed"}
SUPPORT = {"person": "Nadia Example", "country": "NPL", "needs": ["travel"], "words": "zqwords"}
KEYED = ("person", "replace_person", "cancel_person")
SESSIONS = ("speaking", "withdraw_wish")


@pytest.fixture
def forum(db):
    """Far ahead: pages ask the clock on the wall."""
    return make_forum("2090", year=2090, first_day=date(2090, 5, 5), last_day=date(2090, 5, 8))


@pytest.fixture
def standing(forum, amina):
    make_terms(forum, support_open=True, support_groups=["ldc"])
    return make_participant(forum, by=amina, name="Harbour Light")


@pytest.fixture
def session(forum):
    return make_speaking_session(forum, window="now", day="2090-05-04")


@pytest.fixture
def world(standing, session, amina):
    """One of everything: a person, a wish, a request for support."""
    return {
        "person": registered(standing, access_needs="zqneeds", email="zqaddress@example.org", at=now()),
        "session": session,
        "wish": asked(session, standing, at=now(), topic="zqtopic"),
        "support": asked_for_support(standing.organisation, standing.forum, amina, at=now()),
    }


def at(name, standing, *more):
    return reverse(f"accreditation:{name}", args=[standing.organisation.slug, standing.forum.slug, *more])


def pages(standing, world):
    """Every page of the organisation's side that is looked at."""
    return [
        at("participation", standing),
        at("register_person", standing),
        *(at(name, standing, world["person"].key) for name in KEYED),
        *(at(name, standing, world["session"].slug) for name in SESSIONS),
        at("ask_for_support", standing),
        at("support_request", standing, world["support"].key),
        at("withdraw_support", standing, world["support"].key),
    ]


def acts(standing, world):
    """Every address that only acts."""
    return [
        at("add_letter_of_representation", standing),
        at("remove_letter_of_representation", standing, uuid.uuid4()),
        at("take_wish_back", standing, world["session"].slug),
        at("take_support_back", standing, world["support"].key),
    ]


def answered(client, address, answers):
    answer = client.post(address, answers)
    return answer, answer.content.decode()


# Who opens them ------------------------------------------------------------------------------------------------------


def test_every_page_opens_for_those_who_speak_for_it(client, standing, world, amina):
    deputy = make_user("deputy")
    join(standing.organisation, deputy, "alternate")
    for person in (amina, deputy):
        client.force_login(person)
        assert {address: client.get(address).status_code for address in pages(standing, world)} == dict.fromkeys(
            pages(standing, world), 200
        )


@pytest.mark.parametrize("role", ["drafter", "viewer"])
def test_drafters_and_viewers_read_the_overview_without_addresses_and_needs(client, standing, world, role):
    join(standing.organisation, person := make_user(), role)
    client.force_login(person)
    page = client.get(at("participation", standing)).content.decode()
    assert "Nadia Example" in page
    assert "zqneeds" not in page
    assert "zqaddress" not in page
    assert {client.get(address).status_code for address in pages(standing, world)[1:]} == {404}
    assert {client.post(address, PERSON).status_code for address in pages(standing, world)[1:]} == {404}
    assert {client.post(address).status_code for address in acts(standing, world)} == {404}


@pytest.mark.parametrize("who", ["a stranger", "former", "of another organisation", "staff"])
def test_for_others_a_page_that_exists_answers_like_one_that_does_not(client, standing, world, who):
    person = make_user(staff=who == "staff", roles=["accreditation"] if who == "staff" else [])
    if who == "former":
        join(standing.organisation, person, until=now(), ended="removed")
    if who == "of another organisation":
        make_participant(standing.forum, by=person)
    client.force_login(person)
    for address in [*pages(standing, world), *acts(standing, world)]:
        missing = address.replace(standing.organisation.slug, "no-such-organisation")
        assert client.get(address).status_code == client.get(missing).status_code == 404, address
        assert client.post(address, PERSON).status_code == 404, address
    assert Registration.objects.get().cancelled_at is None


def test_who_is_signed_out_signs_in_and_finds_what_was_typed(client, standing, amina):
    address = at("register_person", standing)
    answer = client.post(address, {**PERSON, "event": "forum"})
    assert "/accounts/login/" in answer.url
    client.force_login(amina)
    # the session of the tests' client is the one in which it was typed
    assert 'value="nadia@example.org"' in client.get(address).content.decode()


def test_a_person_or_request_of_another_organisation_is_a_missing_one(client, standing, world, amina):
    other = make_participant(standing.forum)
    theirs = registered(other, at=now())
    support = asked_for_support(other.organisation, standing.forum, other.speaker_account, at=now())
    client.force_login(amina)
    for name in KEYED:
        assert client.get(at(name, standing, theirs.key)).status_code == 404
        assert client.post(at(name, standing, theirs.key), {**PERSON, "reason": "Ill"}).status_code == 404
    for name in ("support_request", "withdraw_support", "take_support_back"):
        assert client.post(at(name, standing, support.key), SUPPORT).status_code == 404
    theirs.refresh_from_db()
    assert (theirs.cancelled_at, theirs.name) == (None, "Nadia Example")


def test_without_an_application_there_is_nobody_to_register(client, forum, organisation, amina):
    client.force_login(amina)
    there = Accreditation(organisation=organisation, forum=forum)
    assert client.get(at("participation", there)).status_code == 200
    assert client.get(at("register_person", there)).status_code == 404


# Persons -------------------------------------------------------------------------------------------------------------


def test_a_person_is_registered_corrected_replaced_and_cancelled(client, standing, amina):
    client.force_login(amina)
    answer = client.post(at("register_person", standing), {**PERSON, "event": "forum", "form_key": uuid.uuid4()})
    made = Registration.objects.get()
    assert (answer.url, made.name, made.country_id) == (at("participation", standing), "Nadia Example", "NPL")
    client.post(at("person", standing, made.key), {**PERSON, "function": "Chair"})
    made.refresh_from_db()
    assert made.function == "Chair"
    other = {**PERSON, "name": "Omar Sample", "email": "omar@example.org", "reason": "Ill", "form_key": uuid.uuid4()}
    client.post(at("replace_person", standing, made.key), other)
    second = Registration.objects.standing().get()
    assert second.name == "Omar Sample"
    client.post(at("cancel_person", standing, second.key), {"reason": "Nobody comes"})
    assert not Registration.objects.standing().exists()


def test_pressing_twice_registers_once(client, standing, amina):
    client.force_login(amina)
    said = {**PERSON, "event": "forum", "form_key": uuid.uuid4()}
    for _again in range(2):
        assert client.post(at("register_person", standing), said).status_code == 302
    assert Registration.objects.count() == 1


@pytest.mark.parametrize(
    "stands_against", ["the ceiling", "the same address", "a closed call", "no country of the list", "no address"]
)
def test_a_refused_registration_gives_back_what_was_typed(client, standing, amina, stands_against):
    client.force_login(amina)
    said = {**PERSON, "event": "forum", "form_key": uuid.uuid4(), "access_needs": "zqramp", "function": "zqfunction"}
    if stands_against == "the ceiling":
        make_terms(standing.forum, most_persons=0)
    if stands_against == "the same address":
        registered(standing, email="nadia@example.org", at=now())
    if stands_against == "a closed call":
        make_call(standing.forum, purpose="registration", window="closed")
    if stands_against == "no country of the list":
        said["country"] = "ZZZ"
    if stands_against == "no address":
        said["email"] = "nobody"
    before = Registration.objects.count()
    answer, page = answered(client, at("register_person", standing), said)
    assert answer.status_code == 200
    assert 'value="Nadia Example"' in page
    assert "zqramp" in page
    assert "zqfunction" in page
    assert answer.context["form"].errors
    assert Registration.objects.count() == before


def test_an_event_that_the_standing_does_not_cover_is_not_offered_and_not_taken(client, standing, amina):
    standing.terms["may_attend"] = False
    standing.save()
    client.force_login(amina)
    assert [
        value for value, _word in client.get(at("register_person", standing)).context["form"]["event"].field.choices
    ] == ["hearing"]
    answer, page = answered(client, at("register_person", standing), {**PERSON, "event": "forum", "form_key": uuid.uuid4()})
    assert answer.status_code == 200
    assert 'value="Nadia Example"' in page
    assert not Registration.objects.exists()


def test_a_refused_replacement_gives_back_what_was_typed_and_cancels_nobody(client, standing, amina):
    made = registered(standing, at=now())
    make_call(standing.forum, purpose="registration", window="closed")
    client.force_login(amina)
    said = {**PERSON, "name": "Omar Sample", "reason": "zqreason", "form_key": uuid.uuid4()}
    _answer, page = answered(client, at("replace_person", standing, made.key), said)
    assert 'value="Omar Sample"' in page
    assert "zqreason" in page
    assert Registration.objects.standing().get() == made


def test_a_registration_that_was_cancelled_meanwhile_keeps_the_reason_that_was_typed(client, standing, amina):
    made = registered(standing, at=now())
    Registration.objects.update(cancelled_at=now())
    client.force_login(amina)
    answer, page = answered(client, at("cancel_person", standing, made.key), {"reason": "zqreason"})
    assert answer.status_code == 200
    assert "zqreason" in page
    assert "This registration was cancelled." in page


# The letter of representation ----------------------------------------------------------------------------------------


def test_a_letter_is_added_and_taken_out(client, standing, amina, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    client.force_login(amina)
    file = SimpleUploadedFile("letter.pdf", b"%PDF-1.4 a letter", "application/pdf")
    client.post(at("add_letter_of_representation", standing), {"file": file})
    letter = representation.letters_of(standing).get()
    assert "letter.pdf" in client.get(at("participation", standing)).content.decode()
    client.post(at("remove_letter_of_representation", standing, letter.pk))
    assert not representation.letters_of(standing).exists()


def test_a_letter_that_is_no_letter_is_refused_in_a_sentence(client, standing, amina):
    client.force_login(amina)
    file = SimpleUploadedFile("letter.pdf", b"MZ program", "application/pdf")
    page = client.post(at("add_letter_of_representation", standing), {"file": file}, follow=True).content.decode()
    assert "is not one of the files taken here" in page
    page = client.post(at("add_letter_of_representation", standing), follow=True).content.decode()
    assert "Choose a file first" in page


# Speaking ------------------------------------------------------------------------------------------------------------


def test_a_wish_is_asked_changed_withdrawn_and_taken_back(client, standing, session, amina):
    client.force_login(amina)
    assert client.post(at("speaking", standing, session.slug), WISH).status_code == 302
    client.post(at("speaking", standing, session.slug), {**WISH, "change": "yes", "topic": "Another matter"})
    assert SpeakingRequest.objects.get().topic == "Another matter"
    client.post(at("withdraw_wish", standing, session.slug), {"reason": "Ill"})
    assert SpeakingRequest.objects.get().status == "withdrawn"
    client.post(at("take_wish_back", standing, session.slug))
    assert SpeakingRequest.objects.get().status == "requested"


@pytest.mark.parametrize("stands_against", ["a closed call", "answered meanwhile", "nothing to speak about"])
def test_a_refused_wish_gives_back_what_was_typed(client, standing, forum, amina, stands_against):
    session = make_speaking_session(forum, window="closed" if stands_against == "a closed call" else "now", day="2090-05-04")
    client.force_login(amina)
    said = {**WISH, "topic": "zqtopic", "speaker": "Omar Sample", "access_needs": "zqneeds"}
    if stands_against == "answered meanwhile":
        desk = make_user(staff=True)
        staged(asked(session, standing, at=now()), "chosen", desk)
        seen = choosing.seen_of_all(session, list(choosing.requests_of(session)))
        choosing.release(session, seen=seen, by=desk, at=now())
        said["change"] = "yes"
    if stands_against == "nothing to speak about":
        said["topic"] = " "
    answer, page = answered(client, at("speaking", standing, session.slug), said)
    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert 'value="Omar Sample"' in page
    assert "zqneeds" in page
    assert "zqtopic" in page or stands_against == "nothing to speak about"


def test_a_session_that_is_still_planned_is_a_missing_one(client, standing, session, amina):
    released(standing.forum)
    planned = make_session(standing.forum, kind="plenary", day="2090-05-06")
    client.force_login(amina)
    assert client.get(at("speaking", standing, planned.slug)).status_code == 404
    assert client.get(at("speaking", standing, "no-such-session")).status_code == 404
    assert client.get(at("speaking", standing, session.slug)).status_code == 200


def test_what_is_staged_is_not_shown_to_the_organisation(client, standing, world, amina):
    staged(world["wish"], "not_chosen", make_user(staff=True), reason="zqreason", at=now())
    client.force_login(amina)
    for address in pages(standing, world):
        page = client.get(address).content.decode()
        assert "zqreason" not in page, address
        assert "Not chosen" not in page, address


def test_the_reason_of_an_answer_is_read_on_the_page(client, standing, world, amina):
    desk = make_user(staff=True)
    staged(world["wish"], "not_chosen", desk, reason="zqreason", at=now())
    seen = choosing.seen_of_all(world["session"], list(choosing.requests_of(world["session"])))
    choosing.release(world["session"], seen=seen, by=desk, at=now())
    client.force_login(amina)
    assert "zqreason" in client.get(at("participation", standing)).content.decode()


def test_what_cannot_be_taken_back_says_why(client, standing, world, amina):
    wishing.withdraw_wish(world["wish"], by=amina, at=now())
    standing.forum.calls.update(closes_at=now())
    client.force_login(amina)
    page = client.post(at("take_wish_back", standing, world["session"].slug), follow=True).content.decode()
    assert "before this arrived" in page
    assert SpeakingRequest.objects.get().status == "withdrawn"


# Support -------------------------------------------------------------------------------------------------------------


def test_support_is_asked_changed_withdrawn_and_taken_back(client, standing, amina):
    client.force_login(amina)
    assert client.post(at("ask_for_support", standing), SUPPORT).status_code == 302
    made = SupportRequest.objects.get()
    client.post(at("support_request", standing, made.key), {**SUPPORT, "needs": ["visa", "lodging"]})
    made.refresh_from_db()
    assert made.needs == ["visa", "lodging"]
    client.post(at("withdraw_support", standing, made.key), {"reason": ""})
    made.refresh_from_db()
    assert made.status == "withdrawn"
    client.post(at("take_support_back", standing, made.key))
    made.refresh_from_db()
    assert made.status == "requested"


@pytest.mark.parametrize("stands_against", ["closed meanwhile", "asked already", "nothing needed"])
def test_a_refused_request_for_support_gives_back_what_was_typed(client, standing, amina, stands_against):
    client.force_login(amina)
    said = dict(SUPPORT)
    if stands_against == "closed meanwhile":
        make_terms(standing.forum, support_open=False)
    if stands_against == "asked already":
        asked_for_support(standing.organisation, standing.forum, amina, at=now())
    if stands_against == "nothing needed":
        said["needs"] = []
    answer, page = answered(client, at("ask_for_support", standing), said)
    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert 'value="Nadia Example"' in page
    assert "zqwords" in page


def test_a_change_of_a_request_decided_meanwhile_gives_back_what_was_typed(client, standing, world, amina):
    support = world["support"]
    today = localdate(now(), standing.forum.zone)
    supporting.decline(support, decided_on=today, decided_by="Office", by=make_user(), at=now())
    client.force_login(amina)
    answer, page = answered(client, at("support_request", standing, support.key), {**SUPPORT, "words": "zqwords"})
    assert answer.status_code == 200
    assert "zqwords" in page
    assert "cannot be changed now" in page


def test_the_forums_own_text_and_groups_stand_on_the_page(client, standing, amina):
    make_terms(standing.forum, support_text_en="zqtext", support_groups=["ldc"], support_for_stakeholders=True)
    client.force_login(amina)
    page = client.get(at("ask_for_support", standing)).content.decode()
    assert "zqtext" in page
    assert "Least developed countries" in page
    assert "Other stakeholders" in page
    assert "Landlocked" not in page


def test_the_overview_costs_the_same_for_many(client, standing, world, amina, count_statements):
    client.force_login(amina)
    address = at("participation", standing)
    client.get(address)
    few = count_statements(lambda: client.get(address))
    for number in range(4):
        registered(standing, at=now())
        asked_for_support(standing.organisation, standing.forum, amina, at=now(), person=f"Person {number}")
        asked(
            make_session(standing.forum, kind="plenary", day="2090-05-06", begins=f"{10 + number}:00", ends="15:00"),
            standing,
            at=now(),
        )
    assert count_statements(lambda: client.get(address)) == few
