"""What the search answers to the questions of the set: at which place the first right text stands, and what was missed."""

import time
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.http import urlencode

from submissions.search.listing import list_inputs
from tests.factories import NOW
from tests.submissions.relevance.texts import questions


@dataclass(frozen=True)
class Answers:
    """A place for each question, 0 where no right text was found; a line for each whose first result is not right."""

    places: list
    misses: list
    seconds: float

    @property
    def first(self):
        return sum(place == 1 for place in self.places) / len(self.places)

    @property
    def among_five(self):
        return sum(1 <= place <= 5 for place in self.places) / len(self.places)

    def __str__(self):
        shares = f"first right {self.first:.1%}, among the first five {self.among_five:.1%}"
        return f"{len(self.places)} questions: {shares}, {self.seconds / len(self.places) * 1000:.0f} ms each"


def ask_everything(keys) -> Answers:
    """`keys` are those of the texts by reference, as `store` gives them."""
    places, misses, begun = [], [], time.monotonic()
    for language, words, right in questions():
        found = [keys[card["reference"]] for card in list_inputs(QueryDict(urlencode({"q": words})), at=NOW).cards]
        place = next((place for place, key in enumerate(found, start=1) if key in right), 0)
        places.append(place)
        if place != 1:
            misses.append(f"{language}\t{words}\tplace {place or '-'}\twanted {sorted(right)}\tfirst {found[:5]}")
    return Answers(places, misses, time.monotonic() - begun)
