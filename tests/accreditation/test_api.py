"""Who is accredited, for machines: exactly what the page of the forum shows, and refusals by name."""

import pytest
from django.urls import reverse

from accreditation.models import ForumTerms
from tests.accreditation.lists import LATER, make_list
from tests.factories import make_forum, make_organisation, make_standing, make_user

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/accreditations/"


def named(client, **asked):
    return [row["organisation"] for row in client.get(ADDRESS, asked).json()["results"]]


@pytest.fixture
def forum():
    return make_forum()


@pytest.fixture
def harbour(forum):
    return make_standing(make_organisation("Harbour Light", country_id="KEN", kind="civil_society"), forum)


def test_a_recorded_standing_is_shown_with_these_columns_and_no_other(client, forum, harbour):
    (row,) = client.get(ADDRESS, {"forum": forum.slug}).json()["results"]
    assert row == {
        "forum": forum.slug,
        "organisation": "Harbour Light",
        "language": harbour.organisation.name_language,
        "acronym": "",
        "address": harbour.organisation.slug,
        "kind": "civil_society",
        "country": "KEN",
        "basis": "ecosoc",
        "paragraph": harbour.basis.paragraph,
        "decided_on": harbour.decided_on.isoformat(),
        "decided_by": harbour.decided_by,
    }


@pytest.mark.parametrize("asked", [{"basis": "nhri"}, {"kind": "youth"}, {"country": "NPL"}])
def test_filters_narrow(client, harbour, asked):
    assert named(client) == ["Harbour Light"]
    assert named(client, **asked) == []


@pytest.mark.parametrize(
    "asked", [{"basis": "magic"}, {"kind": "party"}, {"country": "XXX"}, {"forum": "1815"}, {"email": "a"}]
)
def test_what_is_not_known_is_refused_by_name(client, harbour, asked):
    answer = client.get(ADDRESS, asked)
    assert answer.status_code == 400
    assert next(iter(asked)) in answer.content.decode()


def test_a_forum_that_publishes_no_list_shows_nothing(client, forum, harbour):
    ForumTerms.objects.create(forum=forum, accredited_public=False)
    assert named(client) == []
    assert client.get(reverse("accreditation:accredited", args=[forum.slug])).status_code == 404


def test_an_outcome_is_shown_once_its_letters_are_released(client, forum):
    listed = make_list(forum, "Amber Guild", status="outcome_recorded")
    assert named(client) == []
    from accreditation.non_objection import operations

    operations.release_letters(listed, by=make_user(staff=True), at=LATER)
    assert named(client) == ["Amber Guild"]


def test_the_same_statements_for_one_row_and_thirty(client, forum, harbour, django_assert_num_queries):
    with django_assert_num_queries(1):
        client.get(ADDRESS)
    for number in range(29):
        make_standing(make_organisation(f"Body {number}"), forum)
    with django_assert_num_queries(1):
        assert len(client.get(ADDRESS).json()["results"]) == 30
