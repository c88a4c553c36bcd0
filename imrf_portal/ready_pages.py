"""Lists, inputs and programmes that were made before, given again to readers without a cookie while nothing changes.

Whether something public changed is asked of PostgreSQL each time, in one statement: an input that was taken down is gone
with its commit, a programme is new with its release. The rest of a page (names of objectives, the forum's own words) may be
as old as any cache may keep it. Each process keeps a few lists, as many inputs and as many programmes in its own memory,
those that were asked for last: whoever walks through all inputs drives out no list.
"""

import time
import uuid
from collections import OrderedDict
from dataclasses import dataclass
from functools import cached_property
from threading import Lock

from django.conf import settings
from django.http import HttpResponse
from django.utils.cache import get_conditional_response

from forums.public_page import SECONDS
from imrf_portal.api_rules import is_asked_of_api
from imrf_portal.compressing import compressed
from submissions.last_stamp import stamp_for

LONGEST_ADDRESS, LARGEST = 300, 150_000
FRESH = 10  # seconds since the last change: what was stamped and is not committed yet could be missing from a page
FRESH_SECONDS = 1
OWN = ("X-Request-ID", "Date")


@dataclass(frozen=True)
class Kept:
    view: str  # its name, as the address has it
    content: bytes
    headers: dict
    stamp: object
    until: float

    @cached_property
    def compressed(self) -> bytes:
        """Compressed once, by the first reader who takes it so (imrf_portal/compressing.py)."""
        return compressed(self.content)


def ready_pages(get_response):
    shelves, turn = {"lists": OrderedDict(), "inputs": OrderedDict(), "programmes": OrderedDict()}, Lock()

    def answer(request):
        if not (settings.READY_PAGES and _may_be_given(request)):
            return get_response(request)
        key, newest = (request.get_host(), request.get_full_path()), stamp_for(request)
        page = next((page for shelf in shelves.values() if (page := shelf.get(key))), None)
        if page and newest and newest.is_that_of(page.stamp) and time.monotonic() < page.until:
            return _again(request, page)
        response = get_response(request)
        if newest and _may_be_kept(request, response):
            with turn:
                _put(shelves[request.stays_ready], key, _kept(request, response, newest))
        return response

    return answer


def _may_be_given(request) -> bool:
    """Nothing of the API: it has marks of its own for what a reader has already."""
    if request.method != "GET" or is_asked_of_api(request) or request.headers.get("Cookie"):
        return False
    return len(request.get_full_path()) < LONGEST_ADDRESS


def _put(shelf, key, page):
    shelf[key] = page
    shelf.move_to_end(key)
    while len(shelf) > settings.READY_PAGES:
        shelf.popitem(last=False)


def _may_be_kept(request, response) -> bool:
    """A page of what is published that any cache may keep, and that is the same for everybody."""
    varies = {name.strip().lower() for name in response.get("Vary", "").split(",") if name.strip()}
    return (
        getattr(request, "stays_ready", "")
        and response.status_code == 200
        and not response.streaming
        and not response.cookies
        and "public" in response.get("Cache-Control", "")
        and varies <= {"cookie"}
        and len(response.content) < LARGEST
    )


def _kept(request, response, newest):
    headers = {name: value for name, value in response.items() if name not in OWN}
    seconds = SECONDS if newest.age > FRESH else FRESH_SECONDS
    view = request.resolver_match.view_name
    return Kept(view, response.content, headers, newest, time.monotonic() + seconds)


def _again(request, page):
    request.is_public_page, request.read_view = True, page.view  # it is read, too (imrf_portal/reading_counts.py)
    response = HttpResponse(page.content, headers={**page.headers, "X-Request-ID": uuid.uuid4().hex[:16]})
    response.ready_page = page
    return get_conditional_response(request, etag=page.headers.get("ETag"), response=response)
