"""Public pages: no cookie, kept by caches for a minute, answered with 304 when nothing changed."""

from functools import wraps

from django.conf import settings
from django.utils.cache import add_never_cache_headers, patch_cache_control, patch_vary_headers
from django.views.decorators.http import require_safe

SECONDS = 60


def public_page(view):
    """Marks a view as public: only GET and HEAD; shared caches may keep it, unless a signed-in person asks."""

    @require_safe
    @wraps(view)
    def answer(request, *args, **kwargs):
        request.is_public_page = True
        response = view(request, *args, **kwargs)
        patch_vary_headers(response, ["Cookie"])
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            add_never_cache_headers(response)
        else:
            patch_cache_control(response, public=True, max_age=SECONDS)
        return response

    return answer
