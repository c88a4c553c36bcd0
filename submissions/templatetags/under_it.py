"""{{ bodies|alphabetically }}: bodies of a receipt in the order of the reader's language."""

from django import template
from django.utils.translation import get_language

from submissions.un_order import alphabetical

register = template.Library()


@register.filter
def alphabetically(bodies):
    return sorted(bodies, key=lambda body: alphabetical(body["name"], get_language() or "en"))
