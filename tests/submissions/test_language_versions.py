"""Several languages of one document: said by its author, shown together on every page and in the API."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from forums.refusals import Refused
from submissions import operations
from submissions.models import Attachment, Submission
from tests.factories import NOW, PATHS, make_draft, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def three(draft):
    """Original, annex, and a translation that was added last."""
    files = [
        operations.attach(
            draft, SimpleUploadedFile(f"{name}.txt", name.encode()), by=draft.begun_by, at=NOW + timedelta(seconds=n)
        )
        for n, name in enumerate(("original", "annex", "translation"))
    ]
    operations.describe(files[0], by=draft.begun_by, at=NOW, language="fr")
    operations.describe(files[2], by=draft.begun_by, at=NOW, language="en", translates=files[0], translation="unofficial")
    return files


def names(files):
    return [file.name for file in files]


def test_a_translation_stands_behind_its_original_on_the_page_of_its_author(client, draft, three):
    client.force_login(draft.begun_by)
    page = client.get(reverse("submissions:edit", args=[draft.pk])).content.decode()
    places = [page.index(f"<bdi>{name}.txt</bdi>") for name in ("original", "translation", "annex")]
    assert places == sorted(places)
    assert "Unofficial translation" in page


def test_the_same_is_shown_to_the_public_and_told_by_the_api(client, draft, three):
    Attachment.objects.update(verdict="clean", reading="read")
    operations.submit(draft, by=draft.begun_by, at=NOW)
    draft.refresh_from_db()
    for act in PATHS["published"]:
        act(draft, make_user(staff=True), NOW)
    page = client.get(f"/en/inputs/{draft.reference}/").content.decode()
    places = [page.index(f"<bdi>{name}.txt</bdi>") for name in ("original", "translation", "annex")]
    assert places == sorted(places)
    assert "English · Unofficial translation" in page
    told = {file["name"]: file for file in client.get(f"/api/v1/inputs/{draft.reference}/").json()["files"]}
    assert (told["original.txt"]["language"], told["original.txt"]["translation_of"]) == ("fr", None)
    assert told["translation.txt"]["translation_of"] == told["original.txt"]["url"]
    assert told["translation.txt"]["translation"] == "unofficial"


def test_the_form_beside_a_file_says_it_and_keeps_what_was_typed(client, draft, three):
    client.force_login(draft.begun_by)
    original, annex, _translation = three
    form = {f"file-{annex.pk}-language": "es", f"file-{annex.pk}-translates": str(original.pk)}
    form |= {f"file-{annex.pk}-translation": "official", "title": "Typed beside", "text": "T", "edition": draft.edition}
    answer = client.post(reverse("submissions:describe_file", args=[draft.pk, annex.pk]), form)
    assert answer.status_code == 302
    annex.refresh_from_db()
    assert (annex.language, annex.translates, annex.translation) == ("es", original, "official")
    assert Submission.objects.get().title == "Typed beside"


def test_nothing_translates_itself_a_translation_or_a_file_of_somebody_else(draft, three, call, organisation, amina):
    original, annex, translation = three
    other = make_draft(call=call, organisation=organisation, by=amina)
    strange = operations.attach(other, SimpleUploadedFile("x.txt", b"x"), by=amina, at=NOW)
    said = {"by": amina, "at": NOW, "language": "es", "translation": "official"}
    for file, of in ((annex, annex), (annex, translation), (annex, strange), (original, annex)):
        with pytest.raises(Refused, match="only of an original"):
            operations.describe(file, translates=of, **said)
    with pytest.raises(Refused, match="official translation"):
        operations.describe(annex, by=amina, at=NOW, language="es", translates=original)


def test_when_the_original_is_taken_out_the_translation_stands_alone(draft, three, amina):
    operations.detach(three[0], by=amina, at=NOW)
    three[2].refresh_from_db()
    assert (three[2].translates, three[2].translation) == (None, "")


def test_a_change_takes_the_relation_along_and_a_new_language_is_a_change(draft, three, amina):
    operations.submit(draft, by=amina, at=NOW)
    change = operations.amend(Submission.objects.get(pk=draft.pk), by=amina, at=NOW)
    original, annex, translation = (
        change.attachments.order_by("name").all()[1],
        *change.attachments.exclude(name="original.txt").order_by("name"),
    )
    assert translation.translates == original
    with pytest.raises(Refused, match="Nothing differs"):
        operations.submit(change, by=amina, at=NOW)
    operations.describe(annex, by=amina, at=NOW, language="ru")
    assert operations.submit(change, by=amina, at=NOW).number == 2
    assert set(names(draft.attachments.kept())) == {"original.txt", "annex.txt", "translation.txt"}


def test_a_sent_input_is_described_no_more(draft, three, amina):
    operations.submit(draft, by=amina, at=NOW)
    with pytest.raises(Refused, match="was sent"):
        operations.describe(three[1], by=amina, at=NOW, language="ru")


def test_the_number_of_statements_does_not_grow_with_files(client, draft, three, count_statements):
    client.force_login(draft.begun_by)
    address = reverse("submissions:edit", args=[draft.pk])
    client.get(address)
    three_files = count_statements(lambda: client.get(address))
    Attachment.objects.filter(pk__in=[three[1].pk, three[2].pk]).delete()
    assert count_statements(lambda: client.get(address)) == three_files
