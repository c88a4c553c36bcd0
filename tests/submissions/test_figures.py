"""Public figures: what is public and what is counted only, nothing else; drawn, said and given as tables alike."""

import csv
import re
import time
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from pathlib import Path

import html5lib
import pytest
from django.contrib.staticfiles.finders import find
from django.core.cache import caches
from django.utils.timezone import now

from forums.models import Country
from submissions import operations
from submissions.coverage import counting as desk
from submissions.figures import charts, drawing
from submissions.figures.counting import count, numbers
from submissions.models import PublishedInput, Submission
from submissions.search.vocabulary import vocabulary
from tests.factories import (
    NOW,
    PATHS,
    make_call,
    make_draft,
    make_forum,
    make_organisation,
    make_published,
    make_submission,
    make_user,
)
from tests.kept import kept

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=1)
FIGURES = "/en/forums/2026/figures/"


@pytest.fixture(autouse=True)
def nothing_kept():
    caches["pages"].clear()


def as_wished(publish_as, *, organisation=None, **fields):
    """An accepted input whose author lets it be counted only, or read by the desk only."""
    by = make_user()
    organisation = organisation or make_organisation("zqfigures", focal_point=by)
    if not organisation.memberships.filter(user=by).exists():
        organisation.memberships.create(user=by, role="focal_point", asked_at=NOW, since=NOW)
    draft = make_draft(organisation=organisation, by=by, title="zqtitle", **fields)
    draft = operations.choose_publicity(draft, by=by, at=NOW, edition=draft.edition, publish_as=publish_as)
    operations.submit(draft, by=by, at=NOW)
    submission = Submission.objects.get(pk=draft.pk)
    for act in PATHS["accepted"]:
        act(submission, make_user(staff=True), NOW)
    return submission


@pytest.fixture
def here(db):
    return kept(make_here)


def make_here():
    """Three that are shown, one that is counted only; and one each of everything that is counted nowhere."""
    forum = make_forum()
    nhri = make_organisation("Rights Office", kind="nhri")
    make_published(organisation=nhri, level="national", countries=["KEN"], objectives=[7, 14])
    make_published(organisation=nhri, level="regional", countries=[], regions=["ECA"], objectives=[7], language="fr")
    make_published(
        organisation=make_organisation("Nepal", kind="member_state", country=Country.objects.get(pk="NPL")),
        level="national",
        countries=["NPL", "KEN"],
        objectives=[3],
    )
    as_wished("statistics", level="local", countries=["NPL"], objectives=[5])
    as_wished("desk", level="global", objectives=[1])
    for status in Submission.Status.values:
        if status != "published":
            make_submission(status=status, level="global", objectives=[1])
    embargoed = make_submission(status="accepted", level="global", objectives=[1])
    operations.publish(embargoed, by=embargoed.reviewer, at=NOW, visible_at=datetime(2090, 1, 1, tzinfo=UTC))
    down = make_published(level="global", objectives=[1]).submission
    operations.take_down(down, by=down.reviewer, at=NOW, reason="Names a person.")
    return forum


def both(found, name):
    return dict(found.figures[name])


def test_what_is_public_is_counted_and_what_is_counted_only_beside_it(here):
    found = count(LATER, here)
    assert found.pair("total") == (3, 1)
    assert both(found, "level") == {"national": (2, 0), "regional": (1, 0), "local": (0, 1)}
    assert both(found, "kind") == {"nhri": (2, 0), "member_state": (1, 0), "civil_society": (0, 1)}
    assert both(found, "language") == {"en": (2, 1), "fr": (1, 0)}
    assert both(found, "objective") == {"7": (2, 0), "14": (1, 0), "3": (1, 0), "5": (0, 1)}
    assert both(found, "country") == {"KEN": (2, 0), "NPL": (1, 1)}
    assert found.pair("organisations") == (3, 0)


def test_an_input_counts_in_the_regions_it_names_else_in_those_of_its_countries(here):
    assert both(count(LATER, here), "region") == {"ECA": (3, 0)}  # Nepal has none in these tests


def test_what_is_counted_only_stands_in_no_crossing(here):
    found = count(LATER, here)
    assert found.crossed["level"] == {
        ("7", "national"): 1,
        ("14", "national"): 1,
        ("7", "regional"): 1,
        ("3", "national"): 1,
    }
    assert found.crossed["kind"] == {("7", "nhri"): 2, ("14", "nhri"): 1, ("3", "member_state"): 1}
    assert found.crossed["region"] == {("7", "ECA"): 2, ("14", "ECA"): 1, ("3", "ECA"): 1}


