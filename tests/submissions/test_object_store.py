"""Files in storage that speaks S3: taken in, read and handed out by signed addresses, from a store of the test's own."""

import threading
from contextlib import contextmanager
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from storages.backends import s3

from submissions import operations
from submissions.models import Attachment
from tests.factories import NOW

pytestmark = pytest.mark.django_db


class Store(BaseHTTPRequestHandler):
    """The little of S3 that is needed: whole objects by name; only for requests that are signed."""

    kept = {}
    protocol_version = "HTTP/1.1"

    def answer(self, status, body=b"", **headers):
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def is_signed(self):
        asked = parse_qs(urlsplit(self.path).query)
        return "Authorization" in self.headers or "X-Amz-Signature" in asked or "Signature" in asked

    @property
    def name(self):
        return unquote(urlsplit(self.path).path)

    def do_PUT(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.headers.get("Content-Encoding") == "aws-chunked" or "STREAMING" in self.headers.get(
            "x-amz-content-sha256", ""
        ):
            body = self.unchunked(body)
        self.kept[self.name] = body
        self.answer(200, ETag='"x"')

    @staticmethod
    def unchunked(body):
        whole = b""
        while body:
            size, _, body = body.partition(b"\r\n")
            length = int(size.partition(b";")[0], 16)
            if not length:
                break
            whole, body = whole + body[:length], body[length + 2 :]
        return whole

    def do_GET(self):
        if not self.is_signed():
            return self.answer(403)
        if self.name not in self.kept:
            return self.answer(404)
        said = parse_qs(urlsplit(self.path).query).get("response-content-disposition", [""])[0]
        headers = {"Content_Disposition": said} if said else {}
        return self.answer(200, self.kept[self.name], ETag='"x"', Last_Modified="Sun, 29 Nov 2026 00:00:00 GMT", **headers)

    do_HEAD = do_GET

    def do_DELETE(self):
        self.kept.pop(self.name, None)
        self.answer(204)

    def log_message(self, *_words):
        """Says nothing."""


@contextmanager
def a_store():
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Store", (Store,), {"kept": {}}))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def store(monkeypatch):
    with a_store() as server:
        place = f"http://127.0.0.1:{server.server_address[1]}"
        kept = s3.S3Storage(
            bucket_name="b",
            endpoint_url=place,
            access_key="k",
            secret_key="s",
            region_name="x",
            file_overwrite=False,
            addressing_style="path",
            signature_version="s3v4",
        )
        monkeypatch.setattr(default_storage, "_wrapped", kept)
        monkeypatch.setattr(Attachment._meta.get_field("file"), "storage", kept)
        yield server


def test_a_file_lives_in_the_store_and_goes_out_by_a_signed_address(store, client, draft, amina, settings):
    content = b"Figures of nine missions in the cities of the region."
    file = operations.attach(draft, SimpleUploadedFile("annex.txt", content), by=amina, at=NOW)
    assert list(store.RequestHandlerClass.kept.values()) == [content]
    operations.read_waiting(at=NOW)
    file.refresh_from_db()
    assert (file.reading, file.extract.language) == ("read", "en")
    client.force_login(amina)
    address = reverse("submissions:my_file", args=[draft.pk, file.pk])
    settings.FILES_BY_SIGNED_ADDRESS = True
    assert client.get(address).status_code == 404  # not clean yet
    Attachment.objects.update(verdict="clean")
    there = urlsplit(client.get(address).url)
    connection = HTTPConnection(there.hostname, there.port, timeout=10)
    connection.request("GET", f"{there.path}?{there.query}")
    answer = connection.getresponse()
    assert (answer.status, answer.read()) == (200, content)
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="file.txt"')
    connection.request("GET", there.path)
    assert connection.getresponse().status == 403  # without the signature
    connection.close()


def test_without_the_setting_the_portal_hands_it_out_itself(store, client, draft, amina):
    file = operations.attach(draft, SimpleUploadedFile("annex.txt", b"0123456789"), by=amina, at=NOW)
    Attachment.objects.update(verdict="clean")
    client.force_login(amina)
    address = reverse("submissions:my_file", args=[draft.pk, file.pk])
    assert b"".join(client.get(address).streaming_content) == b"0123456789"
    assert b"".join(client.get(address, headers={"Range": "bytes=2-4"}).streaming_content) == b"234"


def test_hidden_details_are_removed_in_the_store_and_the_old_bytes_go(
    store, draft, amina, django_capture_on_commit_callbacks
):
    from tests.submissions import documents

    file = operations.attach(draft, SimpleUploadedFile("a.docx", documents.word(author="Amina B")), by=amina, at=NOW)
    with django_capture_on_commit_callbacks(execute=True):
        operations.remove_hidden(file, by=amina, at=NOW)
    [kept] = store.RequestHandlerClass.kept.values()
    assert b"Amina B" not in kept
