"""Sickle and another harvester take everything, by set and by date, over tokens: no more and no less than is public."""

from datetime import timedelta

import pytest
from django.db import transaction

from forums.models import Forum
from submissions import operations, publication
from submissions.models import PublishedInput, Submission
from tests.factories import NOW, make_call, make_forum, make_published, make_submission
from tests.submissions.harvest.conftest import FIRST, stamp_in_order

pytestmark = pytest.mark.django_db
LEVELS = ("local", "national", "regional", "global")
LANGUAGES = ("en", "ar", "zh-hans", "fr")


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker):
    """Eleven public inputs of two forums, two tombstones, and what is not public: once for all tests of the file."""
    with django_db_blocker.unblock(), transaction.atomic():
        _make(make_forum())
        yield
        transaction.set_rollback(True)


@pytest.fixture
def forum(made):
    return Forum.objects.get(slug="2026")


@pytest.fixture
def inputs(db, made, small_pages):
    return list(PublishedInput.objects.order_by("pk"))


def _make(forum):
    calls = [make_call(forum), make_call(make_forum("2022", year=2022, name="First Forum"))]
    for number in range(13):
        fields = {"level": LEVELS[number % 4], "language": LANGUAGES[number % 4], "objectives": [1 + number % 3, 7]}
        fields["regions"] = ["ECA"]
        make_published(call=calls[number % 2], title=f"Input {number}", **fields)
    for row in PublishedInput.objects.order_by("pk")[4:6]:
        take_down(row)
    for status in ("submitted", "accepted", "withdrawn"):
        make_submission(status=status, call=calls[0])
    stamp_in_order()


def take_down(row):
    submission = Submission.objects.get(pk=row.submission_id)
    operations.take_down(submission, by=submission.reviewer, at=NOW + timedelta(hours=1), reason="Names a person.")


def public(**asked):
    return sorted(publication.visible(NOW).filter(**asked).values_list("reference", flat=True))


def taken_down():
    return sorted(publication.entombed(NOW + timedelta(days=1)).values_list("reference", flat=True))


def reference(identifier):
    return identifier.removeprefix("oai:testserver:")


def taken(records):
    """References of what lives and of what was deleted, in the order given."""
    records = list(records)
    alive = [reference(each.header.identifier) for each in records if not each.header.deleted]
    return alive, [reference(each.header.identifier) for each in records if each.header.deleted]


def test_sickle_takes_all_that_is_public_and_every_tombstone_once(sickle, inputs):
    alive, deleted = taken(sickle.ListRecords(metadataPrefix="oai_dc"))
    assert (sorted(alive), sorted(deleted)) == (public(), taken_down())
    assert (len(alive), len(deleted)) == (11, 2)


def test_the_other_harvester_takes_the_same(other_harvester, inputs):
    records = list(other_harvester.listRecords(metadataPrefix="oai_dc"))
    alive = [(reference(header.identifier()), metadata) for header, metadata, _about in records if not header.isDeleted()]
    deleted = [reference(header.identifier()) for header, _metadata, _about in records if header.isDeleted()]
    assert (sorted(name for name, _ in alive), sorted(deleted)) == (public(), taken_down())
    titles = {name: metadata.getField("title") for name, metadata in alive}
    assert titles == {row.reference: [row.title] for row in inputs if row.title}


@pytest.mark.parametrize(
    ("spec", "asked"),
    [
        ("forum:2022", {"forum__slug": "2022"}),
        ("level:regional", {"level": "regional"}),
        ("objective:2", {"objectives__contains": [2]}),
        ("language:zh-hans", {"language": "zh-hans"}),
        ("forum", {}),
        ("objective", {}),
    ],
)
def test_both_take_a_set(sickle, other_harvester, inputs, spec, asked):
    alive, deleted = taken(sickle.ListRecords(metadataPrefix="mods", set=spec))
    assert sorted(alive) == public(**asked)
    assert set(deleted) <= set(taken_down())
    others = other_harvester.listIdentifiers(metadataPrefix="mods", set=spec)
    assert sorted(reference(each.identifier()) for each in others if not each.isDeleted()) == public(**asked)


def test_a_tombstone_is_told_in_the_set_of_each_objective_it_may_have_had(sickle, inputs):
    for number in (1, 2, 3, 7, 23):
        _alive, deleted = taken(sickle.ListRecords(metadataPrefix="oai_dc", set=f"objective:{number}"))
        assert sorted(deleted) == taken_down()


@pytest.mark.parametrize(("first", "last"), [(0, 12), (3, 3), (2, 7), (12, 12)])
def test_both_take_a_span_of_time_both_ends_included(sickle, other_harvester, inputs, first, last):
    ends = [FIRST + timedelta(minutes=minute) for minute in (first, last)]
    since, until = (end.strftime("%Y-%m-%dT%H:%M:%SZ") for end in ends)
    wanted = [row.reference for row in inputs[first : last + 1]]
    found = sickle.ListIdentifiers(metadataPrefix="oai_dc", until=until, **{"from": since})
    assert [reference(each.identifier) for each in found] == wanted
    ends = {"from_": ends[0].replace(tzinfo=None), "until": ends[1].replace(tzinfo=None)}
    others = other_harvester.listIdentifiers(metadataPrefix="oai_dc", **ends)
    assert [reference(each.identifier()) for each in others] == wanted


