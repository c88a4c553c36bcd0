"""Paragraphs that bear numbers, and excerpts that end with a sentence."""

import pytest

from submissions.compilations.paragraphs import beginning, excerpt_of, pieces_of, words_of
from submissions.markup import html_of

TEXT = """# Nine missions

They answer.

- one
- two

> a word of a worker

1. first

| month | answers |
|---|---|
| May | 12 |

---

## Money

- a list that follows a heading"""


def test_paragraphs_and_quotations_bear_numbers_and_what_follows_belongs_to_them():
    pieces, free = pieces_of(html_of(TEXT), 7)
    tags = [(piece.html.partition(">")[0].split()[0].strip("<"), piece.number) for piece in pieces]
    assert tags == [
        ("h5", None),
        ("p", 7),
        ("ul", None),
        ("blockquote", 8),
        ("ol", None),
        ("table", None),
        ("h6", None),
        ("ul", 9),
    ]
    assert free == 10
    assert words_of(html_of("# A\n\nB *c*")) == "A\nB c"


def test_a_text_without_words_has_no_numbers():
    assert pieces_of("", 3) == ((), 3)
    assert pieces_of(html_of("  \n"), 3) == ((), 3)


def test_signs_that_no_document_can_hold_are_left_out():
    ((piece,), _free) = pieces_of(html_of("a\x00b\x0bc"), 1)
    assert "\x0b" not in piece.html


@pytest.mark.parametrize(
    ("language", "text", "most", "kept"),
    [
        ("en", "One two. Three four! Five six?", 4, "One two. Three four!"),
        ("en", "One two three four five", 3, "One two three …"),
        ("ar", "تجيب تسع بعثات؟ على شكاوى العمال.", 3, "تجيب تسع بعثات؟"),
        ("zh-hans", "九个使团。以四种语言答复投诉。移徙工人得到保护。", 13, "九个使团。以四种语言答复投诉。"),
        ("zh-hans", "九个使团以四种语言答复投诉", 4, "九个使团……"),
    ],
)
def test_the_beginning_ends_with_a_sentence(language, text, most, kept):
    assert beginning(text, language, most) == kept


def test_an_excerpt_is_the_summary_else_the_beginning_without_headings_and_marks():
    assert excerpt_of("A *short* one.", TEXT, "en") == "A *short* one."
    long = "# Head\n\nThey **answer** one. " + "More words follow here. " * 60
    assert excerpt_of("", long, "en", most=8) == "They answer one. More words follow here."
    assert excerpt_of("", "A short text.\n\nOf two.", "en") == "A short text.\n\nOf two."
