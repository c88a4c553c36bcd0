"""Whether something has a page that everybody may read: asked of the same rule as that page."""

from django import template

from submissions import publication

register = template.Library()


@register.simple_tag
def has_public_page(organisation, at) -> bool:
    """`{% has_public_page organisation at as is_public %}`: one statement."""
    return publication.public_organisations(at).filter(pk=organisation.pk).exists()
