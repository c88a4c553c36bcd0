"""A statement that was written once asks what its queryset would, whatever the values (forums/kept_statements.py)."""

from datetime import timedelta
from threading import Thread
from uuid import UUID

import pytest
from django.contrib.auth.models import Group
from django.db import connection, transaction
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from accreditation import permissions, session_store
from accreditation.models import User, user
from forums.kept_statements import KeptStatement
from forums.models import Forum
from forums.once import FORUMS
from submissions import public_columns, related
from submissions.beside_the_row import ALL, TO_CHECK, TO_SAVE
from submissions.models import PublishedInput
from submissions.operations import drafting, receiving
from submissions.row_of_page import ROW
from submissions.views import drafts, organisations, own
from tests.factories import NOW, make_forum, make_published

pytestmark = pytest.mark.django_db
TOLD = {"at": NOW, "key": 7, "title": "It's “100 %” %s \\ OR 1=1; --", "language": "ar"}
KEY = UUID("12345678-0000-4000-8000-00000000abcd")
STATEMENTS = {
    "a session": (session_store.SESSION, {"key": "a"}),
    "a person": (user.BY_KEY, {"key": 3}),
    "for whom one writes": (permissions.WRITTEN_FOR, {"person": 3}),
    "a call to write to": (drafts.CALL, {"forum": "2026", "slug": "inputs"}),
    "a draft that was begun": (drafting.BEGUN, {"key": KEY, "person": 3}),
    "a draft that is held": (drafting.HELD, {"pk": KEY}),
    "an input that is held": (receiving.HELD, {"pk": KEY}),
    "one's own input": (own._by_key((), ALL), {"pk": KEY, "person": 3}),
    "one's own input to save": (own._by_key(own.SAVED, TO_SAVE), {"pk": KEY, "person": 3}),
    "a change that was sent": (own._by_key_of_change((), TO_CHECK), {"pk": KEY, "person": 3}),
    "round tables": (public_columns.ROUND_TABLES, {"forum": 1, "objectives": [7, 8]}),
    "forums": (FORUMS, {}),
    "an organisation": (organisations.ORGANISATION, {"slug": "light", "at": NOW}),
    "its standings": (organisations.STANDINGS, {"organisation": 3}),
    "its latest inputs": (organisations.LATEST_OF, {"organisations": [3], "at": NOW}),
    "how many inputs it has": (organisations.NUMBER_OF, {"organisations": [3], "at": NOW}),
    "the row of a page": (ROW, {"reference": "IMRF-2026-I-00001", "at": NOW + timedelta(microseconds=1)}),
    "what was found related": (related.THESE, {"at": NOW, "keys": [9, 7, 31_005], "version": 12}),
    "what shares one objective": (related.SHARING, {**TOLD, "objectives": [7]}),
    "what shares several": (related.SHARING, {**TOLD, "objectives": [23, 1, 7, 31_005]}),
    "what is near by": (related.NEAR_BY, {**TOLD, "forum": 1, "level": "local"}),
}


@pytest.fixture(autouse=True)
def under_way(db):
    """The first statement of a transaction may be a prepared one: tests/forums/test_prepared.py."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


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
        (related.THESE, {"at": NOW, "keys": [one.pk for one in inputs[1:]], "version": 12}),
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


def test_one_row_is_given_or_said_to_be_missing(forum, amina):
    statement = KeptStatement(lambda *, slug: Forum.objects.filter(slug=slug))
    assert statement.one(slug=forum.slug) == forum
    with pytest.raises(Forum.DoesNotExist):
        statement.one(slug="nothing")
    assert User.objects.get(pk=amina.pk) == amina
    with pytest.raises(User.DoesNotExist):
        User.objects.get(pk=amina.pk + 999)


def test_a_person_who_is_not_in_a_relation_is_not_found_through_it(amina, bruno):
    role = Group.objects.create(name="some")
    role.user_set.add(amina)
    assert role.user_set.get(pk=amina.pk) == amina
    with pytest.raises(User.DoesNotExist):
        role.user_set.get(pk=bruno.pk)
    with pytest.raises(User.DoesNotExist):
        User.objects.get(pk=bruno.pk, is_staff=True)


@pytest.mark.django_db(transaction=True)
def test_nothing_is_held_outside_of_a_transaction():
    for _ in range(2):
        with transaction.atomic():
            assert drafting.HELD.rows(pk=KEY) == []
        with pytest.raises(TransactionManagementError):
            drafting.HELD.rows(pk=KEY)


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
