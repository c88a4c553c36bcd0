"""Words that are added to each letter of several decisions, in the language of its reader.

A letter of one decision can be worded anew from its first word. Letters of many differ by names and references, so here it
is a paragraph above the foot of each; what all should always read otherwise is a wording (docs/decisions/0036).
"""

from django.conf import settings

from forums.operations.rehearsing import ADDED, AS_WRITTEN, Letters
from forums.typed import without_control

LONGEST = 2000
PREFIX = "letters-added-"


def added(fields) -> dict:
    """Language -> the words that were typed for it."""
    typed = {
        code: without_control(fields.get(f"{PREFIX}{code}", "")).strip()[:LONGEST] for code, _name in settings.LANGUAGES
    }
    return {code: words for code, words in typed.items() if words}


def letters_with(words):
    """What becomes of the letters: as they are, or with these words."""
    return Letters(words={ADDED: words}) if words else AS_WRITTEN


def boxes(fields, languages=None) -> list:
    """For the page: each language, or each of these, with what was typed for it."""
    typed = added(fields)
    return [
        {"code": code, "name": name, "text": typed.get(code, "")}
        for code, name in settings.LANGUAGES
        if languages is None or code in languages or code in typed
    ]
