"""Cells of tables that go out: what a spreadsheet would take for a formula is marked as text. Pure."""

import html
import re

from django.utils.safestring import SafeString

from forums.typed import without_control

FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
LONGEST = 32_000  # characters; a cell of a workbook takes 32,767
TAG = re.compile(r"<[^>]*>")


def as_text(text: str) -> str:
    """A cell that no spreadsheet calculates: with an apostrophe before what would be a formula, also after white space."""
    return f"'{text}" if text.startswith(FORMULA) or text.lstrip().startswith(FORMULA) else text


def cell_of(value) -> str | int:
    """A value as a cell: numbers stay numbers, HTML of a list becomes its words, nothing is a formula."""
    if value is None:
        return ""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    text = " ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
    if isinstance(value, SafeString) and ("<" in text or "&" in text):
        text = html.unescape(TAG.sub(" ", text.replace("<br>", " · ")))
        text = " ".join(text.split())
    return as_text(without_control(text)[:LONGEST])
