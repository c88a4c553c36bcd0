"""Title and summary of a published input in the reader's language, always with where they come from. Pure."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from submissions.models import InputTranslation

Origin = InputTranslation.Origin


def for_reader(published, language="") -> dict:
    """The translation into the language of the page with its label; empty where the input is in it, or there is none."""
    language = language or get_language() or "en"
    words = published.translations.get(language)
    if not words or language == published.language:
        return {}
    return {**words, "language": language, "label": label_of(words), "old": _outdated(words)}


def label_of(words) -> str:
    """Where a translation comes from, in one sentence; a machine's is called one whoever checked it."""
    if words["origin"] == Origin.MACHINE:
        checked, unchecked = (
            _("Translated by a machine, checked by a person."),
            _("Translated by a machine. Nobody checked it."),
        )
        return checked if words["checked"] else unchecked
    return _("Translated by its author.") if words["origin"] == Origin.AUTHOR else _("Translated by the Network.")


def _outdated(words) -> str:
    return _("It is of an earlier version: title or summary have changed since.") if words["outdated"] else ""
