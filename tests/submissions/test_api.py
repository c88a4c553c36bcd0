from datetime import timedelta

import pytest
from django.utils.timezone import now

from submissions import operations
from submissions.models import PublishedInput
from tests.factories import NOW, make_organisation, make_published, make_standing, make_submission

pytestmark = pytest.mark.django_db
INPUTS = "/api/v1/inputs/"


def test_an_input_is_shown_with_exactly_these_fields(client, forum):
    organisation = make_organisation("Harbour Light")
    make_standing(organisation, forum)
    make_published(organisation=organisation, title="Nine missions", summary="Short.", text="# Long")
    (listed,) = client.get(INPUTS).json()["results"]
    whole = client.get(INPUTS + "IMRF-2026-I-00001/").json()
    assert listed == {
        "reference": "IMRF-2026-I-00001",
        "version": 1,
        "symbol": "IMRF-2026-I-00001",
        "url": "http://testserver/en/inputs/IMRF-2026-I-00001/",
        "forum": "2026",
        "call": dict.fromkeys(["ar", "en", "es", "fr", "ru", "zh-hans"], "Stakeholder inputs"),
        "organisation": {"slug": organisation.slug, "name": "Harbour Light", "language": "en"},
        "kind": "civil_society",
        "basis": "ecosoc",
        "title": "Nine missions",
        "title_is_described": False,
        "excerpt": "Short.",
        "language": "en",
        "level": "national",
        "objectives": [14, 15],
        "round_tables": [2, 3],
        "countries": ["KEN"],
        "regions": [],
        "words": 1,
        "file_count": 0,
        "received_at": "2026-01-20T12:00:00Z",
        "published_at": "2026-01-20T12:00:00Z",
        "changed_at": "2026-01-20T12:00:00Z",
        "corrected_at": None,
        "co_sponsors": [],
        "recorded_by_desk": False,
        "source_url": "",
        "source_title": "",
        "source_date": "",
        "translations": {},
    }
    [version] = whole.pop("versions")
    assert version == {
        "symbol": "IMRF-2026-I-00001",
        "received_at": "2026-01-20T12:00:00Z",
        "public_until": None,
        "url": "http://testserver/en/inputs/IMRF-2026-I-00001/versions/1/",
    }
    assert whole == listed | {
        "additions": [],
        "summary": "Short.",
        "text": "# Long",
        "principles": [],
        "redacted": [],
        "used_in": [],
        "answers": [],
        "files": [],
    }


def walk(client, address):
    """All results, page by page, by the links given."""
    results = []
    while address:
        answer = client.get(address).json()
        results += answer["results"]
        address = answer["next"] and answer["next"].removeprefix("http://testserver")
    return results


def test_pages_are_walked_by_a_cursor_without_gap_or_double(client, forum):
    organisation = make_organisation()
    inputs = [make_published(organisation=organisation, title=f"Input {number}") for number in range(7)]
    for step, each in enumerate(inputs[:4]):  # the others share one instant
        PublishedInput.objects.filter(pk=each.pk).update(visible_at=NOW - timedelta(days=step))
    expected = [each.reference for each in PublishedInput.objects.newest_first()]
    for size in (1, 2, 3, 100):
        assert [each["reference"] for each in walk(client, f"{INPUTS}?page_size={size}")] == expected


def test_a_cursor_stays_good_while_inputs_are_added(client, forum):
    for _ in range(3):
        make_published()
    first = client.get(f"{INPUTS}?page_size=2").json()
    make_published(at=NOW + timedelta(days=1))
    rest = client.get(first["next"]).json()["results"]
    assert [each["reference"] for each in rest] == ["IMRF-2026-I-00001"]


def test_the_last_page_costs_what_the_first_does(client, forum, count_statements):
    for _ in range(5):
        make_published()
    last = client.get(f"{INPUTS}?page_size=2").json()["next"]
    assert count_statements(lambda: client.get(f"{INPUTS}?page_size=2")) == count_statements(lambda: client.get(last))


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("lvel=local", "lvel"),
        ("level=lokal", "level"),
        ("objective=99", "objective"),
        ("page=2", "page"),
        ("sort=title", "sort"),
        ("page_size=0", "page_size"),
        ("page_size=101", "page_size"),
        ("page_size=many", "page_size"),
        ("cursor=nonsense", "cursor"),
        ("cursor=W10=", "cursor"),
        ("cursor=WyJ4Iiwge31d", "cursor"),
        ("lang=fr", "lang"),
        ("format=xml", "format"),
    ],
)
def test_what_the_api_does_not_know_is_refused_by_name(client, forum, query, parameter):
    make_published()
    response = client.get(f"{INPUTS}?{query}")
    assert response.status_code == 400
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.json()["parameter"] == parameter
    assert response.json()["status"] == 400
    assert parameter in response.json()["detail"] or query.split("=")[1] in response.json()["detail"]


