"""Public answers go compressed to those who read gzip: a list takes a fifth of its bytes, and on a slow phone of its time.

Only what every cache may keep is compressed, and what its view calls everybody's. An answer for one person holds what nobody
else should know, beside words that somebody else may have put into its address: how far it shrinks would tell of both.
"""

import gzip
import re

from django.utils.cache import patch_vary_headers

LEAST = 1000  # bytes: a smaller answer goes in one packet as it is
LEVEL = 5
WORDS = re.compile(r"text/|application/([\w.-]+\+)?(json|xml|javascript)\b|application/x-(bibtex|research-info-systems)")


def compress_public(get_response):
    """The middleware, outside of all that makes an answer or keeps one ready."""

    def answer(request):
        response = get_response(request)
        if _is_everybodys(response):
            patch_vary_headers(response, ["Accept-Encoding"])
            if reads_gzip(request.headers.get("Accept-Encoding", "")):
                _compress(response)
        return response

    return answer


def compressed(content: bytes) -> bytes:
    """The same bytes at each call: nothing of the moment is written into them."""
    return gzip.compress(content, LEVEL, mtime=0)


def reads_gzip(accepted: str) -> bool:
    """Whether this reader takes gzip; one that says `gzip;q=0` does not."""
    for each in accepted.lower().split(","):
        name, _, weight = each.strip().partition(";")
        if name.strip() in ("gzip", "x-gzip", "*"):
            return not re.fullmatch(r"\s*q\s*=\s*0(\.0*)?\s*", weight)
    return False


def _is_everybodys(response):
    """A whole answer in words for everybody, or the answer that it has not changed."""
    said = getattr(response, "is_everybodys", False) or "public" in response.get("Cache-Control", "")
    if not said or response.cookies or response.has_header("Content-Encoding"):
        return False
    if response.status_code == 304:
        return True
    return not response.streaming and bool(WORDS.match(response.get("Content-Type", ""))) and len(response.content) >= LEAST


def _compress(response):
    """What the mark of a page stands for is the page, so it is the same page compressed, but not the same bytes: W/."""
    if (mark := response.get("ETag", "")) and not mark.startswith("W/"):
        response.headers["ETag"] = f"W/{mark}"
    if response.status_code == 304:
        return
    ready = getattr(response, "ready_page", None)
    response.content = ready.compressed if ready else compressed(response.content)
    response.headers["Content-Encoding"] = "gzip"
    response.headers["Content-Length"] = str(len(response.content))
