"""The lists of an input (countries, regions, objectives, principles): their keys, read or written in one statement for all.

Asked and written at each saving, and dear to put together from querysets.
"""

from django.db import connections

CHOSEN = {  # list -> column of its keys
    "countries": "country",
    "regions": "region",
    "objectives": "objective",
    "principles": "guidingprinciple",
}
OF_KEYS = {"countries": "varchar[]", "regions": "varchar[]", "objectives": "smallint[]", "principles": "smallint[]"}
READ = """
    SELECT ARRAY(SELECT country_id FROM submissions_submission_countries WHERE submission_id = %(pk)s),
        ARRAY(SELECT region_id FROM submissions_submission_regions WHERE submission_id = %(pk)s),
        ARRAY(SELECT objective_id FROM submissions_submission_objectives WHERE submission_id = %(pk)s),
        ARRAY(SELECT guidingprinciple_id FROM submissions_submission_principles WHERE submission_id = %(pk)s)
"""  # the columns in the order of CHOSEN
WRITE = """
    taken_{name} AS (
        DELETE FROM submissions_submission_{name} WHERE submission_id = %(pk)s AND {column}_id <> ALL (%({name})s::{keys})),
    put_{name} AS (
        INSERT INTO submissions_submission_{name} (submission_id, {column}_id) SELECT %(pk)s, unnest(%({name})s::{keys})
        ON CONFLICT DO NOTHING)"""


def read_chosen(submission, *, using) -> dict:
    """List -> the keys that the input has in it now."""
    with connections[using].cursor() as cursor:
        cursor.execute(READ, {"pk": submission})
        return dict(zip(CHOSEN, cursor.fetchone(), strict=True))


def write_chosen(submission, lists, *, using):
    """Let each of these lists hold these keys and no others. The caller holds the row of the input."""
    parts = [WRITE.format(name=name, column=CHOSEN[name], keys=OF_KEYS[name]) for name in lists]
    with connections[using].cursor() as cursor:
        cursor.execute(f"WITH {','.join(parts)} SELECT 1", {"pk": submission, **lists})
