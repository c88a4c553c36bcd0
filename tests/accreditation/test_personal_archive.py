"""Everything kept about a person, as one file: asked for, made by a sweep, told by a letter, fetched by them alone."""

import io
import json
import zipfile
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction

from accreditation.models import PersonalArchive, User
from accreditation.personal import archives
from accreditation.personal.archive_file import safe_name
from accreditation.personal.archives import ask_archive, forget, make_archives
from forums.models import Letter
from forums.refusals import Refused
from submissions.models import Note
from tests.factories import NOW, join, make_draft, make_submission

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(minutes=1)


def made(person, at=NOW):
    ask_archive(person, at=at)
    assert make_archives(at=at) == 1
    return person.archives.first()


def opened(archive):
    with archive.file.open("rb") as stream:
        return zipfile.ZipFile(io.BytesIO(stream.read()))


def table(archive, label):
    return json.loads(opened(archive).read(f"data/{label}.json"))


def everything(archive):
    inside = opened(archive)
    return "\n".join(inside.read(name).decode("utf-8", "replace") for name in inside.namelist())


def test_it_is_asked_once_made_once_and_told_by_a_letter(amina):
    asked = ask_archive(amina, at=NOW)
    assert (asked.state(NOW), ask_archive(amina, at=LATER)) == ("asked", asked)
    assert (make_archives(at=LATER), make_archives(at=LATER)) == (1, 0)
    ready = PersonalArchive.objects.get()
    assert (ready.state(LATER), ready.expires_at) == ("ready", LATER + timedelta(days=7))
    assert ready.size == default_storage.size(ready.file.name)
    letter = Letter.objects.get(kind="accreditation/archive_ready")
    assert letter.to == "amina@example.org"
    assert "/my/data/" in letter.text
    assert ready.state(ready.expires_at) == "gone"


def test_two_are_never_in_the_making_for_one_person(amina):
    ask_archive(amina, at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        amina.archives.create(asked_at=NOW)


def test_one_a_day_and_the_newer_one_takes_the_place_of_the_older(amina):
    first = made(amina)
    with pytest.raises(Refused, match="less than a day ago"):
        ask_archive(amina, at=LATER)
    second = made(amina, at=NOW + timedelta(days=2))
    assert list(amina.archives.all()) == [second]
    assert not default_storage.exists(first.file.name)


def test_it_holds_what_is_theirs_table_by_table(amina, draft, organisation):
    archive = made(amina)
    account = table(archive, "accreditation.User")
    assert (account["name"], account["rows"][0]["email"]) == ("People", "amina@example.org")
    assert account["columns"]["email"] == "E-mail address"
    acting = table(archive, "accreditation.Membership")["rows"]
    assert [(row["organisation"], row["role"]) for row in acting] == [("Harbour Light", "Focal point")]
    written = table(archive, "submissions.Submission")["rows"]
    assert [(row["status"], row["title"]) for row in written] == [("Draft", draft.title)]
    assert "Harbour Light" in opened(archive).read("index.html").decode()
    assert {"name": "People", "table": "accreditation.User", "rows": 1} in json.loads(opened(archive).read("index.json"))[
        "tables"
    ]


def test_it_holds_their_files_under_names_that_are_no_paths(amina, draft):
    file = draft.attachments.model(submission=draft, name="../../Annex: one.txt", size=9, media_type="text/plain")
    file.sha256, file.added_by, file.added_at = "0" * 64, amina, NOW
    file.file.save("x.txt", ContentFile(b"my annex!"), save=False)
    file.save()
    lost = draft.attachments.create(
        name="Lost.txt", file="attachments/lost.txt", size=1, sha256="1" * 64, added_by=amina, added_at=NOW
    )
    archive = made(amina)
    [name] = [each for each in opened(archive).namelist() if each.startswith("files/")]
    assert name.startswith("files/submissions.Attachment/")
    assert ".." not in name
    assert opened(archive).read(name) == b"my annex!"
    assert json.loads(opened(archive).read("index.json"))["missing_files"] == [lost.name]


def test_it_holds_no_word_of_others_and_nothing_with_which_one_signs_in(amina, bruno, organisation, call):
    join(organisation, bruno, "alternate", message="zq-brunos-words")
    theirs = make_submission(call=call, organisation=organisation, by=bruno, title="zq-brunos-title")
    Note.objects.create(submission=theirs, by=bruno, at=NOW, text="zq-brunos-note")
    Authenticator.objects.create(user=amina, type="totp", data={"secret": "zq-the-secret"})
    own = make_submission(call=call, organisation=organisation, by=amina, contact_email=bruno.email)
    Note.objects.create(submission=own, by=bruno, at=NOW, text=f"zq-about {amina.name}")
    said = everything(made(amina)).lower()
    assert "zq-" not in said
    assert "bruno" not in said
    assert User.objects.get(pk=amina.pk).password not in said


def test_the_draft_of_an_organisation_they_left_is_not_theirs(amina, organisation, call):
    make_draft(call=call, organisation=organisation, by=amina, title="zq-written-on-by-others")
    organisation.memberships.update(until=NOW, ended="left")
    assert "zq-written-on-by-others" not in everything(made(amina))


def test_it_is_in_the_language_of_their_letters(amina):
    User.objects.filter(pk=amina.pk).update(language="ar")
    archive = made(User.objects.get(pk=amina.pk))
    assert 'lang="ar" dir="rtl"' in opened(archive).read("index.html").decode()


def test_what_failed_says_why_and_may_be_asked_for_again(amina, monkeypatch):
    monkeypatch.setattr(archives, "write_archive", lambda *args, **more: 1 / 0)
    failed = made(amina)
    assert (failed.state(LATER), failed.trouble) == ("failed", "ZeroDivisionError")
    assert Letter.objects.filter(kind="accreditation/archive_failed", to=amina.email).count() == 1
    monkeypatch.undo()
    assert made(amina, at=LATER).state(LATER) == "ready"


def test_what_a_dead_worker_left_is_made_by_the_next(amina):
    asked = ask_archive(amina, at=NOW)
    PersonalArchive.objects.filter(pk=asked.pk).update(begun_at=NOW)
    default_storage.save(f"archives/{asked.key}.zip", ContentFile(b"half"))
    assert PersonalArchive.objects.get().state(LATER) == "being_made"
    assert make_archives(at=LATER) == 0  # that worker may still be at it
    assert make_archives(at=NOW + archives.CLAIM) == 1
    assert PersonalArchive.objects.get().file.name == f"archives/{asked.key}.zip"


def test_it_goes_after_its_days_with_its_bytes(amina):
    archive = made(amina)
    assert forget(at=archive.expires_at - timedelta(seconds=1)) == 0
    assert forget(at=archive.expires_at) == 1
    assert not default_storage.exists(archive.file.name)
    assert PersonalArchive.objects.count() == 0


@pytest.mark.parametrize(
    ("name", "kept"), [("a/b.txt", "a_b.txt"), ("..", "_"), ("Año №1.pdf", "Año _1.pdf"), (" . ", "file")]
)
def test_a_name_in_the_archive_is_no_path(name, kept):
    assert safe_name(name) == kept
