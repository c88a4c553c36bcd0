"""The title of an input as everybody but its author reads it."""

from django import template

from submissions.sealed_words import title_of

register = template.Library()


@register.filter
def shown_title(submission) -> str:
    """`{{ submission|shown_title }}`: with marks in place of what is redacted."""
    return title_of(submission) if submission else ""
