"""The lines of a list of inputs, written by a function: everything that people wrote is escaped, in its own language."""

import pytest
from django.utils.safestring import mark_safe
from django.utils.translation import override

from submissions.templatetags.input_cards import input_cards

PLAIN = {
    "title": "A <title>",
    "title_language": "ar",
    "url": "/en/inputs/1/",
    "excerpt": "",
    "organisation": "Sea & shore",
    "organisation_language": "es",
    "organisation_url": "/en/organisations/sea/",
    "co_sponsors": [],
    "kind": "City",
    "standing": "",
    "reference": "IMRF-1",
    "hit": None,
    "is_copy": False,
    "in_text": False,
    "tags": ["<one>", "two"],
}


def line(heading="", of_one=False, **more):
    return input_cards([{**PLAIN, **more}], heading, of_one)


def body(number):
    return {"name": f"<B{number}>", "language": "fr", "url": f"/b/{number}/"}


def test_a_line_says_title_body_and_tags_each_in_its_language():
    html = line("h2")
    assert html.startswith(
        '<ul class="results">\n<li><h2 lang="ar" dir="rtl"><a href="/en/inputs/1/">A &lt;title&gt;</a></h2>'
    )
    lead = '<a href="/en/organisations/sea/"><bdi lang="es">Sea &amp; shore</bdi></a>'
    assert f'<p class="meta">{lead} · City · <bdi class="reference">IMRF-1</bdi></p>' in html
    assert html.endswith('<ul class="tags"><li>&lt;one&gt;</li><li>two</li></ul></li>\n</ul>')
    assert "<h3" in line()


def test_the_only_body_is_left_out_unless_others_stand_beside_it():
    assert "Sea" not in line(of_one=True)
    assert "Sea" in line(of_one=True, co_sponsors=[body(1)])


@pytest.mark.parametrize(("bodies", "more"), [(1, False), (3, False), (4, True)])
def test_three_bodies_are_named_and_the_others_counted(bodies, more):
    html = line(co_sponsors=[body(number) for number in range(bodies)])
    assert html.count('<bdi lang="fr">&lt;B') == min(bodies, 3)
    assert ("(4 co-sponsors in all)" in html) is more


def test_where_the_words_stand_is_marked_html_and_the_name_of_the_file_is_not():
    hit = {"name": "<f>", "url": "/f/?a=1&b=2", "page": 2, "text": mark_safe("<mark>sea</mark>"), "language": "fr"}
    html = line(hit=hit, in_text=False)
    assert '<p class="hit"><a href="/f/?a=1&amp;b=2"><bdi>&lt;f&gt;</bdi></a> · page 2 · ' in html
    assert '<q lang="fr" dir="ltr"><mark>sea</mark></q></p>' in html
    assert "page" not in line(hit={**hit, "page": None})
    assert "The words stand in its text" in line(in_text=True)


def test_a_translation_says_where_it_comes_from():
    told = {"label": "Translated <by>", "old": "It is old."}
    assert '<p class="meta">Translated &lt;by&gt; It is old.</p>' in line(translated=told)


def test_the_words_of_the_portal_are_in_the_language_of_the_page():
    with override("fr"):
        assert " avec <a" in line(co_sponsors=[body(1)])
