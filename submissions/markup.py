"""Text of authors as HTML: Markdown without raw HTML, then an allow list of tags. Safe whatever was typed. Pure."""

import re
from functools import lru_cache

import nh3
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe
from markdown_it import MarkdownIt

HIGHEST = 3  # a page has one <h1> of its own and <h2> for its parts: headings of authors begin below
MOST_MARKS = 5000  # a text of nothing but marks would keep the server busy for minutes; it is shown as typed
TAGS = {
    *("p", "br", "hr", "h3", "h4", "h5", "h6", "blockquote", "pre", "code", "strong", "em", "s"),
    *("ul", "ol", "li", "a", "table", "thead", "tbody", "tr", "th", "td"),
}
ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}
MOST_KEPT, LONGEST_KEPT = 256, 20_000
SCHEMES = {"http", "https", "mailto"}
# A line without a mark of Markdown or HTML in it, or a sign that is written otherwise: what it means is how it stands.
PLAIN_LINE = re.compile(r"[^\W\d_][^\x00-\x1f\x7f-\xa0*_\[\]`~<>|&\\]*")
PARAGRAPHS = re.compile(r"\n\n+")
WHOLE_ADDRESS = re.compile(r"(?:https?://|mailto:)[^\s]", re.IGNORECASE)  # nothing relative: it would lead into this site


def html_of(text: str) -> str:
    """The text as HTML that may stand in a page: nothing in it runs, loads or leaves its place."""
    if sum(text.count(mark) for mark in "*_[]`~<>|!") > MOST_MARKS:
        return as_typed(text)
    return _plain(text) or _read(text)


def _read(text):
    tokens = _markdown.parse(text)
    _set_headings(tokens)
    html = _markdown.renderer.render(tokens, _markdown.options, {})
    return mark_safe(_cleaner.clean(html))  # noqa: S308 the allow list has just gone over it


_kept = lru_cache(maxsize=MOST_KEPT)(html_of)


def html_of_public(text: str) -> str:
    """The same of what everybody may read: many readers ask for few texts, in six languages. No draft is kept here."""
    return _kept(text) if len(text) <= LONGEST_KEPT else html_of(text)


def _plain(text):
    """Paragraphs of words alone, as most inputs are, need no reading of marks; nothing where there may be one."""
    lines = text.split("\n")
    if not all(not line or (PLAIN_LINE.fullmatch(line) and not line[-1].isspace()) for line in lines):
        return ""
    written = PARAGRAPHS.sub("</p>\n<p>", text.strip("\n"))
    return mark_safe(f"<p>{written}</p>\n" if written else "")  # noqa: S308 there is no mark of HTML in it


def _set_headings(tokens):
    """The highest headings of a text follow those of the page, whatever marks they were typed with; none skips a rank."""
    ranks = [int(token.tag[1]) for token in tokens if token.type == "heading_open"]
    above = HIGHEST - 1
    for token in tokens:
        if token.type == "heading_open":
            above = min(int(token.tag[1]) - min(ranks) + HIGHEST, above + 1, 6)
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{above}"


def as_typed(text: str) -> str:
    """The paragraphs of a text, every mark in it shown."""
    return format_html_join("\n", "<p>{}</p>", ((part,) for part in re.split(r"\n\s*\n", text) if part.strip()))


def _image_as_link(renderer, tokens, index, options, env):
    """Nothing is loaded from elsewhere: a picture becomes a link to it, called as its author described it."""
    image = tokens[index]
    words = renderer.renderInlineAsText(image.children, options, env) or image.attrGet("src")
    return f'<a href="{_escaped(image.attrGet("src"))}">{_escaped(words)}</a>'


def _escaped(text):
    return nh3.clean_text(text or "")


_markdown = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
_markdown.validateLink = lambda address: bool(WHOLE_ADDRESS.match(address))
_markdown.add_render_rule("image", _image_as_link)
_cleaner = nh3.Cleaner(tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel="nofollow noopener")
