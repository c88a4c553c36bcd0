"""Every kind of public page with letters of twice the size, on paper, by keys alone, without scripts; in English and Arabic.

Of twelve weeks each page is looked at in one in each way and language; `make soak` looks at all. That none need be scrolled
sideways in the narrowest window stands in the files about accessibility.
"""

from itertools import product
from urllib.parse import quote

import pytest

from tests.browser import WIDE
from tests.pages.by_keys import assert_folds_open_and_close, assert_reached_by_keys, assert_skips_to_the_content
from tests.pages.every import LANGUAGES, OUTSIDE, PUBLIC
from tests.pages.larger import assert_readable_at_twice_the_size
from tests.pages.printed import assert_whole_on_paper
from tests.pages.turns import is_due
from tests.pages.without_scripts import WORDS, assert_the_same_without_scripts, send_forms

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]
WEEKS = 12
UNFRAMED = ("small list for other sites",)  # has no way around the site to skip
SENT_BY_MAIL = ("stop letters",)  # programs for mail press it as well
RENEWED = ("paper that is being made",)  # by itself, before a long walk by keys is over


def each(way):
    for page, language in product([*PUBLIC, *OUTSIDE], LANGUAGES):
        marks = () if is_due(f"{page} {language} {way}", WEEKS) else pytest.mark.soak
        yield pytest.param(page, language, marks=marks, id=f"{page}-{language}")


def opened(window, page, language, width=WIDE):
    browser = window(language, width=width).seen_by(None)
    address, who = page.at(language)
    assert who is None
    assert browser.go(address).status == page.status
    return browser


@pytest.mark.parametrize(("page", "language"), each("larger"))
def test_a_page_is_readable_with_letters_of_twice_the_size(window, page, language):
    assert_readable_at_twice_the_size(opened(window, page, language))


@pytest.mark.parametrize(("page", "language"), each("paper"))
def test_a_page_is_whole_on_paper(window, page, language):
    assert_whole_on_paper(opened(window, page, language))


@pytest.mark.parametrize(("page", "language"), each("keys"))
def test_a_page_is_reached_by_keys(window, page, language):
    browser = opened(window, page, language)
    if page.name not in RENEWED:
        assert_reached_by_keys(browser)
    assert_folds_open_and_close(browser)
    if page.name not in UNFRAMED:
        assert_skips_to_the_content(browser)


@pytest.mark.parametrize(("page", "language"), each("plain"))
def test_a_page_says_the_same_and_works_without_scripts(window, page, language):
    scripted = opened(window, page, language).page.evaluate(WORDS)
    plain = window(language, scripts=False).seen_by(None)
    plain.go(page.at(language)[0])
    assert_the_same_without_scripts(scripted, plain, named=page.name not in SENT_BY_MAIL)
    send_forms(plain, plain.sent)


# Controls: what is planted is found -------------------------------------------------------------------------------------


def showing(window, html):
    browser = window("en", width=WIDE).seen_by(None)
    browser.page.goto(f"data:text/html,{quote(f'<!doctype html><html lang=en><body><main>{html}</main></body></html>')}")
    return browser


@pytest.mark.parametrize(
    ("html", "fault"),
    [
        ("<p style='font-size:12px'>small</p>", "12 px grew to 12"),
        (
            "<div style='height:1.5rem;width:9rem;overflow:hidden'>a long line that is cut off</div>",
            "cut off: <div",
        ),
        ("<p style='width:70rem'>wide</p>", "the page is 22"),
        ("<div style='position:absolute;top:0'>under</div><p style='position:absolute;top:0;margin:0'>over</p>", "lies on"),
    ],
)
def test_control_what_cannot_be_read_at_twice_the_size_is_seen(window, html, fault):
    with pytest.raises(AssertionError, match=fault):
        assert_readable_at_twice_the_size(showing(window, html))
    assert_readable_at_twice_the_size(showing(window, "<h1>Fine</h1><p>All of it grows.</p>"))


@pytest.mark.parametrize(
    ("html", "fault"),
    [
        ("<table style='width:900px'><tr><td>wide</td></tr></table>", "wider than the sheet"),
        ("<style>@media print { p { display: none } }</style><p>lost</p>", "not on paper: <p"),
        ("<details><summary>a</summary><p>folded</p></details>", "not on paper: <p"),
        ("<div class=pager><a href=/>next</a></div>", "to be pressed on paper"),
        ("<div style='width:9rem;overflow:auto'><div style='width:30rem'>table</div></div>", "cut off: <div"),
        ("<div class=text><a href=https://example.org/>a</a></div>", "without its address"),
        ("<style>@media (prefers-color-scheme: dark) { body { background: #000; color: #fff } }</style><p>a</p>", "on rgb"),
        ("<svg role=img width=9 height=9></svg>", "a drawing without its table"),
    ],
)
def test_control_what_is_lost_on_paper_is_seen(window, html, fault):
    with pytest.raises(AssertionError, match=fault):
        assert_whole_on_paper(showing(window, html))
    assert_whole_on_paper(showing(window, "<h1>Fine</h1><p>All of it is there.</p>"))


@pytest.mark.parametrize(
    ("html", "fault"),
    [
        ("<a href=/ tabindex=2>a</a><a href=/ tabindex=1>b</a>", "out of order"),
        ("<style>a { outline: none }</style><a href=/>a</a>", "one does not see where one is"),
        ("<button onfocus='other.focus()'>a</button><button id=other>b</button><a href=/>c</a>", "out of order|never|twice"),
        ("<div style='position:absolute;left:-900px'><a href=/>a</a></div>", "one does not see where one is"),
    ],
)
def test_control_what_keys_do_not_reach_is_seen(window, html, fault):
    with pytest.raises(AssertionError, match=fault):
        assert_reached_by_keys(showing(window, html))
    fine = "<style>:focus { outline: 3px solid }</style><a href=/>a</a><input type=radio name=a><input type=radio name=a>"
    assert_reached_by_keys(showing(window, fine))


@pytest.mark.parametrize(
    ("html", "fault"),
    [
        ("<form><input></form>", "nothing sends"),
        ("<form method=post><button>a</button></form>", "would be refused"),
        ("<button type=button>a</button>", "does nothing"),
        ("<input role=combobox>", "a trace of suggestions"),
        ("<p hidden>never shown</p>", "hidden for good"),
        ("<p id=a>said</p><script>a.textContent = 'otherwise'</script>", "otherwise"),
    ],
)
def test_control_what_needs_a_script_is_seen(window, html, fault):
    scripted = showing(window, html).page.evaluate(WORDS)
    plain = window("en", scripts=False).seen_by(None)
    plain.page.goto(window("en").page.url)
    with pytest.raises(AssertionError, match=fault):
        assert_the_same_without_scripts(scripted, plain)
