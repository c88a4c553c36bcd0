"""The table of a list of the desk: heads as Django has them, lines by one plain function (forums/admin/lines.py)."""

from django import template
from django.contrib.admin.templatetags.admin_list import result_headers

from forums.admin.lines import lines_of

register = template.Library()


@register.inclusion_tag("admin/parts/_lines.html")
def lines(shown):
    """`{% lines cl %}`, in the place of Django's `{% result_list cl %}`."""
    heads = list(result_headers(shown))
    return {
        "heads": heads,
        "sorted_by": sum(head["sortable"] and head["sorted"] for head in heads),
        "lines": lines_of(shown),
    }
