"""Public answers are compressed for those who read gzip, and no private one ever is."""

import gzip
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.utils.timezone import now

from imrf_portal.compressing import compress_public, reads_gzip
from submissions.models import PublishedInput
from tests.factories import make_published, make_user

pytestmark = pytest.mark.django_db
GZIP = {"HTTP_ACCEPT_ENCODING": "gzip, deflate, br"}
PUBLIC = [
    "/en/",
    "/ar/inputs/",
    "/en/inputs/?q=crossings",
    "/en/inputs/IMRF-2026-I-00001/",
    "/en/figures/",
    "/api/v1/inputs/",
    "/feeds/inputs.atom",
    "/oai?verb=ListRecords&metadataPrefix=oai_dc",
    "/sitemap.xml",
]


@pytest.fixture(autouse=True)
def published(forum):
    for number in range(3):  # enough of each list that it is worth it
        make_published(title=f"Speedy crossings {number}", text="What was done at the border. " * 40)
    PublishedInput.objects.update(stamp=now() - timedelta(hours=1))


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_answer_is_the_same_compressed(client, address):
    plain, packed = client.get(address), client.get(address, **GZIP)
    assert plain.status_code == packed.status_code == 200
    for answer in (plain, packed):
        assert "Accept-Encoding" in answer["Vary"]
        assert int(answer["Content-Length"]) == len(answer.content)
    assert not plain.has_header("Content-Encoding")
    assert packed["Content-Encoding"] == "gzip"
    assert len(packed.content) < len(plain.content) * 0.6
    assert _without_what_differs(gzip.decompress(packed.content)) == _without_what_differs(plain.content)


def _without_what_differs(content):
    """OAI says when it answered."""
    return content.partition(b"<responseDate>")[0] + content.partition(b"</responseDate>")[2]


def test_who_has_the_compressed_page_is_told_that_it_is_still_the_same(client):
    packed = client.get("/en/inputs/", **GZIP)
    assert packed["ETag"].startswith('W/"')
    again = client.get("/en/inputs/", HTTP_IF_NONE_MATCH=packed["ETag"], **GZIP)
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", packed["ETag"])
    assert "Accept-Encoding" in again["Vary"]
    plain = client.get("/en/inputs/", HTTP_IF_NONE_MATCH=packed["ETag"])
    assert plain.status_code == 304


def test_a_page_that_is_kept_ready_is_compressed_once(settings, monkeypatch):
    settings.READY_PAGES, made = 3, []
    monkeypatch.setattr("imrf_portal.ready_pages.compressed", lambda content: made.append(content) or gzip.compress(content))
    client = Client(**GZIP)
    pages = [client.get("/en/inputs/") for _ in range(4)]
    assert len({gzip.decompress(page.content) for page in pages}) == 1
    assert len(made) == 1
    assert not Client().get("/en/inputs/").has_header("Content-Encoding")


@pytest.mark.parametrize("address", ["/en/my/", "/en/inputs/", "/accounts/login/", "/en/inputs/IMRF-2026-I-00001/"])
def test_nothing_for_one_person_is_compressed(client, amina, address):
    client.force_login(amina)
    answer = client.get(address, follow=True, **GZIP)
    assert answer.status_code == 200
    assert not answer.has_header("Content-Encoding")


def test_nothing_of_the_desk_is_compressed(client):
    client.force_login(make_user("desk", staff=True, roles=["reviewer"]))
    assert not client.get("/admin/", follow=True, **GZIP).has_header("Content-Encoding")


def answered(**fields):
    def view(request):
        response = HttpResponse(b"a" * 5000, content_type=fields.get("kind", "text/html"))
        response.headers["Cache-Control"] = fields.get("control", "public, max-age=60")
        for name, value in fields.get("headers", {}).items():
            response.headers[name] = value
        if fields.get("cookie"):
            response.set_cookie("a", "b")
        return response

    return compress_public(view)(RequestFactory().get("/", **GZIP))


def test_what_is_not_everybodys_or_not_words_stays_as_it_is():
    assert answered()["Content-Encoding"] == "gzip"
    for fields in (
        {"control": "private"},
        {"control": "max-age=0, no-store"},
        {"cookie": True},
        {"kind": "image/png"},
        {"kind": "application/zip"},
        {"kind": "application/pdf"},
    ):
        assert answered(**fields).content == b"a" * 5000, fields
    assert answered(headers={"Content-Encoding": "br"})["Content-Encoding"] == "br"


@pytest.mark.parametrize(
    ("accepted", "reads"),
    [("gzip", True), ("br;q=1, gzip;q=0.5", True), ("*", True), ("GZIP", True), ("x-gzip", True), ("deflate, br", False),
     ("gzip;q=0", False), ("gzip; q=0.000", False), ("", False), ("gzipped", False)],
)  # fmt: skip
def test_who_reads_gzip(accepted, reads):
    assert reads_gzip(accepted) is reads


def test_a_small_answer_goes_as_it_is(client):
    small = client.get("/api/v1/inputs/?level=global", **GZIP)
    assert len(small.content) < 1000
    assert not small.has_header("Content-Encoding")
