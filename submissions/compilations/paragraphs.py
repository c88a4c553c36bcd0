"""A text as paragraphs that bear numbers, and excerpts that end with a sentence. Pure.

A paragraph and a quotation bear a number of their own. A list or a table belongs to the paragraph before it, and headings
bear none, as in documents of the United Nations.
"""

import re
from dataclasses import dataclass

from lxml import etree
from lxml import html as lxml_html

from submissions.describing import NOT_XML
from submissions.markup import html_of
from submissions.words import count

EXCERPT_WORDS = 150
SENTENCE = re.compile(r"(?<=[.!?؟…])\s+|(?<=[。！？])\s*")
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
OWN_NUMBER = ("p", "blockquote", "pre")
LOWER = 2  # ranks: a compilation has headings of its own above those of a text
LOWEST = 6


@dataclass(frozen=True)
class Piece:
    """A block of a text as safe HTML; `number` where it bears one."""

    html: str
    number: int | None = None


def pieces_of(html, first) -> tuple:
    """Blocks of safe HTML, numbered from `first`; and the next number that is free."""
    pieces, number, numbered = [], first, False
    if not str(html).strip():
        return (), number
    for block in lxml_html.fragment_fromstring(NOT_XML.sub(" ", str(html)), create_parent="div"):
        if block.tag == "hr":
            continue
        if block.tag in HEADINGS:
            block.tag, own, numbered = f"h{min(int(block.tag[1]) + LOWER, LOWEST)}", None, False
        elif block.tag in OWN_NUMBER or not numbered:
            own, number, numbered = number, number + 1, True
        else:
            own = None
        block.tail = None
        pieces.append(Piece(etree.tostring(block, encoding="unicode", method="html"), own))
    return tuple(pieces), number


def words_of(html) -> str:
    """Safe HTML as plain words, a line for each block."""
    if not str(html).strip():
        return ""
    blocks = lxml_html.fragment_fromstring(NOT_XML.sub(" ", str(html)), create_parent="div")
    return "\n".join(" ".join(block.text_content().split()) for block in blocks if block.text_content().strip())


def excerpt_of(summary, text, language, most=EXCERPT_WORDS) -> str:
    """The summary, else the beginning of the text, in the author's marks; at most so many words, to the end of a sentence.

    What is cut loses its marks, since a cut could leave half of one; headings are no sentences and are left out.
    """
    own = summary.strip() or text
    if count(own, language) <= most:
        return own
    return beginning(_prose_of(own), language, most)


def _prose_of(marked) -> str:
    blocks = lxml_html.fragment_fromstring(NOT_XML.sub(" ", html_of(marked)) or "<p></p>", create_parent="div")
    said = [" ".join(block.text_content().split()) for block in blocks if block.tag not in (*HEADINGS, "table", "hr")]
    return " ".join(filter(None, said))


def beginning(text, language, most) -> str:
    """So many sentences as fit; where not even one does, so many words, and a sign that more follows."""
    kept = ""
    for sentence in SENTENCE.split(text):
        longer = _joined(kept, sentence, language)
        if count(longer, language) > most:
            break
        kept = longer
    if kept:
        return kept
    if language == "zh-hans":
        return text[:most] + "……"
    return " ".join(text.split()[:most]) + " …"


def _joined(before, sentence, language) -> str:
    return f"{before}{'' if language == 'zh-hans' or not before else ' '}{sentence}"
