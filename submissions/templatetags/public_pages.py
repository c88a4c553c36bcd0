"""Whether something has a page that everybody may read: asked of the same rule as that page."""

from django import template
from django.conf import settings
from django.urls import translate_url
from django.utils.html import format_html

from submissions import publication, schema_org

register = template.Library()


@register.simple_tag
def has_public_page(organisation, at) -> bool:
    """`{% has_public_page organisation at as is_public %}`: one statement."""
    return publication.public_organisations(at).filter(pk=organisation.pk).exists()


@register.simple_tag(takes_context=True)
def in_language(context, code) -> str:
    """`{% in_language "fr" %}`: the address of this page in that language."""
    return translate_url(context["request"].path, code)


@register.simple_tag(takes_context=True)
def as_collection(context, name):
    """`{% as_collection country.name %}`: that this page is a list about something, for search engines."""
    return _said(schema_org.collection(_here(context), str(name)))


@register.simple_tag(takes_context=True)
def as_event(context, forum):
    """`{% as_event forum %}`: when and where a forum meets, for search engines; nothing while it has no days."""
    return _said(schema_org.event(forum, _here(context))) if forum.first_day else ""


def _here(context):
    return settings.SITE_URL + context["request"].path


def _said(thing):
    return format_html('<script type="application/ld+json">{}</script>', schema_org.in_page(thing))
