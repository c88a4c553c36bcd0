"""The open data: exactly what is public, as one ZIP that checks itself; withheld from a take-down until it is made anew."""

import csv
import hashlib
import io
import json
import zipfile
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.utils.timezone import now

from submissions import operations
from submissions.models import OpenData, PublishedInput, Submission
from submissions.open_data import editions
from submissions.open_data.rows import COLUMNS, cell
from tests.factories import make_organisation, make_published, make_submission

pytestmark = pytest.mark.django_db
ZIP = "/open-data/inputs.zip"


@pytest.fixture(autouse=True)
def own_files(tmp_path, monkeypatch):
    """Files of this test only, so that what lies there is known."""
    default_storage.exists("")  # it is there from here on
    for name in ("base_location", "location"):
        monkeypatch.setitem(vars(default_storage._wrapped), name, str(tmp_path))


@pytest.fixture
def inputs(forum):
    title = '=HYPERLINK("http://evil.example")'
    first = make_published(title=title, text="Nine words.", organisation=make_organisation("+Plus"))
    return [first, make_published(title="حماية", language="ar", level="regional", regions=["ECA"])]


def whole(response):
    return b"".join(response.streaming_content)


def archive(client):
    return zipfile.ZipFile(io.BytesIO(whole(client.get(ZIP))))


def take_down(published, at=None):
    submission = Submission.objects.get(pk=published.submission_id)
    operations.take_down(submission, by=submission.reviewer, at=at or now(), reason="Names a person.")


def test_it_holds_what_is_public_and_nothing_else(client, inputs):
    make_submission(status="accepted", title="zqcanary")
    take_down(make_published(title="zqcanary"))
    operations.make_open_data(at=now())
    opened = archive(client)
    assert all(b"zqcanary" not in opened.read(name) for name in opened.namelist())
    rows = list(csv.DictReader(io.StringIO(opened.read("inputs.csv").decode())))
    assert [row["reference"] for row in rows] == [each.reference for each in inputs]
    assert list(rows[0]) == [column.name for column in COLUMNS]
    assert (rows[0]["title"], rows[0]["organisations"]) == ('\'=HYPERLINK("http://evil.example")', "'+Plus")
    assert (rows[0]["objectives"], rows[1]["regions"], rows[1]["title"]) == ("14; 15", "ECA", "حماية")
    records = json.loads(opened.read("inputs.json"))
    assert [(each["title"], each["objectives"]) for each in records] == [(each.title, each.objectives) for each in inputs]
    assert records[0]["text"] == "Nine words."
    words = list(csv.DictReader(io.StringIO(opened.read("codes.csv").decode())))
    assert {"field": "objective", "code": "14", "language": "en", "word": "14. O14"} in words
    assert {row["language"] for row in words} == {"ar", "en", "es", "fr", "ru", "zh-hans"}


def test_it_says_what_it_is_and_its_checksums_are_right(client, inputs):
    operations.make_open_data(at=now())
    opened = archive(client)
    package = json.loads(opened.read("datapackage.json"))
    assert [each["path"] for each in package["resources"]] == ["inputs.csv", "inputs.json", "codes.csv"]
    assert package["licenses"][0]["name"] == "CC0-1.0"
    for resource in package["resources"]:
        content = opened.read(resource["path"])
        assert (resource["bytes"], resource["hash"]) == (len(content), f"sha256:{hashlib.sha256(content).hexdigest()}")
    fields = [field["name"] for field in package["resources"][0]["schema"]["fields"]]
    assert fields == opened.read("inputs.csv").decode().splitlines()[0].split(",")
    for line in opened.read("SHA256SUMS").decode().splitlines():
        checksum, name = line.split("  ")
        assert hashlib.sha256(opened.read(name)).hexdigest() == checksum
    beside = {"datapackage.json", "LICENCE.txt", "SHA256SUMS"}
    assert set(opened.namelist()) == {each["path"] for each in package["resources"]} | beside


def test_every_part_has_an_address_and_an_etag(client, inputs):
    operations.make_open_data(at=now())
    opened = archive(client)
    for name in opened.namelist():
        answer = client.get(f"/open-data/{name}")
        assert whole(answer) == opened.read(name)
        assert answer.headers["Cache-Control"] == "public, max-age=60, s-maxage=1"
        assert not answer.cookies
        assert client.get(f"/open-data/{name}", HTTP_IF_NONE_MATCH=answer.headers["ETag"]).status_code == 304
    first = client.get(ZIP)
    assert first.headers["Content-Type"] == "application/zip"
    assert client.get(ZIP, HTTP_IF_NONE_MATCH=first.headers["ETag"]).status_code == 304
    assert client.get("/open-data/passwords.csv").status_code == 404
    assert client.get("/open-data/", HTTP_ACCEPT_LANGUAGE="fr").headers["Location"] == "/fr/open-data/"


