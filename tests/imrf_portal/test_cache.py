"""What the memory of a process keeps is given as it is, for as long as it was to be kept."""

from time import time

import pytest

from imrf_portal.cache import AsTheyAre


@pytest.fixture
def words():
    cache = AsTheyAre("test-as-they-are", {"TIMEOUT": 60})
    yield cache
    cache.clear()


def test_it_gives_the_object_itself_until_its_time_is_over(words, monkeypatch):
    kept, later = {"a": [1]}, time()
    assert words.get_or_set("names", lambda: kept) is kept
    monkeypatch.setattr("time.time", lambda: later + 59)
    assert words.get_or_set("names", lambda: {}) is words.get("names") is kept
    monkeypatch.setattr("time.time", lambda: later + 62)
    assert words.get("names", "gone") == "gone"
    assert words.get_or_set("names", lambda: "anew") == "anew"


def test_what_is_there_is_not_added_and_can_be_set_and_deleted(words):
    assert (words.add("key", 1), words.add("key", 2), words.get("key")) == (True, False, 1)
    words.set("key", 3)
    assert words.get("key") == 3
    words.delete("key")
    assert words.get("key") is None


def test_it_holds_no_more_than_it_may(words):
    for number in range(1000):
        words.set(str(number), number)
    assert len(words._cache) <= words._max_entries
    assert words.get("999") == 999
