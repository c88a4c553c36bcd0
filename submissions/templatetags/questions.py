"""{% only_if form question %}: on which earlier answer a question depends, as its page says it."""

from django import template
from django.utils.html import format_html

from submissions.questions.fields import condition_in_words

register = template.Library()


@register.simple_tag
def only_if(form, question):
    sentence = condition_in_words(form, question)
    return format_html('<p class="meta only-if">{}</p>', sentence) if sentence else ""
