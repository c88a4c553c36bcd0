"""What holds for every procedure: status and steps tell one story. Asked in SQL, one window over the steps.

Steps stand in the order in which they were written, which the lock of their procedure's row decides; not by their
moments, since the clocks of two machines may differ.
"""

from django.db import connection


def _ask(question, values):
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        return [row[0] for row in cursor.fetchall()]


def status_differs_from_steps(step) -> list:
    """Keys of procedures whose status is not what their last step became; without steps, what it begins as."""
    owner = _owner(step)
    return _ask(
        f"""
        SELECT thing.id::text FROM {owner.related_model._meta.db_table} thing
        LEFT JOIN (
            SELECT DISTINCT ON ({owner.column}) {owner.column} AS owner, became
            FROM {step._meta.db_table} ORDER BY {owner.column}, id DESC
        ) last ON last.owner = thing.id
        WHERE thing.status <> coalesce(last.became, %s)
        """,  # noqa: S608 - names of tables and columns, from the models
        [_first(step)],
    )


def broken_chains(step) -> list:
    """Keys of steps that do not begin where the one before them ended (the first begins as its procedure does)."""
    owner = _owner(step)
    return _ask(
        f"""
        SELECT id FROM (
            SELECT id, was, lag(became, 1, %s) OVER (PARTITION BY {owner.column} ORDER BY id) AS stood
            FROM {step._meta.db_table}
        ) chain WHERE was <> stood
        """,  # noqa: S608 - names of tables and columns, from the models
        [_first(step)],
    )


def moves_outside_the_table(step) -> list:
    """Keys of steps that no table of moves allows."""
    allowed = [f"{was}>{to}" for was, targets in _owner(step).related_model.MOVES.items() for to in targets]
    return _ask(
        f"SELECT id FROM {step._meta.db_table} WHERE was || '>' || became <> ALL(%s)",  # noqa: S608
        [[str(move) for move in allowed]],
    )


def letters_without_a_step(step, prefix) -> list:
    """Keys of letters that tell of a step which is not there."""
    return _ask(
        f"""
        SELECT letter.key FROM forums_letter letter
        WHERE letter.key LIKE %s AND NOT EXISTS (
            SELECT 1 FROM {step._meta.db_table} step WHERE step.id::text = split_part(letter.key, ':', 2)
        )
        """,  # noqa: S608 - names of tables, from the models
        [f"{prefix}:%"],
    )


def _owner(step):
    """The foreign key that leads from a step to its procedure."""
    return next(field for field in step._meta.fields if field.is_relation and field.name != "by")


def _first(step) -> str:
    """The status in which the procedures of these steps begin."""
    return str(_owner(step).related_model._meta.get_field("status").default)
