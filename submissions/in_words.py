"""What pages and papers say of a public input in the same words: how it came, how a file reads, where it was used. Pure."""

from datetime import datetime

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from forums.models import OfficialDocument
from submissions.models import Recording


def how_readable(file) -> str:
    """What reading software finds in a file, where its reading told; empty where nobody knows."""
    extract = getattr(file, "extract", None)
    if extract is None:
        return ""
    if extract.is_tagged:
        return _("tagged for screen readers")
    if not extract.has_text and extract.pages:
        return _("pictures of pages, without text")
    return _("not tagged for screen readers") if extract.is_tagged is False else ""


def how_it_came(said) -> dict:
    """How and when an input reached the desk, as a page shows it; empty for one that was sent through the form."""
    if not said:
        return {}
    how = dict(Recording.How.choices)
    return {"how": how.get(said["how"], said["how"]), "at": datetime.fromisoformat(said["came_at"])}


def used_in_words(published) -> list:
    """Each document once, with its places, in the language of the page; asks nothing of the database."""
    language, kinds, found = get_language() or "en", dict(OfficialDocument.Kind.choices), {}
    for use in published.used_in:
        title = use["title"].get(language) or use["title"].get("en", "")
        one = {**use, "kind": kinds.get(use["kind"], ""), "title": title, "places": []}
        found.setdefault(use["document"], one)["places"].append({"place": use["place"], "note": use["note"]})
    for one in found.values():
        one["places"] = [each for each in one["places"] if each["place"] or each["note"]]
    return list(found.values())
