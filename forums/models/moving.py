"""Writing a move: the status of a procedure and the step that records it, in one statement."""

from django.db import connections, router
from django.db.models.sql import UpdateQuery


def write_move(rows, step, **changes) -> bool:
    """Let those rows say `changes` and store the step with them; where there is no such row, write neither and say False.

    The step knows its key afterwards, as one that was saved.
    """
    using = router.db_for_write(rows.model)
    update, values = _update(rows, changes, using)
    columns, said = _columns(step, using)
    places = ", ".join(["%s"] * len(said))
    table = connections[using].ops.quote_name(step._meta.db_table)
    sql = f"WITH moved AS ({update} RETURNING 1) INSERT INTO {table} ({columns}) SELECT {places} FROM moved RETURNING id"  # noqa: S608
    with connections[using].cursor() as cursor:
        cursor.execute(sql, [*values, *said])
        written = cursor.fetchone()
    if written:
        step.pk, step._state.adding, step._state.db = written[0], False, using
    return bool(written)


def _update(rows, changes, using):
    query = rows.query.chain(UpdateQuery)
    query.clear_ordering(force=True)
    query.add_update_values(changes)
    return query.get_compiler(using=using).as_sql()


def _columns(step, using):
    quoted, values = [], []
    for field in step._meta.concrete_fields:
        if not field.primary_key:
            quoted.append(connections[using].ops.quote_name(field.column))
            values.append(field.get_db_prep_save(field.pre_save(step, add=True), connections[using]))
    return ", ".join(quoted), values
