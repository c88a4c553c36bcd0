"""What several parts of one page need, asked of the database once for a request."""

from forums.models import Forum


def forums_of(request) -> list:
    """Every forum: the frame of a page names the current one, lists of inputs narrow by them."""
    if not hasattr(request, "forums"):
        request.forums = list(Forum.objects.all())
    return request.forums
