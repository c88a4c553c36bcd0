"""Every kind of page is valid HTML, has what it must, and nothing that it must not; in English and Arabic."""

import re
from collections import Counter
from pathlib import Path

import html5lib
import pytest
from django.test import Client

from tests.browser import prove_second_factor
from tests.pages.every import DESK, EVERY, LANGUAGES, PUBLIC, WITH_SECOND_FACTOR

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]
MOST_BYTES = 100_000
STYLE_SHEET = Path(__file__).resolve().parents[2] / "static" / "css" / "portal.css"
INLINE = re.compile(
    rb"<style|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|<script(?![^>]*\ssrc=)(?![^>]*type=\"application/(?:ld\+)?json\")"
)


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


def bytes_of(answer):
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def tree_and_errors_of(html):
    """The page as a tree, and what a strict reader of HTML refuses: place, name of the error, what it met."""
    parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("etree"), namespaceHTMLElements=False)
    return parser.parse(html.decode()), parser.errors


def tree_of(html):
    return tree_and_errors_of(html)[0]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", EVERY, ids=str)
def test_a_page_is_valid_html_and_names_its_parts(page, language):
    html = bytes_of(answer_to(page, language))
    tree, errors = tree_and_errors_of(html)
    assert errors == []
    assert faults_of(tree, language) == []
    if page not in DESK:  # the admin's own templates carry a few
        assert INLINE.findall(html) == []


def faults_of(tree, language) -> list[str]:
    root = tree if tree.tag == "html" else tree.find(".")
    faults = []
    if root.get("lang") != language or root.get("dir", "ltr") != ("rtl" if language == "ar" else "ltr"):
        faults.append(f"html says lang={root.get('lang')} dir={root.get('dir')}")
    ids = Counter(one.get("id") for one in tree.iter() if isinstance(one.tag, str) and one.get("id") is not None)
    faults += [f"{count} elements have the id {name!r}" for name, count in ids.items() if count > 1 or not name.strip()]
    if len(heads := tree.findall(".//h1")) != 1:
        faults.append(f"{len(heads)} h1")
    if not (tree.findtext(".//title") or "").strip():
        faults.append("no title")
    faults += [f"{attribute} names no element: {name}" for attribute, name in _named(tree) if name not in ids]
    return faults + [f"no label: {control.attrib}" for control in _controls(tree) if not _is_labelled(control, tree)]


def _named(tree):
    for one in tree.iter():
        for attribute in ("for", "aria-labelledby", "aria-describedby", "aria-controls"):
            for name in (one.get(attribute) or "").split():
                yield attribute, name
        if one.tag == "a" and (one.get("href") or "").startswith("#") and len(one.get("href")) > 1:
            yield "href", one.get("href")[1:]


def _controls(tree):
    for one in tree.iter():
        hidden = one.get("type") in ("hidden", "submit", "button", "image", "reset")
        if one.tag in ("input", "select", "textarea") and not hidden:
            yield one


def _is_labelled(control, tree) -> bool:
    if control.get("aria-label") or control.get("aria-labelledby"):
        return True
    labels = tree.findall(".//label")
    return any(label.get("for") == control.get("id") or control in list(label.iter()) for label in labels)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", [page for page in PUBLIC if page.status != 404], ids=str)
def test_a_public_page_is_light_sets_no_cookie_and_names_its_other_languages(page, language):
    answer = answer_to(page, language)
    html = bytes_of(answer)
    assert len(html) + STYLE_SHEET.stat().st_size < MOST_BYTES
    assert list(answer.cookies) == []
    assert answer.headers["Cache-Control"] == "public, max-age=60" or page.name.startswith(("receipt", "paper"))
    if b'name="robots" content="noindex' not in html and page.status == 200:
        named = {link.get("hreflang") for link in tree_of(html).iterfind(".//head/link[@hreflang]")}
        assert named == {"ar", "en", "es", "fr", "ru", "zh-hans", "x-default"}


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
