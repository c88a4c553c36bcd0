"""The language and direction of texts: what people wrote keeps its own, whatever the page around it does."""

from functools import lru_cache

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, get_language_bidi, override
from modeltranslation.settings import DEFAULT_LANGUAGE
from modeltranslation.utils import build_localized_fieldname

register = template.Library()


@register.filter
@lru_cache(maxsize=200)
def direction(language):
    """`<p lang="{{ input.language }}" dir="{{ input.language|direction }}">`"""
    with override(language or "en"):
        return "rtl" if get_language_bidi() else "ltr"


@register.simple_tag
def language_of(thing, column) -> str:
    """The language in which a translated column is shown, where it is not the reader's; nothing where it is."""
    reader = get_language() or DEFAULT_LANGUAGE
    if reader == DEFAULT_LANGUAGE or getattr(thing, build_localized_fieldname(column, reader)):
        return ""
    return DEFAULT_LANGUAGE if getattr(thing, column) else ""


@register.simple_tag
def in_own_language(thing, column):
    """`{% in_own_language forum "venue" %}`: a translated column, isolated; marked where it fell back to English."""
    return said(getattr(thing, column), language_of(thing, column))


@register.simple_tag
def said(text, language=""):
    """`{% said review.led_by "en" %}`: a text that stands on its own, marked with its language where that is another."""
    if not language or language == get_language():
        return format_html("<bdi>{}</bdi>", text)
    return format_html('<bdi lang="{}" dir="{}">{}</bdi>', language, direction(language), text)


@register.simple_tag
def title_of(entry):
    """The title of an entry of the calendar; within words of the portal the name keeps a language of its own."""
    if not entry.language:
        return format_html("<bdi>{}</bdi>", entry.title)
    if entry.title == entry.name:
        return said(entry.name, entry.language)
    whole = escape(entry.title).replace(escape(entry.name), said(entry.name, entry.language))
    return format_html("<bdi>{}</bdi>", mark_safe(whole))  # noqa: S308 both parts are escaped above


@register.simple_tag
def alternates_of(languages, site):
    """`{% alternates_of site_languages site_url %}`: this page in each language, for the head of it."""
    return mark_safe("".join(_alternate(language, escape(f"{site}{language['url']}")) for language in languages))  # noqa: S308


def _alternate(language, url):
    link = f'\n<link rel="alternate" hreflang="{language["code"]}" href="{url}">'
    return f'{link}\n<link rel="alternate" hreflang="x-default" href="{url}">' if language["code"] == "en" else link


@register.simple_tag
def choice_of(languages):
    """`{% choice_of site_languages %}`: the same for whoever reads it, each language in its own words."""
    return mark_safe("".join(map(_choice, languages)))  # noqa: S308 the address is escaped, the rest is ours


def _choice(language):
    code, here = language["code"], ' aria-current="true"' if language["current"] else ""
    url = escape(language["url"])
    return f'\n<li><a href="{url}" lang="{code}" hreflang="{code}"{here}>{escape(language["name"])}</a></li>'