@pytest.mark.parametrize("prefix", ["oai_dc", "mods"])
def test_both_take_a_span_of_a_set_over_tokens(sickle, other_harvester, inputs, prefix):
    ends = [FIRST + timedelta(minutes=minute) for minute in (1, 11)]
    since, until = (end.strftime("%Y-%m-%dT%H:%M:%SZ") for end in ends)
    rows = [row for row in inputs[1:12] if 7 in row.objectives or row.taken_down_at]
    wanted = [row.reference for row in rows]
    assert len(wanted) == 11  # several pages of tokens
    found = sickle.ListRecords(metadataPrefix=prefix, set="objective:7", until=until, **{"from": since})
    assert [reference(each.header.identifier) for each in found] == wanted
    span = {"from_": ends[0].replace(tzinfo=None), "until": ends[1].replace(tzinfo=None)}
    others = other_harvester.listIdentifiers(metadataPrefix=prefix, set="objective:7", **span)
    assert [reference(each.identifier()) for each in others] == wanted


def test_a_day_is_taken_whole(sickle, inputs):
    stamp_in_order(minutes=6 * 60)  # four a day from nine in the morning: three on the first
    span = {"from": "2026-03-02", "until": "2026-03-02"}
    found = [reference(each.identifier) for each in sickle.ListIdentifiers(metadataPrefix="oai_dc", **span)]
    assert found == [row.reference for row in inputs[3:7]]


def test_one_record_is_given_by_its_identifier(sickle, inputs):
    record = sickle.GetRecord(identifier=f"oai:testserver:{inputs[0].reference}", metadataPrefix="oai_dc")
    assert record.metadata["title"] == ["Input 0"]
    assert record.header.setSpecs == ["forum:2026", "level:local", "objective:1", "objective:7", "language:en"]
    gone = sickle.GetRecord(identifier=f"oai:testserver:{inputs[4].reference}", metadataPrefix="oai_dc")
    assert gone.header.deleted


def test_what_the_portal_is_and_offers(sickle, other_harvester, inputs):
    about = sickle.Identify()
    assert (about.protocolVersion, about.deletedRecord, about.granularity) == ("2.0", "persistent", "YYYY-MM-DDThh:mm:ssZ")
    assert (about.baseURL, about.earliestDatestamp) == ("http://testserver/oai", "2026-03-01T09:00:00Z")
    assert [each.metadataPrefix for each in sickle.ListMetadataFormats()] == ["oai_dc", "mods"]
    specs = [each.setSpec for each in sickle.ListSets()]
    assert {"forum", "forum:2022", "level:global", "objective:23", "language:zh-hans"} <= set(specs)
    assert len(specs) == len(set(specs))
    assert [spec for spec, _name, _description in other_harvester.listSets()] == specs
    assert other_harvester.identify().deletedRecord() == "persistent"


# While others write ------------------------------------------------------------------------------------------------


def test_what_is_published_during_a_harvest_is_neither_skipped_nor_doubled(sickle, inputs):
    records, found = sickle.ListIdentifiers(metadataPrefix="oai_dc"), []
    for number, header in enumerate(records):
        found.append((reference(header.identifier), header.datestamp))
        if number in (1, 4, 8):
            make_published(title=f"Meanwhile {number}", call=inputs[0].submission.call)
    assert sorted(name for name, _ in found) == sorted(public() + taken_down())
    assert len(found) == 16


def test_what_changes_during_a_harvest_comes_again_at_its_new_moment(sickle, inputs):
    found, records = [], iter(sickle.ListRecords(metadataPrefix="oai_dc"))
    for _number in range(3):
        found.append(next(records))
    take_down(inputs[0])
    found.extend(records)
    names = [reference(each.header.identifier) for each in found]
    assert (names.count(inputs[0].reference), names[-1], found[-1].header.deleted) == (2, inputs[0].reference, True)
    assert len(names) == 14


def test_a_token_holds_every_argument(sickle, client, inputs):
    """It is used with nothing else, and goes on within set, span and format."""
    span = {"set": "forum:2026", "from": "2026-03-01T09:02:00Z", "until": "2026-03-01T09:11:00Z"}
    alive, deleted = taken(sickle.ListRecords(metadataPrefix="mods", **span))
    wanted = [row.reference for row in inputs[2:12] if row.forum.slug == "2026"]
    assert sorted(alive + deleted) == wanted


def test_rows_stamped_in_one_moment_are_all_given(sickle, inputs):
    PublishedInput.objects.update(stamp=FIRST)
    assert len(list(sickle.ListIdentifiers(metadataPrefix="oai_dc"))) == 13


def test_a_page_costs_the_same_with_few_and_many(client, inputs, count_statements, monkeypatch):
    from submissions.harvest import selecting

    def ask():
        client.get("/oai", {"verb": "ListRecords", "metadataPrefix": "mods"})

    monkeypatch.setattr(selecting, "A_PAGE", 13)
    ask()
    many = count_statements(ask)
    PublishedInput.objects.filter(pk__gt=inputs[0].pk).update(visible_at=NOW + timedelta(days=9000))
    assert count_statements(ask) == many <= 3
