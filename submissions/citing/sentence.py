"""The names in the sentence by which an input is cited, and the sentence as plain words; pages include its template."""

from django.template.loader import render_to_string
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from lxml import html as lxml_html

from submissions.templatetags.written import written


def names(authors):
    """All that speak, the lead first, each marked with its language."""
    return format_html_join(_(", "), "{}", ((written(author.name, author.language),) for author in authors))


def in_plain_words(input, *, authors, cited_on, address) -> str:
    """The sentence of a Described without marks, for a document that has marks of its own."""
    about = {"title": input.title, "lang": input.language, "year": input.year, "symbol": input.symbol}
    sentence = render_to_string(
        "submissions/_citation.html", {**about, "authors": authors, "cited_on": cited_on, "address": address}
    )
    return " ".join(lxml_html.fragment_fromstring(sentence, create_parent="p").text_content().split())
