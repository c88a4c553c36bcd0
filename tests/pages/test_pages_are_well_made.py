"""Every kind of page is valid HTML, has what it must, and nothing that it must not; in English and Arabic.

A page that is looked at in a browser is read there, in the files about accessibility, so that it is made only once; here
a few are read, and all where no browser is installed.
"""

import pytest
from django.test import Client

from tests.browser import CHROMIUM, prove_second_factor
from tests.pages.conforming import nonconforming
from tests.pages.every import EVERY, LANGUAGES, WITH_SECOND_FACTOR
from tests.pages.weights import loaded_by, weight_of
from tests.pages.well_made import INLINE, check_page, faults_of, tree_and_errors_of, tree_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]


def answer_to(page, language):
    """The page as the server gives it, through Django's own client."""
    address, who = page.at(language)
    client = Client(headers={"accept-language": language})
    if who:
        client.force_login(who)
    if page in WITH_SECOND_FACTOR:
        prove_second_factor(client, who)
    answer = client.get(address)
    assert answer.status_code == page.status
    return answer


def check(page, language):
    answer = answer_to(page, language)
    headers = {name.lower(): value for name, value in answer.headers.items()}
    if answer.cookies:
        headers["set-cookie"] = answer.cookies.output()
    check_page(page, language, answer.getvalue(), headers)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", EVERY[::40] if CHROMIUM else EVERY, ids=str)
def test_a_page_is_well_made(page, language):
    check(page, language)


def test_control_a_fault_of_each_kind_is_found():
    bad = b"<!doctype html><html lang='en'><title></title><h1>a</h1><h1 id=x>b</h1><p id=x><label for=y>c</label><input></p>"
    assert faults_of(tree_of(bad), "ar") == [
        "html says lang=en dir=None",
        "2 elements have the id 'x'",
        "2 h1",
        "no title",
        "for names no element: y",
        "no label: {}",
    ]
    assert len(INLINE.findall(b"<p style='a'><a onclick='b'><script>c</script><style>")) == 4
    _tree, errors = tree_and_errors_of(b"<!doctype html><title>a</title><p><div></p></div>")
    assert errors != []


def test_a_page_weighs_what_it_loads_as_well():
    page = b"""<link rel=stylesheet href=/static/css/portal.css><link rel="alternate" href=/feeds/inputs.atom>
        <script src=/static/js/draft.js></script><a href=/static/css/desk.css>a</a>"""
    assert loaded_by(tree_of(page)) == {"/static/css/portal.css", "/static/js/draft.js"}
    assert 8_000 < weight_of(page, tree_of(page)) - len(page) < 20_000
    with pytest.raises(AssertionError, match=r"https://example\.org/a\.js"):
        weight_of(page, tree_of(b"<script src=https://example.org/a.js></script>"))


NONCONFORMING = {
    "<table><tr><td role=cell>a</td></tr></table>": ["<td> has a role of its own, not cell"],
    "<nav role=navigation>a</nav>": ["<nav> has a role of its own, not navigation"],
    "<span><form></form></span>": ["<form> in <span class=None>"],
    "<span><a href=/><div>a</div></a></span>": ["<div> in <span class=None>"],
    "<div><a href=/><div>a</div></a></div>": [],
    "<ul><div>a</div></ul>": ["<div> in <ul>"],
    "<a href=/><button>a</button></a>": ["<button> in <a>"],
    "<time datetime=2026-11-30T04:50:01.052974+00:00>a</time>": ["no time: 2026-11-30T04:50:01.052974+00:00"],
    "<time datetime=2026-11-30T04:50:01.052+00:00>a</time><time datetime=2026-11-30>a</time><time>12:00</time>": [],
    "<time>soon</time>": ["no time: None"],
    "<input type=hidden name=a autocomplete=off>": ["a hidden field with autocomplete: name=a"],
    "<label for=a>b</label><input type=hidden id=a>": ["a label of a hidden field: for=a"],
    "<select name=a required><option value=1>b</select>": [
        "a choice that must be made, without an empty one first: name=a class=None"
    ],
    "<select name=a><option value=1></option></select>": ["an option without words: name=a class=None"],
    "<section><p>a</p></section>": ["<section class=None> without a heading"],
    "<img src=a>": ["<img src=a> without words in its place"],
}


@pytest.mark.parametrize(("html", "faults"), NONCONFORMING.items())
def test_control_what_the_checker_would_find_is_found(html, faults):
    assert nonconforming(tree_of(f"<!doctype html><title>a</title>{html}".encode())) == faults
