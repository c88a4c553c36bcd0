"""A line of a file of inputs, read: what would be recorded, what is wrong with it, what somebody should look at."""

import re
from dataclasses import dataclass, field
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils.translation import gettext as _

from accreditation.names import fold
from forums.typed import a_name, one_line, without_control
from forums.zoned_fields import instant_of
from submissions.on_behalf.columns import LONGEST, NEEDED, known_values
from submissions.receipts import clean

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})[ T](\d{1,2}:\d{2}(:\d{2})?)")
ESCAPED = re.compile(r"'(?=[=+\-@\t\r＝＋－＠])")
SEVERAL = re.compile(r"[;,|\s]+")


@dataclass
class Line:
    number: int
    said: dict
    faults: list = field(default_factory=list)
    doubts: list = field(default_factory=list)
    fields: dict = field(default_factory=dict)  # columns of Recording
    about: dict = field(default_factory=dict)
    named: dict = field(default_factory=dict)  # the organisation as the file names it


@dataclass(frozen=True)
class Lists:
    """What a line may name: objectives, countries by folded name or code, regions by folded name or code."""

    objectives: set
    countries: dict
    regions: dict


def line_of(number, said, *, call, lists) -> Line:
    """What this line says. Text is cleaned as that of the form is; nothing is guessed: what cannot be read is a fault."""
    said = {name: ESCAPED.sub("", without_control(cell).strip(), count=1) for name, cell in said.items()}
    line = Line(number, said)
    _ask_what_is_needed(line)
    _choose(line)
    line.about = {
        "title": one_line(said.get("title", "")),
        "summary": clean(said.get("summary", "")),
        "text": clean(said.get("text", "")),
        "language": said.get("language", "").casefold(),
        "level": said.get("level", "").casefold(),
        "source_url": _address(line),
        "objectives": _objectives(line, call, lists),
        "countries": _coded(line, "countries", lists.countries),
        "regions": _coded(line, "regions", lists.regions),
    }
    country = said.get("organisation_country", "")
    line.named = {
        "name": a_name(said.get("organisation", "")),
        "name_language": line.about["language"] or "en",
        "acronym": a_name(said.get("organisation_acronym", "")),
        "kind": said.get("organisation_kind", "").casefold(),
        "country": next(iter(_coded(line, "organisation_country", lists.countries)), "") if country else "",
    }
    line.fields = {
        "row_key": said.get("key", ""),
        "how": said.get("how", "").casefold(),
        "came_at": _came_at(line, call),
        "late_reason": one_line(said.get("late_reason", "")),
        "contact_name": one_line(said.get("contact_name", "")),
        "contact_email": _mail(line, "contact_email"),
        "letter_to": _mail(line, "letter_to"),
        "letter_language": line.about["language"],
    }
    if not line.about["text"] and not line.about["source_url"]:
        line.faults.append(_("text: it is empty, and source_url leads nowhere. An input needs one of them."))
    return line


def _ask_what_is_needed(line):
    line.faults += [_("%(column)s: it is empty.") % {"column": name} for name in NEEDED if not line.said.get(name)]
    for name, most in LONGEST.items():
        if len(line.said.get(name, "")) > most:
            said = {"column": name, "count": len(line.said[name]), "most": most}
            line.faults.append(_("%(column)s: it has %(count)d characters; at most %(most)d are kept.") % said)


def _choose(line):
    for name, values in known_values().items():
        cell = line.said.get(name, "")
        if cell and cell.casefold() not in values:
            said = {"column": name, "cell": cell[:60], "known": ", ".join(values)}
            line.faults.append(_("%(column)s: “%(cell)s” is unknown. Known are: %(known)s.") % said)


def _objectives(line, call, lists) -> list:
    cells = [cell for cell in SEVERAL.split(line.said.get("objectives", "")) if cell]
    unknown = [cell for cell in cells if not (cell.isdecimal() and len(cell) < 4 and int(cell) in lists.objectives)]
    if unknown:
        line.faults.append(
            _("objectives: unknown: %(cells)s. They are numbered 1 to 23.") % {"cells": ", ".join(unknown)[:100]}
        )
    found = sorted({int(cell) for cell in cells if cell not in unknown})
    if not cells:
        line.doubts.append(_("No objective is named."))
    if len(found) > call.most_objectives:
        said = {"count": len(found), "most": call.most_objectives}
        line.doubts.append(_("It names %(count)d objectives; the form of this call takes at most %(most)d.") % said)
    return found


def _coded(line, column, known) -> list:
    cells = [cell.strip() for cell in re.split(r"[;|]", line.said.get(column, "")) if cell.strip()]
    found = {cell: known.get(fold(cell)) for cell in cells}
    if unknown := [cell for cell, code in found.items() if code is None]:
        said = {"column": column, "cells": ", ".join(unknown)[:100]}
        line.faults.append(_("%(column)s: unknown: %(cells)s.") % said)
    return sorted({code for code in found.values() if code})


def _came_at(line, call):
    """The instant that the line names on the clock of the forum; None with a fault where it cannot be read for certain."""
    cell = line.said.get("received", "")
    if not cell:
        return None
    day, moment = DAY.fullmatch(cell), MOMENT.fullmatch(cell)
    try:
        if day:
            wall = datetime.fromisoformat(cell)
        elif moment:
            wall = datetime.fromisoformat(
                f"{moment[1]}T{moment[2]:0>5}" if not moment[3] else f"{moment[1]}T{moment[2]:0>8}"
            )
        else:
            raise ValueError
        came_at = instant_of(wall, call.forum.zone)
    except (ValueError, ValidationError):
        said = {"cell": cell[:60]}
        line.faults.append(_("received: “%(cell)s” is no moment such as 2026-01-20 14:30 on the clock of the forum.") % said)
        return None
    closes = call.closes_at and call.closes_at.astimezone(call.forum.zone).date()
    if day and wall.date() == closes:
        line.faults.append(_("received: the call closed on that day, so the time matters. Write it: 2026-01-20 14:30."))
    return came_at


def _address(line) -> str:
    cell = line.said.get("source_url", "")
    try:
        if cell:
            URLValidator(schemes=["http", "https"])(cell)
    except ValidationError:
        line.faults.append(_("source_url: “%(cell)s” is no address of a page.") % {"cell": cell[:60]})
        return ""
    return cell


def _mail(line, column) -> str:
    cell = line.said.get(column, "")
    try:
        if cell:
            validate_email(cell)
    except ValidationError:
        said = {"column": column, "cell": cell[:60]}
        line.faults.append(_("%(column)s: “%(cell)s” is no e-mail address.") % said)
        return ""
    return cell
