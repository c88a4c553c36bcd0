"""Resolutions and their paragraphs in the words of each language. Pure."""

from django.utils.translation import gettext as _


def paragraph_in_words(resolution: str, paragraph: str = "") -> str:
    """A/RES/73/326, paragraph 14; the symbol alone where no paragraph is known, nothing where no resolution is."""
    if resolution and paragraph:
        return _("%(symbol)s, paragraph %(number)s") % {"symbol": resolution, "number": paragraph}
    return resolution
