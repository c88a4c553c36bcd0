"""What the file of a list is called, and the links by which a page offers it."""

from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import get_language

from submissions.list_files.writing import FORMS

LONGEST = 100  # signs of what was asked; more is cut, since file systems take some 255


def file_name(filters, form, at) -> str:
    """Forum, words and filters, day and language, in signs that every file system takes."""
    words = [slugify(filters.q)[:30] or "words"] if filters.q else []
    pairs = [*filters.fixed, *filters.chosen]
    forums = [code for field, code in pairs if field == "forum"]
    others = [f"{field.replace('_', '-')}-{slugify(code)}" for field, code in pairs if field != "forum"]
    asked = "-".join(["imrf", *forums, "inputs", *words, *others])[:LONGEST].rstrip("-")
    return f"{asked}-{at:%Y-%m-%d}-{get_language()}.{form}"


def ways_to_take(filters, total, *, nearest) -> list:
    """Pairs of a name and an address: the forms that take a list of this length. `nearest` where other words answered."""
    asked = "&".join(part for part in (filters.feed_query(), "nearest=1" if nearest else "") if part)
    here, query = reverse("submissions:inputs").rstrip("/"), f"?{asked}" if asked else ""
    return [(form.name, f"{here}.{ending}{query}") for ending, form in FORMS.items() if 0 < total <= form.most]
