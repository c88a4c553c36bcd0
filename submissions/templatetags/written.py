"""What people wrote, in its own language and direction, where a translated sentence goes on around it."""

from django import template
from django.utils.html import format_html

from forums.templatetags.languages import direction

register = template.Library()


@register.filter
def written(text, language):
    """`{% blocktranslate with title=input.title|written:input.language %}`: the text with its language marked."""
    return format_html('<span lang="{}" dir="{}">{}</span>', language or "und", direction(language), text)
