"""A record that was merged into another one takes in nothing new."""

from django.db import connection

from accreditation.models import Organisation


def hold_living(organisation) -> Organisation:
    """The record that lives, kept from being merged until the transaction ends; others may go on writing beside it.

    A merge holds both records alone. Without this, what is begun at that very moment would be left with the one that goes.
    """
    held, table = organisation, connection.ops.quote_name(Organisation._meta.db_table)
    while True:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT merged_into_id FROM {table} WHERE id = %s FOR KEY SHARE", [held.pk])  # noqa: S608
            [into] = cursor.fetchone()
        if into is None:
            return held
        held = Organisation.objects.get(pk=into)
