"""Writing a move: the status of a procedure and the step that records it, in one statement."""

from functools import cache

from django.db import connections, router


def write_move(procedure, step, *, was, **changes) -> bool:
    """Let that row, if its status is still `was`, say `changes`, and store the step with them; else do neither, say False.

    The step knows its key afterwards, as one that was saved.
    """
    model, using = type(procedure), router.db_for_write(type(procedure))
    connection = connections[using]
    sql, changed, said, key, status = _written(model, type(step), tuple(changes), using)
    values = [
        *(field.get_db_prep_save(_as_kept(changes[name], field), connection) for name, field in changed),
        key.get_db_prep_value(procedure.pk, connection),
        status.get_db_prep_value(was, connection),
        *(field.get_db_prep_save(field.pre_save(step, add=True), connection) for field in said),
    ]
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        written = cursor.fetchone()
    if written:
        step.pk, step._state.adding, step._state.db = written[0], False, using
    return bool(written)


def _as_kept(value, field):
    """Of a person or another row its key."""
    return value.prepare_database_save(field) if hasattr(value, "prepare_database_save") else value


@cache
def _written(model, step, names, using) -> tuple:
    """The statement, and the fields of its values in their order."""
    quoted = connections[using].ops.quote_name
    changed = [(name, model._meta.get_field(name)) for name in names]
    said = [field for field in step._meta.concrete_fields if not field.primary_key]
    key, status = model._meta.pk, model._meta.get_field("status")
    says = ", ".join(f"{quoted(field.column)} = %s" for _name, field in changed)
    update = (
        f"UPDATE {quoted(model._meta.db_table)} SET {says} WHERE {quoted(key.column)} = %s AND {quoted(status.column)} = %s"  # noqa: S608
    )
    columns, places = ", ".join(quoted(field.column) for field in said), ", ".join(["%s"] * len(said))
    table = quoted(step._meta.db_table)
    return (
        f"WITH moved AS ({update} RETURNING 1) INSERT INTO {table} ({columns}) SELECT {places} FROM moved RETURNING id",  # noqa: S608
        *(changed, said, key, status),
    )
