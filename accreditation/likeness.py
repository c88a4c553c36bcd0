"""How like two names are, between 0 and 1, and why. Pure. A likeness is never a decision: a person looks."""

import re
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from django.utils.translation import gettext_lazy as _

from accreditation.names import fold, skeleton

CONFIDENT = 0.86  # from here on two names are probably one
WORTH_A_LOOK = 0.6
ARTICLES = frozenset(
    [
        "the",
        "a",
        "an",
        "of",
        "for",
        "and",
        "le",
        "la",
        "les",
        "l",
        "de",
        "du",
        "des",
        "et",
        "el",
        "los",
        "las",
        "del",
        "y",
        "il",
        "lo",
        "gli",
        "der",
        "die",
        "das",
        "al",
    ]
)
BRACKETS = re.compile(r"[\(（\[]([^\)）\]]*)[\)）\]]")

REASONS = {
    "exact": _("same name"),
    "brackets": _("same name but for what stands in brackets"),
    "look_alike": _("looks the same: letters of another script"),
    "articles": _("same name but for small words"),
    "word_order": _("same words in another order"),
    "acronym": _("same acronym"),
    "spelling": _("spelt alike"),
}


@dataclass(frozen=True)
class Match:
    """Something whose name is like the one asked for: which of its names, how much, why, and which use that name has."""

    thing: object
    name: str
    score: float
    reason: str
    use: str = "main"

    @property
    def is_confident(self) -> bool:
        return self.score >= CONFIDENT

    @property
    def why(self):
        """The reason in the reader's language."""
        return REASONS[self.reason]


def score(asked: str, known: str) -> tuple[float, str]:
    """How like the known name is to the one asked for, and the reason."""
    one, other = fold(asked), fold(known)
    if not one or not other:
        return 0.0, "spelling"
    for value, reason, same in _rules(asked, known, one, other):
        if same():
            return value, reason
    return _spelling(one, other), "spelling"


def _rules(asked, known, one, other):
    bare_asked, bare_known = without_brackets(asked), without_brackets(known)
    yield 1.0, "exact", lambda: one == other
    yield 0.98, "brackets", lambda: bare_asked == bare_known
    yield 0.97, "look_alike", lambda: skeleton(asked) == skeleton(known)
    yield 0.96, "articles", lambda: _weighty(bare_asked) == _weighty(bare_known)
    yield 0.94, "word_order", lambda: sorted(_weighty(bare_asked)) == sorted(_weighty(bare_known))


def without_brackets(name: str) -> str:
    """The folded name without what stands in brackets; the whole name if nothing else is left."""
    return fold(BRACKETS.sub(" ", name)) or fold(name)


def in_brackets(name: str) -> list[str]:
    """What stands in brackets, folded: often the acronym."""
    return [folded for found in BRACKETS.findall(name) if (folded := fold(found))]


def _weighty(folded: str) -> list[str]:
    words = folded.split()
    return [word for word in words if word not in ARTICLES] or words


def _spelling(one: str, other: str) -> float:
    """The likeness of the letters, in the order given and with the words sorted: the better of the two, below any rule."""
    straight = SequenceMatcher(None, one, other, autojunk=False).ratio()
    ordered = SequenceMatcher(None, *(" ".join(sorted(_weighty(each))) for each in (one, other)), autojunk=False).ratio()
    return round(0.94 * max(straight, ordered), 4)


def best(matches, most) -> list[Match]:
    """The likeliest things, each once by its likeliest name; equal ones by name, so that the order is always the same."""
    found = {}
    for match in matches:
        held = found.get(match.thing.pk)
        if held is None or (match.score, held.name) > (held.score, match.name):
            found[match.thing.pk] = match
    ranked = sorted(found.values(), key=lambda match: (-match.score, match.name, match.thing.pk))
    return ranked[:most]


def weighed(match: Match, factor: float) -> Match:
    """The same match, a little less or more likely: another country, a former name."""
    return replace(match, score=round(min(1.0, match.score * factor), 4))