def test_an_input_of_two_countries_of_one_region_counts_once_in_it(forum):
    Country.objects.get(pk="NPL").regions.add("ECA")
    make_published(countries=["KEN", "NPL"], objectives=[3])
    found = count(LATER, forum)
    assert (both(found, "region"), found.crossed["region"]) == ({"ECA": (1, 0)}, {("3", "ECA"): 1})


@pytest.mark.parametrize("across", ["region", "level", "kind"])
def test_where_everything_is_published_the_public_and_the_desk_count_the_same(forum, across):
    make_published(countries=["KEN", "NPL"], objectives=[3, 4])
    make_published(
        level="regional", countries=[], regions=["ECA"], objectives=[4], organisation=make_organisation(kind="nhri")
    )
    words = vocabulary([forum], forum=forum)
    table = desk.table(desk.Scope(forum), make_user(staff=True, roles=["editor"]), words, across)
    assert desk.laid_out(across, count(LATER, forum).crossed[across], words) == table


def test_each_forum_has_its_own_and_all_together_theirs(forum):
    make_published(objectives=[1])
    other = make_forum("2022", year=2022, first_day=date(2022, 5, 17), last_day=date(2022, 5, 20), name="First forum")
    make_published(call=make_call(other), objectives=[2])
    assert (count(LATER, forum).total, count(LATER, other).total, count(LATER).total) == (1, 1, 2)
    assert both(count(LATER), "forum") == {str(forum.pk): (1, 0), str(other.pk): (1, 0)}


def test_who_gave_an_input_to_an_earlier_forum_is_no_newcomer(forum):
    earlier = make_forum("2022", year=2022, first_day=date(2022, 5, 17), last_day=date(2022, 5, 20))
    invented = make_forum("demo", first_day=date(2020, 1, 1), last_day=date(2020, 1, 2), demonstration=True)
    known, fresh, other = (make_organisation() for _ in range(3))
    make_published(organisation=known, call=make_call(earlier))
    make_published(organisation=other, call=make_call(invented))
    for body in (known, fresh, fresh, other):
        make_published(organisation=body, call=make_call(forum))
    assert both(count(LATER, forum), "newcomers") == {str(forum.pk): (2, 1)}
    assert both(count(LATER), "newcomers")[str(earlier.pk)] == (1, 0)


def test_least_developed_countries_are_counted_once_each(here):
    found = count(LATER, here)
    assert both(found, "ldc") == {"states": (1, 0), "organisations": (1, 1), "about": (1, 1)}
    make_published(countries=["NPL"])
    assert both(count(LATER, here), "ldc")["about"] == (1, 1)


def test_weeks_are_those_of_the_city_of_the_forum(forum):
    for at in ("2026-01-19T04:59:59+00:00", "2026-01-19T05:00:00+00:00", "2026-02-03T12:00:00+00:00"):
        published = make_published()
        PublishedInput.objects.filter(pk=published.pk).update(received_at=datetime.fromisoformat(at))
    grown = charts.growth(count(LATER, forum))
    assert grown.points == (
        (date(2026, 1, 12), 1, 1),
        (date(2026, 1, 19), 1, 2),
        (date(2026, 1, 26), 0, 2),
        (date(2026, 2, 2), 1, 3),
    )
    monthly = charts.growth(count(LATER), monthly=True)
    assert monthly.points == ((date(2026, 1, 1), 2, 2), (date(2026, 2, 1), 1, 3))


def page(client, address, status=200):
    answer = client.get(address)
    assert answer.status_code == status
    return " ".join(answer.content.decode().split())


PAGES = ("/en/figures/", FIGURES, "/en/figures/coverage/", f"{FIGURES}coverage/?across=kind")
FILES = ("level", "region", "kind", "objective", "language", "time", "organisations", "least-developed")
FILES += ("coverage-region", "coverage-level", "coverage-kind")


def test_who_is_counted_only_is_named_nowhere(client, here):
    for address in (*PAGES, *(f"{FIGURES}{name}.csv" for name in FILES)):
        assert "zq" not in page(client, address), address


def test_the_page_says_how_many_are_counted_only(client, here):
    text = page(client, FIGURES)
    assert "1 of them is counted here and shown nowhere, as its authors wished." in text
    assert "counted only are not in this table" in page(client, f"{FIGURES}coverage/")
    Submission.objects.filter(publish_as="statistics").update(publish_as="desk")
    caches["pages"].clear()
    assert "shown nowhere" not in page(client, FIGURES)


