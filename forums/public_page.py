"""Public pages: no cookie, kept by a browser for a minute and by shared caches for a second, 304 when nothing changed."""

import hashlib
from functools import wraps

from django.conf import settings
from django.http import HttpResponse
from django.templatetags.static import static
from django.utils import translation
from django.utils.cache import add_never_cache_headers, get_conditional_response, patch_cache_control, patch_vary_headers
from django.utils.http import http_date, quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

SECONDS = 60  # for which somebody's browser may show again what it showed
SHARED_SECONDS = 1  # for which a cache in between may: what is taken down is gone from them as quickly as from here


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
        elif "no-store" not in response.get("Cache-Control", ""):  # a view may say of a passing answer that nobody keeps it
            may_be_kept(response)
        return response

    return answer


def may_be_kept(response):
    """Says to browsers and to caches in between for how long they may give this public answer again."""
    patch_cache_control(response, public=True, max_age=SECONDS, s_maxage=SHARED_SECONDS)


def in_asked_language(view):
    """The language of the words is that of `?lang=`, else of the address, else English; one that nobody knows is refused."""

    @wraps(view)
    def answer(request, *args, **kwargs):
        in_address = translation.get_language_from_path(request.path_info)
        language = request.GET.get("lang") or in_address or settings.LANGUAGE_CODE
        if language not in dict(settings.LANGUAGES):
            sentence = _("“%(value)s” is not one of the six languages.") % {"value": language[:40]}
            return HttpResponse(sentence + "\n", status=400, content_type="text/plain; charset=utf-8")
        with translation.override(language):
            response = view(request, *args, **kwargs)
        response.headers["Content-Language"] = language
        return response

    return answer


def unless_unchanged(request, make, *parts, changed_at=None, by_date=True):
    """A 304 when the reader has the page made of these parts already, else the page that `make()` gives, marked.

    Pages without such parts are compared byte by byte (ConditionalGetMiddleware): this spares the making, too. The
    address of the style sheet is a part, since a newer release may look different. Without `changed_at` the parts alone
    tell. Where the date does not tell all (not `by_date`) no date is given, so nobody can ask by one. Signed-in people get
    it always.
    """
    if settings.SESSION_COOKIE_NAME in request.COOKIES:
        return make()
    etag = quote_etag(
        hashlib.sha256("|".join(map(str, (*parts, changed_at, static("css/portal.css")))).encode()).hexdigest()[:32]
    )
    stamp = int(changed_at.timestamp()) if changed_at and by_date else None
    response = get_conditional_response(request, etag=etag, last_modified=stamp) or make()
    response.headers["ETag"] = etag
    if stamp:
        response.headers["Last-Modified"] = http_date(stamp)
    return response
