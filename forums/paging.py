"""The page of a public list that its address asks for: one that is not there is said, and no other is shown for it."""

from django.core.paginator import Paginator
from django.utils.translation import gettext as _


def page_of(rows, size, query) -> tuple:
    """A page of Django's Paginator and no sentence; or None, and the sentence why there is none."""
    asked = query.get("page", "").strip() or "1"
    if not (asked.isascii() and asked.isdigit() and len(asked) < 8 and int(asked)):
        return None, _("“%(value)s” is not the number of a page.") % {"value": asked[:80]}
    pages = Paginator(rows, size)
    if int(asked) > pages.num_pages:
        sentence = _("There is no page %(page)d: this list ends with page %(last)d.")
        return None, sentence % {"page": int(asked), "last": pages.num_pages}
    return pages.page(int(asked)), ""
