"""What differs between two contents of versions: texts, lists, files, and any further answer. Pure."""

from dataclasses import dataclass, field

from submissions.differing_texts import CHANGED, stretches
from submissions.edits import ADDED, REMOVED

ABOUT_THE_SENDING = {"reference", "symbol", "act", "version", "sent_at", "forum", "call", "organisation", "form", "recorded"}
TEXTS = ("title", "summary", "text")
LONG = 80  # signs: a longer answer is compared word by word


@dataclass(frozen=True)
class Text:
    key: str
    stretches: list

    def rows(self):
        return [row for stretch in self.stretches for row in stretch.rows]


@dataclass(frozen=True)
class Particular:
    """An answer that is chosen or counted, not written; `stayed` holds what both lists have."""

    key: str
    was: list
    became: list
    stayed: list = field(default_factory=list)


@dataclass(frozen=True)
class File:
    kind: str  # removed, added, or changed: another file under the same name
    name: str


@dataclass(frozen=True)
class Differences:
    particulars: list
    texts: list
    files: list

    def __bool__(self):
        return bool(self.particulars or self.texts or self.files)


def differences(old: dict, new: dict) -> Differences:
    """What changed from one content of a version to another; keys that only say when and how it was sent are left out."""
    particulars, texts = [], []
    for key, was, became in _differing(old, new):
        if key in TEXTS or _is_long(was) or _is_long(became):
            texts.append(Text(key, stretches(was or "", became or "")))
        else:
            particulars.append(_particular(key, was, became))
    return Differences(particulars, texts, differing_files(old.get("files", ()), new.get("files", ())))


def _differing(old, new, prefix=""):
    """Triples of key and both values; what is a table itself is opened, its keys are joined by a point."""
    for key in [*old, *(key for key in new if key not in old)]:
        if not prefix and (key in ABOUT_THE_SENDING or key == "files"):
            continue
        was, became = old.get(key), new.get(key)
        if was == became or (_is_empty(was) and _is_empty(became)):
            continue
        if isinstance(was or became, dict):
            yield from _differing(was or {}, became or {}, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", was, became


def _is_empty(value):
    return value is None or value == "" or value == [] or value == {}


def _is_long(value):
    return isinstance(value, str) and ("\n" in value or len(value) > LONG)


def _particular(key, was, became):
    was, became = _listed(was), _listed(became)
    stayed = [one for one in was if one in became]
    return Particular(key, [o for o in was if o not in stayed], [o for o in became if o not in stayed], stayed)


def _listed(value):
    if _is_empty(value):
        return []
    return list(value) if isinstance(value, list | tuple) else [value]


def differing_files(old, new) -> list:
    """Files that were taken out, put in, or replaced under the same name; told apart by their bytes."""
    had, has = ({(file["name"], file["sha256"]) for file in files} for files in (old, new))
    gone, come = [name for name, _ in sorted(had - has)], [name for name, _ in sorted(has - had)]
    changed = [name for name in come if name in gone]
    return [
        *(File(CHANGED, name) for name in changed),
        *(File(REMOVED, name) for name in gone if name not in changed),
        *(File(ADDED, name) for name in come if name not in changed),
    ]
