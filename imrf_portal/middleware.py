"""What happens to every request: a name for it in the logs, a language for plain addresses, private unless said."""

import re
import time
import uuid

import structlog
from csp.constants import HEADER
from csp.middleware import CheckableLazyObject, CSPMiddleware
from csp.utils import build_policy
from django.conf import settings
from django.http import HttpResponse, HttpResponseBadRequest
from django.utils import translation
from django.utils.cache import add_never_cache_headers
from django.utils.http import http_date
from pghistory.middleware import HistoryMiddleware

from imrf_portal.api_rules import plain_problem

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
EVEN = ("account_signup", "account_reset_password")
PLAIN_ADDRESSES = ("/accounts/", "/admin/", "/api/")


def refuse_control_characters(get_response):
    """NUL and other control characters in an address or its query get 400: PostgreSQL could not store them anyway."""

    def answer(request):
        query = request.META.get("QUERY_STRING", "")
        if CONTROL.search(request.path) or re.search(r"%0[0-8bcef]|%1[0-9a-f]|%7f|\x00", query, re.IGNORECASE):
            sentence = "The address contains control characters."
            if request.path.startswith("/api/v1/"):
                return plain_problem(400, sentence)
            return HttpResponseBadRequest(f"400 {sentence}", content_type="text/plain")
        return get_response(request)

    return answer


def request_id(get_response):
    """Names each request; the name stands in every log line and on the page of an error."""

    def answer(request):
        request.id = uuid.uuid4().hex[:16]
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request=request.id)
        response = get_response(request)
        response["X-Request-ID"] = request.id
        return response

    return answer


class History(HistoryMiddleware):
    """The audit says of every change who, on which page and in which request; the same name stands in the logs."""

    def get_context(self, request):
        return {**super().get_context(request), "request": getattr(request, "id", "")}


def language_of_plain_addresses(get_response):
    """Account and desk pages have no language in their address: `?lang=` chooses it and a cookie keeps it.

    The cookie is set on private pages only: public ones, the description of the API among them, set none.
    """
    codes = {code for code, _ in settings.LANGUAGES}

    def answer(request):
        wanted = request.GET.get("lang", "") if request.path.startswith(PLAIN_ADDRESSES) else ""
        if wanted in codes:
            request.COOKIES[settings.LANGUAGE_COOKIE_NAME] = wanted
        response = get_response(request)
        if wanted in codes and not request.path.startswith("/api/"):
            keep_language(response, wanted)
        return response

    return answer


def keep_language(response, code):
    """Remember the chosen language for pages whose address does not say it."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code,
        max_age=365 * 24 * 3600,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite=settings.LANGUAGE_COOKIE_SAMESITE,
    )


def even_answers(get_response):
    """Signing up and forgetting a password do more for an address that is known, or less: all take the longer time.

    Only forms that were posted wait, and allauth limits how many of them one visitor may post.
    """

    def answer(request):
        begun = time.monotonic()
        response = get_response(request)
        match = request.resolver_match
        if request.method == "POST" and match and match.url_name in EVEN:
            time.sleep(max(0, settings.EVEN_ANSWERS_MILLISECONDS / 1000 - (time.monotonic() - begun)))
        return response

    return answer


def private_unless_said(get_response):
    """No answer may be kept by a shared cache unless its view said so (see imrf_portal.public.public_page)."""
    add_never_cache_headers(as_django_says := HttpResponse())
    never = as_django_says["Cache-Control"]  # put together once, not for each page

    def answer(request):
        response = get_response(request)
        if not response.has_header("Cache-Control"):
            response.headers["Cache-Control"] = never
            response.headers.setdefault("Expires", http_date())
        if getattr(request, "user", None) is not None and translation.get_language():
            response.headers.setdefault("Content-Language", translation.get_language())
        return response

    return answer


class ContentPolicy(CSPMiddleware):
    """The policy of django-csp, put together once for all answers whose view says nothing else about it."""

    def __init__(self, get_response):
        super().__init__(get_response)
        self.plain = build_policy()

    def process_response(self, request, response):
        own = HEADER in response or any(name.startswith("_csp") for name in vars(response))
        if own or hasattr(request, "_csp_nonce") or settings.DEBUG:
            return super().process_response(request, response)
        response[HEADER] = self.plain
        request.csp_nonce = _too_late
        return response


_too_late = CheckableLazyObject(CSPMiddleware._csp_nonce_post_response)
