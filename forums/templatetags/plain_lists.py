"""Short lists that stand on a page a hundred times: written by a function, since a template takes ten times as long."""

from html import escape

from django import template
from django.utils.formats import localize
from django.utils.html import conditional_escape
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

register = template.Library()
UNFOLDED = 9  # options of one kind that are seen at once


@register.simple_tag
def facets_of(facets):
    """`{% facets_of facets %}`: ways to narrow a list.

    Each has label, options and is_open; an option has label, url (the list with this choice, or without it when it is on),
    count and current. More than nine options are folded.
    """
    return mark_safe("\n".join([_facet(each) for each in facets if each["options"]]))  # noqa: S308  escaped where put in


def _facet(facet):
    label, options = escape(str(facet["label"])), [_option(each) for each in facet["options"]]
    more = "".join(options[UNFOLDED:])
    if more:
        said = _("More: %(label)s") % {"label": label}
        more = f"<details><summary>{said}</summary><ul>{more}</ul></details>"
    is_open = " open" if facet["is_open"] else ""
    shown = "".join(options[:UNFOLDED])
    return f'<details class="facet"{is_open}><summary>{label}</summary>\n<ul>{shown}</ul>\n{more}\n</details>'


def _option(one):
    on = ' aria-current="true"' if one["current"] else ""
    label = f"<bdi>{written(one['label'])}</bdi>"
    return f'<li><a href="{escape(one["url"])}"{on}>{label}<span class="number">{number(one["count"])}</span></a></li>'


@register.simple_tag
def items(words):
    """`{% items card.tags %}`: words, each an item of a list."""
    return mark_safe("".join([f"<li>{written(word)}</li>" for word in words]))  # noqa: S308  escaped by written()


def written(said) -> str:
    """What a template would print of it: escaped, unless it is HTML already."""
    return escape(said) if type(said) is str else conditional_escape(said)


def number(count) -> str:
    """As a template prints it; below a thousand no language has it otherwise."""
    return str(count) if count < 1000 else localize(count)
