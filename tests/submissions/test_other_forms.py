"""An input in other forms: each is read by somebody else's program, holds what the page shows, and goes with it."""

import json
import warnings
from datetime import timedelta

import bibtexparser
import feedparser
import pytest
import rispy
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from lxml import html

from submissions import operations
from submissions.models import PublishedInput, Submission
from tests.factories import NOW, make_organisation, make_published
from tests.submissions.test_linked_data import things_on

pytestmark = pytest.mark.django_db
TITLE = "Protección & “derechos” {100%} _todos_ \\ #1\nER  - no end"
FORMS = ("ris", "bib", "csl.json", "json", "pdf", "docx")


@pytest.fixture
def published(forum):
    organisation = make_organisation("Harbour & Light {Society}", country=None)
    return make_published(title=TITLE, language="es", summary="Nueve </script> misiones.", organisation=organisation)


def address(published, form, language="en"):
    return f"/{language}/inputs/{published.reference}.{form}"


def one_line(text):
    return " ".join(text.split())


def test_ris_is_read_by_rispy(client, published):
    answer = client.get(address(published, "ris"))
    assert answer.headers["Content-Type"].startswith("application/x-research-info-systems")
    assert f'filename="{published.reference}.ris"' in answer.headers["Content-Disposition"]
    (entry,) = rispy.loads(answer.content.decode())
    assert entry["type_of_reference"] == "RPRT"
    assert entry["title"] == one_line(TITLE)
    assert entry["authors"] == ["Harbour & Light {Society},"]
    assert entry["year"] == "2026"
    assert entry["urls"] == [f"http://testserver/es/inputs/{published.reference}/"]
    assert entry["language"] == "es"
    assert len(entry["keywords"]) == 3


def test_bibtex_is_read_by_bibtexparser(client, published):
    library = bibtexparser.parse_string(client.get(address(published, "bib")).content.decode())
    assert library.failed_blocks == []
    (entry,) = library.entries
    assert (entry.entry_type, entry.key) == ("techreport", published.reference)
    fields = {field.key: field.value for field in entry.fields}
    assert fields["title"] == r"{Protección \& “derechos” \{100\%\} \_todos\_ \textbackslash{} \#1 ER - no end}"
    assert fields["author"] == r"{Harbour \& Light \{Society\}}"
    assert (fields["year"], fields["number"], fields["language"]) == ("2026", published.reference, "spanish")


def test_csl_json_is_set_by_citeproc(client, published):
    items = json.loads(client.get(address(published, "csl.json")).content)
    assert [item["type"] for item in items] == ["report"]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it does not know every field that CSL has
        source = CiteProcJSON(items)
        style = CitationStylesStyle("harvard-cite-them-right", validate=False)
        bibliography = CitationStylesBibliography(style, source, formatter.plain)
        bibliography.register(Citation([CitationItem(published.reference)]))
        (line,) = (str(each) for each in bibliography.bibliography())
    assert "Harbour & Light {Society}" in line
    assert "2026" in line
    assert one_line(TITLE).split(" {")[0] in line


def test_the_page_says_in_json_ld_what_it_shows(client, published):
    (node,) = things_on(client.get(f"/en/inputs/{published.reference}/").content)
    said = {name.rpartition("/")[2]: value for name, value in node.items()}
    assert node["@type"] == ["https://schema.org/Report"]
    assert said["name"] == [{"@value": one_line(TITLE)}]
    assert said["author"][0]["https://schema.org/name"] == [{"@value": "Harbour & Light {Society}"}]
    assert said["abstract"] == [{"@value": "Nueve </script> misiones."}]
    assert said["inLanguage"] == [{"@value": "es"}]
    assert len(said["about"]) == 2


def test_the_page_says_in_dublin_core_what_it_shows(client, published):
    page = html.fromstring(client.get(f"/ar/inputs/{published.reference}/").content.decode())
    said = [
        (each.get("name"), each.get("content"), each.get("lang")) for each in page.xpath("//meta[starts-with(@name,'DC.')]")
    ]
    assert ("DC.title", one_line(TITLE), "es") in said
    assert ("DC.language", "es", None) in said
    assert ("DC.identifier", f"http://testserver/es/inputs/{published.reference}/", None) in said
    alternates = {each.get("type"): each.get("href") for each in page.xpath("//link[@rel='alternate'][@type]")}
    assert alternates["application/x-bibtex"] == f"http://testserver/ar/inputs/{published.reference}.bib"


def test_the_feed_is_read_by_feedparser(client, published):
    feed = feedparser.parse(client.get("/feeds/inputs.atom").content)
    assert not feed.bozo
    (entry,) = feed.entries
    assert (one_line(entry.title), entry.author) == (one_line(TITLE), "Harbour & Light {Society}")
    assert entry.id.endswith(published.reference)


def test_json_is_what_the_api_says(client, published):
    assert client.get(address(published, "json")).json() == client.get(f"/api/v1/inputs/{published.reference}/").json()


@pytest.mark.parametrize("form", [form for form in FORMS if form not in ("pdf", "docx")])
def test_who_has_it_already_gets_304(client, published, form):
    first = client.get(address(published, form))
    assert (first.status_code, first.headers["Cache-Control"]) == (200, "public, max-age=60, s-maxage=1")
    assert not first.cookies
    assert client.get(address(published, form), HTTP_IF_NONE_MATCH=first.headers["ETag"]).status_code == 304


@pytest.mark.parametrize("form", FORMS)
def test_what_is_not_public_is_not_there_in_any_form(client, published, form):
    assert client.get(address(published, form).replace("00001", "00009")).status_code == 404
    submission = Submission.objects.get(pk=published.submission_id)
    operations.take_down(submission, by=submission.reviewer, at=NOW + timedelta(hours=1), reason="Names a person.")
    gone = client.get(address(published, form))
    assert gone.status_code == 410
    assert "Protecci" not in gone.content.decode()
    PublishedInput.objects.update(taken_down_at=None, visible_at=NOW + timedelta(days=9000))
    assert client.get(address(published, form)).status_code == 404


# Related inputs -----------------------------------------------------------------------------------------------------


def test_related_inputs_share_an_objective_and_the_likest_come_first(client, forum):
    mine = make_published(title="Consular help for seasonal workers", objectives=[14])
    far = make_published(title="Statistics of return", objectives=[14])
    like = make_published(title="Consular help at sea", objectives=[14, 3])
    make_published(title="Consular help for seasonal workers, elsewhere", objectives=[5])
    page = client.get(f"/en/inputs/{mine.reference}/")
    assert [card["reference"] for card in page.context["related"]] == [like.reference, far.reference]
    submission = Submission.objects.get(pk=like.submission_id)
    operations.take_down(submission, by=submission.reviewer, at=NOW + timedelta(hours=1), reason="Names a person.")
    page = client.get(f"/en/inputs/{mine.reference}/")
    assert [card["reference"] for card in page.context["related"]] == [far.reference]


def test_the_page_costs_the_same_however_many_are_related(client, forum, count_statements):
    mine = make_published(objectives=[14])
    make_published(objectives=[14])

    def look():
        client.get(f"/en/inputs/{mine.reference}/")

    few = count_statements(look)
    for _ in range(8):
        make_published(objectives=[14])
    assert count_statements(look) == few <= 6
