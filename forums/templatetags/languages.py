"""The direction of a text by its language: what people wrote keeps its own, whatever the page around it does."""

from django import template
from django.utils.translation import get_language_bidi, override

register = template.Library()


@register.filter
def direction(language):
    """`<p lang="{{ input.language }}" dir="{{ input.language|direction }}">`"""
    with override(language or "en"):
        return "rtl" if get_language_bidi() else "ltr"
