"""Who is accredited to a forum, for everybody: page, CSV, JSON; nobody before the standing is recorded."""

import csv

import pytest
from django.urls import reverse

from accreditation.models import Accreditation, ForumTerms, NonObjectionList, Organisation
from forums.models import Country, Region
from tests.accreditation.lists import make_list
from tests.factories import NOW, make_organisation, make_standing, make_user

pytestmark = pytest.mark.django_db
KINDS = ("accredited", "accredited_csv", "accredited_json")


@pytest.fixture
def listed(forum):
    for name, kind, country, basis in (
        ("Amber Guild", "civil_society", "KEN", "ecosoc"),
        ("=Birch", "academia", "NPL", "ecosoc"),
        ("Rights Commission", "nhri", "KEN", "nhri"),
    ):
        make_standing(make_organisation(name, kind=kind, country_id=country), forum, basis)


def get(client, name="accredited", **query):
    return client.get(reverse(f"accreditation:{name}", args=["2026"]), query)


def names(client, **query):
    return [row["organisation"] for row in get(client, "accredited_json", **query).json()["accredited"]]


def test_everybody_reads_name_basis_and_day(client, listed):
    page = get(client)
    said = page.content.decode()
    assert all(name in said for name in ("Amber Guild", "=Birch", "Rights Commission", "3 organisations", "DESA"))
    assert not page.cookies


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"basis": "nhri"}, ["Rights Commission"]),
        ({"kind": "academia"}, ["=Birch"]),
        ({"country": "KEN"}, ["Amber Guild", "Rights Commission"]),
        ({"region": "ECA", "basis": "ecosoc"}, ["Amber Guild"]),
        ({"q": "guild"}, ["Amber Guild"]),
        ({"q": "nobody"}, []),
    ],
)
def test_filters_narrow_page_csv_and_json_alike(client, listed, query, found):
    assert names(client, **query) == found
    rows = list(csv.DictReader(get(client, "accredited_csv", **query).content.decode().splitlines()))
    assert [row["organisation"].removeprefix("'") for row in rows] == found
    page = get(client, **query).content.decode()
    assert [name for name in ("=Birch", "Amber Guild", "Rights Commission") if f">{name}</bdi>" in page] == sorted(found)


def test_a_value_that_does_not_exist_is_said(client, listed):
    answers = [get(client, name, basis="zz") for name in KINDS]
    assert [answer.status_code for answer in answers] == [400, 400, 400]
    assert all("zz" in answer.content.decode() for answer in answers)


@pytest.mark.parametrize("name", ["=Birch", "＝Birch", "＠Birch"])
def test_a_cell_is_no_formula(client, listed, name):
    Organisation.objects.filter(name="=Birch").update(name=name)
    assert f"'{name}" in get(client, "accredited_csv").content.decode()


@pytest.mark.parametrize(
    "status", ["draft", "submitted", "screening", "more_asked", "put_forward", "not_accredited", "withdrawn"]
)
def test_what_is_not_recorded_is_nowhere(client, forum, status):
    organisation = make_organisation("Quiet body", focal_point=make_user())
    Accreditation.objects.create(organisation=organisation, forum=forum, basis_id="ecosoc", status=status, begun_at=NOW)
    for name in KINDS:
        said = get(client, name).content.decode()
        assert "Quiet body" not in said
    assert "0 organisations" in get(client).content.decode()


def test_the_outcome_of_a_list_is_public_once_its_letters_went_out(client, forum):
    make_list(forum, "Amber Guild", status="outcome_recorded")
    organisation = Accreditation.objects.get().organisation
    assert names(client) == []
    assert client.get(organisation.get_absolute_url()).status_code == 404
    NonObjectionList.objects.update(letters_released_at=NOW)
    assert names(client) == ["Amber Guild"]
    assert client.get(organisation.get_absolute_url()).status_code == 200


def test_a_forum_may_keep_its_list_to_itself(client, forum, listed):
    ForumTerms.objects.create(forum=forum, accredited_public=False)
    assert [get(client, name).status_code for name in KINDS] == [404, 404, 404]


def test_the_list_asks_the_same_with_3_and_with_60(client, forum, listed, count_statements):
    few = count_statements(lambda: get(client))
    for number in range(57):
        make_standing(make_organisation(f"Body {number}"), forum)
    assert count_statements(lambda: get(client)) == few
    assert "page=2" in get(client).content.decode()


def test_a_facet_counts_what_its_filter_finds(client, forum, listed):
    """A country of several regions stands in each of them."""
    region = Region.objects.create(code="ZZ", name="Zz")
    Country.objects.get(pk="KEN").regions.add(region)
    page = get(client)
    counted = {option["label"]: option["count"] for facet in page.context["facets"] for option in facet["options"]}
    for code, name in Region.objects.values_list("code", "name"):
        assert counted.get(name, 0) == len(names(client, region=code)), name
    assert counted["Zz"] == 2
