"""What one function writes of a row (forums/written_rows.py) is what its serializer says of it, field by field."""

from datetime import UTC, datetime

import pytest
from django.db.models import F
from django.test import override_settings
from rest_framework import serializers

from forums.written_rows import Writer
from submissions.models import PublishedInput
from submissions.serializers import InputSerializer
from tests.factories import NOW, make_organisation, make_published, make_standing

pytestmark = pytest.mark.django_db
INPUTS = "/api/v1/inputs/"
BODY = {"organisation": None, "language": "und", "on_behalf": False, "admitted": True, "slug": "b"}
TOLD = {"title": "Ciel", "summary": "Été", "origin": "machine", "checked": False, "outdated": True, "kept_inside": "never"}
KINDS = {
    "as it was made": {},
    "joint": {"co_sponsors": [{**BODY, "name": "Zürich"}, {**BODY, "name": "Aden", "admitted": False, "slug": ""}]},
    "on behalf": {"co_sponsors": [{**BODY, "name": "Bern", "on_behalf": True}, {**BODY, "name": "Älv"}]},
    "translated": {"translations": {"fr": TOLD, "zh-hans": {**TOLD, "title": "天"}}},
    "corrected": {"corrected_at": datetime(2026, 2, 3, 4, 5, 6, 789, UTC), "symbol": "IMRF-2026-I-00001/Corr.1"},
    "recorded": {
        "recorded_by_desk": True,
        "source_url": "https://e.org/?a=1&b=2",
        "source_title": "“T”",
        "source_seen": "2020",
    },
    "described": {"title_is_described": True, "title": "<b>هجرة</b> & more", "language": "ar", "excerpt": ""},
    "of nowhere": {"objectives": [], "round_tables": [], "countries": [], "regions": ["africa", "asia"], "level": "global"},
    "of a call without names": {"call_name": {}, "basis": "", "words": 0, "files": 3},
}


def rows_of(writer):
    inputs = PublishedInput.objects.newest_first().annotate(version_number=F("version__number"))
    return writer.rows(inputs.values_list(*writer.columns, named=True))


def said(**fields):
    inputs = PublishedInput.objects.newest_first().annotate(version_number=F("version__number"))
    return [dict(row) for row in InputSerializer(inputs, many=True).data]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("zone", ["UTC", "Asia/Kathmandu"])
def test_a_row_is_written_as_its_serializer_says_it(forum, kind, zone):
    organisation = make_organisation("Harbour Light")
    make_standing(organisation, forum)
    published = make_published(organisation=organisation)
    PublishedInput.objects.filter(pk=published.pk).update(**KINDS[kind])
    with override_settings(TIME_ZONE=zone):
        [written], [expected] = rows_of(Writer(InputSerializer())), said()
    assert written == expected
    assert [*written] == [*expected]
    assert [*map(type, written.values())] == [*map(type, plain(expected).values())]


def plain(row):
    return {name: dict(value) if isinstance(value, dict) else value for name, value in row.items()}


@pytest.mark.parametrize("name", InputSerializer().fields)
def test_any_field_alone_is_the_same(client, forum, name):
    make_published()
    [whole] = client.get(INPUTS).json()["results"]
    assert client.get(f"{INPUTS}?fields={name}").json()["results"] == [{name: whole[name]}]


def test_only_columns_that_are_shown_are_read(client, forum, django_assert_num_queries):
    make_published()
    for asked, unread in (
        ("", ("vector", "in_regions", "received_in", "taken_down_because", '"stamp"')),
        ("title", ("excerpt", "forums_forum")),
    ):
        with django_assert_num_queries(2) as statements:
            assert client.get(f"{INPUTS}?fields={asked}").status_code == 200
        selected = statements[-1]["sql"].partition(" FROM ")[0]
        assert not [column for column in unread if column in selected]


def test_what_a_serializer_does_not_name_is_not_written(forum):
    class Short(serializers.Serializer):
        title = serializers.CharField()
        secret = serializers.CharField(write_only=True)

    make_published(title="Said", at=NOW)
    assert rows_of(Writer(Short())) == [{"title": "Said"}]
