"""Changes of the calendar: written where they happen, told by a sweep, shown by the feed."""

from forums.models import Change

LANGUAGES = ("ar", "zh-hans", "en", "fr", "ru", "es")


def note_change(forum, kind, /, *, at, **what) -> Change:
    """Write down what became different, in the transaction that changes it.

    `what` has plain values (text, numbers, lists, names in six languages as a dictionary), so that each language says
    it in its own words later: forums/changes.py does. Followers are told by a sweep, the feed shows it at once.
    """
    return Change.objects.create(forum=forum, kind=kind, what=what, at=at)


def in_six(thing, column) -> dict:
    """A translated column of a row in its six languages, as a change keeps it; languages without a text are left out."""
    names = {language: getattr(thing, f"{column}_{language.replace('-', '_')}") for language in LANGUAGES}
    return {language: name for language, name in names.items() if name}
