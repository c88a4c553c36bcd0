"""Evidence is sealed in the store: who has the disk alone has nothing, and who changes a byte is found out."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from accreditation import operations
from accreditation.models import EvidenceFile, Reading
from accreditation.sealed_files import SealBroken, SealedFiles, sealed, unsealed
from imrf_portal.invariants.stored_files import every_file_has_its_bytes
from tests.accreditation.applications import a_file, make_application, make_points
from tests.factories import NOW

PASSPORT = b"Passport of a person, number 12345"


@pytest.fixture
def evidence(db, amina, organisation):
    draft = make_application(by=amina, organisation=organisation, call="now")
    operations.remove_evidence(draft.files.get(), by=amina, at=NOW)
    file = operations.add_evidence(
        draft, a_file("passport.txt", PASSPORT), point=make_points()["statutes"], by=amina, at=NOW
    )
    draft.files.exclude(pk=file.pk).delete()
    EvidenceFile.objects.update(verdict="clean")
    return EvidenceFile.objects.get(pk=file.pk)


def raw(file) -> bytes:
    with default_storage.open(file.file.name, "rb") as stored:
        return stored.read()


def test_the_store_holds_no_word_of_it_and_those_who_may_read_it_read_it(evidence, dalia):
    assert PASSPORT not in raw(evidence)
    assert b"Passport" not in raw(evidence)
    assert operations.read_evidence(evidence, by=dalia, at=NOW).read() == PASSPORT
    assert list(every_file_has_its_bytes()) == []


def test_a_changed_byte_is_found_out_and_nobody_gets_it(evidence, dalia):
    content = bytearray(raw(evidence))
    content[len(content) // 2] ^= 1
    default_storage.delete(evidence.file.name)
    default_storage.save(evidence.file.name, ContentFile(bytes(content)))
    assert operations.read_evidence(evidence, by=dalia, at=NOW) is None
    assert not Reading.objects.filter(what="evidence").exists()
    assert list(every_file_has_its_bytes()) == [evidence.pk]


def test_a_new_key_opens_what_the_former_one_sealed_and_seals_with_itself(settings):
    settings.EVIDENCE_KEYS = ["first long random word"]
    old = sealed(PASSPORT)
    settings.EVIDENCE_KEYS = ["second long random word", "first long random word"]
    new = sealed(PASSPORT)
    assert unsealed(old) == unsealed(new) == PASSPORT
    settings.EVIDENCE_KEYS = ["second long random word"]
    assert unsealed(new) == PASSPORT
    with pytest.raises(SealBroken):
        unsealed(old)


def test_without_keys_one_is_made_of_the_secret(settings):
    content = sealed(PASSPORT)
    assert unsealed(content) == PASSPORT
    settings.SECRET_KEY = "another " * 10
    with pytest.raises(SealBroken):
        unsealed(content)


def test_it_is_a_store_like_others_but_has_no_address():
    store = SealedFiles()
    name = store.save("evidence/x.txt", ContentFile(PASSPORT))
    assert (store.exists(name), store.size(name)) == (True, len(PASSPORT))
    assert name.rpartition("/")[2] in store.listdir("evidence")[1]
    with pytest.raises(NotImplementedError):
        store.url(name)
    store.delete(name)
    assert not store.exists(name)
