"""Everything by two harvesters at 5,000 inputs and with pages as they are: each set, each day, each token, both formats.

`pytest tests/submissions/harvest/test_a_whole_harvest.py -m soak -s` prints how many records were taken.
"""

from collections import Counter
from datetime import timedelta

import pytest
from django.db import connection, transaction

from submissions.harvest.sets import condition, every_set
from submissions.models import PublishedInput
from submissions.operations.publishing import entomb
from tests.bench.growing import grow
from tests.factories import NOW, make_forum, make_user
from tests.submissions.harvest.conftest import FIRST
from tests.submissions.relevance.texts import store

pytestmark = [pytest.mark.soak, pytest.mark.django_db]
SIZE, GONE = 5_000, 20
FORMATS = ("oai_dc", "mods")


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker):
    """Made once for the file: inputs in six languages that changed a minute after each other, and tombstones among them."""
    with django_db_blocker.unblock(), transaction.atomic():
        forum = make_forum()
        store()
        grow(forum, SIZE, [make_user().pk])
        for row in PublishedInput.objects.select_related("submission").order_by("pk")[:: SIZE // GONE][:GONE]:
            entomb(row.submission, at=NOW, because="Names a person.")
        with connection.cursor() as cursor:
            cursor.execute(ONE_A_MINUTE, [FIRST])
            cursor.execute("ANALYZE submissions_publishedinput")
        yield
        transaction.set_rollback(True)


ONE_A_MINUTE = """
UPDATE submissions_publishedinput row SET stamp = %s::timestamptz + number * interval '1 minute'
FROM (SELECT id, row_number() OVER (ORDER BY id) - 1 AS number FROM submissions_publishedinput) named WHERE named.id = row.id
"""


@pytest.fixture
def there(db, made):
    """All that is told, in the order in which it changed."""
    rows = list(PublishedInput.objects.order_by("stamp").values_list("reference", "stamp", "taken_down_at"))
    assert len(rows) >= SIZE
    assert sum(gone is not None for *_other, gone in rows) == GONE
    return rows


def by_sickle(sickle, prefix, **asked):
    """Reference and whether it was deleted, of each record, in the order given."""
    return [(name(each.header.identifier), each.header.deleted) for each in records_of(sickle, prefix, asked)]


def records_of(sickle, prefix, asked):
    from sickle.oaiexceptions import NoRecordsMatch

    try:
        yield from sickle.ListRecords(metadataPrefix=prefix, **asked)
    except NoRecordsMatch:
        return


def by_the_other(other, prefix, **asked):
    from oaipmh.error import NoRecordsMatchError

    try:
        found = other.listIdentifiers(metadataPrefix=prefix, **asked)
        return [(name(each.identifier()), each.isDeleted()) for each in found]
    except NoRecordsMatchError:
        return []


def name(identifier):
    return identifier.removeprefix("oai:testserver:")


def told(rows):
    return [(reference, gone is not None) for reference, _stamp, gone in rows]


@pytest.mark.parametrize("prefix", FORMATS)
def test_both_take_everything_once_in_its_order(sickle, other_harvester, there, prefix):
    taken = by_sickle(sickle, prefix)
    print(f"\n{prefix}: {len(taken)} records over {-(-len(taken) // 100)} pages")  # noqa: T201
    assert taken == told(there)
    assert by_the_other(other_harvester, prefix) == told(there)


@pytest.mark.parametrize("prefix", FORMATS)
def test_both_take_each_set_and_the_sets_make_the_whole(sickle, other_harvester, there, prefix):
    parts = Counter()
    for spec, _name in every_set():
        rows = PublishedInput.objects.filter(condition(spec)).order_by("stamp")
        wanted = told(rows.values_list("reference", "stamp", "taken_down_at"))
        assert by_sickle(sickle, prefix, set=spec) == wanted, spec
        assert by_the_other(other_harvester, prefix, set=spec) == wanted, spec
        parts[spec.partition(":")[0], ":" in spec] += len(wanted)
    print(f"\n{prefix}: {sum(parts.values())} records of {len(every_set())} sets")  # noqa: T201
    for heading in ("forum", "level", "language"):
        assert parts[heading, True] == parts[heading, False] == len(there)


@pytest.mark.parametrize("prefix", FORMATS)
def test_days_and_hours_make_the_whole(sickle, other_harvester, there, prefix):
    """Each day by itself; and spans that begin where the last one ended, both ends included."""
    days = sorted({stamp.date() for _reference, stamp, _gone in there})
    taken = [each for day in days for each in by_sickle(sickle, prefix, **{"from": str(day), "until": str(day)})]
    assert taken == told(there)
    taken, begun = [], FIRST
    while begun <= there[-1][1]:
        ended = begun + timedelta(hours=7, seconds=-1)
        taken += by_the_other(other_harvester, prefix, from_=begun.replace(tzinfo=None), until=ended.replace(tzinfo=None))
        begun = ended + timedelta(seconds=1)
    assert taken == told(there)


def test_control_a_row_that_is_passed_over_is_seen(sickle, there, monkeypatch):
    from submissions.harvest import selecting

    honest = selecting.page_of
    monkeypatch.setattr(selecting, "page_of", lambda place, **more: honest(place, **more)[: selecting.A_PAGE])
    assert by_sickle(sickle, "oai_dc") != told(there)
