"""The links to a page in other languages, written by functions, as the template wrote them."""

import pytest
from django.template import Context, engines

from forums.templatetags.languages import alternates_of, choice_of

ALTERNATES = """{% for language in site_languages %}
<link rel="alternate" hreflang="{{ language.code }}" href="{{ site_url }}{{ language.url }}">{% if language.code == "en" %}
<link rel="alternate" hreflang="x-default" href="{{ site_url }}{{ language.url }}">{% endif %}{% endfor %}"""
CHOICE = """{% for language in site_languages %}
<li><a href="{{ language.url }}" lang="{{ language.code }}" hreflang="{{ language.code }}"{% if language.current %} aria-current="true"{% endif %}>{{ language.name }}</a></li>{% endfor %}"""  # noqa: E501
LANGUAGES = [
    {"code": "en", "name": "English", "url": "/en/inputs/?q=a&b='\"<script>", "current": True},
    {"code": "fr", "name": "Français", "url": "/fr/inputs/", "current": False},
]


@pytest.mark.parametrize("languages", [LANGUAGES, LANGUAGES[1:], []])
@pytest.mark.parametrize("site", ["https://inputs.example.org", "", "https://a.b/?&"])
def test_they_are_what_a_template_writes(languages, site):
    told = Context({"site_languages": languages, "site_url": site})
    assert alternates_of(languages, site) == engines["django"].engine.from_string(ALTERNATES).render(told)
    assert choice_of(languages) == engines["django"].engine.from_string(CHOICE).render(told)


def test_without_a_context_there_are_none():
    page = engines["django"].engine.from_string("{% load languages %}[{% alternates_of site_languages site_url %}]")
    assert page.render(Context()) == "[]"
