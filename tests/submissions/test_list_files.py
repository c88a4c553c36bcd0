"""A list taken away as a file: exactly what its page shows, read by the programs it is meant for."""

import csv
import io
import re
from datetime import timedelta

import bibtexparser
import pytest
import rispy
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now
from lxml import html
from openpyxl import load_workbook

from submissions import operations
from submissions.list_files import FORMS, file_name, writing
from submissions.models import PublishedInput, Submission
from submissions.open_data.rows import COLUMNS
from submissions.search import finding, listing
from submissions.search.filters import Filters
from submissions.views import list_files
from tests.factories import NOW, make_call, make_organisation, make_published

pytestmark = pytest.mark.django_db
ENDINGS = ["csv", "xlsx", "ris", "bib"]


@pytest.fixture(autouse=True)
def no_file_was_asked_for():
    caches["pages"].clear()


def whole(response):
    assert response.status_code == 200, response.content
    return b"".join(response.streaming_content)


def table(response):
    return list(csv.DictReader(io.StringIO(whole(response).decode("utf-8-sig"))))


def book(response):
    return load_workbook(io.BytesIO(whole(response)))


def references(client, address):
    return [row["reference"] for row in table(client.get(address))]


def of_pages(client, address):
    """References as all pages of the list show them, one after the other."""
    seen, number, join = [], 1, "&" if "?" in address else "?"
    while True:
        page = client.get(f"{address}{join}page={number}")
        seen += [card["reference"] for card in page.context["cards"]]
        if not page.context["page"].has_next():
            return seen
        number += 1


def offered(client, address):
    """The files that a page links to, by their names."""
    links = html.fromstring(client.get(address).content).xpath('//p//a[contains(@href, "/inputs.")]')
    return {link.text: link.get("href") for link in links if "/feeds/" not in link.get("href")}


def publish_many(count):
    organisation, call = make_organisation("Harbour Light"), make_call()
    for number in range(count):
        level = "national" if number % 2 else "global"
        text = "word " * (number % 5 + 1) + f"word{number}"
        title = f"Input {number * 7 % count:02}"
        make_published(organisation=organisation, call=call, title=title, text=text, level=level, objectives=[7])


LISTS = [
    *("/en/inputs/", "/en/inputs/?sort=title&level=national", "/en/inputs/?q=word", "/en/inputs/?q=word&sort=newest"),
    *("/en/inputs/?q=word&sort=title", "/en/objectives/7/?level=global", "/en/forums/2026/inputs/?q=word7"),
    *("/en/forums/2026/round-tables/2/", "/en/countries/KEN/", "/en/inputs/?q=wrod", "/en/inputs/?q=word7+nothingness"),
]


def test_the_file_has_what_all_pages_of_the_list_have_in_their_order(client, forum, monkeypatch):
    for module in (finding, listing):
        monkeypatch.setattr(module, "MOST_RANKED", 25)
    monkeypatch.setattr("submissions.list_files.reading.MOST_RANKED", 25)
    publish_many(32)
    sizes = set()
    for address in LISTS:
        expected = of_pages(client, address)
        sizes.add(len(expected))
        if not expected:
            continue
        caches["pages"].clear()
        assert references(client, offered(client, address)["CSV"]) == expected, address
    assert {32, 16, 1} <= sizes  # several pages, filters, few


def test_each_page_offers_the_four_forms_and_an_empty_one_none(client, forum):
    make_published(title="Wages on time", objectives=[7])
    page = "/ar/objectives/7/?level=national&sort=title"
    assert offered(client, page) == {
        form.name: f"/ar/inputs.{ending}?objective=7&level=national&sort=title" for ending, form in FORMS.items()
    }
    assert offered(client, "/en/inputs/?level=regional") == {}


def test_a_question_with_a_sign_of_a_format_has_its_links_as_any_other(client, forum):
    make_published(title="Half of 63 missions")
    page = client.get("/en/inputs/", {"q": "63 OR 100%s"}).content.decode()
    assert "/en/inputs.csv?q=63+OR+100%25s" in page


def test_what_comes_nearest_is_given_to_who_asks_for_it_and_to_nobody_else(client, forum):
    make_published(title="Consular help", text="consular")
    link = offered(client, "/en/inputs/?q=consullar")["CSV"]
    assert link.endswith("?q=consullar&nearest=1")
    assert len(references(client, link)) == 1
    assert references(client, "/en/inputs.csv?q=consullar") == []
    assert client.get("/en/inputs.csv?q=consullar&nearest=yes").status_code == 400
    for signs in ("-1", "%25", '""', "-consular"):
        assert (
            references(client, f"/en/inputs.csv?q={signs}&nearest=1")
            == references(client, f"/en/inputs.csv?q={signs}")
            == []
        )


