"""The archive of a person as a ZIP: a page to read, one JSON a table that names its columns, the person's own files."""

import json
import re
from zipfile import ZIP_DEFLATED, ZipFile

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accreditation.personal.parts import PARTS
from forums.templatetags.languages import direction

FORBIDDEN = ("password", "secret", "token", "fingerprint", "session_data", "data")  # columns that no archive ever shows


def write_archive(who, target, *, at, language):
    """Write the ZIP into a file that is open for writing; returns the names of files whose bytes are not there."""
    with translation.override(language), ZipFile(target, "w", ZIP_DEFLATED) as archive:
        tables, missing = [], []
        for part in PARTS.values():
            table = table_of(part, who)
            if not table["rows"]:
                continue
            table["files"], lost = _add_files(archive, part, who)
            missing += lost
            archive.writestr(f"data/{part.label}.json", _json(table))
            tables.append({**table, "cells": [[_read(row.get(name)) for name in table["columns"]] for row in table["rows"]]})
        about = {"who": who, "tables": tables, "missing": missing, "at": at, "language": language}
        about |= {"direction": direction(language)}
        archive.writestr("index.html", render_to_string("accreditation/print/archive.html", about))
        archive.writestr("index.json", _json(_summary(tables, missing, at)))
    return missing


def table_of(part, who) -> dict:
    """The person's rows of one table: what stands in each column that is shown, by the column's name."""
    related = [name for name in part.shown if part.model._meta.get_field(name).is_relation]
    found = part.rows(who).select_related(*related) if related else part.rows(who)
    rows = [_row(part, who, row) for row in found.iterator(chunk_size=200)] if part.shown else []
    columns = {name: _label(part, name) for name in dict.fromkeys(name for row in rows for name in row)}
    return {"name": part.name, "table": part.label, "columns": columns, "rows": rows, "files": []}


def _row(part, who, row) -> dict:
    shown = {name: _value(who, row, name) for name in part.shown if name not in (*part.secret, *FORBIDDEN)}
    return {**shown, **part.more(who, row)}


def _value(who, row, name):
    """As a person reads it: the word of a choice, the name of what a row belongs to, nothing that names somebody else."""
    if display := getattr(row, f"get_{name}_display", None):
        return str(display())
    value = getattr(row, name)
    if not isinstance(value, Model):
        return value
    return str(value) if _names_nobody(value) else None


def _read(value):
    """As the page shows it."""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, dict | list):
        return _json(value)
    return "" if value is None else value


def _names_nobody(value) -> bool:
    """Rows that are called after an organisation, a forum, a duty; others might be called after a person."""
    return value._meta.label in {
        "accreditation.Organisation",
        "accreditation.NonObjectionList",
        "auth.Group",
        "auth.Permission",
        "contenttypes.ContentType",
        "forums.Call",
        "forums.Forum",
        "forums.Milestone",
        "forums.Session",
        "submissions.Submission",
        "accreditation.Accreditation",
    }


def _label(part, name) -> str:
    fields = {each.name: each for each in part.model._meta.get_fields() if hasattr(each, "verbose_name")}
    return capfirst(str(fields[name].verbose_name)) if name in fields else name


def _add_files(archive, part, who):
    """Copy the person's files into the archive, under their own names; a lost one is named instead of failing all."""
    named, missing = [], []
    for place, (name, file) in enumerate(part.files(who, part.rows(who)), 1):
        inside = f"files/{part.label}/{place}-{safe_name(name)}"
        try:
            with file.open("rb") as source, archive.open(inside, "w", force_zip64=True) as target:
                for block in iter(lambda source=source: source.read(1024 * 1024), b""):
                    target.write(block)
        except FileNotFoundError:
            missing.append(name)
        else:
            named.append(inside)
    return named, missing


def safe_name(name) -> str:
    """A file name that no program takes for a path."""
    return re.sub(r"[^\w.\- ]", "_", name.replace("..", "_")).strip(" .")[:120] or _("file")


def _summary(tables, missing, at) -> dict:
    known = [{"name": each["name"], "table": each["table"], "rows": len(each["rows"])} for each in tables]
    return {"made_at": at, "tables": known, "missing_files": missing}


def _json(value) -> str:
    return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)
