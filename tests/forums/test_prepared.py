"""A question that PostgreSQL prepared is the question that it was, and is answered wherever it is not there any more."""

import re

import pghistory
import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from forums.kept_statements import KeptStatement
from forums.models import Forum
from forums.prepared import Prepared, _of_text, rows_of
from submissions.models import Submission
from tests.factories import make_forum, make_submission
from tests.forums.test_kept_statements import STATEMENTS

pytestmark = pytest.mark.django_db(transaction=True)
SUM = "SELECT %s::int + 1"
PREPARED = {name: each for name, each in STATEMENTS.items() if each[0].prepared}


@pytest.fixture(autouse=True)
def fresh():
    """A connection and a process that prepared nothing yet."""
    connection.close()
    _of_text.cache_clear()
    yield
    _of_text.cache_clear()


def asked(act):
    with CaptureQueriesContext(connection) as statements:
        act()
    return [statement["sql"] for statement in statements]


def run(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)


def mode():
    with connection.cursor() as cursor:
        cursor.execute("SHOW plan_cache_mode")
        return cursor.fetchone()[0]


@pytest.mark.parametrize("name", PREPARED)
def test_it_is_the_statement_of_its_queryset_with_places_for_its_values(name):
    kept, values = PREPARED[name]
    statement = KeptStatement(kept.queryset, prepared=True)
    with transaction.atomic():
        [first] = asked(lambda: statement.rows(**values))
    with transaction.atomic():
        [second] = asked(lambda: statement.rows(**values))
        [plain] = asked(lambda: list(kept.queryset(**values)))
    preparation, question = first.rsplit("; ", 1)
    assert second == question
    assert re.fullmatch(r"EXECUTE kept_[0-9a-f]{32}\(.*\)", question)
    text, given = preparation.split(" AS ", 1)[1], question.split("(", 1)[1][:-1].split(", ")
    assert re.sub(r"\$(\d+)", lambda place: given[int(place[1]) - 1], text) == plain


def test_rows_are_those_of_the_queryset_each_time():
    for slug in ("2030", "2034"):
        make_forum(slug, year=int(slug))
    statement = KeptStatement(lambda *, slug: Forum.objects.filter(slug=slug), prepared=True)
    for slug in ("2030", "2034", "2030", "nothing", "2034", "2034", "2030"):
        assert statement.rows(slug=slug) == list(Forum.objects.filter(slug=slug))


def test_a_percent_sign_and_a_quotation_mark_stay_what_they_are():
    sql = "SELECT %s::text || ' 100 %%', 'it''s', 7 %% 4"
    for words in ("x", "50 %", "%s", "it's", "$1"):
        assert rows_of(sql, [words]) == [(f"{words} 100 %", "it's", 3)]
    always_the_same = Prepared("SELECT %s, %s::text", [("100 % 'so'", True), (None, False)])
    for words in ("a", "b"):
        with connection.cursor() as cursor:
            always_the_same.ask(connection, cursor, ["100 % 'so'", words])
            assert cursor.fetchall() == [("100 % 'so'", words)]


def test_another_connection_prepares_it_anew():
    assert "PREPARE" in asked(lambda: rows_of(SUM, [1]))[0]
    assert "PREPARE" not in asked(lambda: rows_of(SUM, [1]))[0]
    connection.close()
    assert "PREPARE" in asked(lambda: rows_of(SUM, [1]))[0]


def test_outside_of_a_transaction_it_has_one_plan_from_the_beginning_and_nothing_else_is_changed_by_that():
    for number in range(3):
        assert rows_of(SUM, [number]) == [(number + 1,)]
        assert mode() == "auto"
    with connection.cursor() as cursor:
        cursor.execute("SELECT generic_plans, custom_plans FROM pg_prepared_statements WHERE statement LIKE '%1::int + 1%'")
        assert cursor.fetchall() == [(3, 0)]


def test_within_a_transaction_plans_of_what_follows_stay_their_own():
    with transaction.atomic():
        rows_of(SUM, [1])
        assert mode() == "auto"


def gone():
    run("DEALLOCATE ALL")


def there_already():
    connection.kept_names = (None, None)


def of_another_kind():
    run("ALTER TABLE kept_trial ALTER COLUMN number TYPE text")


@pytest.fixture
def trial():
    run("CREATE TABLE kept_trial AS SELECT 7 AS number")
    yield "SELECT number FROM kept_trial"
    run("DROP TABLE kept_trial")


@pytest.mark.parametrize("change", [gone, there_already, of_another_kind])
@pytest.mark.parametrize("within", [False, True])
def test_where_it_is_not_there_as_it_was_the_question_is_asked_as_it_is(trial, change, within):
    rows_of(trial)
    change()
    answers = []

    def ask():
        answers.append(rows_of(trial))
        answers.append(rows_of(trial))

    if within:
        with transaction.atomic():
            ask()
            assert connection.connection.info.transaction_status == 2, "the transaction began once more"
    else:
        ask()
    assert [str(answer[0][0]) for answer in answers] == ["7", "7"]
    assert asked(lambda: rows_of(trial)) == [trial], "and it is prepared no more"


def test_what_was_wrong_with_the_question_itself_is_said():
    for _ in range(2):
        with pytest.raises(Exception, match="division by zero"):
            rows_of("SELECT 1 / %s", [0])
    assert rows_of("SELECT 1 / %s", [1]) == [(1,)]


def test_within_a_transaction_only_its_first_statement_is_prepared():
    with transaction.atomic():
        rows_of("SELECT 1")
        assert asked(lambda: rows_of(SUM, [1])) == ["SELECT 1::int + 1"]
    with transaction.atomic():
        assert "PREPARE" in asked(lambda: rows_of(SUM, [1]))[0]
        with transaction.atomic():
            assert asked(lambda: rows_of(SUM, [1])) == ["SELECT 1::int + 1"]


def test_a_row_that_is_held_by_a_prepared_question_is_held_until_the_end(other_connection):
    draft = make_submission(status="draft")
    statement = KeptStatement(lambda *, pk: Submission.objects.select_for_update().filter(pk=pk).order_by(), prepared=True)
    for lost in (False, False, True):
        if lost:
            gone()
        with transaction.atomic():
            assert statement.one(pk=draft.pk) == draft
            assert other_connection.is_held(draft.pk)
        assert not other_connection.is_held(draft.pk)


@pytest.fixture
def other_connection():
    class Other:
        def __init__(self):
            self.connection = connection.copy()

        def is_held(self, pk):
            with self.connection.cursor() as cursor:
                cursor.execute("SELECT FROM submissions_submission WHERE id = %s FOR UPDATE SKIP LOCKED", [pk])
                return cursor.rowcount == 0

    other = Other()
    yield other
    other.connection.close()


def test_the_audit_is_not_told_who_asks():
    """It is told with each statement that may change something; a question that is prepared changes nothing."""
    with pghistory.context(user=1):
        statements = [*asked(lambda: rows_of(SUM, [1])), *asked(lambda: rows_of(SUM, [1]))]
        assert not [sql for sql in statements if "set_config" in sql]
        assert "set_config" in asked(lambda: Forum.objects.update(year=2026))[0]
