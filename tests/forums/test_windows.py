from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forums.windows import Phase, Window

OPENS = datetime(2026, 1, 5, 14, 0, tzinfo=UTC)
CLOSES = datetime(2026, 1, 30, 22, 0, tzinfo=UTC)
TICK = timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("opens", "closes", "at", "phase"),
    [
        (OPENS, CLOSES, OPENS - TICK, Phase.NOT_YET),
        (OPENS, CLOSES, OPENS, Phase.OPEN),
        (OPENS, CLOSES, CLOSES - TICK, Phase.OPEN),
        (OPENS, CLOSES, CLOSES, Phase.CLOSED),
        (OPENS, None, CLOSES + timedelta(days=999), Phase.OPEN),
        (None, CLOSES, OPENS, Phase.NOT_YET),
    ],
)
def test_a_window_is_half_open(opens, closes, at, phase):
    assert Window(opens, closes).phase(at) is phase


def test_grace_moves_the_closing_and_nothing_else():
    window = Window(OPENS, CLOSES).with_grace(300)
    assert window == Window(OPENS, CLOSES + timedelta(seconds=300))
    assert Window(OPENS, None).with_grace(300) == Window(OPENS, None)


@given(st.datetimes(timezones=st.just(UTC)), st.datetimes(timezones=st.just(UTC)))
def test_once_closed_a_window_stays_closed(first, second):
    window = Window(OPENS, CLOSES)
    order = [Phase.NOT_YET, Phase.OPEN, Phase.CLOSED]
    early, late = sorted((first, second))
    assert order.index(window.phase(early)) <= order.index(window.phase(late))
