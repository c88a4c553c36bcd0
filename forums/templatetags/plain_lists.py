"""Short lists that stand on a page a hundred times: written by a function, since a template takes ten times as long."""

from django import template
from django.utils.formats import localize
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe

register = template.Library()
ON = mark_safe(' aria-current="true"')


@register.simple_tag
def choices(options):
    """`{% choices facet.options %}`: what a list can be narrowed by, each with the number that would be left."""
    line = '<li><a href="{}"{}><bdi>{}</bdi><span class="number">{}</span></a></li>'
    each = ((one["url"], ON if one["current"] else "", one["label"], localize(one["count"])) for one in options)
    return format_html_join("", line, each)


@register.simple_tag
def items(words):
    """`{% items card.tags %}`: words, each an item of a list."""
    return format_html_join("", "<li>{}</li>", ((word,) for word in words))
