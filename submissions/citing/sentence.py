"""The sentence by which an input is cited: its names, and its parts for a document that has marks of its own."""

import re

from django.template.loader import render_to_string
from django.utils.html import format_html_join
from django.utils.translation import gettext as _

from submissions.templatetags.written import written

LATIN = "en"
SPACES = re.compile("[\n\t ]+")  # not those that hold a sign to its word


def names(authors):
    """All that speak, pairs of a name and its language, the lead first: each marked with its language."""
    return format_html_join(_(", "), "{}", ((written(name, language),) for name, language in authors))


def in_parts(input, *, authors, cited_on, address) -> list:
    """The sentence of a Described as pairs of words and their language: a code, LATIN for symbol and address, else empty."""
    from lxml import html as lxml_html  # only a document asks for parts; no page holds the library

    about = {"title": input.title, "lang": input.language, "year": input.year, "symbol": input.symbol}
    given = {**about, "authors": authors, "cited_on": cited_on, "address": address}
    sentence = render_to_string("submissions/_citation.html", given)
    parts = _parts(lxml_html.fragment_fromstring(sentence.strip(), create_parent="p"), "")
    return [(words, language) for words, language in parts if words]


def _parts(element, language):
    yield _in_one_line(element.text), language
    for part in element:
        alone = LATIN if part.tag == "bdi" and not len(part) else language
        yield from _parts(part, part.get("lang") or alone)
        yield _in_one_line(part.tail), language


def _in_one_line(text):
    return SPACES.sub(" ", text or "")
