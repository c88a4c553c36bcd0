"""Manners of every address of the API: refusals as problem+json, sparse fields, conditional questions, versions, figures."""

from datetime import date

import pytest
from django.core.cache import caches
from django.test import Client

from forums.api import RegionViewSet
from imrf_portal.api import router
from submissions import operations
from submissions.models import PublishedInput
from tests.factories import NOW, make_forum, make_organisation, make_proposal, make_published, make_standing, make_user

pytestmark = pytest.mark.django_db
LISTS = [f"/api/v1/{prefix}/" for prefix, _view, _name in router.registry if "(" not in prefix]
ONE = "/api/v1/inputs/IMRF-2026-I-00001/"


def refused(answer, status):
    assert answer.headers["Content-Type"] == "application/problem+json", answer.content
    assert (answer.status_code, answer.json()["status"]) == (status, status)
    assert answer.json()["detail"]
    return answer.json()


@pytest.mark.parametrize("address", LISTS)
def test_every_refusal_is_a_problem(client, forum, address):
    for method in ("post", "put", "patch", "delete"):
        refused(getattr(client, method)(address), 405)
    refused(client.get(address, headers={"accept": "text/html"}), 406)
    refused(client.get(f"{address}?unknown=1"), 400)
    refused(client.get(f"{address}?cursor=nonsense"), 400)
    refused(client.get(f"{address}?page_size=9%00"), 400)
    for method in ("get", "post", "put", "patch", "delete"):
        refused(getattr(client, method)(f"{address}no/such/thing/"), 404)


def test_what_nobody_foresaw_is_a_problem_too(forum, monkeypatch):
    def broken(self):
        raise OSError

    monkeypatch.setattr(RegionViewSet, "get_queryset", broken)
    client = Client(raise_request_exception=False)
    problem = refused(client.get("/api/v1/regions/"), 500)
    assert "OSError" not in str(problem)


def test_too_many_questions_are_told_how_long_to_wait(client, forum, monkeypatch):
    from imrf_portal.api_rules import Throttle

    monkeypatch.setattr(Throttle, "rate", "1/minute", raising=False)
    caches["pages"].clear()
    answers = [client.get("/api/v1/regions/") for _ in range(2)]
    refused(answers[1], 429)
    assert int(answers[1].headers["Retry-After"]) > 0


@pytest.mark.parametrize("address", LISTS)
def test_only_the_fields_that_were_asked_for(client, forum, address):
    make_standing(make_organisation(), forum)
    make_published()
    rows = client.get(address).json()["results"]
    if not rows:
        return
    names = sorted(rows[0])[:2]
    sparse = client.get(f"{address}?fields={','.join(names)}").json()["results"]
    assert sparse == [{name: row[name] for name in row if name in names} for row in rows]
    assert refused(client.get(f"{address}?fields={names[0]},nothing"), 400)["parameter"] == "fields"


def test_fields_of_one_input_and_its_tag_differ_from_the_whole(client, forum):
    make_published()
    whole, sparse = client.get(ONE), client.get(f"{ONE}?fields=title,text")
    assert sorted(sparse.json()) == ["text", "title"]
    assert whole.headers["ETag"] != sparse.headers["ETag"]
    again = client.get(f"{ONE}?fields=title,text", headers={"if-none-match": sparse.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    "address", [*LISTS, ONE, f"{ONE}versions/", f"{ONE}versions/1/", f"{ONE}files/", "/api/v1/statistics/"]
)
def test_who_has_the_answer_gets_304(client, forum, address):
    make_published()
    first = client.get(address)
    assert first.status_code == 200
    again = client.get(address, headers={"if-none-match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert "public" in first.headers["Cache-Control"]
    assert not first.cookies


def test_an_address_that_will_go_says_so(client, forum, monkeypatch):
    monkeypatch.setattr(RegionViewSet, "deprecated", date(2026, 12, 1))
    monkeypatch.setattr(RegionViewSet, "sunset", date(2027, 12, 1))
    answer = client.get("/api/v1/regions/")
    assert answer.headers["Deprecation"] == "@1796083200"
    assert answer.headers["Sunset"] == "Wed, 01 Dec 2027 00:00:00 GMT"
    assert "Deprecation" not in client.get("/api/v1/countries/").headers


def test_versions_are_those_that_are_or_were_public(client, forum):
    published = make_published(text="Nine missions.")
    proposal = make_proposal(published.submission, text="Ten missions.")
    assert [each["symbol"] for each in client.get(f"{ONE}versions/").json()] == ["IMRF-2026-I-00001"]
    assert client.get(f"{ONE}versions/2/").status_code == 404  # not approved
    operations.approve(proposal, by=make_user(staff=True), at=NOW)
    texts = [client.get(f"{ONE}versions/{number}/").json()["text"] for number in (1, 2)]
    assert texts == ["Nine missions.", "Ten missions."]
    assert client.get("/api/v1/inputs/IMRF-2026-I-09999/versions/").status_code == 404


def test_of_what_was_taken_down_no_version_and_no_file_is_told(client, forum):
    published = make_published()
    operations.take_down(published.submission, by=make_user(staff=True), at=NOW, reason="Names a person.")
    for end in ("", "versions/", "versions/1/", "files/"):
        assert "Names a person." in refused(client.get(f"{ONE}{end}"), 410)["detail"]


def test_statistics_are_of_what_answers_the_filters(client, forum):
    make_forum("2030", year=2030)
    make_published(objectives=[7, 8], level="national")
    make_published(objectives=[7], level="global", countries=[])
    told = client.get("/api/v1/statistics/").json()
    assert (told["inputs"], told["by"]["objective"], told["by"]["forum"]) == (2, {"7": 2, "8": 1}, {"2026": 2})
    assert told["overall"]["inputs"] == 2
    some = client.get("/api/v1/statistics/?level=global").json()
    assert (some["inputs"], some["by"]["objective"], some["overall"]["inputs"]) == (1, {"7": 1}, 2)
    assert refused(client.get("/api/v1/statistics/?level=galactic"), 400)["parameter"] == "level"
    PublishedInput.objects.all().delete()
    assert client.get("/api/v1/statistics/").json()["inputs"] == 0


def test_round_tables_are_of_their_forum(client, forum):
    tables = client.get("/api/v1/round-tables/?forum=2026").json()["results"]
    assert [(each["forum"], each["number"]) for each in tables] == [("2026", number) for number in range(1, 5)]
    assert tables[0]["objectives"] == [1, 5, 9, 13, 17, 21]
