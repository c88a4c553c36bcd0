"""Everything an organisation wrote and sent, as one file: asked for, made by a sweep, fetched by its people alone."""

import csv
import hashlib
import io
import zipfile
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.timezone import now

from forums.models import Letter
from forums.refusals import Refused
from submissions import operations
from submissions.archive import making
from submissions.archive.making import ask_archive, forget_archives, make_archives
from submissions.models import Attachment, InputsArchive
from submissions.receipts import canonical
from tests.factories import NOW, join, make_draft, make_organisation, make_submission, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def full(call, organisation, amina):
    """A draft, an input with a clean file and one in quarantine."""
    make_draft(call=call, organisation=organisation, by=amina, title="Half written")
    draft = make_draft(call=call, organisation=organisation, by=amina, title="=HYPERLINK(1)")
    clean = operations.attach(draft, ContentFile(b"a,b\n1,2\n", name="=figures.csv"), by=amina, at=NOW)
    operations.attach(draft, ContentFile(b"c,d\n1,2\n", name="waits.csv"), by=amina, at=NOW)
    Attachment.objects.filter(pk=clean.pk).update(verdict="clean", scanned_at=NOW)
    return operations.submit(draft, by=amina, at=NOW).submission


def made(organisation, by, at=NOW):
    ask_archive(organisation, by=by, language="en", at=at)
    for _sweep in range(5):
        make_archives(at=at)
    return organisation.input_archives.first()


def opened(archive):
    with archive.file.open("rb") as stream:
        return zipfile.ZipFile(io.BytesIO(stream.read()))


def test_it_holds_every_text_content_receipt_and_clean_file_with_a_manifest(full, organisation, amina):
    inside = opened(made(organisation, amina))
    names = set(inside.namelist())
    place = full.reference
    assert {f"{place}/version-1.json", f"{place}/version-1.txt", f"{place}/receipt-1-en.pdf", "manifest.csv"} <= names
    assert inside.read(f"{place}/version-1.json") == canonical(full.versions.get().content)
    assert inside.read(f"{place}/receipt-1-en.pdf").startswith(b"%PDF")
    assert "Half written" in inside.read(next(name for name in names if name.endswith("draft.txt"))).decode()
    [figures] = [name for name in names if "/files/" in name]
    assert (figures.endswith("-_figures.csv"), inside.read(figures)) == (True, b"a,b\n1,2\n")
    assert not [name for name in names if "waits" in name]


def test_the_manifest_has_the_hash_of_everything_and_says_what_is_not_there(full, organisation, amina):
    inside = opened(made(organisation, amina))
    lines = list(csv.DictReader(io.StringIO(inside.read("manifest.csv").decode("utf-8-sig"))))
    there = {line["path"]: line["sha256"] for line in lines if line["sha256"]}
    assert set(there) == set(inside.namelist()) - {"manifest.csv"}
    for name, digest in there.items():
        assert hashlib.sha256(inside.read(name)).hexdigest() == digest
    [lacking] = [line for line in lines if not line["sha256"]]
    assert (lacking["path"].endswith("-waits.csv"), lacking["note"]) == (True, "Waits for the virus scanner")
    assert not [cell for line in lines for cell in line.values() if cell.startswith(("=", "+", "@"))]


def test_it_is_asked_once_made_once_and_told_by_a_letter(full, organisation, amina):
    asked = ask_archive(organisation, by=amina, language="en", at=NOW)
    assert ask_archive(organisation, by=make_user(), language="fr", at=NOW) == asked
    with pytest.raises(IntegrityError), transaction.atomic():
        organisation.input_archives.create(asked_by=amina, language="en", asked_at=NOW)
    assert [make_archives(at=NOW), make_archives(at=NOW)] == [1, 0]
    letter = Letter.objects.get(kind="submissions/archive_ready")
    assert (letter.to, "/my/archives/" in letter.text) == ("amina@example.org", True)
    with pytest.raises(Refused, match="less than an hour"):
        ask_archive(organisation, by=amina, language="en", at=NOW + timedelta(minutes=59))


