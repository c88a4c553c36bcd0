"""A list of published inputs as CSV, XLSX, RIS or BibTeX, asked by the same filters, words and order as its page."""

from functools import partial

from django.conf import settings
from django.core.cache import caches
from django.http import FileResponse, HttpResponse
from django.utils.timezone import now
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from rest_framework.throttling import SimpleRateThrottle

from forums.once import forums_of
from forums.public_page import public_page, unless_unchanged
from submissions import licences
from submissions.following.lists import name_of
from submissions.last_stamp import stamp_for
from submissions.list_files import FORMS, TooMany, file_name, found
from submissions.list_files.writing import About
from submissions.search.asking import understand

LONG = 1000  # inputs; of a file with more the making takes seconds
RATES = {"list_files": "30/minute", "long_list_files": "6/minute"}


class FileThrottle(SimpleRateThrottle):
    """So many files from one network address, and fewer of the long ones."""

    cache = caches["pages"]

    def __init__(self, number):
        self.scope = "long_list_files" if number > LONG else "list_files"
        self.rate = RATES[self.scope]
        super().__init__()

    def get_cache_key(self, request, view):
        return self.cache_format % {"scope": self.scope, "ident": self.get_ident(request)}


@public_page
def list_file(request, form):
    """What a page would refuse or leave aside is refused: a file has no place to say what it left aside."""
    at, asked = now(), request.GET.get("nearest", "")
    question = understand(request.GET, at=at, others=["sort", "nearest"], forums=forums_of(request))
    sentences = [sentence for _field, sentence in question.unknown() + question.ignored()]
    if asked not in ("", "1"):
        sentences.append(_("“nearest” is 1, or is left out."))
    if sentences:
        return _refusal(400, *sentences)
    stamp = stamp_for(request)
    parts = (request.path, get_language(), question.filters, asked, question.vocabulary, stamp and stamp.at)
    response = unless_unchanged(request, partial(_made, request, form, question, at), *parts)
    if response.status_code >= 400:
        del response.headers["ETag"]  # of the file that there is not
    return response


def _made(request, form, question, at):
    kind, about = FORMS[form], About(name_of(question), settings.SITE_URL + request.get_full_path(), at)
    options = {"most": kind.most, "forums": forums_of(request), "nearest": request.GET.get("nearest") == "1"}
    try:
        with found(question, at, **options) as (number, inputs):
            throttle = FileThrottle(number)
            if not throttle.allow_request(request, None):
                return _too_often(throttle)
            file = kind.make(inputs, about)
    except TooMany:
        sentence = _("This list has more than %(most)d inputs, the most that a file of this kind holds. Narrow the list.")
        return _refusal(400, sentence % {"most": kind.most}, _("All inputs together are among the open data."))
    named = file_name(question.filters, form, at)
    response = FileResponse(file, as_attachment=True, filename=named, content_type=kind.media_type)
    response.headers["Link"] = f'<{licences.METADATA_URL}>; rel="license"'
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _too_often(throttle):
    refusal = _refusal(429, _("Too many files were asked for from your network. Try again in a minute."))
    refusal.headers["Retry-After"], refusal.headers["Cache-Control"] = str(int(throttle.wait() or 0) + 1), "no-store"
    return refusal


def _refusal(status, *sentences):
    return HttpResponse("\n".join(sentences) + "\n", status=status, content_type="text/plain; charset=utf-8")
