"""What the same searches cost at least: `python -m tests.bench.floors` prints milliseconds of SQL for each question as JSON.

The floor is one statement over a narrow table of the same vectors, asked in the one language of the question, and nothing
else that the portal does: how many answer, three facets, and the newest thousand ranked, of which twenty-five are given.
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

from submissions.search.analysis import CONFIGURATIONS, prepared

ROUNDS = 7
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


def floor(language, words) -> float:
    """Milliseconds of one question, the middle of several."""
    function = "phraseto_tsquery" if words.startswith('"') else "plainto_tsquery"
    statement = STATEMENT.format(asked=f"{function}('{CONFIGURATIONS[language]}', %s)")
    asked = prepared(words.strip('"'), language)
    return median(_milliseconds(statement, [asked, asked]) for _ in range(ROUNDS))


def _milliseconds(statement, params):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(TUNED)
        began = time.perf_counter()
        cursor.execute(statement, params)
        cursor.fetchall()
        return (time.perf_counter() - began) * 1000


def make():
    with connection.cursor() as cursor:
        cursor.execute("SET maintenance_work_mem = '512MB'")
        cursor.execute(TABLE)
        cursor.execute("VACUUM ANALYZE bench_floor")


if __name__ == "__main__":
    make()
    print(json.dumps([floor(language, words) for language, words in json.loads(sys.argv[1])]))  # noqa: T201
