"""What a list of the desk says a hundred times, written by functions: its filters and its lines (forums/admin/lines.py)."""

from html import escape  # for texts alone: Django's looks at each whether it is one

from django import template
from django.contrib.admin.templatetags.admin_list import result_headers
from django.utils.encoding import iri_to_uri
from django.utils.safestring import mark_safe
from django.utils.text import capfirst

from forums.admin.lines import lines_of

register = template.Library()


@register.inclusion_tag("admin/parts/_lines.html")
def lines(shown):
    """`{% lines cl %}`, in the place of Django's `{% result_list cl %}`."""
    heads = list(result_headers(shown))
    sorted_by = sum(head["sortable"] and head["sorted"] for head in heads)
    return {"heads": heads, "sorted_by": sorted_by, "lines": lines_of(shown)}


@register.simple_tag
def filters(shown):
    """`{% filters cl %}`: each filter of the list, closed; it says what is chosen."""
    return mark_safe("".join(_filter(spec.title, spec.choices(shown)) for spec in shown.filter_specs))  # noqa: S308  escaped there


def _filter(title, choices):
    chosen, lines = "", []
    for choice in choices:
        word, address = escape(str(choice["display"])), escape(iri_to_uri(choice["query_string"]))
        if choice["selected"]:
            chosen += f"<strong>{word}</strong>"
            lines.append(f'<li class="selected"><a href="{address}" aria-current="true">{word}</a></li>')
        else:
            lines.append(f'<li><a href="{address}">{word}</a></li>')
    title = f'<span class="meta">{escape(str(capfirst(title)))}</span>'
    return f'<details class="filter"><summary>{title} {chosen}</summary>\n<ul>{"".join(lines)}</ul></details>\n'
