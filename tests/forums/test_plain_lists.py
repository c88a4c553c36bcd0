"""Short lists that functions write: what people wrote is escaped, choices are folded, and pages lead to each other."""

import re

import pytest
from django.core.paginator import Paginator
from django.utils.safestring import SafeString
from django.utils.translation import override

from forums.templatetags.pages_of_lists import pages_of
from forums.templatetags.plain_lists import facets_of, items


def option(label, *, count=1, current=False):
    return {"label": label, "url": f"?a=1&b={label}", "count": count, "current": current}


def test_choices_are_escaped_and_those_that_are_on_are_marked():
    html = facets_of([{"label": "<b>", "options": [option("<i>", count=1234, current=True)], "is_open": True}])
    assert html.startswith('<details class="facet" open><summary>&lt;b&gt;</summary>')
    assert (
        '<li><a href="?a=1&amp;b=&lt;i&gt;" aria-current="true"><bdi>&lt;i&gt;</bdi><span class="number">1234</span>' in html
    )


def test_more_than_nine_choices_are_folded():
    some, many = ([option(str(each)) for each in range(number)] for number in (9, 10))
    assert facets_of([{"label": "Level", "options": some, "is_open": False}]).count("<details") == 1
    with override("fr"):
        html = facets_of([{"label": "Niveau", "options": many, "is_open": False}])
    folded = html.partition("<details><summary>")[2]
    assert folded.count("<li>") == 1
    assert "Niveau" in folded


def test_a_list_without_choices_is_not_there():
    assert facets_of([{"label": "Level", "options": [], "is_open": True}]) == ""


def test_items_are_escaped_unless_they_are_html_already():
    assert items(["<a>", SafeString("<b></b>")]) == "<li>&lt;a&gt;</li><li><b></b></li>"


@pytest.mark.parametrize(
    ("here", "last", "links"),
    [
        (1, 2, ["2", "2"]),
        (2, 2, ["1", "1"]),
        (1, 9, ["2", "9", "2"]),
        (3, 4, ["2", "1", "2", "4", "4"]),
        (5, 9, ["4", "1", "4", "6", "9", "6"]),
        (9, 9, ["8", "1", "8"]),
    ],
)
def test_pages_lead_to_the_next_ones_and_to_the_ends(here, last, links):
    html = pages_of(Paginator(range(last), 1).page(here), 'q="a"&level=local')
    assert re.findall(r'href="\?q=&quot;a&quot;&amp;level=local&amp;page=(\d+)"', html) == links
    assert f'aria-current="page">{here}<' in html
    assert html.count('class="gap"') == (here > 3) + (last > here + 2)


def test_one_page_has_no_links():
    assert pages_of(Paginator([1], 25).page(1)) == ""
    assert pages_of("") == ""
