"""How the bytes of a file are handed out: parts, heads, conditions; by the web server or the object store where so set."""

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from storages.backends import s3

from forums.refusals import Refused
from submissions import operations, permissions
from submissions.models import Attachment
from tests.factories import NOW, PATHS, make_submission, make_user

pytestmark = pytest.mark.django_db
BYTES = b"%PDF-1.7\n" + bytes(range(200))


@pytest.fixture
def with_file(db):
    """A published input with one clean PDF: the input and the address of the file."""
    draft = make_submission(status="draft")
    file = operations.attach(draft, SimpleUploadedFile("annex.pdf", BYTES), by=draft.begun_by, at=NOW)
    Attachment.objects.update(verdict="clean", reading="read")
    operations.submit(draft, by=draft.begun_by, at=NOW)
    draft.refresh_from_db()
    for act in PATHS["published"]:
        act(draft, make_user(staff=True), NOW)
    return draft, f"/en/inputs/{draft.reference}/files/{file.pk}/"


def body(answer):
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


RANGES = {
    "bytes=0-9": (206, BYTES[:10], f"bytes 0-9/{len(BYTES)}"),
    "bytes=200-": (206, BYTES[200:], f"bytes 200-{len(BYTES) - 1}/{len(BYTES)}"),
    "bytes=-5": (206, BYTES[-5:], f"bytes {len(BYTES) - 5}-{len(BYTES) - 1}/{len(BYTES)}"),
    "bytes=5-99999": (206, BYTES[5:], f"bytes 5-{len(BYTES) - 1}/{len(BYTES)}"),
    "bytes=9999-": (416, b"", f"bytes */{len(BYTES)}"),
    "bytes=9-5": (416, b"", f"bytes */{len(BYTES)}"),
    "bytes=-0": (416, b"", f"bytes */{len(BYTES)}"),
    "bytes=0-1,5-6": (200, BYTES, None),  # several parts: the whole is an honest answer
    "bytes=-": (200, BYTES, None),
    "lines=1-2": (200, BYTES, None),
    "bytes=" + "9" * 40 + "-": (200, BYTES, None),
}


@pytest.mark.parametrize("asked", RANGES)
def test_a_part_of_a_file_is_that_part(client, with_file, asked):
    answer = client.get(with_file[1], headers={"Range": asked})
    assert (answer.status_code, body(answer), answer.headers.get("Content-Range")) == RANGES[asked]
    if answer.status_code != 416:
        assert answer.headers["Content-Length"] == str(len(RANGES[asked][1]))
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_part_of_what_has_changed_is_the_whole(client, with_file):
    etag = client.get(with_file[1]).headers["ETag"]
    same = client.get(with_file[1], headers={"Range": "bytes=0-3", "If-Range": etag})
    other = client.get(with_file[1], headers={"Range": "bytes=0-3", "If-Range": '"other"'})
    assert (same.status_code, other.status_code) == (206, 200)


def test_the_head_tells_the_size_and_no_byte(client, with_file):
    answer = client.head(with_file[1])
    assert (answer.status_code, answer.headers["Content-Length"], body(answer)) == (200, str(len(BYTES)), b"")


def test_who_has_it_already_gets_nothing_new(client, with_file):
    etag = client.get(with_file[1]).headers["ETag"]
    assert client.get(with_file[1], headers={"If-None-Match": etag}).status_code == 304


@pytest.mark.parametrize("how", ["plain", "range", "head", "condition", "inline"])
def test_what_was_taken_down_is_gone_at_once_whatever_is_asked(client, with_file, how):
    submission, address = with_file
    etag = client.get(address).headers["ETag"]
    assert "max-age=0" in client.get(address).headers["Cache-Control"]
    operations.take_down(submission, by=submission.reviewer, at=NOW, reason="Names a person.")
    headers = {"range": {"Range": "bytes=0-3"}, "condition": {"If-None-Match": etag}}.get(how, {})
    ask = client.head if how == "head" else client.get
    assert ask(address + ("?inline=1" if how == "inline" else ""), headers=headers).status_code == 404


def test_a_pdf_may_be_looked_at_in_a_sandbox_and_nothing_else_may(client, with_file):
    submission, address = with_file
    answer = client.get(f"{address}?inline=1")
    assert answer.headers["Content-Disposition"].startswith(f'inline; filename="{submission.reference}_1.pdf"')
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    Attachment.objects.update(media_type="text/csv")
    assert client.get(f"{address}?inline=1").headers["Content-Disposition"].startswith("attachment")


def test_by_setting_the_web_server_hands_it_out_after_the_same_question(client, with_file, settings):
    settings.FILES_BY_X_ACCEL = "/files-inside/"
    _submission, address = with_file
    file = Attachment.objects.get()
    answer = client.get(address)
    assert (answer.headers["X-Accel-Redirect"], answer.content) == (f"/files-inside/{file.file.name}", b"")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    Attachment.objects.update(verdict="waiting")
    assert client.get(address).status_code == 404