def test_the_newer_one_takes_the_place_of_the_older_and_all_go_after_their_term(full, organisation, amina):
    first = made(organisation, amina)
    second = made(organisation, amina, at=NOW + timedelta(hours=2))
    assert list(organisation.input_archives.all()) == [second]
    assert not default_storage.exists(first.file.name)
    assert forget_archives(at=second.expires_at - timedelta(seconds=1)) == 0
    assert forget_archives(at=second.expires_at) == 1
    assert not default_storage.exists(second.file.name)


def test_one_that_cannot_be_made_says_so(full, organisation, amina, monkeypatch):
    def fails(*args, **how):
        raise RuntimeError("no")

    monkeypatch.setattr(making, "write_archive", fails)
    archive = made(organisation, amina)
    assert (archive.state(NOW), archive.trouble) == ("failed", "RuntimeError")
    assert Letter.objects.filter(kind="submissions/archive_failed").exists()


def test_only_its_people_fetch_it_and_nothing_of_others_is_in_it(client, full, organisation, amina, bruno, call):
    other = make_organisation("Open Desk", focal_point=bruno)
    make_submission(call=call, organisation=other, by=bruno, title="Secret of Bruno")
    archive = made(organisation, amina, at=now())
    address = reverse("submissions:my_inputs_archive", args=[archive.key])
    viewer, former = make_user(), make_user()
    join(organisation, viewer, "viewer")
    join(organisation, former, until=NOW)
    for person, status in ((amina, 200), (viewer, 200), (bruno, 404), (former, 404)):
        client.force_login(person)
        assert client.get(address).status_code == status, person
    client.force_login(amina)
    answer = client.get(address)
    assert "no-store" in answer.headers["Cache-Control"]
    assert "attachment" in answer.headers["Content-Disposition"]
    inside = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    assert "Secret of Bruno" not in "".join(inside.read(name).decode("utf-8", "replace") for name in inside.namelist())
    client.logout()
    assert client.get(address).status_code == 302
    InputsArchive.objects.update(expires_at=now() - timedelta(seconds=1))
    client.force_login(amina)
    assert client.get(address).status_code == 404


def test_it_is_asked_for_on_a_page_for_ones_own_organisations_only(client, organisation, amina, other_organisation):
    client.force_login(amina)
    page = reverse("submissions:my_archives")
    assert "Harbour Light" in client.get(page).content.decode()
    assert client.post(page, {"organisation": other_organisation.slug}).status_code == 404
    client.post(page, {"organisation": organisation.slug})
    assert InputsArchive.objects.get().organisation == organisation
    assert "Asked for" in client.get(page).content.decode()
    client.force_login(make_user())
    assert "You act for no organisation yet" in client.get(page).content.decode()


# Receipts -------------------------------------------------------------------------------------------------------------


def test_all_receipts_of_all_versions_are_listed_for_their_people_only(client, full, organisation, amina, bruno):
    operations.amend(full, by=amina, at=NOW)
    client.force_login(amina)
    page = reverse("submissions:my_receipts")
    text = client.get(page).content.decode()
    assert full.versions.get().sha256 in text
    client.force_login(bruno)
    assert full.reference not in client.get(page).content.decode()
    assert "No receipts yet" in client.get(page).content.decode()


def test_lists_cost_the_same_with_one_and_with_many(client, call, organisation, amina, count_statements):
    client.force_login(amina)

    def look():
        return [
            count_statements(lambda page=page: client.get(reverse(f"submissions:{page}")))
            for page in ("my_receipts", "my_archives")
        ]

    make_submission(call=call, organisation=organisation, by=amina)
    look()
    few = look()
    for _ in range(6):
        own = make_organisation(focal_point=amina)
        make_submission(call=call, organisation=own, by=amina)
        ask_archive(own, by=amina, language="en", at=NOW)
    assert look() == few
