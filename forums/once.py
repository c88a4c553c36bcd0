"""What several parts of one page need, asked of the database once for a request."""

from django.core.cache import caches
from django.utils.translation import get_language

from forums.kept_statements import KeptStatement
from forums.models import Forum

FORUMS = KeptStatement(Forum.objects.all)


def forums_of(request) -> list:
    """Every forum: the frame of a page names the current one, lists of inputs narrow by them."""
    if not hasattr(request, "forums"):
        request.forums = FORUMS.rows()
    return request.forums


def kept_forums_of(request) -> list:
    """The same for a public page that only names them: a minute old at most, as names of lists are there. Change none."""
    if not hasattr(request, "forums"):
        request.forums = caches["words"].get_or_set(f"forums:{get_language()}", FORUMS.rows)
    return request.forums
