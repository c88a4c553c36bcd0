"""A rule of related inputs: looked for of all that is public, and kept of nothing else."""

from django.db import connection


def related_inputs_are_kept_of_what_is_public():
    """Of every input that can be found the related ones are kept or due, of no other, and none is related to itself."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT coalesce(found.published_id, kept.published_id) FROM submissions_findable found
            FULL JOIN submissions_relatedinputs kept ON kept.published_id = found.published_id
            WHERE found.published_id IS NULL OR kept.published_id IS NULL OR kept.published_id = ANY (kept.others)
            """
        )
        return [key for (key,) in cursor.fetchall()]


RULES = [related_inputs_are_kept_of_what_is_public]