def test_by_setting_the_object_store_hands_it_out_by_an_address_that_holds_a_minute(
    client, with_file, settings, monkeypatch
):
    settings.FILES_BY_SIGNED_ADDRESS = True
    asked = {}

    def sign(name, *, parameters, expire):
        asked.update(parameters, name=name, expire=expire)
        return f"https://store.example/{name}?signature=1"

    monkeypatch.setattr(type(default_storage), "url", staticmethod(sign), raising=False)
    answer = client.get(with_file[1])
    assert (answer.status_code, answer.headers["Cache-Control"].count("no-store")) == (302, 1)
    assert asked["expire"] == 60
    assert asked["ResponseContentDisposition"].startswith("attachment; filename=")
    Attachment.objects.update(is_held=True)
    assert client.get(with_file[1]).status_code == 404


def test_the_addresses_of_a_real_store_are_signed(settings):
    """No server is needed to sign; what a store answers to that is in test_object_store.py."""
    store = s3.S3Storage(
        bucket_name="b",
        endpoint_url="http://127.0.0.1:9",
        access_key="k",
        secret_key="s",
        region_name="x",
        querystring_auth=True,
    )
    address = store.url("attachments/x.pdf", parameters={"ResponseContentDisposition": "attachment"}, expire=60)
    assert "attachments/x.pdf?" in address
    assert "response-content-disposition=attachment" in address
    assert "Signature" in address


# Held, and released by a person -----------------------------------------------------------------------------------------


def test_what_is_held_is_served_to_nobody_until_a_person_releases_it(client, with_file, elena):
    submission, address = with_file
    Attachment.objects.update(is_held=True)
    file = Attachment.objects.get()
    assert client.get(address).status_code == 404
    client.force_login(submission.begun_by)
    assert client.get(reverse("submissions:my_file", args=[submission.pk, file.pk])).status_code == 404
    client.logout()
    assert "1 file is still being checked" in client.get(f"/en/inputs/{submission.reference}/").content.decode()
    operations.release(file, by=elena, at=NOW, reason="Opened on a machine of its own.")
    assert client.get(address).status_code == 200
    with pytest.raises(Refused, match="nothing to release"):
        operations.release(file, by=elena, at=NOW, reason="Again.")


def test_without_a_scanner_only_a_person_releases_and_says_how_they_made_sure(with_file, elena, settings):
    settings.CLAMD_SOCKET = ""
    Attachment.objects.update(verdict="waiting")
    file = Attachment.objects.get()
    with pytest.raises(Refused, match="Say why"):
        operations.release(file, by=elena, at=NOW, reason="  ")
    file = operations.release(file, by=elena, at=NOW, reason="Scanned by hand.")
    assert (file.verdict, file.released_by, file.release_note) == ("clean", elena, "Scanned by hand.")
    assert "released by a person" in file.verdict_note


def test_a_scanner_that_is_away_is_waited_for_and_its_no_is_final(with_file, elena, settings):
    settings.CLAMD_SOCKET = "/nowhere/clamd.sock"
    for verdict, sentence in (("waiting", "Wait for it"), ("infected", "nobody can release it")):
        Attachment.objects.update(verdict=verdict)
        with pytest.raises(Refused, match=sentence):
            operations.release(Attachment.objects.get(), by=elena, at=NOW, reason="I know better.")


def test_the_desk_releases_on_a_page_of_its_own_and_that_is_written_down(desk_client, with_file, elena):
    Attachment.objects.update(is_held=True)
    file = Attachment.objects.get()
    client = desk_client(elena)
    change = client.get(reverse("admin:submissions_attachment_change", args=[file.pk])).content.decode()
    address = reverse("admin:submissions_attachment_release", args=[file.pk])
    assert address in change
    assert client.get(address).status_code == 200
    assert client.post(address, {"reason": ""}).status_code == 200
    assert client.post(address, {"reason": "Looked at it."}).status_code == 302
    file.refresh_from_db()
    assert (file.is_held, file.released_by) == (False, elena)


def test_who_may_release(with_file, elena, ravi, dalia):
    submission, _address = with_file
    assert permissions.may_release(elena, submission)
    assert permissions.may_release(dalia, submission)
    assert not permissions.may_release(ravi, submission)
    assert not permissions.may_release(submission.begun_by, submission)
    assert not permissions.may_release(make_user(), submission)


def test_nobody_without_the_right_finds_the_page(desk_client, with_file, ravi):
    file = Attachment.objects.get()
    assert desk_client(ravi).get(reverse("admin:submissions_attachment_release", args=[file.pk])).status_code in (403, 404)


def test_the_page_of_the_input_leads_to_a_pdf_in_the_browser_and_to_no_other_kind(client, with_file):
    submission, address = with_file
    page = f"/en/inputs/{submission.reference}/"
    assert f'href="{address}?inline=1"' in client.get(page).content.decode()
    Attachment.objects.update(media_type="text/csv")
    text = client.get(page).content.decode()
    assert f'href="{address}"' in text
    assert "inline=1" not in text