@pytest.mark.parametrize("address", PAGES)
def test_every_picture_has_a_title_a_description_and_its_table_beside_it(client, here, address):
    tree = html5lib.parse(client.get(address).content.decode(), namespaceHTMLElements=False)
    pictures = [one for one in tree.iter("{http://www.w3.org/2000/svg}svg") if one.get("role") == "img"]
    pictures += [one for one in tree.iter("svg") if one.get("role") == "img"]
    assert pictures
    ids = {one.get("id"): "".join(one.itertext()) for one in tree.iter() if one.get("id")}
    for picture in pictures:
        title, described = picture.get("aria-labelledby").split()
        assert ids[title].strip()
        assert ids[described].strip().endswith((".", "yet."))
    assert len(tree.findall(".//main//table")) == len(pictures)


def test_lines_lead_to_the_inputs_they_count(client, here):
    text = page(client, FIGURES)
    for query, total in (("level=national", 2), ("kind=nhri", 2), ("objective=7", 2), ("language=fr", 1)):
        assert f'href="/en/forums/2026/inputs/?{query}"' in text
        assert client.get(f"/en/forums/2026/inputs/?{query}").context["total"] == total
    assert 'href="/en/regions/ECA/"' in text


def test_nothing_to_count_is_said(client, forum):
    for address in PAGES:
        page(client, address)
    assert page(client, FIGURES).count("There is nothing to count yet.") >= 6


def test_an_unknown_forum_table_or_file_is_refused(client, forum):
    page(client, "/en/forums/1815/figures/", 404)
    page(client, f"{FIGURES}nonsense.csv", 404)
    page(client, f"{FIGURES}coverage-nonsense.csv", 404)
    assert "There is no such table." in page(client, f"{FIGURES}coverage/?across=nonsense", 400)


def test_the_name_of_the_announcement_leads_to_the_page(client, forum):
    answer = client.get("/en/forums/2026/statistics/")
    assert (answer.status_code, answer.headers["Location"]) == (301, FIGURES)


@pytest.mark.parametrize("name", FILES)
def test_each_figure_is_a_file_with_codes_forum_day_and_licence(client, here, name):
    answer = client.get(f"{FIGURES}{name}.csv")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert re.search(rf'filename="imrf-2026-figures-{name}-\d{{4}}-\d\d-\d\d-en.csv"', answer.headers["Content-Disposition"])
    assert 'rel="license"' in answer.headers["Link"]
    head, *rows = csv.reader(StringIO(answer.content.decode("utf-8-sig")))
    assert head[-3:] == ["forum", "counted_on", "licence"]
    assert rows
    assert {(row[-3], row[-1]) for row in rows} == {("2026", "CC0-1.0")}


