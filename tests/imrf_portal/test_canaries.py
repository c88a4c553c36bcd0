"""Twenty-four words that belong to one person: after the erasure none of them is anywhere, and before it all were."""

import pytest
from django.core.cache import cache, caches
from django.core.files.storage import default_storage

from accreditation import operations as clearing
from accreditation.models import Erasure, User
from accreditation.personal import archives
from accreditation.personal.erasing import erase, was_erased
from accreditation.personal.who import who_is
from forums.models import Letter
from forums.operations import send_due_letters
from imrf_portal import invariants
from submissions.models import Submission
from tests.factories import NOW
from tests.imrf_portal import canaries
from tests.imrf_portal.canaries import EMAIL, FORMER, SECOND, WORDS

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_folder(tmp_path, monkeypatch):
    """Files of this test only, so that what lies there is known."""
    default_storage.exists("")  # it is there from here on
    for name in ("base_location", "location"):
        monkeypatch.setitem(vars(default_storage._wrapped), name, str(tmp_path))


@pytest.fixture
def erased(dalia):
    person, _membership = canaries.plant(dalia)
    erase(who_is(person), by=dalia, at=NOW)
    send_due_letters(at=NOW)  # the last letter goes out, and the sweeps clear what it and its files leave
    archives.forget(at=NOW)
    clearing.erase_evidence(at=NOW)
    return person


def test_nothing_is_left_in_the_database_in_files_or_in_caches(erased):
    assert canaries.found_in_database() == {}
    assert canaries.found_in_files() == {}
    assert canaries.found_in_caches() == {}


def test_control_before_the_erasure_every_word_is_found(dalia):
    canaries.plant(dalia)
    there, lying = canaries.found_in_database(), canaries.found_in_files()
    assert set(there) | set(lying) == set(WORDS)
    assert len(set(there)) >= 20
    assert any(path.startswith("archives/") for paths in lying.values() for path in paths)


def test_control_the_search_opens_caches_and_archives(dalia):
    cache.set("tries", WORDS[0], 60)
    assert canaries.found_in_database() == {WORDS[0]: {"limits.value"}}
    cache.delete("tries")
    caches["pages"].set("page", f"<p>{WORDS[1]}</p>", 60)
    assert set(canaries.found_in_caches()) == {WORDS[1]}
    caches["pages"].delete("page")


def violated():
    return {finding.rule for finding in invariants.check() if finding.violations}


def test_the_rules_of_the_database_hold_as_before(dalia):
    person, _membership = canaries.plant(dalia)
    before = violated()
    erase(who_is(person), by=dalia, at=NOW)
    assert violated() <= before


def test_what_stays_is_the_record(erased, dalia):
    fresh = User.objects.get(pk=erased.pk)
    assert (fresh.is_active, fresh.name, fresh.erased_at) == (False, "", NOW)
    assert not fresh.has_usable_password()
    assert str(fresh) == "Somebody who was erased"
    sent = Submission.objects.get(status="submitted")
    assert (sent.begun_by, sent.versions.get().sent_by, sent.reference) == (fresh, fresh, "IMRF-2026-I-00001")
    assert sent.steps.get().note == f"Called [erased] at {fresh.email}."
    assert Submission.objects.filter(status="draft", begun_by=fresh).count() == 1


def test_an_erasure_is_known_by_who_knows_the_address_and_says_nothing_else(erased, dalia):
    assert [was_erased(each) for each in (EMAIL.upper(), SECOND, FORMER, "other@example.org")] == [True, True, True, False]
    row = Erasure.objects.first()
    assert (row.by, row.at, len(row.fingerprint)) == (dalia, NOW, 64)
    assert row.report["forums.Letter"] >= 3


def test_nothing_is_sent_to_them_any_more_but_the_last_letter(erased, mailoutbox):
    to_them = [mail.subject for mail in mailoutbox if set(mail.to) & {EMAIL, SECOND, FORMER}]
    assert to_them == ["You were erased from the portal"]


def test_the_letters_of_others_stay_without_the_name(erased):
    letter = Letter.objects.get(key="other")
    assert (letter.subject, letter.text, letter.html) == ("[erased]", "[erased] has left.", "<p>[erased] has left.</p>")
