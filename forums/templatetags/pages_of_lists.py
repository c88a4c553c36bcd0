"""Links to the pages of a list: written by a function, since a template takes ten times as long."""

from html import escape

from django import template
from django.utils.formats import localize
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

register = template.Library()
GAP = '<li class="gap" aria-hidden="true">…</li>'


@register.simple_tag
def pages_of(page, query=""):
    """`{% pages_of page query %}`: `query`, the other filters as an encoded query string without "page"."""
    if page in (None, "") or not page.has_other_pages():
        return ""
    start = f"?{escape(query)}&amp;page=" if query else "?page="
    lines = [*_before(page.number, start), _here(page.number), *_after(page.number, page.paginator.num_pages, start)]
    inside, label = "\n".join(lines), _("Pages")
    return mark_safe(f'<nav aria-label="{label}"><ul class="pager">\n{inside}\n</ul></nav>')  # noqa: S308 see escape()


def _before(here, start):
    if here == 1:
        return []
    label = _("Page 1")
    first = [f'<li><a href="{start}1" aria-label="{label}">1</a></li>'] if here > 2 else []
    gap = [GAP] if here > 3 else []
    return [_step("prev", here - 1, _("Previous"), start), *first, *gap, _link(here - 1, start)]


def _here(number):
    return f'<li><span class="here" aria-current="page">{localize(number)}</span></li>'


def _after(here, last, start):
    if here == last:
        return []
    gap, end = [GAP] if last > here + 2 else [], [_link(last, start)] if last > here + 1 else []
    return [_link(here + 1, start), *gap, *end, _step("next", here + 1, _("Next"), start)]


def _step(way, number, word, start):
    return f'<li><a rel="{way}" href="{start}{number}">{word}</a></li>'


def _link(number, start):
    label = _("Page %(number)s") % {"number": localize(number)}
    return f'<li><a href="{start}{number}" aria-label="{label}">{localize(number)}</a></li>'
