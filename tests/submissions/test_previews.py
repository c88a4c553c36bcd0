"""First pages of files at the desk: drawn in the child process, shown to who may read the input, gone after the decision."""

import importlib.util
import io

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from PIL import Image

from submissions import operations
from submissions.models import Extract, FilePreview, Submission
from tests.factories import NOW, join, make_submission, tick_everything
from tests.submissions.documents import picture, printed

pytestmark = pytest.mark.django_db
with_pdfium = pytest.mark.skipif(importlib.util.find_spec("pypdfium2") is None, reason="PDFium is not installed here")


def sent_with(call, organisation, amina, raw, name):
    """An input with one file that was found clean and read."""
    draft = make_submission(call=call, organisation=organisation, by=amina, status="draft")
    file = operations.attach(draft, ContentFile(raw, name=name), by=amina, at=NOW)
    type(file).objects.filter(pk=file.pk).update(verdict="clean", scanned_at=NOW)
    operations.submit(draft, by=amina, at=NOW)
    operations.read_waiting(at=NOW)
    file.refresh_from_db()
    return Submission.objects.get(pk=draft.pk), file


@pytest.fixture
def with_picture(call, organisation, amina):
    return sent_with(call, organisation, amina, picture("PNG", size=(1800, 900)), "map.png")


def address(submission, file, page=1):
    return reverse("admin:submissions_submission_preview", args=[submission.pk, file.pk, page])


def test_a_picture_is_drawn_small_and_shown_on_the_review_page(desk_client, with_picture, ravi):
    sent, file = with_picture
    assert operations.make_previews(at=NOW) == 1
    assert operations.make_previews(at=NOW) == 0
    client = desk_client(ravi)
    page = client.get(reverse("admin:submissions_submission_change", args=[sent.pk])).content.decode()
    assert address(sent, file) in page
    answer = client.get(address(sent, file))
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
    assert "sandbox" in answer["Content-Security-Policy"]
    drawn = Image.open(io.BytesIO(answer.content))
    assert (drawn.format, max(drawn.size) <= 1400, drawn.width <= 900) == ("JPEG", True, True)
    assert client.get(address(sent, file, 2)).status_code == 404


@with_pdfium
def test_the_first_three_pages_of_a_pdf_are_drawn(desk_client, call, organisation, amina, ravi):
    sent, file = sent_with(call, organisation, amina, printed("A plain page.", pages=5), "report.pdf")
    operations.make_previews(at=NOW)
    assert list(FilePreview.objects.values_list("page", flat=True)) == [1, 2, 3]
    drawn = Image.open(io.BytesIO(bytes(FilePreview.objects.first().picture))).convert("L")
    assert drawn.getextrema()[0] < 100  # something is written on it
    assert desk_client(ravi).get(address(sent, file, 3)).status_code == 200


def test_the_text_of_the_first_pages_stands_on_the_review_page(desk_client, call, organisation, amina, ravi):
    sent, _file = sent_with(call, organisation, amina, printed("Wells were dug by hand."), "report.pdf")
    page = desk_client(ravi).get(reverse("admin:submissions_submission_change", args=[sent.pk])).content.decode()
    assert "Wells were dug by hand." in page


@pytest.mark.parametrize("change", [{"verdict": "waiting", "scanned_at": None}, {"is_held": True}])
def test_what_may_not_be_handed_out_is_neither_drawn_nor_shown(desk_client, with_picture, ravi, change):
    sent, file = with_picture
    type(file).objects.filter(pk=file.pk).update(**change)
    assert operations.make_previews(at=NOW) == 0
    type(file).objects.filter(pk=file.pk).update(verdict="clean", scanned_at=NOW, is_held=False)
    operations.make_previews(at=NOW)
    type(file).objects.filter(pk=file.pk).update(**change)
    assert desk_client(ravi).get(address(sent, file)).status_code == 404


def test_who_may_not_read_the_input_gets_no_page(desk_client, client, with_picture, ravi, amina, organisation):
    sent, file = with_picture
    operations.make_previews(at=NOW)
    join(organisation, ravi)
    assert desk_client(ravi).get(address(sent, file)).status_code == 404
    client.force_login(amina)
    assert client.get(address(sent, file)).status_code in (302, 403)


def test_pictures_go_with_the_decision_and_come_back_with_reopening(with_picture, elena):
    sent, _file = with_picture
    operations.make_previews(at=NOW)
    operations.take_up(sent, by=elena, at=NOW)
    operations.decline(sent, by=elena, at=NOW, reason="Off topic.")
    operations.make_previews(at=NOW)
    assert not FilePreview.objects.exists()
    operations.reopen(Submission.objects.get(pk=sent.pk), by=elena, at=NOW, reason="Again.")
    assert operations.make_previews(at=NOW) == 1


def test_a_redacted_file_has_no_pictures_and_no_text(desk_client, with_picture, elena):
    sent, file = with_picture
    operations.make_previews(at=NOW)
    operations.redact(sent, by=elena, at=NOW, kind="personal", reason="A face.", part=f"file:{file.pk}")
    client = desk_client(elena)
    assert (
        address(sent, file)
        not in client.get(reverse("admin:submissions_submission_change", args=[sent.pk])).content.decode()
    )
    assert client.get(address(sent, file)).status_code == 404


def test_what_the_child_cannot_draw_is_tried_once(with_picture, monkeypatch):
    from submissions.extracting import parent

    def fails(*_args):
        raise parent.Failed("killed")

    monkeypatch.setattr(parent, "run", fails)
    assert operations.make_previews(at=NOW) == 1
    assert operations.make_previews(at=NOW) == 0
    assert not FilePreview.objects.exists()


def test_the_pictures_of_other_bytes_are_not_shown(desk_client, with_picture, ravi):
    sent, file = with_picture
    operations.make_previews(at=NOW)
    type(file).objects.filter(pk=file.pk).update(sha256="0" * 64)
    assert desk_client(ravi).get(address(sent, file)).status_code == 404
    operations.make_previews(at=NOW)
    assert not FilePreview.objects.filter(sha256="0" * 64).exists()
    assert Extract.objects.count() == 1


def test_accepting_keeps_them_until_it_is_public(with_picture, elena):
    sent, _file = with_picture
    operations.make_previews(at=NOW)
    operations.take_up(sent, by=elena, at=NOW)
    tick_everything(sent, elena, NOW)
    operations.accept(sent, by=elena, at=NOW)
    operations.make_previews(at=NOW)
    assert FilePreview.objects.count() == 1
    operations.publish(sent, by=elena, at=NOW)
    operations.make_previews(at=NOW)
    assert not FilePreview.objects.exists()
