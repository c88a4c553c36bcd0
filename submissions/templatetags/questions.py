"""{% sections_of form %}: the questions of a call's form, section by section, as its page asks them."""

from django import template
from django.utils.safestring import mark_safe

from submissions.written_parts import section_in_html

register = template.Library()


@register.simple_tag
def sections_of(form):
    sections = (section_in_html(form, part, number) for number, part in enumerate(form.sections, start=1))
    return mark_safe("".join(sections))  # noqa: S308 - escaped there
