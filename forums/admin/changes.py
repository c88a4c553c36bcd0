"""The changes of a row as its history table kept them: when, who, each field from what to what."""

from django.contrib.auth import get_user_model
from django.utils.text import capfirst

MOST = 50
BESIDE = []  # (request, thing) -> what an upper floor adds to the page with the history of a thing


def changes_of(thing, most=MOST):
    """The newest changes of a row, newest first: when, who, and each field from what to what (from its history table)."""
    if not hasattr(thing, "history"):
        return []
    rows = list(thing.history.select_related("pgh_context").order_by("-pgh_created_at", "-pgh_id")[: most + 1])
    people = _people_of(rows, getattr(thing, "PEOPLE_IN_HISTORY", ()))
    changes = []
    for row, before in zip(rows, [*rows[1:], None], strict=True):
        fields = _differences(thing, before, row, people) if before else []
        if before is None and row.pgh_label != "insert":
            continue
        changes.append(
            {"at": row.pgh_created_at, "by": people.get(_user_id(row), ""), "new": before is None, "fields": fields}
        )
    return [change for change in changes if change["new"] or change["fields"]]


def _user_id(row):
    return (row.pgh_context.metadata if row.pgh_context else {}).get("user")


def _people_of(rows, columns):
    """Names of those who made the changes, and of those whom the columns name that may say so (PEOPLE_IN_HISTORY)."""
    ids = {_user_id(row) for row in rows} | {getattr(row, f"{column}_id") for row in rows for column in columns}
    ids.discard(None)
    return {person.pk: str(person) for person in get_user_model().objects.filter(pk__in=ids)} if ids else {}


def _differences(thing, before, after, people):
    found, named = [], getattr(thing, "PEOPLE_IN_HISTORY", ())
    for field in thing._meta.concrete_fields:
        if not hasattr(after, field.attname):
            continue
        was, became = getattr(before, field.attname), getattr(after, field.attname)
        if was != became:
            words = people if field.name in named else dict(field.flatchoices)
            found.append((capfirst(field.verbose_name), _in_words(was, words), _in_words(became, words)))
    return found


def _in_words(value, words):
    """The word of a chosen value; a structure, such as the terms that were granted, as what it holds, one after another."""
    if isinstance(value, dict):
        return "; ".join(f"{name}: {held}" for name, held in value.items())
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return words.get(value, value)
