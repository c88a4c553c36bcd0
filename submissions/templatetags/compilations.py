"""Compilations in templates: a paragraph with its number, the page of an anchor."""

import re

from django import template
from django.utils.safestring import mark_safe

register = template.Library()
OPENING = re.compile(r"^(<(?:p|blockquote|pre|ul|ol|table)\b[^>]*>(?:<p>)?)")


@register.filter
def at(pages, anchor):
    """The number of the page of an anchor."""
    return pages.get(anchor, "")


@register.filter
def numbered(piece):
    """A block of a text, safe already, its number at the beginning of its words; before a list or a table, above it."""
    if piece.number is None:
        return mark_safe(piece.html)  # noqa: S308 safe HTML of submissions/markup.py
    number = f'<span class="no"><bdi>{piece.number}.</bdi></span>'
    if piece.html.startswith(("<p", "<blockquote")) and not piece.html.startswith("<pre"):
        return mark_safe(OPENING.sub(rf"\g<1>{number} ", piece.html.replace("<blockquote>\n", "<blockquote>"), count=1))  # noqa: S308
    return mark_safe(f"<p>{number}</p>{piece.html}")  # noqa: S308
