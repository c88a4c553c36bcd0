"""A receipt as PDF: it says what the page says, in the reader's language, with a code that leads to the public check."""

from io import BytesIO

import pytest
from django.urls import reverse
from pypdf import PdfReader

from forums import printing
from submissions import operations
from submissions.models import PrintedReceipt
from tests.factories import NOW, make_draft

pytestmark = pytest.mark.django_db
WITH_FONTS = pytest.mark.skipif(not printing.has_font(ord("a")), reason="the Noto fonts of Debian are not installed here")


@pytest.fixture
def version(draft, amina, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return operations.submit(draft, by=amina)


def printed(version, language="en"):
    operations.ask_receipt(version, language=language, at=NOW)
    operations.print_receipts()
    return PrintedReceipt.objects.get(version=version, language=language)


def words_of(receipt):
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(receipt.file.read())).pages)


@WITH_FONTS
def test_it_says_what_the_receipt_promises(version):
    words = words_of(printed(version))
    joined = "".join(words.split())
    for promised in (version.symbol, version.content["sent_at"], version.sha256, version.link, "Harbour Light"):
        assert "".join(promised.split()) in joined
    assert f"/en/receipts/{version.content['reference']}/?sha256={version.sha256}" in joined


@WITH_FONTS
@pytest.mark.parametrize("language", ["ar", "es", "fr", "ru", "zh-hans"])
def test_it_is_tagged_and_in_its_language(version, language):
    receipt = printed(version, language)
    reader = PdfReader(BytesIO(receipt.file.read()))
    root = reader.trailer["/Root"]
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"]) == (language, True)
    assert "/StructTreeRoot" in root
    assert version.symbol in reader.metadata.title


@WITH_FONTS
def test_it_is_printed_once_and_the_same_for_everybody(version):
    first = printed(version)
    assert operations.ask_receipt(version, language="en", at=NOW) == first
    assert operations.print_receipts() == 0
    assert PrintedReceipt.objects.get().sha256 == first.sha256 != ""


def test_where_a_font_is_missing_it_says_so_and_can_be_asked_for_again(client, amina, version, monkeypatch):
    monkeypatch.setattr(printing, "has_font", lambda point: False)
    receipt = printed(version)
    assert (bool(receipt.file), "no font for: Latin" in receipt.trouble) == (False, True)
    client.force_login(amina)
    place = reverse("submissions:printed_receipt", args=[version.submission_id, 1, "en"])
    assert "no font for: Latin" in client.get(place).content.decode()
    assert operations.ask_receipt(version, language="en", at=NOW).trouble == ""


def test_a_title_in_a_script_without_font_is_never_printed_wrong(call, organisation, amina, monkeypatch, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    draft = make_draft(call=call, organisation=organisation, by=amina, title="ᚠᚢᚦᚨᚱᚲ")
    monkeypatch.setattr(printing, "has_font", lambda point: point < 0x1000)
    receipt = printed(operations.submit(draft, by=amina))
    assert (bool(receipt.file), "Runic" in receipt.trouble) == (False, True)


def test_it_is_asked_for_by_a_form_and_waits_on_its_page(client, amina, version):
    client.force_login(amina)
    ask = reverse("submissions:print_receipt", args=[version.submission_id])
    assert client.get(ask).status_code == 302
    assert not PrintedReceipt.objects.exists()
    answer = client.post(ask, {"version": "1", "language": "fr"})
    place = reverse("submissions:printed_receipt", args=[version.submission_id, 1, "fr"])
    assert answer.headers["Location"] == place
    assert "is being printed" in client.get(place).content.decode()
    for wrong in (
        {"version": "2", "language": "fr"},
        {"version": "1", "language": "xx"},
        {"version": "²", "language": "fr"},
        {},
    ):
        assert client.post(ask, wrong).status_code == 404


@WITH_FONTS
def test_only_those_who_act_for_the_organisation_have_it(client, amina, bruno, version):
    printed(version)
    place = reverse("submissions:printed_receipt", args=[version.submission_id, 1, "en"])
    assert client.get(place).status_code == 302
    client.force_login(bruno)
    assert client.get(place).status_code == 404
    client.force_login(amina)
    answer = client.get(place)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/pdf")
    assert "no-store" in answer.headers["Cache-Control"]
    assert b"".join(answer.streaming_content)[:5] == b"%PDF-"
