"""What the search finds first, over the set in tests/submissions/relevance, whose questions came before the ranking."""

import sys
import time

import pytest
from django.http import QueryDict
from django.utils.http import urlencode

from forums.words import count
from submissions.search.listing import list_inputs
from tests.factories import NOW
from tests.submissions.relevance.texts import LANGUAGES, SHORTEST, questions, store, texts

FIRST, AMONG_FIVE = 0.85, 0.97  # of the questions: the first result right, a right one among the first five


def test_the_set_is_large_enough_and_of_realistic_texts():
    everything, asked = texts(), questions()
    assert len(everything) == 300
    assert len(asked) >= 120
    assert {language for language, _words, _keys in asked} == set(LANGUAGES)
    assert min(count(f"{one.text} {one.file}", one.language) for one in everything) >= SHORTEST
    assert len({one.title for one in everything}) == 300
    keys = {one.key for one in everything}
    assert [words for _language, words, right in asked if not right <= keys] == []


@pytest.mark.django_db
def test_the_right_text_comes_first(forum, capsys):
    keys = store()
    places, misses, begun = [], [], time.monotonic()
    for language, words, right in questions():
        found = [keys[card["reference"]] for card in list_inputs(QueryDict(urlencode({"q": words})), at=NOW).cards]
        place = next((place for place, key in enumerate(found, start=1) if key in right), 0)
        places.append(place)
        if place != 1:
            misses.append(f"{language}\t{words}\tplace {place or '-'}\twanted {sorted(right)}\tfirst {found[:5]}")
    seconds = (time.monotonic() - begun) / len(places)
    first = sum(place == 1 for place in places) / len(places)
    among_five = sum(1 <= place <= 5 for place in places) / len(places)
    figures = f"{len(places)} questions: first {first:.1%}, among five {among_five:.1%}, {seconds * 1000:.0f} ms each"
    with capsys.disabled():
        sys.stdout.write("\n".join(["", figures, *misses, ""]))
    assert first >= FIRST
    assert among_five >= AMONG_FIVE
