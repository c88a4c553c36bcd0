"""A statement that was written once asks what its queryset would, whatever the values (forums/kept_statements.py)."""

from datetime import timedelta
from threading import Thread

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from forums.kept_statements import KeptStatement
from forums.models import Forum
from forums.once import FORUMS
from submissions import related
from submissions.models import PublishedInput
from submissions.row_of_page import ROW
from tests.factories import NOW, make_forum, make_published

pytestmark = pytest.mark.django_db
TOLD = {"at": NOW, "key": 7, "title": "It's “100 %” %s \\ OR 1=1; --", "language": "ar"}
STATEMENTS = {
    "forums": (FORUMS, {}),
    "the row of a page": (ROW, {"reference": "IMRF-2026-I-00001", "at": NOW + timedelta(microseconds=1)}),
    "what shares one objective": (related.SHARING, {**TOLD, "objectives": [7]}),
    "what shares several": (related.SHARING, {**TOLD, "objectives": [23, 1, 7, 31_005]}),
    "what is near by": (related.NEAR_BY, {**TOLD, "forum": 1, "level": "local"}),
}


def asked(act):
    with CaptureQueriesContext(connection) as statements:
        act()
    return [statement["sql"] for statement in statements]


@pytest.mark.parametrize("name", STATEMENTS)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_it_is_the_statement_of_its_queryset_at_any_time(name, language):
    statement, values = STATEMENTS[name]
    with translation.override(language):
        for _ in range(2):
            assert asked(lambda: statement.rows(**values)) == asked(lambda: list(statement.queryset(**values)))


def test_rows_are_those_of_the_queryset_with_all_that_stands_beside_them(forum):
    inputs = [make_published(title=title, objectives=[7, 8]) for title in ("Crossings", "Crossing", "Something else")]
    told = {"at": NOW, "key": inputs[0].pk, "title": "CROSSINGS", "language": "en", "objectives": [8]}
    for statement, values in (
        (related.SHARING, told),
        (ROW, {"reference": inputs[1].reference, "at": NOW}),
        (FORUMS, {}),
    ):
        rows, expected = statement.rows(**values), list(statement.queryset(**values))
        assert expected
        assert [facts(row) for row in rows] == [facts(row) for row in expected]
    assert ROW.rows(reference="IMRF-2026-I-09999", at=NOW) == []


def facts(row):
    return {name: value for name, value in vars(row).items() if name != "_state"} | {
        name: facts(thing) for name, thing in row._state.fields_cache.items()
    }


def test_each_question_has_its_own_values(forum):
    statement = KeptStatement(lambda *, slug, years: Forum.objects.filter(slug=slug, year__in=years))
    make_forum("2030", year=2030)
    assert [each.slug for each in statement.rows(slug="2030", years=[2030])] == ["2030"]
    assert statement.rows(slug="2030", years=[2031]) == []
    assert [each.slug for each in statement.rows(slug="2030", years=[2026, 2030])] == ["2030"]
    assert [each.slug for each in statement.rows(slug=forum.slug, years=[forum.year])] == [forum.slug]


def test_a_value_that_a_queryset_changes_is_refused():
    statement = KeptStatement(lambda *, word: PublishedInput.objects.filter(title__contains=word))
    with pytest.raises(ValueError, match="word"):
        statement.rows(word="x")


@pytest.mark.django_db(transaction=True)
def test_each_thread_asks_through_its_own_connection():
    make_forum()
    FORUMS.rows()
    seen = []

    def ask():
        seen.append((asked(FORUMS.rows), connection.connection))
        connection.close()

    thread = Thread(target=ask)
    thread.start()
    thread.join()
    [(statements, other)] = seen
    assert len(statements) == 1
    assert other is not connection.connection
