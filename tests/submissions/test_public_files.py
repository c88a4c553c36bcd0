import hashlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from submissions import operations
from submissions.models import Attachment
from tests.factories import NOW, PATHS, make_published, make_submission, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def with_file(settings, tmp_path):
    """A published input with one clean file."""
    settings.MEDIA_ROOT = tmp_path
    draft = make_submission(status="draft")
    attachment = operations.attach(draft, SimpleUploadedFile("Ergänzung “1”.txt", b"Zahlen"), by=draft.begun_by, at=NOW)
    Attachment.objects.update(verdict="clean", reading="read")
    operations.submit(draft, by=draft.begun_by, at=NOW)
    draft.refresh_from_db()
    for act in PATHS["published"]:
        act(draft, make_user(staff=True), NOW)
    return draft, attachment


def test_a_clean_file_is_a_download_that_can_run_nothing(client, with_file):
    submission, attachment = with_file
    response = client.get(f"/en/inputs/{submission.reference}/files/{attachment.pk}/")
    assert b"".join(response.streaming_content) == b"Zahlen"
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert response.headers["Content-Disposition"] == (
        "attachment; filename=\"IMRF-2026-I-00001_1.txt\"; filename*=UTF-8''Erg%C3%A4nzung%20%E2%80%9C1%E2%80%9D.txt"
    )
    assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Length"] == "6"
    assert not response.cookies
    assert attachment.sha256 == hashlib.sha256(b"Zahlen").hexdigest()


def test_the_page_lists_the_file_as_its_author_called_it(client, with_file):
    submission, attachment = with_file
    page = client.get(f"/en/inputs/{submission.reference}/").content.decode()
    assert f'<a href="/en/inputs/{submission.reference}/files/{attachment.pk}/"><bdi>Ergänzung “1”.txt</bdi></a>' in page


@pytest.mark.parametrize("verdict", ["waiting", "infected"])
def test_no_byte_is_served_without_a_clean_verdict(client, with_file, verdict):
    submission, attachment = with_file
    Attachment.objects.update(verdict=verdict)
    assert client.get(f"/en/inputs/{submission.reference}/files/{attachment.pk}/").status_code == 404
    assert "Ergänzung" not in client.get(f"/en/inputs/{submission.reference}/").content.decode()


def test_a_file_is_served_only_under_its_own_visible_input(client, with_file):
    submission, attachment = with_file
    other = make_published()
    assert client.get(f"/en/inputs/{other.reference}/files/{attachment.pk}/").status_code == 404
    operations.take_down(submission, by=submission.reviewer, at=NOW, reason="Names a person.")
    assert client.get(f"/en/inputs/{submission.reference}/files/{attachment.pk}/").status_code == 404


def test_files_that_wait_are_counted_but_not_named(client, with_file):
    submission, _attachment = with_file
    Attachment.objects.update(verdict="waiting")
    address = f"/en/inputs/{submission.reference}/"
    assert "1 file is still being checked for viruses" in client.get(address).content.decode()
    Attachment.objects.update(verdict="infected")
    assert "being checked" not in client.get(address).content.decode()
