"""A statement that is remembered is asked for whoever asks, at their moment, and holds no other moment."""

from datetime import date, timedelta
from itertools import count

import pytest

from forums.remembered import MOMENT, SOMEBODY, remembered_at
from tests.factories import NOW

keys = count()


def test_person_and_moment_are_filled_in():
    made = []

    def make():
        made.append("once")
        return "SQL", [SOMEBODY, "words", MOMENT, MOMENT - timedelta(days=7), 3, None]

    key = next(keys)
    assert remembered_at(key, make, 7, NOW) == ("SQL", [7, "words", NOW, NOW - timedelta(days=7), 3, None])
    assert remembered_at(key, make, 8, MOMENT)[1][:4] == [8, "words", MOMENT, MOMENT - timedelta(days=7)]
    assert made == ["once"]


@pytest.mark.parametrize("own", [NOW, NOW.date(), date(1903, 1, 1)])
def test_a_moment_of_its_own_would_stand_still(own):
    with pytest.raises(ValueError, match="a moment of its own"):
        remembered_at(next(keys), lambda: ("SQL", [own]), 7, NOW)