def test_a_file_has_the_numbers_of_the_picture(client, here):
    text = client.get(f"{FIGURES}level.csv").content.decode("utf-8-sig")
    rows = {row["code"]: (row["label"], row["inputs"]) for row in csv.DictReader(StringIO(text))}
    assert rows == {
        "local": ("Local", "1"),
        "national": ("National", "2"),
        "regional": ("Regional", "1"),
        "global": ("Global", "0"),
    }
    text = client.get(f"{FIGURES}coverage-level.csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(StringIO(text)))
    assert len(rows) == 23 * 4
    assert sum(int(row["inputs"]) for row in rows) == 4


def test_no_spreadsheet_calculates_a_name(client, forum):
    forum.name = '=HYPERLINK("https://example.org")'
    forum.save()
    make_published()
    text = client.get("/en/figures/forum.csv").content.decode("utf-8-sig")
    (row,) = csv.DictReader(StringIO(text))
    assert row["label"].startswith("'=")


def test_the_pages_ask_the_same_with_few_and_with_many_inputs(client, count_statements, forum):
    def again(address):
        caches["pages"].clear()
        client.get(address)

    def asked():
        return {address: count_statements(lambda address=address: again(address)) for address in PAGES}

    make_published()
    asked()
    few = asked()
    for _ in range(6):
        make_published(organisation=make_organisation(kind="nhri"))
    assert asked() == few
    assert max(few.values()) <= 8


def test_what_is_kept_is_not_counted_again_until_something_is_published(count_statements, forum):
    make_published()
    first = numbers(LATER, forum)
    assert count_statements(lambda: numbers(LATER, forum)) == 1
    make_published(at=NOW + timedelta(hours=1))
    assert (first.total, numbers(LATER, forum).total) == (1, 2)


def test_from_a_take_down_or_a_date_that_came_the_figures_are_others_at_once(client, forum):
    published = make_published()
    submission = make_submission(status="accepted")
    operations.publish(submission, by=submission.reviewer, at=NOW, visible_at=now() + timedelta(seconds=3))
    assert client.get(FIGURES).context["facts"]["inputs"] == 1
    time.sleep(3)
    assert client.get(FIGURES).context["facts"]["inputs"] == 2
    operations.take_down(published.submission, by=published.submission.reviewer, at=now(), reason="Names a person.")
    assert client.get(FIGURES).context["facts"]["inputs"] == 1


@pytest.mark.parametrize("address", [*PAGES, f"{FIGURES}level.csv"])
def test_who_has_the_page_gets_304_until_a_number_changes(client, forum, address):
    make_published()
    first = client.get(address)
    assert (list(first.cookies), first.headers["Cache-Control"]) == ([], "public, max-age=60, s-maxage=1")
    again = {"headers": {"if-none-match": first.headers["ETag"]}}
    assert client.get(address, **again).status_code == 304
    make_published()
    assert client.get(address, **again).status_code == 200


def make_many():
    for number in range(24):
        kind = list(dict(Submission._meta.get_field("organisation").related_model._meta.get_field("kind").choices))[
            number % 16
        ]
        make_published(organisation=make_organisation(kind=kind), objectives=[number % 23 + 1, (number + 9) % 23 + 1])


@pytest.mark.parametrize("language", ["en", "ar", "ru"])
def test_a_full_page_is_light_with_its_style_sheets(client, db, language):
    kept(make_many)
    sheets = sum(Path(find(f"css/{name}.css")).stat().st_size for name in ("portal", "figures"))
    for address in (
        f"/{language}/figures/",
        f"/{language}/forums/2026/figures/",
        f"/{language}/figures/coverage/?across=kind",
    ):
        answer = client.get(address)
        assert len(answer.content) + sheets < 100_000
        assert "style=" not in answer.content.decode()


def test_from_right_to_left_everything_begins_at_the_right():
    lines = (charts.Line("a", "A", 4), charts.Line("b", "B", 1, 1))
    chart = charts.Chart("level", "By level", "", "Inputs", lines)
    plain, mirrored = drawing.bars(chart), drawing.bars(chart, mirrored=True)
    assert plain.bars[0].parts == ((0, 84.0, "first"),)
    assert mirrored.bars[0].parts == ((16.0, 84.0, "first"),)
    assert plain.bars[1].parts == ((0, 21.0, "first"), (21.0, 21.0, "second"))
    assert mirrored.bars[1].parts == ((79.0, 21.0, "first"), (58.0, 21.0, "second"))
    assert (plain.edge, mirrored.edge, mirrored.bars[0].number_x) == (0, 100, 16.0)
    grown = charts.Growth("Over time", "", ((date(2026, 1, 5), 1, 1), (date(2026, 1, 12), 1, 2)))
    assert drawing.steps(grown).line == "M0 1000L0 500L500 500L500 0L1000 0"
    assert drawing.steps(grown, mirrored=True).line == "M1000 1000L1000 500L500 500L500 0L0 0"
    assert [tick.at for tick in drawing.steps(grown, mirrored=True).times] == [100, 0]


@pytest.mark.parametrize("language", ["fr", "ru", "es"])
def test_places_on_a_sheet_are_written_with_a_point_in_every_language(client, here, language):
    assert not re.search(r'(?:x|width)="\d+,\d+', client.get(f"/{language}/forums/2026/figures/").content.decode())


def test_bars_never_leave_the_sheet_and_the_longest_is_the_most():
    numbers = [0, 1, 3, 3000, 7]
    chart = charts.Chart("kind", "", "", "", tuple(charts.Line(str(n), str(n), n) for n in numbers))
    for mirrored in (False, True):
        drawn = drawing.bars(chart, mirrored=mirrored)
        widths = [sum(width for _x, width, _part in bar.parts) for bar in drawn.bars]
        assert max(widths) == widths[3] == drawing.ROOM
        assert all(0 <= x <= x + width <= 100.01 for bar in drawn.bars for x, width, _part in bar.parts)
