"""Files of a draft through HTTP: taken in at once, shown with their state, given back only when clean."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accreditation.models import Membership
from submissions import operations
from submissions.models import Attachment, Submission
from tests.factories import NOW, join, make_draft, make_user

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n"
JSON = {"accept": "application/json"}


@pytest.fixture
def writing(client, amina):
    client.force_login(amina)
    return client


def place(draft):
    return reverse("submissions:edit", args=[draft.pk]) + "#files"


def attach(client, draft, name="annex.pdf", content=PDF, *, headers=None, **answers):
    file = SimpleUploadedFile(name, content, "application/pdf")
    return client.post(reverse("submissions:attach", args=[draft.pk]), {"files": file, **answers}, headers=headers)


def kept(draft):
    return sorted(Attachment.objects.kept().filter(submission=draft).values_list("name", flat=True))


def stored(draft, verdict="waiting", name="annex.pdf", content=PDF):
    file = operations.attach(draft, SimpleUploadedFile(name, content), by=draft.begun_by, at=NOW)
    Attachment.objects.filter(pk=file.pk).update(verdict=verdict)
    return Attachment.objects.get(pk=file.pk)


def test_a_file_is_taken_in_and_listed_with_its_state(writing, draft):
    assert attach(writing, draft).url == place(draft)
    page = writing.get(reverse("submissions:edit", args=[draft.pk])).content.decode()
    assert kept(draft) == ["annex.pdf"]
    assert "annex.pdf" in page
    assert "Waits for the virus scanner" in page
    assert Attachment.objects.get().sha256 in page


def test_several_files_come_with_one_form_and_the_text_beside_them_is_saved(writing, draft):
    files = [SimpleUploadedFile("a.pdf", PDF), SimpleUploadedFile("b.csv", b"a,b\n")]
    form = {"files": files, "title": "Typed beside", "text": "T", "edition": draft.edition}
    assert writing.post(reverse("submissions:edit", args=[draft.pk]), form).status_code == 302
    assert kept(draft) == ["a.pdf", "b.csv"]
    assert Submission.objects.get().title == "Typed beside"


REFUSED = {
    "an empty file": ("empty.pdf", b"", "empty.pdf” is empty"),
    "a type that is not taken": ("run.exe", b"MZ\x90", "run.exe” is not one of the files taken here"),
    "a page called PDF": ("page.pdf", b"<!doctype html><script>alert(1)</script>", "page.pdf” is not one of the files"),
    "a text with NUL": ("notes.txt", b"a\x00b", "notes.txt” is not one of the files"),
    "a file without a name to tell its type": ("annex", PDF, "annex” is not one of the files"),
    "a picture called a document": ("scan.docx", b"\x89PNG\r\n\x1a\n" + b"0" * 64, "scan.docx” is not one of the files"),
    "a huge file": ("huge.pdf", PDF + b"0" * 4096, "huge.pdf” has 4.0"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_file_that_is_not_taken_is_named_with_the_reason_and_the_text_is_kept(writing, draft, settings, case):
    settings.UPLOAD_MOST_BYTES = 4096
    name, content, sentence = REFUSED[case]
    answers = {"title": "Typed beside", "text": "Two hours of work.", "edition": draft.edition}
    answer = attach(writing, draft, name, content, **answers)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert any(sentence in refused for refused in answer.context["refused"])
    assert "Two hours of work." in page
    assert (kept(draft), Submission.objects.get().text) == ([], "Two hours of work.")


def test_one_wrong_file_does_not_keep_out_the_right_ones(writing, draft):
    files = [SimpleUploadedFile("run.exe", b"MZ"), SimpleUploadedFile("a.pdf", PDF)]
    answer = writing.post(reverse("submissions:attach", args=[draft.pk]), {"files": files})
    assert len(answer.context["refused"]) == 1
    assert kept(draft) == ["a.pdf"]


def test_a_call_takes_no_more_files_than_it_says(writing, draft):
    draft.call.most_files = 1
    draft.call.save()
    attach(writing, draft)
    answer = attach(writing, draft, "second.csv", b"a,b\n")
    assert "at most 1 files" in " ".join(answer.context["refused"])
    assert kept(draft) == ["annex.pdf"]


def test_the_same_file_chosen_twice_is_kept_once(writing, draft):
    attach(writing, draft)
    attach(writing, draft, "again.pdf")
    assert kept(draft) == ["annex.pdf"]


@pytest.mark.parametrize(
    "name", ["../../etc/passwd.pdf", "a\u202efdp.pdf", "<img src=x>.pdf", "x" * 300 + ".pdf", "ملف.pdf"]
)
def test_a_hostile_file_name_is_only_ever_shown(writing, draft, name):
    attach(writing, draft, name)
    file = Attachment.objects.get()
    page = writing.get(reverse("submissions:edit", args=[draft.pk])).content.decode()
    assert file.file.name.startswith("attachments/")
    assert "/" not in file.name
    assert "\u202e" not in file.name
    assert "<img" not in page


def test_a_script_gets_the_list_of_files_as_it_stands(writing, draft):
    answer = attach(writing, draft, headers=JSON)
    assert (answer.status_code, answer.json()["refused"]) == (200, [])
    assert "annex.pdf" in answer.json()["files"]
    refused = attach(writing, draft, "run.exe", b"MZ", headers=JSON)
    assert (refused.status_code, len(refused.json()["refused"])) == (422, 1)
    assert "annex.pdf" in refused.json()["files"]


def test_a_script_of_a_signed_out_person_is_told_so(client, draft):
    answer = attach(client, draft, headers=JSON)
    assert (answer.status_code, answer.json()) == (403, {"signed_out": True})


def test_a_file_is_taken_out_again_and_the_text_beside_it_is_saved(writing, draft):
    file = stored(draft)
    answer = writing.post(
        reverse("submissions:detach", args=[draft.pk, file.pk]), {"title": "Typed", "text": "T", "edition": draft.edition}
    )
    assert answer.url == place(draft)
    assert (kept(draft), Submission.objects.get().title) == ([], "Typed")


def test_taking_a_file_out_twice_is_no_error(writing, draft):
    url = reverse("submissions:detach", args=[draft.pk, stored(draft).pk])
    assert [writing.post(url).status_code for _ in range(2)] == [302, 302]


def test_only_looking_takes_nothing_out(writing, draft):
    writing.get(reverse("submissions:detach", args=[draft.pk, stored(draft).pk]))
    assert kept(draft) == ["annex.pdf"]


def test_what_was_sent_loses_and_gains_no_files(writing, draft, amina):
    file = stored(draft)
    operations.submit(draft, by=amina)
    writing.post(reverse("submissions:detach", args=[draft.pk, file.pk]))
    attach(writing, draft, "late.csv", b"a,b\n")
    assert kept(draft) == ["annex.pdf"]


@pytest.mark.parametrize(("verdict", "state"), [("waiting", "Waits for the virus scanner"), ("infected", "Refused by the")])
def test_a_file_that_is_not_clean_shows_its_name_and_state_and_no_byte(writing, draft, verdict, state):
    file = stored(draft, verdict)
    answer = writing.get(reverse("submissions:my_file", args=[draft.pk, file.pk]))
    assert answer.status_code == 404
    assert "annex.pdf" in answer.content.decode()
    assert state in answer.content.decode()
    assert PDF not in answer.content


def test_a_clean_file_comes_as_a_download_under_the_name_of_its_sender(writing, draft):
    file = stored(draft, "clean", "ملف.pdf")
    answer = writing.get(reverse("submissions:my_file", args=[draft.pk, file.pk]))
    assert b"".join(answer.streaming_content) == PDF
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=\"file.pdf\"; filename*=UTF-8''%D9")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer.headers["Cache-Control"]


def test_a_file_belongs_to_its_input(writing, draft, call, organisation, amina):
    other = make_draft(call=call, organisation=organisation, by=amina)
    file = stored(other, "clean")
    assert writing.get(reverse("submissions:my_file", args=[draft.pk, file.pk])).status_code == 404
    assert writing.post(reverse("submissions:detach", args=[draft.pk, file.pk])).status_code == 404


WRITES = {"focal_point", "alternate", "drafter"}
READS = {*WRITES, "viewer"}


@pytest.mark.parametrize(("door", "allowed"), [("attach", WRITES), ("detach", WRITES), ("my_file", READS)])
def test_who_may_do_what_with_files(client, draft, door, allowed):
    file = stored(draft, "clean")
    url = reverse(f"submissions:{door}", args=[draft.pk] if door == "attach" else [draft.pk, file.pk])
    let_in = set()
    for shade in [*Membership.Role.values, "former", "waiting", "stranger"]:
        person = make_user()
        if shade in Membership.Role.values:
            join(draft.organisation, person, shade)
        elif shade != "stranger":
            join(draft.organisation, person, **({"until": NOW} if shade == "former" else {"since": None}))
        client.force_login(person)
        answer = client.get(url) if door == "my_file" else client.post(url)
        let_in |= {shade} if answer.status_code != 404 else set()
    assert let_in == allowed