def test_from_a_take_down_on_it_is_withheld_until_the_next_sweep(client, inputs, django_capture_on_commit_callbacks):
    operations.make_open_data(at=now())
    former = OpenData.objects.get().file
    take_down(inputs[0])
    for address in (ZIP, "/open-data/inputs.csv", "/open-data/datapackage.json"):
        answer = client.get(address)
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "120")
        assert "no-store" in answer.headers["Cache-Control"]
    assert "being made anew" in client.get("/en/open-data/").content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        assert operations.make_due_open_data(at=now()) == 1
    assert b"HYPERLINK" not in archive(client).read("inputs.csv")
    assert not former.storage.exists(former.name)
    assert operations.make_due_open_data(at=now()) == 0


def test_a_take_down_of_what_it_never_held_withholds_nothing(client, inputs):
    later = make_published()
    PublishedInput.objects.filter(pk=later.pk).update(visible_at=now() + timedelta(hours=1))
    operations.make_open_data(at=now())
    PublishedInput.objects.filter(pk=later.pk).update(taken_down_at=now() + timedelta(hours=2), taken_down_because="x")
    assert client.get(ZIP).status_code == 200


def test_a_change_is_caught_up_with_after_an_hour_and_what_is_new_at_night(inputs, monkeypatch):
    monkeypatch.setattr(editions, "NIGHT", (now().hour + 12) % 24)  # half a day away, whenever this runs
    assert editions.is_due(now())  # there is none yet
    edition = operations.make_open_data(at=now())
    made = edition.made_at
    assert not editions.is_due(made + timedelta(days=3))  # nothing changed: the same bytes, the same ETag
    PublishedInput.objects.filter(pk=inputs[0].pk).update(excerpt="New words")
    assert not editions.is_due(made + timedelta(minutes=59))
    assert editions.is_due(made + timedelta(minutes=61))
    edition = operations.make_open_data(at=now())
    make_published()
    PublishedInput.objects.filter(pk__gt=inputs[1].pk).update(visible_at=now() + timedelta(seconds=1))
    night = edition.made_at.replace(hour=editions.NIGHT, minute=0, second=0, microsecond=0)
    night += timedelta(days=night < edition.made_at)
    assert not editions.is_due(night - timedelta(seconds=1))
    assert editions.is_due(night)


@pytest.mark.parametrize("value", ["=1", "+1", "-1", "@a", "\tx", "\rx", "＝1"])
def test_no_cell_is_a_formula(value):
    assert cell(value) == f"'{value}"
    assert cell([value, "b"]).startswith("'")


def test_control_a_plain_cell_is_left_as_it_is():
    assert [cell(value) for value in ("a=1", 7, True, ["a", "b"], "")] == ["a=1", "7", "true", "a; b", ""]


def test_the_page_names_the_edition_and_how_to_embed_a_list(client, inputs):
    operations.make_open_data(at=now())
    page = client.get("/en/open-data/").content.decode()
    assert OpenData.objects.get().sha256 in page
    assert "&lt;iframe" in page


# The list in a frame of another site ---------------------------------------------------------------------------------


def test_the_small_list_may_stand_in_a_frame_and_needs_no_script_and_no_cookie(client, inputs):
    answer = client.get("/en/embed/inputs/?level=regional")
    page = answer.content.decode()
    assert ("حماية" in page, "HYPERLINK" in page) == (True, False)
    assert "frame-ancestors *" in answer.headers["Content-Security-Policy"]
    assert "script-src" not in answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert not answer.has_header("X-Frame-Options")
    assert not answer.cookies
    assert ("<script" in page, "style=" in page) == (False, False)
    assert page.count("<li>") == 1


def test_control_every_other_page_may_not(client, inputs):
    answer = client.get("/en/inputs/")
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize("query", ["number=0", "number=21", "number=²", "number=", "level=galactic", "colour=red"])
def test_what_the_small_list_does_not_know_is_refused(client, forum, query):
    assert client.get(f"/en/embed/inputs/?{query}").status_code == 400
