"""Every answer is as the protocol and Dublin Core have it; every fault has its code; nothing breaks it."""

from pathlib import Path

import pytest
from django.db import transaction
from lxml import etree

from submissions.harvest.tokens import Place, place_of
from submissions.models import PublishedInput
from tests.factories import make_forum, make_published
from tests.submissions.harvest.conftest import stamp_in_order

pytestmark = pytest.mark.django_db
OAI = {"o": "http://www.openarchives.org/OAI/2.0/", "m": "http://www.loc.gov/mods/v3"}
SCHEMAS = Path(__file__).parent / "schemas"
PROTOCOLS_OWN = SCHEMAS / "official" / "OAI-PMH.xsd"  # lets pass what it does not know inside <metadata>; ours do not


@pytest.fixture(scope="module")
def schemas():
    return [etree.XMLSchema(etree.parse(str(path))) for path in (SCHEMAS / "every.xsd", PROTOCOLS_OWN)]


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker):
    """Five public inputs with difficult words, one of them taken down: once for all tests of the file."""
    with django_db_blocker.unblock(), transaction.atomic():
        make_forum()
        _make()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def inputs(db, made, small_pages, settings):
    settings.SITE_URL, settings.CONTACT_EMAIL = "https://inputs.example.org", "desk@inputs.example.org"


def _make():
    for number in range(5):
        make_published(title=f"A & B < {number} \x0b“”", language=("en", "ar", "zh-hans")[number % 3], summary="s")
    row = PublishedInput.objects.order_by("pk").first()
    row.source_url, row.source_title, row.basis = "https://example.org/a?b=1&c", "Source", "ecosoc"
    row.save()
    from submissions.operations.publishing import entomb

    entomb(PublishedInput.objects.order_by("pk")[3].submission, at=row.visible_at, because="Names a person.")
    stamp_in_order()


def fault(root):
    return root.find("o:error", OAI).get("code")


def token_in(root):
    return root.findtext(".//o:resumptionToken", namespaces=OAI)


IDENTIFIER = "oai:inputs.example.org:IMRF-2026-I-00001"
QUERIES = [
    {"verb": "Identify"},
    {"verb": "ListSets"},
    {"verb": "ListMetadataFormats"},
    {"verb": "ListMetadataFormats", "identifier": IDENTIFIER},
    {"verb": "GetRecord", "identifier": IDENTIFIER, "metadataPrefix": "oai_dc"},
    {"verb": "GetRecord", "identifier": IDENTIFIER, "metadataPrefix": "mods"},
    {"verb": "ListIdentifiers", "metadataPrefix": "oai_dc"},
    {"verb": "ListRecords", "metadataPrefix": "oai_dc"},
    {"verb": "ListRecords", "metadataPrefix": "mods", "set": "objective:14", "from": "2026-03-01", "until": "2026-03-02"},
]
FAULTS = [
    ({}, "badVerb"),
    ({"verb": "Steal"}, "badVerb"),
    ({"verb": ["Identify", "Identify"]}, "badVerb"),
    ({"verb": "Identify", "set": "forum"}, "badArgument"),
    ({"verb": "ListRecords"}, "badArgument"),
    ({"verb": "ListRecords", "metadataPrefix": ["oai_dc", "mods"]}, "badArgument"),
    ({"verb": "ListRecords", "metadataPrefix": "marc"}, "cannotDisseminateFormat"),
    ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "colour": "red"}, "badArgument"),
    ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": "yesterday"}, "badArgument"),
    ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": "2026-02-30"}, "badArgument"),
    ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": ""}, "badArgument"),
    ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": "2026-03-01T09:00:00.5Z"}, "badArgument"),
    (
        {"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": "2026-03-01", "until": "2026-03-01T09:00:00Z"},
        "badArgument",
    ),
    ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": "2026-03-02", "until": "2026-03-01"}, "badArgument"),
    ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "set": "colour:red"}, "badArgument"),
    ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "set": "objective:24"}, "badArgument"),
    ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "set": "objective:²"}, "badArgument"),
    ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "set": "language:fr"}, "noRecordsMatch"),
    ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "until": "0001-01-01"}, "noRecordsMatch"),
    ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": "9999-12-31", "until": "9999-12-31"}, "noRecordsMatch"),
    ({"verb": "ListRecords", "resumptionToken": "nonsense"}, "badResumptionToken"),
    ({"verb": "ListRecords", "resumptionToken": "ünsinn:1"}, "badResumptionToken"),
    ({"verb": "ListRecords", "resumptionToken": Place("ListIdentifiers", "oai_dc").token()}, "badResumptionToken"),
    ({"verb": "ListRecords", "resumptionToken": Place("ListRecords", "oai_dc").token(), "set": "forum"}, "badArgument"),
    ({"verb": "ListSets", "resumptionToken": "nonsense"}, "badResumptionToken"),
    ({"verb": "GetRecord", "metadataPrefix": "oai_dc", "identifier": "IMRF-2026-I-00001"}, "idDoesNotExist"),
    (
        {"verb": "GetRecord", "metadataPrefix": "oai_dc", "identifier": "oai:other.example:IMRF-2026-I-00001"},
        "idDoesNotExist",
    ),
    (
        {"verb": "GetRecord", "metadataPrefix": "oai_dc", "identifier": IDENTIFIER.replace("00001", "09999")},
        "idDoesNotExist",
    ),
    ({"verb": "ListMetadataFormats", "identifier": "oai:inputs.example.org:x y"}, "idDoesNotExist"),
    ({"verb": "GetRecord", "metadataPrefix": "oai_dc"}, "badArgument"),
]


