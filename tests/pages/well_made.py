"""What a page must have and must not have: valid HTML, parts with names, no script or style in it; and public ones more."""

import re
from collections import Counter
from pathlib import Path

import html5lib

from tests.pages.conforming import nonconforming
from tests.pages.every import DESK, PUBLIC
from tests.pages.weights import weight_of

MOST_BYTES = 100_000
STYLE_SHEET = Path(__file__).resolve().parents[2] / "static" / "css" / "portal.css"
INLINE = re.compile(
    rb"<style|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|<script(?![^>]*\ssrc=)(?![^>]*type=\"application/(?:ld\+)?json\")"
)
OF_LANGUAGES = {"ar", "en", "es", "fr", "ru", "zh-hans", "x-default"}


def check_page(page, language, html, headers):
    """`headers` by their names in small letters."""
    tree = check_html(page, language, html)
    if page in PUBLIC and page.status != 404:
        check_public_page(page, html, tree, headers)


def tree_and_errors_of(html):
    """The page as a tree, and what a strict reader of HTML refuses: place, name of the error, what it met."""
    parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("etree"), namespaceHTMLElements=False)
    return parser.parse(html.decode()), parser.errors


def tree_of(html):
    return tree_and_errors_of(html)[0]


def check_html(page, language, html):
    """It is valid and names its parts; returns it as a tree."""
    tree, errors = tree_and_errors_of(html)
    assert errors == []
    assert faults_of(tree, language) == []
    assert not (faults := nonconforming(tree)), faults
    if page not in DESK:  # the admin's own templates carry a few
        assert INLINE.findall(html) == []
    return tree


def check_public_page(page, html, tree, headers):
    assert (bytes_sent := len(html) + STYLE_SHEET.stat().st_size) < MOST_BYTES, bytes_sent
    assert weight_of(html, tree) < MOST_BYTES
    assert "set-cookie" not in headers
    assert headers["cache-control"] == "public, max-age=60, s-maxage=1" or page.name.startswith(("receipt", "paper"))
    if b'name="robots" content="noindex' not in html and page.status == 200:
        assert {link.get("hreflang") for link in tree.iterfind(".//head/link[@hreflang]")} == OF_LANGUAGES
        [description] = tree.iterfind(".//head/meta[@name='description']")
        assert description.get("content").strip()


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
