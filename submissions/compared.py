"""Two contents of versions side by side, in words: what the pages of author, desk and public show of their differences."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from submissions.differences import differences
from submissions.search.vocabulary import vocabulary

LABELS = {
    "title": _("Title"),
    "summary": _("Summary"),
    "text": _("Text"),
    "level": _("Level"),
    "language": _("Language"),
    "countries": _("Countries and areas"),
    "regions": _("Regions"),
    "objectives": _("Objectives"),
}
LISTS = {"level": "level", "countries": "country", "regions": "region", "objectives": "objective"}
VIEWS = ("side", "inline")


def compared(old, new, forum, *, view="inline", labels=None) -> dict:
    """What templates/submissions/_differences.html needs. `labels` names further answers by their key."""
    found = differences(old, new)
    words = vocabulary([forum]) if found.particulars else None
    named = LABELS | (labels or {})
    return {
        "anything": bool(found),
        "view": view if view in VIEWS else VIEWS[1],
        "language_was": old.get("language", ""),
        "language": new.get("language", ""),
        "particulars": [
            {
                "label": _label(one.key, named),
                "was": [_word(one.key, value, words) for value in one.was],
                "became": [_word(one.key, value, words) for value in one.became],
                "stayed": [_word(one.key, value, words) for value in one.stayed],
            }
            for one in found.particulars
        ],
        "texts": [{"label": _label(text.key, named), "stretches": text.stretches} for text in found.texts],
        "files": found.files,
    }


def _label(key, named):
    """An answer without a name of its own is called by the last part of its key."""
    return named.get(key) or named.get(key.rpartition(".")[2]) or key.rpartition(".")[2].replace("_", " ")


def _word(key, value, words):
    if key == "language":
        return dict(settings.LANGUAGES).get(value, value)
    return words.word(LISTS[key], value) if key in LISTS else str(value)


def two_of(versions, asked) -> tuple:
    """Which two of these versions (oldest first) `from` and `to` ask for: the newest and the one before, unless said.

    None twice where there are not two.
    """
    by_number = {str(version.number): version for version in versions}
    new = by_number.get(asked.get("to", ""), versions[-1] if versions else None)
    before = [version for version in versions if new and version.number < new.number]
    old = by_number.get(asked.get("from", ""), before[-1] if before else None)
    return (old, new) if old and new and old != new else (None, None)
