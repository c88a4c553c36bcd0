"""{% calls_with_forms forum as keys %}: the calls of a forum that ask a form, in one statement."""

from django import template

from submissions.models import CallForm

register = template.Library()


@register.simple_tag
def calls_with_forms(forum):
    return set(CallForm.objects.filter(call__forum=forum, level="").values_list("call", flat=True))
