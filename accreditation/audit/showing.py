"""Entries of the audit in words: which thing, which column, what stood there before and after, and who did it."""

import json
from dataclasses import dataclass, field
from functools import cache

from django.contrib.auth import get_user_model
from django.db import models
from django.urls import NoReverseMatch, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accreditation.audit.tables import is_step, watched
from accreditation.models import AuditEntry

HIDDEN = "***"
NAMES = {  # what a main thing is called in a list
    "submissions.Submission": "reference",
    "accreditation.Organisation": "name",
    "forums.Forum": "slug",
    "forums.Call": "name",
}


@dataclass
class Column:
    """One column of an entry; `hidden`, where only that it changed is said."""

    label: str
    was: object
    became: object
    hidden: bool = False


@dataclass
class Shown:
    """One entry as a page shows it."""

    entry: AuditEntry
    kind: str
    who: str
    about: str = ""
    about_url: str = ""
    request: str = ""
    by_what: str = ""
    columns: list = field(default_factory=list)


@cache
def models_by_table() -> dict:
    return {each.table: each.model for each in watched() if not each.state}


def kinds() -> list:
    """Tables and their names, for a choice, in the order of the names."""
    named = [(table, kind_of(table)) for table in models_by_table()]
    return sorted(named, key=lambda pair: pair[1].casefold())


def kind_of(table) -> str:
    model = models_by_table().get(table)
    return capfirst(str(model._meta.verbose_name)) if model else table


@cache
def masked_by_table() -> dict:
    """Table -> the columns of which no reader is told what they say, whatever an older entry holds."""
    return {each.table: frozenset(each.hidden) for each in watched() if each.hidden and not each.state}


def read(entry, kept) -> dict:
    """What an entry keeps as JSON, as it may be read."""
    masked = masked_by_table().get(entry.place, ())
    return {name: HIDDEN if name in masked else value for name, value in json.loads(kept or "{}").items()}


def parsed(entry) -> dict:
    """Column -> value, or [before, after] where it changed."""
    return {**read(entry, entry.changes), **read(entry, entry.words)}


def shown(entries, *, names=True) -> list[Shown]:
    """The entries of one page; who did it is named where the reader may know."""
    entries = list(entries)
    people, things = _people(entries) if names else {}, _things(entries)
    return [_shown(entry, people, things, names) for entry in entries]


def _shown(entry, people, things, names) -> Shown:
    facts = (entry.context.metadata if entry.context else None) or {}
    about, url = things.get(entry.about, ("", ""))
    found = Shown(entry, kind_of(entry.place), _who(entry, people, names), about, url, facts.get("request", ""))
    found.by_what = facts.get("task") or facts.get("command") or ""
    model = models_by_table().get(entry.place)
    fields = {each.column: each for each in model._meta.concrete_fields} if model else {}
    statuses = _statuses(model)
    for column, value in parsed(entry).items():
        was, became = value if entry.act == "update" and isinstance(value, list) else _one_sided(entry, value)
        known = fields.get(column)
        if entry.act != "update" and _says_nothing(entry, known, value):
            continue
        label = capfirst(str(known.verbose_name)) if known else column
        said = [_in_words(each, known, people, names, statuses) for each in (was, became)]
        found.columns.append(Column(label, *said, hidden=HIDDEN in (was, became)))
    return found


def _says_nothing(entry, known, value) -> bool:
    """Of a row that was added or removed: what was left empty, its key, and what it belongs to, which stands beside it."""
    if value in ("", [], {}) or (known is not None and known.primary_key):
        return True
    return known is not None and known.is_relation and entry.about.endswith(f":{value}")


def _statuses(model) -> dict:
    """The words of the statuses of a procedure, for its steps."""
    if model is None or not is_step(model):
        return {}
    owner = next(each.related_model for each in model._meta.concrete_fields if each.is_relation and each.name != "by")
    status = next((each for each in owner._meta.concrete_fields if each.name == "status"), None)
    return dict(status.flatchoices if status else owner.State.choices)  # a co-sponsor's state is made from its columns