def check(schemas, root):
    for schema in schemas:
        schema.assertValid(root)


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: "-".join(query.values())[:60])
def test_every_answer_is_valid_to_the_last_page(ask, inputs, schemas, query):
    root = ask(**query)
    check(schemas, root)
    assert root.find("o:error", OAI) is None
    request = root.find("o:request", OAI)
    assert (request.text, dict(request.attrib)) == ("https://inputs.example.org/oai", query)
    pages = 1
    while token := token_in(root):
        root = ask(verb=query["verb"], resumptionToken=token)
        check(schemas, root)
        pages += 1
    if query["verb"].startswith("ListRec") or query["verb"].startswith("ListId"):
        assert pages == 2
        assert root.find(".//o:resumptionToken", OAI).attrib == {"cursor": "3"}


@pytest.mark.parametrize(("query", "code"), FAULTS)
def test_every_fault_has_its_code_and_is_valid(ask, inputs, schemas, query, code):
    root = ask(**query)
    check(schemas, root)
    assert fault(root) == code
    assert bool(root.find("o:request", OAI).attrib) is (code not in ("badVerb", "badArgument"))


def test_control_the_schemas_refuse_what_is_wrong(ask, inputs, schemas):
    root = ask(verb="ListRecords", metadataPrefix="oai_dc")
    root.find(".//{http://purl.org/dc/elements/1.1/}title").tag = "{http://purl.org/dc/elements/1.1/}headline"
    assert not schemas[0].validate(root)
    root = ask(verb="Identify")
    root.find("o:responseDate", OAI).text = "2026-03-01"
    assert [schema.validate(root) for schema in schemas] == [False, False]


