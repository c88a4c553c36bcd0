"""Persons are registered within ceilings and windows, once however often it is pressed; changes tell who is concerned."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from accreditation.models import Accreditation, Registration
from accreditation.participation import places, registering, representation
from accreditation.participation.terms import terms_of
from accreditation.terms import of_terms
from forums.models import Letter
from forums.refusals import Closed, Refused
from tests.accreditation.participation import about_person, make_participant, make_terms, registered
from tests.factories import CLOSES, NOW, join, make_call, make_forum, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def standing(forum, amina):
    return make_participant(forum, by=amina, name="Harbour Light")


def letters(kind):
    return sorted(Letter.objects.filter(kind=f"accreditation/{kind}").values_list("to", flat=True))


# Ceilings ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("basis", "forum_sets", "most"), [(None, None, None), (3, None, 3), (None, 2, 2), (3, 2, 2), (2, 3, 2), (0, 5, 0)]
)
def test_the_smaller_of_two_ceilings_counts(forum, basis, forum_sets, most):
    permitted = of_terms({"may_attend": True, "most_persons": basis})
    assert places.ceiling(permitted, make_terms(forum, most_persons=forum_sets), "forum") == most


def test_a_person_beyond_the_ceiling_is_refused_with_the_number(standing):
    make_terms(standing.forum, most_persons=1)
    registered(standing)
    with pytest.raises(Refused, match="1 person of Harbour Light can be registered, and is"):
        registered(standing)
    registered(standing, event="hearing")  # the hearing has a ceiling of its own
    assert standing.registrations.count() == 2


def test_a_cancelled_place_is_free_again(standing, amina):
    make_terms(standing.forum, most_persons=1)
    first = registered(standing)
    registering.cancel(first, reason="Ill", by=amina, at=NOW)
    assert registered(standing).name == "Nadia Example"


def test_who_may_only_hear_is_not_registered_for_the_forum(forum):
    standing = make_participant(forum, may_attend=False)
    with pytest.raises(Refused, match="does not cover this event: Forum"):
        registered(standing)
    assert registered(standing, event="hearing")


@pytest.mark.parametrize("status", ["draft", "submitted", "screening", "more_asked", "put_forward", "not_accredited"])
def test_nobody_is_registered_without_a_standing(standing, status):
    Accreditation.objects.filter(pk=standing.pk).update(status=status)
    with pytest.raises(Refused, match="does not cover"):
        registered(standing)


def test_nobody_is_registered_after_the_day_until_which_the_standing_holds(standing):
    Accreditation.objects.filter(pk=standing.pk).update(holds_until=NOW.date())
    assert registered(standing)
    with pytest.raises(Refused, match="does not cover"):
        registered(standing, at=NOW + timedelta(days=1))


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
def test_six_at_once_fill_two_places_and_no_more():
    standing = make_participant(make_forum())
    make_terms(standing.forum, most_persons=2)
    found = together(6, lambda number: registered(standing, name=f"Person {number}"))
    assert sum(isinstance(one, Registration) for one in found) == 2
    assert standing.registrations.standing().count() == 2


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_the_same_six_would_overfill(monkeypatch):
    """The control: the test above can fail."""
    standing = make_participant(make_forum())
    make_terms(standing.forum, most_persons=2)
    counted = Barrier(6)

    def ask_and_wait(accreditation, event, at):
        real(accreditation, event, at)
        counted.wait(5)

    real = registering.ask_for_a_place
    monkeypatch.setattr(registering, "held", lambda accreditation: accreditation)
    monkeypatch.setattr(registering, "ask_for_a_place", ask_and_wait)
    together(6, lambda number: registered(standing, name=f"Person {number}"))
    assert standing.registrations.standing().count() == 6


# Once ----------------------------------------------------------------------------------------------------------------


def test_pressed_twice_one_person_is_registered(standing, amina):
    key, person = uuid.uuid4(), about_person()
    made = [
        registering.register(standing, event="forum", person=person, by=amina, at=NOW, form_key=key) for _again in range(2)
    ]
    assert made[0] == made[1]
    assert standing.registrations.count() == 1
    assert letters("registered") == sorted(["amina@example.org", person["email"]])


@pytest.mark.django_db(transaction=True)
def test_pressed_four_times_at_once_one_person_is_registered():
    standing, key = make_participant(make_forum()), uuid.uuid4()
    said = {"event": "forum", "person": about_person(), "by": standing.speaker_account, "at": NOW, "form_key": key}
    found = together(4, lambda _number: registering.register(standing, **said))
    assert len({one.pk for one in found}) == 1


def test_a_key_of_another_organisation_registers_nobody(standing, amina):
    key = uuid.uuid4()
    registering.register(standing, event="forum", person=about_person(), by=amina, at=NOW, form_key=key)
    other = make_participant(standing.forum)
    with pytest.raises(Refused, match="This page was used before"):
        registering.register(other, event="forum", person=about_person(), by=amina, at=NOW, form_key=key)


def test_an_address_is_registered_once_an_event_whatever_its_case(standing):
    registered(standing, email="nadia@example.org")
    with pytest.raises(Refused, match="is registered for this event with the address"):
        registered(standing, email="NADIA@example.org")


# The window ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("at", "works"), [(CLOSES - timedelta(microseconds=1), True), (CLOSES, False), (CLOSES + timedelta(hours=3), False)]
)
def test_the_moment_of_the_closing_is_outside(standing, at, works):
    make_call(standing.forum, purpose="registration", window="open", name="Registration")
    if works:
        assert registered(standing, at=at)
    else:
        with pytest.raises(Closed):
            registered(standing, at=at)


def test_who_is_late_reads_by_how_much(standing):
    make_call(standing.forum, purpose="registration", window="open", name="Registration")
    with pytest.raises(
        Closed,
        match=r"“Registration” closed on Friday 30 January 2026, 17:00 New York \(UTC−5\), 3 hours before this arrived",
    ):
        registered(standing, at=CLOSES + timedelta(hours=3))


def test_before_the_opening_it_is_said(standing):
    make_call(standing.forum, purpose="registration", window="not_yet", name="Registration")
    with pytest.raises(Closed, match="not yet open"):
        registered(standing)


def test_a_call_for_other_bases_registers_nobody_of_this_one(standing):
    make_call(standing.forum, purpose="registration", window="open", audience="bases", bases=["nhri"])
    with pytest.raises(Refused, match="do not register in this portal"):
        registered(standing)


def test_without_a_call_registration_lasts_to_the_last_day_of_the_forum(standing):
    assert registered(standing, at=NOW)
    with pytest.raises(Closed, match="is over"):
        registered(standing, at=NOW + timedelta(days=200))


# Correcting, replacing, cancelling -----------------------------------------------------------------------------------


def person_of(registration, **changes):
    return {**{name: getattr(registration, name) for name in registering.PERSON}, **changes}


def test_needs_and_consent_change_at_any_time_and_who_it_is_in_time_only(standing, amina):
    make_call(standing.forum, purpose="registration", window="open")
    made = registered(standing)
    late = CLOSES + timedelta(days=1)
    kept = registering.correct(made, person=person_of(made, name_public=True, access_needs="Ramp"), by=amina, at=late)
    assert (kept.name_public, kept.access_needs) == (True, "Ramp")
    with pytest.raises(Closed):
        registering.correct(made, person=person_of(made, name="Somebody Else"), by=amina, at=late)
    assert registering.correct(made, person=person_of(made, name="Nadia Sample"), by=amina, at=NOW).name == "Nadia Sample"


def test_a_new_address_gets_the_letter(standing, amina):
    made = registered(standing, email="old@example.org")
    registering.correct(made, person=person_of(made, email="new@example.org"), by=amina, at=NOW)
    assert letters("registered") == ["amina@example.org", "new@example.org", "old@example.org"]


def test_a_replacement_takes_the_place_although_the_ceiling_is_reached(standing, amina):
    make_terms(standing.forum, most_persons=1)
    first = registered(standing, email="first@example.org")
    said = {"person": about_person("Omar", email="second@example.org"), "reason": "Ill", "by": amina, "at": NOW}
    second = registering.replace(first, **said)
    assert list(standing.registrations.standing()) == [second]
    assert letters("registration_cancelled") == ["amina@example.org", "first@example.org"]
    assert "Ill" in Letter.objects.get(kind="accreditation/registration_cancelled", to="first@example.org").text


def test_a_replacement_pressed_twice_is_done_once(standing, amina):
    first, key = registered(standing), uuid.uuid4()
    said = {"person": about_person("Omar"), "reason": "Ill", "by": amina, "at": NOW, "form_key": key}
    assert registering.replace(first, **said) == registering.replace(first, **said)
    assert standing.registrations.count() == 2


def test_a_refused_replacement_cancels_nobody(standing, amina):
    registered(standing, email="twin@example.org")
    first = registered(standing)
    said = {"person": about_person(email="twin@example.org"), "reason": "Ill"}
    with pytest.raises(Refused):
        registering.replace(first, **said, by=amina, at=NOW)
    first.refresh_from_db()
    assert first.cancelled_at is None


def test_cancelling_needs_a_reason_and_happens_once(standing, amina):
    made = registered(standing)
    with pytest.raises(Refused, match="Say why"):
        registering.cancel(made, reason=" ", by=amina, at=NOW)
    registering.cancel(made, reason="Ill", by=amina, at=NOW)
    with pytest.raises(Refused, match="was cancelled"):
        registering.cancel(made, reason="Ill", by=amina, at=NOW)


def test_every_speaker_of_the_organisation_hears_of_it_in_their_language(standing):
    deputy = make_user("deputy", language="fr")
    join(standing.organisation, deputy, "alternate")
    join(standing.organisation, make_user("drafter"), "drafter")
    registered(standing, email="nadia@example.org")
    assert letters("registered") == ["amina@example.org", "deputy@example.org", "nadia@example.org"]
    assert Letter.objects.get(to="deputy@example.org").language == "fr"


def test_no_letter_tells_needs_or_gender(standing):
    registered(standing, access_needs="zq-ramp", gender="woman")
    assert not [one for one in Letter.objects.all() if "zq-ramp" in one.text + one.html]


# The letter of representation ----------------------------------------------------------------------------------------


def a_file(content=b"%PDF-1.4 a letter", name="letter.pdf"):
    return SimpleUploadedFile(name, content, "application/pdf")


def missing(standing):
    found = Accreditation.objects.annotate(there=representation.has_letter("pk")).get(pk=standing.pk)
    return not found.there


def test_the_letter_is_there_until_it_is_taken_out_or_found_infected(standing, amina):
    assert missing(standing)
    file = representation.add_letter(standing, a_file(), by=amina, at=NOW)
    assert not missing(standing)
    assert (file.purpose, file.verdict, file.accreditation) == ("representation", "waiting", standing)
    standing.files.update(verdict="infected")
    assert missing(standing)
    standing.files.update(verdict="clean")
    representation.take_out(file, by=amina, at=NOW)
    assert missing(standing)


def test_the_same_letter_twice_is_kept_once_and_no_more_than_three(standing, amina):
    first = representation.add_letter(standing, a_file(), by=amina, at=NOW)
    assert representation.add_letter(standing, a_file(), by=amina, at=NOW) == first
    for number in range(2):
        representation.add_letter(standing, a_file(b"%PDF-1.4 " + bytes([65 + number])), by=amina, at=NOW)
    with pytest.raises(Refused, match="take another letter out first"):
        representation.add_letter(standing, a_file(b"%PDF-1.4 fourth"), by=amina, at=NOW)


def test_a_file_that_is_not_what_it_says_is_refused(standing, amina):
    with pytest.raises(Refused, match="is not one of the files taken here"):
        representation.add_letter(standing, a_file(b"MZ not a letter"), by=amina, at=NOW)


def test_terms_of_a_forum_that_sets_none_are_the_defaults(forum):
    terms = terms_of(forum)
    assert terms.pk is None
    assert (terms.participants_public, terms.letter_needed, terms.support_open) == (False, True, False)
