"""Suggestions while somebody types in a search box, as JSON for static/js/suggest.js; the box works without them."""

from django.http import JsonResponse
from django.utils.timezone import now

from forums.public_page import public_page
from submissions.search.completing import LONGEST, completions


@public_page
def suggest(request):
    """Public names only; the same for everybody, so that caches may keep it."""
    typed = " ".join(request.GET.get("q", "").replace("\x00", " ").split())[:LONGEST]
    answer = JsonResponse({"typed": typed, "suggestions": completions(typed, now())})
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer
