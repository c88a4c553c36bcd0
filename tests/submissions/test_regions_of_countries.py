"""An input that names no region is found in those of its countries; what it names itself goes before."""

import pytest
from django.core.cache import caches
from django.http import QueryDict
from django.utils.timezone import now

from forums.models import Country, Region
from submissions.models import PublishedInput
from submissions.search.listing import list_inputs
from tests.factories import make_published

pytestmark = pytest.mark.django_db


@pytest.fixture
def asia(forum):
    return Region.objects.create(code="ESCAP", name="Asia and the Pacific", commission="ESCAP")


def in_region(code):
    return {card["reference"] for card in list_inputs(QueryDict(f"region={code}"), at=now()).cards}


def counted():
    listing = list_inputs(QueryDict(), at=now())
    return listing.counts.facets["region"]


def test_it_is_found_where_its_countries_are_unless_it_names_regions(asia):
    kenyan = make_published(countries=["KEN"], regions=[])
    asian = make_published(level="regional", countries=["KEN"], regions=["ESCAP"])
    nowhere = make_published(level="global", countries=[], regions=[])
    assert in_region("ECA") == {kenyan.reference}
    assert in_region("ESCAP") == {asian.reference}
    assert counted() == {"ECA": 1, "ESCAP": 1}
    assert PublishedInput.objects.get(pk=nowhere.pk).in_regions == []
    assert PublishedInput.objects.get(pk=kenyan.pk).regions == []  # what it says stays what it says


def test_two_countries_of_one_region_count_once(asia):
    Country.objects.get(pk="NPL").regions.add("ECA", "ESCAP")
    made = make_published(countries=["KEN", "NPL"])
    assert PublishedInput.objects.get(pk=made.pk).in_regions == ["ECA", "ESCAP"]
    assert counted() == {"ECA": 1, "ESCAP": 1}


def test_another_membership_places_it_anew_and_harvesters_hear_of_it(asia):
    made = make_published(countries=["NPL"])
    before = PublishedInput.objects.get(pk=made.pk)
    assert in_region("ESCAP") == set()
    Country.objects.get(pk="NPL").regions.add(asia)
    caches["pages"].clear()  # counts are kept for a minute where nothing changed that is read
    after = PublishedInput.objects.get(pk=made.pk)
    assert (in_region("ESCAP"), after.stamp > before.stamp) == ({made.reference}, True)
    Country.objects.get(pk="NPL").regions.remove(asia)
    caches["pages"].clear()
    assert in_region("ESCAP") == set()


def test_every_surface_finds_the_same(client, asia):
    made = make_published(countries=["KEN"])
    assert made.reference in client.get("/en/inputs/?region=ECA").content.decode()
    assert made.reference in client.get("/feeds/inputs.atom?region=ECA").content.decode()
    assert [one["reference"] for one in client.get("/api/v1/inputs/?region=ECA").json()["results"]] == [made.reference]
    assert made.reference in client.get("/en/regions/ECA/").content.decode()
    assert made.reference not in client.get("/en/inputs/?region=ESCAP").content.decode()
