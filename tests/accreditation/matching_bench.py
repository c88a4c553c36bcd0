"""How well and how fast names are matched: `python -m pytest tests/accreditation/test_matching.py -m soak -s` prints it.

Cases are drawn from the register itself with a fixed seed, each changed in one way; names that belong to nobody must give
no confident match.
"""

import time
from random import Random
from statistics import median, quantiles

from accreditation.likeness import ARTICLES
from accreditation.registers.matching import match

COLOURS = "Amber Birch Cobalt Delta Ember Fjord Granite Hazel Ivory Juniper Kestrel Lagoon Meadow Nimbus Ochre Pebble"
CRAFTS = "Weavers Cyclists Potters Astronomers Beekeepers Cartographers Gardeners Puppeteers Glaziers Rowers"
BODIES = "Guild Circle Workshop Almanac Depot Ensemble Parlour Regatta Orchard Bureau"


def typo(name, luck):
    """One letter left out, doubled, changed or swapped with its neighbour, not at the ends."""
    place = luck.randrange(1, max(2, len(name) - 2))
    how = luck.choice(["drop", "double", "change", "swap"])
    before, letter, after = name[:place], name[place], name[place + 1 :]
    if how == "drop":
        return before + after
    if how == "double":
        return before + letter * 2 + after
    if how == "change":
        return before + luck.choice("abcdefghijklmnopqrstuvwxyz") + after
    return before + after[:1] + letter + after[1:]


def without_article(name, luck):
    words = name.split()
    small = [place for place, word in enumerate(words) if word.casefold() in ARTICLES]
    if not small:
        return None
    del words[luck.choice(small)]
    return " ".join(words)


def acronym_in_brackets(name, luck):
    letters = "".join(word[0] for word in name.split() if word[:1].isalpha()).upper()
    return f"{name} ({letters})" if len(letters) > 1 else None


def other_order(name, luck):
    words = name.split()
    return " ".join([*words[1:], words[0]]) if len(words) > 1 else None


CLASSES = {
    "one typo": typo,
    "a dropped article": without_article,
    "an acronym in brackets": acronym_in_brackets,
    "another word order": other_order,
}


def sample(names, change, count, seed=73326):
    """So many names and their changed forms."""
    luck = Random(seed)
    shuffled = sorted(names)
    luck.shuffle(shuffled)
    changed = ((name, change(name, luck)) for name in shuffled if len(name) > 5)
    return [(name, asked) for name, asked in changed if asked and asked != name][:count]


def invented(count):
    """Names of bodies that do not exist."""
    luck = Random(195)
    words = [words.split() for words in (COLOURS, CRAFTS, BODIES)]
    names = {" ".join(luck.choice(each) for each in words) for _each in range(count * 3)}
    return sorted(names)[:count]


def found_among(cases, kind, first):
    """The share of names found among the first so many, what was missed, and the milliseconds of each question."""
    missed, took = [], []
    for name, asked in cases:
        began = time.perf_counter()
        entries = [each.thing.name for each in match(asked, kind=kind, most=max(first, 3))[:first]]
        took.append((time.perf_counter() - began) * 1000)
        if name not in entries:
            missed.append((name, asked, entries))
    return 1 - len(missed) / len(cases), missed, took


def speed(took) -> str:
    return f"median {median(took):.1f} ms, p95 {quantiles(took, n=20)[-1]:.1f} ms"
