"""Two contents of versions side by side, in words: what the pages of author, desk and public show of their differences."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from forums.models.call import Level
from submissions.differences import differences
from submissions.questions.showing import sent_answers
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
    "principles": _("Guiding principles"),
}
LISTS = {
    "level": "level",
    "countries": "country",
    "regions": "region",
    "objectives": "objective",
    "principles": "principle",
}
VIEWS = ("side", "inline")


def compared(old, new, forum, *, view="inline") -> dict:
    """What templates/submissions/_differences.html needs. Answers to questions of a form are compared in words."""
    (was, asked_then), (became, asked_now) = (_by_question(content) for content in (old, new))
    found = differences(was, became)
    words = vocabulary([forum]) if found.particulars else None
    named = LABELS | asked_then | asked_now
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


def _by_question(content):
    """The content with its answers by key, prose as text and choices as words; and what each question is called."""
    sent = sent_answers(content)
    answers = {answer.key: list(answer.words) or answer.plain for answer in sent}
    return {**content, "answers": answers}, {f"answers.{answer.key}": answer.label for answer in sent}


def _label(key, named):
    """An answer without a name of its own is called by the last part of its key."""
    return named.get(key) or named.get(key.rpartition(".")[2]) or key.rpartition(".")[2].replace("_", " ")


def _word(key, value, words):
    if key == "language":
        return dict(settings.LANGUAGES).get(value, value)
    return words.word(LISTS[key], value) if key in LISTS else str(value)


def in_word(key, value, words):
    """A code of a particular in words."""
    return dict(Level.choices).get(value, value) if key == "level" else _word(key, value, words)


def in_words(key, value) -> str:
    """All codes of a particular in words, for a letter."""
    words = None if key in ("level", "language") else vocabulary([])
    return ", ".join(str(in_word(key, one, words)) for one in ([value] if isinstance(value, str) else value)) or "–"


def two_of(versions, asked) -> tuple:
    """Which two of these versions (oldest first) `from` and `to` ask for: the newest and the one before, unless said.

    None twice where there are not two.
    """
    by_number = {str(version.number): version for version in versions}
    new = by_number.get(asked.get("to", ""), versions[-1] if versions else None)
    before = [version for version in versions if new and version.number < new.number]
    old = by_number.get(asked.get("from", ""), before[-1] if before else None)
    return (old, new) if old and new and old != new else (None, None)