@pytest.mark.parametrize(
    ("path", "name", "value"),
    [
        ("m:titleInfo/m:title", "tag", "{http://www.loc.gov/mods/v3}headline"),
        ("m:originInfo/m:dateIssued", "text", "1 March"),
        ("m:originInfo/m:dateIssued", "encoding", "roman"),
        ("m:name", "type", "animal"),
        ("m:name/m:role/m:roleTerm", "tag", "{http://www.loc.gov/mods/v3}namePart"),
        ("m:language/m:languageTerm", "text", "not a language"),
        ("m:physicalDescription/m:digitalOrigin", "text", "clay"),
        ("m:subject/m:topic", "valueURI", "not an address"),
        ("m:relatedItem", "type", "cousin"),
        ("m:identifier", "colour", "red"),
        ("m:location/m:url", "access", "by foot"),
        (".", "version", "2.0"),
        (".", "tag", "{http://example.org/unknown}mods"),
    ],
)
def test_control_a_fault_in_mods_is_seen(ask, inputs, schemas, path, name, value):
    root = ask(verb="ListRecords", metadataPrefix="mods")
    one = root.find(".//m:mods", OAI).find(path, OAI)
    setattr(one, name, value) if name in ("tag", "text") else one.set(name, value)
    assert not schemas[0].validate(root)


def test_mods_of_every_kind_of_input_is_valid(ask, inputs, schemas):
    """With all that an input may have, and with nothing that it may lack."""
    PublishedInput.objects.update(words=0, files=0, excerpt="", source_url="", basis="")
    check(schemas, ask(verb="ListRecords", metadataPrefix="mods"))
    PublishedInput.objects.update(
        words=1,
        files=3,
        excerpt="ملخص",
        source_url="https://example.org/ä?b=1&c",
        source_title="<S>",
        title_is_described=True,
    )
    check(schemas, ask(verb="ListRecords", metadataPrefix="mods"))


def test_a_post_answers_as_a_get(client, ask, inputs):
    posted = client.post("/oai", {"verb": "GetRecord", "identifier": IDENTIFIER, "metadataPrefix": "oai_dc"})
    assert posted.status_code == 200  # sent as multipart: no form of the protocol
    assert fault(etree.fromstring(posted.content)) == "badVerb"
    form = "application/x-www-form-urlencoded"
    posted = client.post("/oai", f"verb=GetRecord&identifier={IDENTIFIER}&metadataPrefix=oai_dc", content_type=form)
    record = etree.fromstring(posted.content).find(".//o:header/o:identifier", OAI)
    assert record.text == IDENTIFIER
    assert client.put("/oai").status_code == 405


def test_a_token_that_was_changed_is_refused(ask, inputs):
    token = token_in(ask(verb="ListRecords", metadataPrefix="oai_dc"))
    assert place_of(token).key
    changed = token[:10] + ("a" if token[10] != "a" else "b") + token[11:]
    assert fault(ask(verb="ListRecords", resumptionToken=changed)) == "badResumptionToken"


def test_what_an_author_wrote_stands_in_both_formats(ask, inputs):
    one = {"verb": "GetRecord", "identifier": IDENTIFIER}
    mods = ask(**one, metadataPrefix="mods").find(".//m:mods", OAI)
    assert mods.findtext("m:titleInfo/m:title", namespaces=OAI) == "A & B < 0 “”"
    assert mods.find("m:titleInfo/m:title", OAI).get("{http://www.w3.org/XML/1998/namespace}lang") == "en"
    assert mods.findtext("m:relatedItem[@type='original']/m:location/m:url", namespaces=OAI) == "https://example.org/a?b=1&c"
    assert [note.text for note in mods.findall("m:note", OAI)][-1] == "Standing: ecosoc"
    dublin = ask(**one, metadataPrefix="oai_dc").find(".//{http://www.openarchives.org/OAI/2.0/oai_dc/}dc")
    said = [(etree.QName(each).localname, each.text) for each in dublin]
    assert ("identifier", "https://inputs.example.org/en/inputs/IMRF-2026-I-00001/") in said
    assert ("subject", "14. O14") in said


def test_an_answer_sets_no_cookie_and_is_kept_nowhere(client, inputs):
    answer = client.get("/oai", {"verb": "Identify"})
    assert not answer.cookies
    assert "no-store" in answer.headers["Cache-Control"]
