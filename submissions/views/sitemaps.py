"""Sitemaps, for search engines."""

from django.http import Http404, HttpResponse
from django.utils.timezone import now

from forums.public_page import public_page
from submissions import sitemaps


@public_page
def sitemap_index(request):
    return _xml(sitemaps.index(now()))


@public_page
def sitemap_part(request, language, section, number):
    known = language in sitemaps.LANGUAGES and section in sitemaps.SECTIONS and number < 10**6
    content = sitemaps.part(language, section, number, now()) if known else None
    if content is None:
        raise Http404
    return _xml(content)


def _xml(content):
    return HttpResponse(content, content_type="application/xml; charset=utf-8")
