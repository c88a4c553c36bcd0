"""What pages say to machines is read by pyld, and each thing has only what schema.org has for its kind."""

import json
from datetime import date, datetime

import pytest
from lxml import html
from pyld import jsonld

from tests.factories import make_forum, make_organisation, make_published

pytestmark = pytest.mark.django_db
SCHEMA = "https://schema.org/"
THING = {"name", "url", "identifier", "description", "potentialAction"}
WORK = {"inLanguage", "publisher", "creator", "author", "license", "dateCreated", "datePublished", "dateModified", "about"}
WORK |= {"abstract", "spatialCoverage", "isPartOf", "isBasedOn", "sdLicense", "encoding"}
KNOWN = {
    "Report": THING | WORK | {"reportNumber", "wordCount"},
    "WebSite": THING | WORK,
    "CollectionPage": THING | WORK,
    "Collection": THING | WORK,
    "Dataset": THING | WORK | {"distribution"},
    "DataDownload": {"encodingFormat", "contentUrl"},
    "MediaObject": {"encodingFormat", "contentUrl"},
    "Event": THING | {"startDate", "endDate", "eventStatus", "eventAttendanceMode", "location", "organizer", "inLanguage"},
    "SearchAction": {"target", "query-input"},
    "Organization": THING,
    "Place": THING | {"address"},
    "DefinedTerm": THING | {"termCode"},
}
NEEDED = {
    "Report": {"name", "url", "author", "publisher", "datePublished", "inLanguage", "identifier"},
    "WebSite": {"name", "url", "potentialAction", "publisher"},
    "CollectionPage": {"name", "url", "inLanguage"},
    "Dataset": {"name", "url", "description", "license", "creator", "distribution", "dateModified"},
    "Event": {"name", "url", "startDate", "endDate", "location", "eventStatus", "organizer"},
}
ADDRESSES = {"url", "contentUrl", "license", "sdLicense", "isBasedOn", "eventStatus", "eventAttendanceMode", "target"}
DAYS = {"startDate", "endDate", "dateCreated", "datePublished", "dateModified"}
PAGES = {
    "/inputs/{reference}/": "Report",
    "/": "WebSite",
    "/inputs/": "CollectionPage",
    "/objectives/7/": "CollectionPage",
    "/countries/": "CollectionPage",
    "/organisations/": "CollectionPage",
    "/national-reviews/": "CollectionPage",
    "/forums/2026/": "Event",
    "/figures/": "Dataset",
    "/forums/2026/figures/": "Dataset",
}


def things_on(page: bytes) -> list:
    """All that a page says to machines, read as linked data; schema.org is asked by nobody."""
    context = {"@context": {"@vocab": SCHEMA, "id": "@id"}}
    loaded = {"contextUrl": None, "documentUrl": SCHEMA, "document": context, "contentType": "application/json"}
    scripts = html.fromstring(page).xpath("//script[@type='application/ld+json']/text()")
    read = [jsonld.expand(json.loads(script), {"documentLoader": lambda url, options: loaded}) for script in scripts]
    return [thing for things in read for thing in things]


def kind_of(thing):
    [kind] = thing["@type"]
    return kind.removeprefix(SCHEMA)


def faults_in(thing) -> list:
    """What schema.org does not have for this kind of thing, what it lacks, what is no address or no day; also within it."""
    kind, said = kind_of(thing), {name.removeprefix(SCHEMA): found for name, found in thing.items() if name[0] != "@"}
    faults = [f"{kind} has no {name}" for name in sorted(said.keys() - KNOWN[kind])]
    faults += [f"{kind} lacks {name}" for name in sorted(NEEDED.get(kind, set()) - said.keys())]
    for name, values in said.items():
        for value in values:
            faults += (
                faults_in(value) if "@type" in value and "@value" not in value else _faults_of(name, value.get("@value"))
            )
    return faults


def _faults_of(name, word):
    if name in ADDRESSES and not str(word).startswith(("http://testserver/", "https://")):
        yield f"{name} is no address: {word}"
    if name in DAYS:
        try:
            datetime.fromisoformat(word) if "T" in word else date.fromisoformat(word)
        except ValueError:
            yield f"{name} is no day: {word}"
    if not str(word).strip():
        yield f"{name} is empty"


@pytest.fixture
def published(forum):
    organisation = make_organisation("Harbour & Light {Society}", country=None)
    return make_published(title="Nueve </script> misiones", language="es", summary="100 % <b>", organisation=organisation)


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize(("address", "kind"), PAGES.items())
def test_every_kind_of_thing_is_read_and_is_as_schema_org_has_it(client, published, address, kind, language):
    answer = client.get(f"/{language}{address.format(reference=published.reference)}")
    assert answer.status_code == 200
    [thing] = things_on(answer.content)
    assert kind_of(thing) == kind
    assert faults_in(thing) == []


def test_control_what_is_wrong_is_seen(client, published):
    [event] = things_on(client.get("/en/forums/2026/").content)
    event[f"{SCHEMA}wordCount"] = [{"@value": 3}]
    event[f"{SCHEMA}startDate"] = [{"@value": "in May"}]
    event[f"{SCHEMA}location"][0][f"{SCHEMA}endDate"] = [{"@value": "2026-05-08"}]
    event[f"{SCHEMA}url"] = [{"@value": "/forums/2026/"}]
    del event[f"{SCHEMA}organizer"]
    assert sorted(faults_in(event)) == [
        "Event has no wordCount",
        "Event lacks organizer",
        "Place has no endDate",
        "startDate is no day: in May",
        "url is no address: /forums/2026/",
    ]


def test_a_forum_without_days_is_no_event(client, forum):
    make_forum("2030", year=2030, first_day=None, last_day=None, status="announced")
    assert things_on(client.get("/en/forums/2030/").content) == []
