import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from submissions import markup
from submissions.markup import MOST_MARKS, html_of


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Plain *words*, **strong**.", "<p>Plain <em>words</em>, <strong>strong</strong>.</p>"),
        ("# One\n\n## Two", "<h3>One</h3>\n<h4>Two</h4>"),
        ("###### Six", "<h3>Six</h3>"),  # the highest heading of a text follows those of the page
        ("# One\n\n#### Four", "<h3>One</h3>\n<h4>Four</h4>"),  # and none skips a rank
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("> said", "<blockquote>\n<p>said</p>\n</blockquote>"),
        ("[a](https://b.org)", '<p><a href="https://b.org" rel="nofollow noopener">a</a></p>'),
        ("<a@b.org>", '<p><a href="mailto:a@b.org" rel="nofollow noopener">a@b.org</a></p>'),
        ("![A bridge](https://b.org/1.png)", '<p><a href="https://b.org/1.png" rel="nofollow noopener">A bridge</a></p>'),
    ],
)
def test_markdown_becomes_html_below_the_headings_of_the_page(typed, shown):
    assert html_of(typed).strip() == shown


def test_a_table_stays_a_table():
    assert "<th>a</th>" in html_of("| a | b |\n|---|---|\n| 1 | 2 |")


@pytest.mark.parametrize(
    "typed",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<svg/onload=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](java&#10;script:alert(1))",
        "[x](data:text/html,<script>alert(1)</script>)",
        "[x](vbscript:x)",
        "![x](javascript:alert(1))",
        '![x" onerror="alert(1)](https://b.org/1.png)',
        '[x](https://b.org "t" onmouseover="alert(1)")',
        "<javascript:alert(1)>",
        "```\n</code></pre><script>alert(1)</script>\n```",
        "<!-- --><script>alert(1)</script>",
        "| <script>alert(1)</script> |\n|---|\n| x |",
        "<style>*{display:none}</style>",
        "<iframe src=https://b.org></iframe>",
        '<a href="https://b.org" style="position:fixed">x</a>',
        "<form action=https://b.org><input name=q></form>",
    ],
)
def test_nothing_typed_runs_loads_or_leaves_its_place(typed):
    from html5lib import parseFragment

    allowed = {"p", "a", "em", "strong", "code", "pre", "table", "thead", "tbody", "tr", "th", "td", "br"}
    for element in parseFragment(html_of(typed), treebuilder="etree", namespaceHTMLElements=False).iter():
        assert element.tag in allowed | {"DOCUMENT_FRAGMENT"}
        assert set(element.attrib) <= {"href", "title", "rel"}
        assert element.attrib.get("href", "https://").startswith(("https://", "http://", "mailto:"))


@pytest.mark.parametrize("address", ["/my/", "//b.org", "../x", "#top", "ftp://b.org"])
def test_only_whole_web_and_mail_addresses_become_links(address):
    assert "<a" not in html_of(f"[here]({address})")


def test_a_text_of_nothing_but_marks_is_shown_as_typed():
    typed = "*a" * (MOST_MARKS + 1)
    assert html_of(typed + "\n\nend") == f"<p>{typed}</p>\n<p>end</p>"


def test_a_public_text_reads_the_same_whether_it_was_kept_or_not():
    markup._kept.cache_clear()
    for text in ("# A\n\n- *b*", "x <script>", "a" * (markup.LONGEST_KEPT + 1), "# A\n\n- *b*"):
        assert markup.html_of_public(text) == markup.html_of(text)
    assert (markup._kept.cache_info().hits, markup._kept.cache_info().currsize) == (1, 2)


def test_no_draft_is_kept():
    markup._kept.cache_clear()
    html_of("A draft that nobody else reads")
    assert markup._kept.cache_info().currsize == 0


PIECES = ["a", "Б", "ß", "中", "é", "\u0301", *"=#!?.:\"'(/@", "1.", "2)", "- ", "+ ", "---", "==="]
GAPS = ["\n", "\n\n", "\n\n\n", "\r\n", " ", "  ", "\t", "\u2028", "\u3000", "\u00a0", "\u00ad", "\u200f", "\ufeff", "\x0b"]
MARKS = ["*", "_", "[a](b)", "`", "~~", "<b>", "|", "&amp;", "&", "\\", "https://b.org", "www.b.org", "a@b.org"]


@given(st.lists(st.sampled_from(PIECES + GAPS + MARKS), max_size=14).map("".join))
@example("Migrants need documents.\n\nStates\nissue them “soon”.")
@example("a\n---")
@example("a  \nb")
def test_words_without_marks_are_written_as_if_they_had_been_read_for_marks(text):
    assert (markup._plain(text) or markup._read(text)) == markup._read(text)


def test_paragraphs_of_words_alone_are_not_read_for_marks(monkeypatch):
    monkeypatch.setattr(markup, "_read", lambda text: "read")
    assert html_of("One, two.\n\nThree – “four”;\nfive.") == "<p>One, two.</p>\n<p>Three – “four”;\nfive.</p>\n"
    assert [html_of(text) for text in ("*one*", "- one", "1. one", "one  \ntwo", "a & b", " one")] == ["read"] * 6