def test_the_same_filters_as_on_the_pages(client, forum):
    mine = make_published(objectives=[7], title="Remittances")
    make_published(objectives=[8], title="Remittances")
    make_published(objectives=[7], title="Something else")
    found = client.get(INPUTS, {"objective": "7", "q": "remittances", "forum": "2026"}).json()["results"]
    assert [each["reference"] for each in found] == [mine.reference]


def test_a_reader_who_has_the_answer_gets_304_until_something_is_published(client, forum, count_statements):
    make_published()
    first = client.get(INPUTS)
    answers = []
    assert count_statements(lambda: answers.append(client.get(INPUTS, HTTP_IF_NONE_MATCH=first.headers["ETag"]))) == 1
    assert answers[0].status_code == 304
    make_published()  # in the same moment as the first
    assert client.get(INPUTS, HTTP_IF_NONE_MATCH=first.headers["ETag"]).status_code == 200


def test_what_was_taken_down_says_so(client, forum):
    submission = make_submission(status="published")
    operations.take_down(submission, by=submission.reviewer, at=NOW, reason="Names a person.")
    response = client.get(f"{INPUTS}{submission.reference}/")
    assert response.status_code == 410
    assert response.json()["detail"] == "Names a person. (2026-01-20T12:00:00+00:00)"
    assert client.get(INPUTS).json()["results"] == []


@pytest.mark.parametrize("status", ["submitted", "accepted", "withdrawn"])
def test_what_is_not_published_answers_as_what_is_missing(client, forum, status):
    submission = make_submission(status=status)
    answers = [client.get(f"{INPUTS}{reference}/") for reference in (submission.reference, "IMRF-2026-I-99999")]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].content == answers[1].content
    assert answers[0].headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_written(client, forum, method):
    response = getattr(client, method)(INPUTS, {}, content_type="application/json")
    assert response.status_code == 405
    assert response.headers["Content-Type"] == "application/problem+json"


def test_organisations_are_those_the_public_may_know(client, forum):
    known, accredited, _hidden = make_organisation("Known"), make_organisation("Accredited"), make_organisation("Hidden")
    make_published(organisation=known)
    make_standing(accredited, forum)
    found = {each["name"]: each["standings"] for each in walk(client, "/api/v1/organisations/?page_size=1")}
    assert found == {
        "Known": [],
        "Accredited": [{"forum": "2026", "basis": "ecosoc", "decided_on": "2026-01-20", "decided_by": "DESA"}],
    }
    assert client.get(f"/api/v1/organisations/{_hidden.slug}/").status_code == 404


def test_lists_of_the_ground_floor(client, forum, call):
    objectives = walk(client, "/api/v1/objectives/?page_size=10")
    assert [each["number"] for each in objectives] == list(range(1, 24))
    assert objectives[0]["title"] == {"en": "Objective 1"}
    assert [each["iso3"] for each in walk(client, "/api/v1/countries/")] == ["KEN", "NPL"]
    assert client.get("/api/v1/countries/KEN/").json()["regions"] == ["ECA"]
    assert [each["code"] for each in walk(client, "/api/v1/regions/")] == ["ECA"]
    (only,) = walk(client, "/api/v1/forums/")
    assert (only["slug"], only["first_day"], len(only["round_tables"])) == ("2026", "2026-05-05", 4)
    (call_shown,) = walk(client, "/api/v1/calls/?forum=2026")
    assert (call_shown["slug"], call_shown["phase"]) == (call.slug, "open")
    assert client.get("/api/v1/calls/?forum=1999").json()["parameter"] == "forum"


def test_an_address_the_api_does_not_have_is_a_problem_too(client, db):
    response = client.get("/api/v1/nothing/")
    assert (response.status_code, response.headers["Content-Type"]) == (404, "application/problem+json")


def test_an_embargoed_input_is_not_there_before_its_instant(client, forum):
    submission = make_submission(status="accepted")
    operations.publish(submission, by=submission.reviewer, at=NOW, visible_at=now() + timedelta(hours=1))
    assert client.get(INPUTS).json()["results"] == []
    assert client.get(f"{INPUTS}{submission.reference}/").status_code == 404