def _one_sided(entry, value):
    return (value, None) if entry.act == "delete" else (None, value)


def _who(entry, people, names) -> str:
    if entry.by_id is None:
        return _("The portal")
    if not names:
        return _("Somebody")
    return people.get(entry.by_id, str(entry.by_id))


def _in_words(value, known, people, names, statuses):
    """The word of a chosen value, the name of a person, what a list holds one after another; other values as they are."""
    if value in (None, ""):
        return "–"
    if isinstance(value, bool | list | dict):
        return _plain(value)
    if known is not None and known.is_relation and known.related_model is get_user_model():
        return people.get(value, str(value)) if names else _("Somebody")
    if known is None:
        return value
    if known.name in ("was", "became") and statuses:
        return statuses.get(value, value)
    if isinstance(known, models.DateTimeField):
        return f"{value[:19].replace('T', ' ')} UTC"
    return dict(known.flatchoices).get(value, value) if known.choices else value


def _plain(value) -> str:
    """Lists and dictionaries as people write them, however deep; what is empty is a dash."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(map(_plain, value)) or "–"
    if isinstance(value, dict):
        return "; ".join(f"{name}: {_plain(held)}" for name, held in value.items()) or "–"
    return "–" if value in (None, "") else str(value)


def _people(entries) -> dict:
    """Who did it and whom it names, by one statement."""
    user, keys = get_user_model(), {entry.by_id for entry in entries}
    for entry in entries:
        model = models_by_table().get(entry.place)
        pointing = {each.column for each in model._meta.concrete_fields if each.related_model is user} if model else ()
        for column, value in parsed(entry).items():
            if column in pointing:
                keys |= set(value if isinstance(value, list) else [value])
    keys = {key for key in keys if isinstance(key, int)}
    return {person.pk: str(person) for person in user.objects.filter(pk__in=keys)} if keys else {}


def _things(entries) -> dict:
    """about -> name and address in the desk, by one statement a kind of thing that has names."""
    found, asked = {}, {}
    for entry in entries:
        table, _colon, key = entry.about.partition(":")
        if key and table in models_by_table():
            asked.setdefault(table, set()).add(key)
    for table, keys in asked.items():
        model = models_by_table()[table]
        named = NAMES.get(model._meta.label)
        rows = model._base_manager.filter(pk__in=keys).values_list("pk", named) if named else ()
        words = {str(pk): name for pk, name in rows}
        for key in keys:
            kind = capfirst(str(model._meta.verbose_name))
            found[f"{table}:{key}"] = (f"{kind} · {words.get(key) or key}", address_of(model, key))
    return found


def address_of(model, key) -> str:
    """Its page in the desk, where there is a room for such things."""
    try:
        return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_change", args=[key])
    except NoReverseMatch:
        return ""


def as_facts(entry, *, unmasked=False) -> dict:
    """The entry for machines; `unmasked` only on the server itself, for whoever checks the chain by hand."""
    said = (lambda kept: json.loads(kept or "{}")) if unmasked else (lambda kept: read(entry, kept))
    facts = (entry.context.metadata if entry.context else None) or {}
    return {
        "entry": entry.pk,
        "at": entry.at.isoformat(),
        "act": entry.act,
        "kind": entry.place,
        "row": entry.row,
        "about": entry.about,
        "by": entry.by_id,
        "request": facts.get("request", ""),
        "by_what": facts.get("task") or facts.get("command") or "",
        "changes": said(entry.changes),
        "words": said(entry.words),
        "salted": entry.salted,
        "mark": entry.mark,
    }


def about_of(thing) -> str:
    """How entries name what they are about."""
    return f"{thing._meta.db_table}:{thing.pk}"


__all__ = ["Column", "Shown", "about_of", "address_of", "as_facts", "kind_of", "kinds", "shown"]
