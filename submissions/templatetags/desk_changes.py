"""What the desk changed of an input, in words, for letters and pages."""

from django import template

from submissions import parts
from submissions.redaction_letter_kinds import changes_in_words

register = template.Library()
register.simple_tag(changes_in_words)


@register.simple_tag
def part_named(part, submission):
    return parts.named(part, submission)