def test_a_row_has_codes_and_what_they_are_called_in_the_language_of_the_page(client, forum):
    make_published(title="حماية", language="ar", objectives=[7, 14], countries=["KEN"], level="national")
    english, french = (table(client.get(f"/{language}/inputs.csv"))[0] for language in ("en", "fr"))
    assert [name for name in english if not name.endswith("_label")] == [column.name for column in COLUMNS]
    assert english["reference"] == "IMRF-2026-I-00001"
    assert (english["level"], english["level_label"], french["level_label"]) == ("national", "National", "National")
    assert (english["language"], english["language_label"], french["language_label"]) == ("ar", "Arabic", "Arabe")
    assert (english["countries"], english["countries_label"]) == ("KEN", "Kenya")
    assert english["objectives"] == french["objectives"] == "7; 14"
    assert english["objectives_label"] == "7. O7; 14. O14"
    assert (english["forum"], english["forum_label"]) == ("2026", str(forum))


def test_no_cell_is_a_formula(client, forum):
    titles = ["=HYPERLINK(1)", "+1", "-1", "@SUM(A1)", "＝1+1", " =1"]
    evil = make_organisation("=Evil()")
    for title in titles:
        make_published(title=title, organisation=evil)
    rows = table(client.get("/en/inputs.csv"))
    heads, *lines = book(client.get("/en/inputs.xlsx")).worksheets[0].iter_rows()
    assert len(rows) == len(lines) == len(titles)
    for row, line in zip(rows, lines, strict=True):
        cells = {head.value: cell for head, cell in zip(heads, line, strict=True)}
        for name in ("title", "organisations"):
            assert row[name].startswith("'")
            assert (cells[name].value, cells[name].data_type) == (row[name], "s")


def test_a_workbook_has_the_same_rows_and_says_what_it_is(client, forum):
    make_published(title="Wages on time", objectives=[7])
    rows = table(client.get("/ar/inputs.csv?objective=7"))
    opened = book(client.get("/ar/inputs.xlsx?objective=7"))
    sheet, about = opened.worksheets
    heads, values = [[cell.value for cell in line] for line in sheet.iter_rows()]
    assert heads == list(rows[0])
    assert ["" if value is None else str(value) for value in values] == list(rows[0].values())
    assert isinstance(values[heads.index("words")], int)
    assert sheet.sheet_view.rightToLeft
    said = [cell.value for cell in about["B"]]
    assert "http://testserver/ar/inputs.xlsx?objective=7" in said
    assert not book(client.get("/en/inputs.xlsx")).worksheets[0].sheet_view.rightToLeft


def test_reference_managers_read_the_whole_list(client, forum):
    make_published(title="Wages & {time} 100%", language="en")
    make_published(title="حماية", language="ar")
    expected = of_pages(client, "/en/inputs/")
    assert [entry["id"] for entry in rispy.loads(whole(client.get("/en/inputs.ris")).decode())] == expected
    read = bibtexparser.parse_string(whole(client.get("/en/inputs.bib")).decode())
    assert not read.failed_blocks
    assert [entry.key for entry in read.entries] == expected


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_name_of_the_file_says_forum_filters_day_and_language(client, forum, ending):
    make_published(objectives=[7], level="national")
    response = client.get(f"/fr/inputs.{ending}?forum=2026&objective=7&level=national&q=human+rights")
    named = f"imrf-2026-inputs-human-rights-level-national-objective-7-{now():%Y-%m-%d}-fr.{ending}"
    assert response.headers["Content-Disposition"] == f'attachment; filename="{named}"'
    assert response.headers["Content-Type"] == FORMS[ending].media_type


def test_the_name_of_the_file_is_short_and_plain_whatever_was_asked():
    filters = Filters(q="حماية " * 9, chosen=tuple(("country", f"K{number:02}") for number in range(60)))
    name = file_name(filters, "csv", NOW)
    assert len(name) < 130
    assert re.fullmatch(r"[a-z0-9.-]+", name)
    assert "inputs-words-country-k00" in name


def test_what_the_page_does_not_know_is_refused_by_name(client, forum):
    make_published()
    silly = {"objective": "99", "level": "lokal", "sort": "sideways", "country": "';--", "year": "1"}
    for ending in ENDINGS:
        for name, value in silly.items():
            response = client.get(f"/en/inputs.{ending}", {name: value})
            assert (response.status_code, f"“{value}” is not one of" in response.content.decode()) == (400, True)
        for name in ("page", "nonsense"):
            response = client.get(f"/en/inputs.{ending}", {name: "2"})
            assert (response.status_code, f"“{name}” is not a filter" in response.content.decode()) == (400, True)


