"""What public pages ask of PostgreSQL, watched without a stopwatch: no page takes all inputs, no search reads every text."""

from itertools import pairwise, product

import pytest
from django.db import connection
from django.db.models import Q, Value

from submissions import publication
from submissions.models import PublishedInput
from submissions.search.querying import by_index
from tests.bench.growing import grow
from tests.factories import make_published

pytestmark = pytest.mark.django_db
TABLE, SEARCHED = "submissions_publishedinput", "submissions_findable"
ROWS = 70  # more than any page shows
MOST = 51  # a page of the API and the one behind it
LISTS = [
    "/en/",
    "/en/inputs/",
    "/en/inputs/?page=2",
    "/en/inputs/?level=national&objective=14",
    "/en/inputs/?q=missions",
    "/en/inputs/?q=missions&sort=newest&level=national",
    "/en/inputs/?q=misions",
    "/en/inputs/?sort=title",
    "/en/inputs/?sort=organisation",
    "/en/inputs/{reference}/",
    "/en/organisations/{organisation}/",
    "/en/objectives/14/",
    "/en/forums/2026/inputs/",
    "/en/forums/2026/round-tables/2/",
    "/en/embed/inputs/",
    "/feeds/inputs.atom",
    "/api/v1/inputs/",
    "/api/v1/inputs/?q=missions&level=national",
    "/api/v1/organisations/",
]
ORDERS = ["relevance", "newest", "title"]
WORDS = ["beacons", "lit beacons", '"beacons were"', "beacons -wages", "beacon", "zaq7"]


@pytest.fixture
def many(forum, ravi):
    """Inputs of one organisation, so that its own page has as many."""
    first = make_published(title="Crossing", text="Nine missions answer in four languages.")
    grow(forum, ROWS, [ravi.pk])
    return first


def asked_by(act):
    """Statements about published inputs that an act sends, with their parameters and the number of rows that came back."""
    found = []

    def note(execute, sql, params, many, context):
        result = execute(sql, params, many, context)
        if TABLE in sql or SEARCHED in sql:
            found.append((sql, params, context["cursor"].rowcount))
        return result

    with connection.execute_wrapper(note):
        act()
    return found


@pytest.mark.parametrize("address", LISTS)
def test_no_page_takes_more_rows_of_inputs_than_it_shows(client, many, address):
    address = address.format(reference=many.reference, organisation=many.organisation_slug)
    asked = asked_by(lambda: client.get(address))
    assert asked
    assert [(rows, sql[:300]) for sql, _params, rows in asked if rows > MOST] == []


def test_the_check_of_rows_can_fail(many):
    [(_sql, _params, rows)] = asked_by(lambda: list(PublishedInput.objects.values("pk")))
    assert rows == ROWS > MOST


def plan_of(sql, params):
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {sql}", params)
        return [line for (line,) in cursor.fetchall()]


def reads_row_by_row(plan):
    """Scans that compare the vector of each row with the question, not of those alone that an index gave."""
    scans, found = [line for line in plan if "Scan" in line or ("Filter:" in line and "vector @@" in line)], []
    for scan, line in pairwise(scans):
        if "Filter:" in line and "Bitmap Heap Scan" not in scan:
            found.append(f"{scan}: {line}")
    return found


def test_a_search_goes_by_the_index_of_words(client, forum, ravi):
    """With so many that PostgreSQL has a choice; a word stands in at most a fifth of them."""
    make_published(title="Crossing", text="The beacons were lit all night.")
    for number in range(4):
        make_published(title=f"Corridor {number}", text="Seasonal wages were paid in time at every border post.")
    grow(forum, 3000, [ravi.pk])
    with connection.cursor() as cursor:
        cursor.execute("SELECT gin_clean_pending_list('findable_by_words')")  # what a vacuum does before a reader comes
        cursor.execute(f"ANALYZE {TABLE}, {SEARCHED}")
    wrong = {}
    for words, order in product(WORDS, ORDERS):
        asked = asked_by(lambda words=words, order=order: client.get("/en/inputs/", {"q": words, "sort": order}))
        searching = [(sql, params) for sql, params, _rows in asked if "@@" in sql]
        assert searching
        for sql, params in searching:
            with by_index():  # as the page asks it
                plan = plan_of(sql, params)
            if reads_row_by_row(plan) or not any("findable_by_words" in line for line in plan):
                wrong[words, order] = "\n".join(plan)
    assert not wrong, "\n\n".join(wrong.values())


def indexes_of_counting(condition):
    """Which indexes answer how many there are, where PostgreSQL takes one whenever it can."""
    counted = PublishedInput.objects.filter(condition).order_by().values(one=Value(1))
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off")
    return " ".join(plan_of(*counted.query.sql_with_params()))


def test_inputs_of_an_organisation_are_counted_by_indexes_of_leads_and_of_co_sponsors(many):
    keys = [many.organisation_id]
    assert "published_by_co_sponsor" in indexes_of_counting(publication.of_organisations(keys))
    said_plainly = Q(organisation__in=keys) | Q(co_sponsor_keys__overlap=keys)  # as it was: each row was read
    assert "published_by_co_sponsor" not in indexes_of_counting(said_plainly)


def test_the_check_of_plans_can_fail(many):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_bitmapscan = off")
    plan = plan_of(f"SELECT published_id FROM {SEARCHED} WHERE vector @@ to_tsquery('missions')", [])
    assert reads_row_by_row(plan)
