"""Rules of the names by which public inputs are found: all public ones of today, and no other."""

from itertools import islice

from django.db import connection

from submissions.models import PublishedInput, SearchedNames
from submissions.search.names import names_now

STREAM = 500


def what_is_visible_is_found_by_the_names_of_today():
    """A visible row is found by every public name of who stands under it, and by no other; one that is due will be."""
    visible = PublishedInput.objects.filter(taken_down_at__isnull=True).order_by("pk")
    rows = visible.values_list("submission", "reference").iterator(STREAM)
    while some := list(islice(rows, STREAM)):
        now = names_now([key for key, _reference in some])
        kept = SearchedNames.objects.filter(pk__in=now)
        known = {key: now[key] if due else names for key, names, due in kept.values_list("pk", "names", "due")}
        yield from (reference for key, reference in some if known.get(key) != now.get(key))


def names_that_were_indexed_are_in_the_vector():
    """What stands beside the vector was put into it."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT DISTINCT reference FROM submissions_publishedinput row
            JOIN submissions_searchednames kept ON kept.submission_id = row.submission_id
            CROSS JOIN LATERAL jsonb_array_elements(CASE WHEN kept.names = 'null' THEN '[]' ELSE kept.names END) named
            CROSS JOIN LATERAL plainto_tsquery('portal_plain', named ->> 1) asked
            WHERE row.taken_down_at IS NULL AND numnode(asked) > 0 AND NOT row.vector @@ asked
            """
        )
        return [reference for (reference,) in cursor.fetchall()]


RULES = [
    what_is_visible_is_found_by_the_names_of_today,
    names_that_were_indexed_are_in_the_vector,
]
