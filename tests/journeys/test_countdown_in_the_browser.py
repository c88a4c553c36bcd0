"""The words of the countdown stay right while a page is open, and are spoken only at a day, an hour and ten minutes."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "static" / "js" / "countdown.js"
CLOSES = datetime(2026, 1, 30, 22, 0, tzinfo=UTC)
PAGE = """<html lang="{language}"><body><div class="countdown" data-until="{until}" data-at="{at}">
<p><strong>as the server wrote it</strong></p><p role="status"></p></div></body></html>"""


@pytest.fixture
def open_before(chromium):
    """A page that was opened so long before the closing; `said_at`, the hour that the server put on it."""
    contexts = []

    def open_page(left, *, language="en", said_at=None):
        contexts.append(chromium.new_context())
        page = contexts[-1].new_page()
        page.clock.install(time=CLOSES - left - timedelta(hours=1))
        page.clock.pause_at(CLOSES - left)  # from here on it goes only when the test lets it
        at = said_at or CLOSES - left
        page.set_content(PAGE.format(language=language, until=CLOSES.isoformat(), at=at.isoformat()))
        page.add_script_tag(path=SCRIPT)
        return page

    yield open_page
    for context in contexts:
        context.close()


def words(page):
    return page.locator("strong").inner_text()


def spoken(page):
    return page.locator("[role=status]").inner_text()


def test_days_stay_as_the_server_wrote_them(open_before):
    assert words(open_before(timedelta(hours=49))) == "as the server wrote it"


@pytest.mark.parametrize(
    ("left", "language", "said"),
    [
        (timedelta(hours=47, minutes=59), "en", "In 47 hours"),
        (timedelta(hours=1), "en", "In 1 hour"),
        (timedelta(minutes=59, seconds=59), "en", "In 59 minutes"),
        (timedelta(minutes=12), "fr", "Dans 12 minutes"),
        (timedelta(minutes=12), "ar", "خلال 12 دقيقة"),
    ],
)
def test_hours_and_minutes_follow_the_rule_of_the_server(open_before, left, language, said):
    assert words(open_before(left, language=language)) == said


def test_time_goes_on_while_the_page_is_open_and_is_spoken_at_three_moments_only(open_before):
    page, heard = open_before(timedelta(hours=24, minutes=2)), []
    for _minute in range(24 * 60 + 1):
        page.clock.run_for(60_000)
        if (sentence := spoken(page)) and sentence not in heard:
            heard.append(sentence)
    assert heard == ["In 24 hours", "In 1 hour", "In 10 minutes"]
    assert words(page) == "In 1 minute"


def test_a_clock_that_is_behind_promises_no_more_time_than_there_is(open_before):
    assert words(open_before(timedelta(hours=20), said_at=CLOSES - timedelta(hours=5))) == "In 5 hours"


def test_a_page_that_is_old_goes_by_the_readers_clock(open_before):
    assert words(open_before(timedelta(hours=2), said_at=CLOSES - timedelta(hours=9))) == "In 2 hours"
