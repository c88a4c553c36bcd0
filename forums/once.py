"""What several parts of one page need, asked of the database once for a request."""

from forums.kept_statements import KeptStatement
from forums.models import Forum

FORUMS = KeptStatement(Forum.objects.all)


def forums_of(request) -> list:
    """Every forum: the frame of a page names the current one, lists of inputs narrow by them."""
    if not hasattr(request, "forums"):
        request.forums = FORUMS.rows()
    return request.forums