def test_it_is_public_and_not_sent_twice_while_nothing_changes(client, forum):
    first, second = make_published(), make_published()
    response = client.get("/en/inputs.csv")
    assert "public" in response.headers["Cache-Control"]
    assert not response.cookies
    tag = {"If-None-Match": response.headers["ETag"]}
    assert client.get("/en/inputs.csv", headers=tag).status_code == 304
    assert client.get("/fr/inputs.csv", headers=tag).status_code == 200
    assert client.get("/en/inputs.csv?level=national", headers=tag).status_code == 200
    submission = Submission.objects.get(pk=second.submission_id)
    operations.take_down(submission, by=submission.reviewer, at=now(), reason="Names a person.")
    again = client.get("/en/inputs.csv", headers=tag)
    assert [row["reference"] for row in table(again)] == [first.reference]


def test_what_is_public_later_is_in_no_file_before(client, forum):
    make_published()
    PublishedInput.objects.update(visible_at=now() + timedelta(hours=1))
    assert references(client, "/en/inputs.csv") == []


@pytest.mark.parametrize("query", ["", "?q=word", "?q=wor*&sort=title&level=national", "?q=wrod&nearest=1"])
def test_it_asks_the_same_of_2_and_of_30_inputs(client, forum, query, monkeypatch):
    monkeypatch.setattr("submissions.list_files.reading.AT_ONCE", 2)

    def asked():
        caches["pages"].clear()
        with CaptureQueriesContext(connection) as statements:
            whole(client.get(f"/en/inputs.csv{query}"))
        return len([one for one in statements if "SAVEPOINT" not in one["sql"]])

    publish_many(2)
    asked()
    few = asked()
    first = Submission.objects.first()
    for number in range(28):
        make_published(title=f"Word {number}", text="word", organisation=first.organisation, call=first.call)
    assert asked() == few <= 14


def test_a_list_that_is_too_long_is_refused_with_a_way_out_and_not_offered(client, forum, monkeypatch):
    make_published(level="national")
    make_published(level="global")
    for ending, form in FORMS.items():
        monkeypatch.setitem(writing.FORMS, ending, writing.Form(form.name, form.media_type, 1, form.make))
    response = client.get("/en/inputs.xlsx")
    assert response.status_code == 400
    assert "more than 1 inputs" in response.content.decode()
    assert offered(client, "/en/inputs/") == {}
    assert '<a href="/en/open-data/">Open data</a>' in client.get("/en/inputs/").content.decode()
    assert len(references(client, "/en/inputs.csv?level=global")) == 1


def test_a_network_may_ask_for_so_many_long_ones_and_who_has_one_asks_on(client, forum, monkeypatch):
    monkeypatch.setattr(list_files, "LONG", 1)
    for _ in range(2):
        make_published(objectives=[7])
    first = client.get("/en/inputs.csv")
    answers = [client.get(f"/{language}/inputs.ris?objective=7").status_code for language in ("ar", "es", "fr", "ru", "en")]
    assert answers == [200] * 5
    refused = client.get("/en/inputs.xlsx")
    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) > 0
    assert "no-store" in refused.headers["Cache-Control"]
    assert "ETag" not in refused.headers
    assert client.get("/en/inputs.csv", headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    assert client.get("/en/inputs.csv?objective=8").status_code == 200  # short
    assert client.get("/en/inputs.xlsx", REMOTE_ADDR="192.0.2.7").status_code == 200


def test_a_signed_in_reader_gets_the_same_and_nobody_keeps_it(client, forum, amina):
    make_published()
    expected = references(client, "/en/inputs.csv")
    client.force_login(amina)
    response = client.get("/en/inputs.csv")
    assert "no-store" in response.headers["Cache-Control"]
    assert [row["reference"] for row in table(response)] == expected


def test_forms_are_not_for_crawlers(client, forum):
    make_published()
    assert "Disallow: /ar/inputs.\n" in client.get("/robots.txt").content.decode()
    assert client.get("/en/inputs.ris").headers["X-Robots-Tag"] == "noindex"


def test_a_new_search_keeps_the_chosen_order_and_not_one_that_nobody_chose(client, forum):
    make_published()

    def hidden(query):
        fields = html.fromstring(client.get(f"/en/inputs/{query}").content).xpath(
            '//form[@role="search"]//input[@name="sort"]'
        )
        return [field.get("value") for field in fields if field.get("type") == "hidden"]

    assert hidden("?sort=title") == ["title"]
    assert hidden("?q=word&sort=newest") == ["newest"]
    assert [hidden(query) for query in ("", "?sort=newest", "?sort=relevance", "?q=word", "?q=word&sort=relevance")] == [
        []
    ] * 5
