"""The form of a call opened and stored again by LibreOffice, as somebody without Word would fill it in and send it back."""

import shutil
import subprocess

import pytest
from django.urls import reverse

from tests.submissions.test_form_answers import EVERY_KIND, KEPT
from tests.submissions.test_offline_forms import answers_in, document, filled, form, mine, upload

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed here"),
]
__all__ = ["form", "mine"]  # fixtures


@pytest.fixture
def stored_again(tmp_path):
    """A function: the document as LibreOffice stores it after having opened it."""

    def store(content):
        came, went = tmp_path / "came", tmp_path / "went"
        came.mkdir(exist_ok=True)
        (came / "form.docx").write_bytes(content)
        profile = f"-env:UserInstallation=file://{tmp_path}/profile"
        kind = "docx:Office Open XML Text"
        command = ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", str(went), str(came / "form.docx")]
        subprocess.run(command, check=True, timeout=180, capture_output=True)
        return (went / "form.docx").read_bytes()

    return store


@pytest.mark.parametrize("right_to_left", [False, True])
def test_a_blank_form_comes_back_blank_with_every_question(client, mine, form, stored_again, right_to_left):
    content = stored_again(document(form, right_to_left=right_to_left))
    page = client.post(reverse("submissions:bring_in", args=[mine.pk]), {"file": upload(content)})
    assert page.status_code == 200
    assert "refused" not in page.context
    assert page.context["strangers"] == []
    assert not page.context["other_form"]
    lines = page.context["lines"]
    assert len(lines) == len(EVERY_KIND)
    assert {line.state for line in lines} == {"empty"}


@pytest.mark.parametrize("right_to_left", [False, True])
def test_every_answer_comes_back_as_it_was(form, stored_again, right_to_left):
    assert answers_in(form, stored_again(document(form, KEPT, right_to_left=right_to_left))) == KEPT


def test_what_was_typed_before_it_is_stored_is_found_afterwards(form, stored_again):
    def tick(table):
        table.cell(1, 0).text = "X"

    content = stored_again(filled(document(form), what="First.\nSecond.", people="1 250", how_far=tick))
    assert answers_in(form, content) == {"what": "First.\nSecond.", "people": "1250", "how_far": "partly"}
