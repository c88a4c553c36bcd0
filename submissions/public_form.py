"""What is shown of a version instead of what was sent: particulars that staff corrected, passages that were redacted. Pure.

The sent content never changes, and with it no receipt and no link of the chain. What is shown otherwise is kept beside it
(`Version.changes`), made from the reasons that stand (operations/redacting.py, operations/reclassifying.py).
"""

import re

from django.utils.translation import gettext, override

TEXTS = ("title", "summary", "text")
FILE, QUESTION = "file:", "question:"


def corrected(content, changes) -> dict:
    """The content with the particulars that staff corrected; every word of its author stands."""
    return {**content, **changes["particulars"]} if changes.get("particulars") else content


def shown(content, changes) -> dict:
    """The content as everybody but its author reads it: corrected, and without what was redacted."""
    if not changes:
        return content
    shown = {**corrected(content, changes), **changes.get("texts", {})}
    if answers := changes.get("answers"):
        shown["answers"] = [{**one, **answers.get(one["key"], {})} for one in content["answers"]]
    if withheld := set(changes.get("withheld", ())):
        shown["files"] = [file for file in content["files"] if file["id"] not in withheld]
    return shown


def changes_of(version, corrections, redactions, *, withheld=()) -> dict:
    """What is shown otherwise of this version: `corrections` and `redactions` are those that stand, oldest first.

    `withheld` are checksums of files that nobody is given. A redaction of a whole part holds for the version it was made
    of and for those before it; for a later one as long as its author left that part as it was.
    """
    content, changes = version.content, {}
    for correction in corrections:
        changes.setdefault("particulars", {}).update(correction.after)
    for redaction in redactions:
        _redact(version, content, redaction, changes)
    if files := [file["id"] for file in content["files"] if file["sha256"] in withheld]:
        changes["withheld"] = files
        changes.setdefault("kinds", []).extend(one.kind for one in redactions if one.part.startswith(FILE))
    if "kinds" in changes:
        changes["kinds"] = sorted(set(changes["kinds"]))
    return changes


def _redact(version, content, redaction, changes):
    mark = mark_of(redaction, content["language"])
    now = shown(content, changes)
    for part, value in parts_of(content).items():
        if redaction.part not in ("", part) or (not redaction.passage and not _is_meant(redaction, version, part, value)):
            continue
        there = parts_of(now)[part]
        found = without(there, redaction.passage, mark) if redaction.passage else mark
        if found == there:
            continue
        changes.setdefault("kinds", []).append(redaction.kind)
        if part in TEXTS:
            changes.setdefault("texts", {})[part] = found
        else:
            as_text = {"kind": "short", "as_text": True} if found == mark else {}
            changes.setdefault("answers", {})[part.removeprefix(QUESTION)] = {"answer": found, **as_text}


def _is_meant(redaction, version, part, value) -> bool:
    made_of = redaction.version
    return version.number <= made_of.number or parts_of(made_of.content).get(part) == value


def parts_of(content) -> dict:
    """What can be redacted in a content, by part: texts, and answers in whatever shape they are kept."""
    answers = {f"{QUESTION}{one['key']}": one["answer"] for one in content.get("answers", ())}
    return {**{name: content[name] for name in TEXTS if content[name]}, **answers}


def without(value, passage, mark):
    """A text, or each text within an answer, with the mark in place of every occurrence of the passage."""
    if isinstance(value, str):
        return pattern_of(passage).sub(lambda _found: mark, value)
    if isinstance(value, dict):
        return {key: without(one, passage, mark) for key, one in value.items()}
    return [without(one, passage, mark) for one in value] if isinstance(value, list) else value


def holds(value, passage) -> bool:
    return without(value, passage, "") != value


def pattern_of(passage):
    """The words of a passage as they stand, whatever white space is between them."""
    return re.compile(r"\s+".join(re.escape(word) for word in passage.split()))


def mark_of(redaction, language) -> str:
    """What stands in place of what was redacted, in the language of the text."""
    if redaction.replacement:
        return f"[{redaction.replacement}]"
    with override(language or "en"):
        return "[" + gettext("redacted: %(kind)s") % {"kind": redaction.get_kind_display()} + "]"
