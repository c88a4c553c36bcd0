"""What searches cost beside the least: `python -m tests.bench.floors` prints two milliseconds of SQL for each as JSON.

The floor is one statement over a narrow table of the same vectors, asked in the one language of the question, and nothing
else that the portal does: how many answer, three facets, and the newest thousand ranked, of which twenty-five are given.
Beside it stands all that the portal asks for the list. Both are asked in turn over one connection: a statement takes half as
long again after a pause of some milliseconds as it does without one, so that one of them in a row and the other within
requests would say more of the machine than of the statements.
Questions come as JSON in the first argument, pairs of a language and words.
"""

import json
import sys
import time
from statistics import median

import django
from django.apps import apps

if not apps.ready:
    django.setup()

from django.db import connection, transaction
from django.http import QueryDict
from django.utils.http import urlencode
from django.utils.timezone import now

from submissions.search.analysis import CONFIGURATIONS, prepared
from submissions.search.listing import list_inputs
from tests.bench.counting import timed_statements

ROUNDS = 15
TABLE = """
    DROP TABLE IF EXISTS bench_floor;
    CREATE TABLE bench_floor (id integer, appears timestamptz, level text, kind text, forum bigint, vector tsvector)
        WITH (toast_tuple_target = 128);
    ALTER TABLE bench_floor ALTER vector SET STORAGE EXTERNAL;
    INSERT INTO bench_floor SELECT id, visible_at, level, kind, forum_id, vector FROM submissions_publishedinput
        WHERE taken_down_at IS NULL ORDER BY visible_at;
    CREATE INDEX ON bench_floor USING gin (vector);
"""
TUNED = "SET LOCAL enable_seqscan = off; SET LOCAL work_mem = '64MB'; SET LOCAL jit = off"
STATEMENT = """
    WITH found AS MATERIALIZED (SELECT id, appears, level, kind, forum FROM bench_floor WHERE vector @@ {asked}),
    newest AS MATERIALIZED (SELECT id FROM found ORDER BY appears DESC LIMIT 1000)
    SELECT 'counted', level, kind, forum, count(*)::float FROM found GROUP BY level, kind, forum
    UNION ALL (
        SELECT 'ranked', '', '', id, ts_rank_cd(vector, {asked}) AS rank FROM bench_floor
        WHERE id IN (SELECT id FROM newest) ORDER BY rank DESC LIMIT 25
    )
"""


def beside(language, words) -> tuple:
    """Milliseconds that the portal takes for one question, and of the floor: the middle of several of each."""
    function = "phraseto_tsquery" if words.startswith('"') else "plainto_tsquery"
    statement = STATEMENT.format(asked=f"{function}('{CONFIGURATIONS[language]}', %s)")
    asked = prepared(words.strip('"'), language)
    both = [(_of_the_list(words), _of_the_floor(statement, [asked, asked])) for _ in range(ROUNDS)]
    return tuple(median(each) for each in zip(*both, strict=True))


def _of_the_floor(statement, params):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(TUNED)
        began = time.perf_counter()
        cursor.execute(statement, params)
        cursor.fetchall()
        return (time.perf_counter() - began) * 1000


def _of_the_list(words):
    with timed_statements() as asked:
        assert list_inputs(QueryDict(urlencode({"q": words})), at=now()).counts.total
    return sum(took for _sql, took in asked)


def make():
    with connection.cursor() as cursor:
        cursor.execute("SET maintenance_work_mem = '512MB'")
        cursor.execute(TABLE)
        cursor.execute("VACUUM ANALYZE bench_floor")


if __name__ == "__main__":
    make()
    print(json.dumps([beside(language, words) for language, words in json.loads(sys.argv[1])]))  # noqa: T201
