"""A question as somebody types it: words, “phrases”, beginnings*, -unwanted, OR between alternatives. Pure."""

import re
from dataclasses import dataclass, replace
from enum import Enum

from submissions.search.analysis import HAN_RUN

LONGEST = 200  # signs of a question that are looked for
MOST_TERMS = 24
SHORTEST_BEGINNING = 3
PART = re.compile(r'(?P<no>-?)[“”„«»"](?P<phrase>[^“”„«»"]*)[“”„«»"]|(?P<word>\S+)')
NO_LETTER = re.compile(r"[\W_]+")


class Kind(Enum):
    WORD = "word"
    PHRASE = "phrase"
    BEGINNING = "beginning"


@dataclass(frozen=True)
class Term:
    text: str
    kind: Kind = Kind.WORD
    wanted: bool = True
    known: tuple = ()  # the words that a beginning stands for


@dataclass(frozen=True)
class Asked:
    groups: tuple = ()  # alternatives, each a tuple of terms that belong together

    @property
    def terms(self) -> list:
        return [term for group in self.groups for term in group]

    @property
    def words(self) -> list:
        """What is looked for; a question that only leaves out has none and finds nothing."""
        return [term for term in self.terms if term.wanted]

    @property
    def phrases(self) -> list:
        """Phrases that every answer has; alternatives are asked of the text of inputs as a whole."""
        return [term for term in self.words if term.kind is Kind.PHRASE] if len(self.groups) == 1 else []

    @property
    def unwanted_words(self) -> list:
        return [term for term in self.terms if not term.wanted and term.kind is not Kind.PHRASE]

    @property
    def unwanted_phrases(self) -> list:
        return [term for term in self.terms if not term.wanted and term.kind is Kind.PHRASE]

    @property
    def is_literal(self) -> bool:
        """Whoever quotes means every letter."""
        return any(term.kind is Kind.PHRASE for term in self.words)

    def completed(self, known) -> "Asked":
        """Each beginning with the words that `known` gives for it."""
        return Asked(tuple(tuple(_completed(term, known) for term in group) for group in self.groups))

    def in_place(self, instead: dict) -> "Asked":
        """With other words in place of some."""
        return Asked(
            tuple(tuple(replace(term, text=instead.get(term.text, term.text)) for term in group) for group in self.groups)
        )

    def __str__(self):
        return " OR ".join(" ".join(map(_written, group)) for group in self.groups)


def one_line(words: str) -> str:
    return " ".join(words[:LONGEST].replace("\x00", " ").split())


def read_words(words: str) -> Asked:
    """Whatever is typed is a question; a sign that means nothing means a space."""
    groups = [[]]
    for part in list(PART.finditer(one_line(words)))[:MOST_TERMS]:
        if part["word"] == "OR":
            groups.append([])
        else:
            groups[-1].extend(term for term in _terms(part) if term not in groups[-1])
    return Asked(tuple(tuple(group) for group in groups if any(term.wanted for term in group)))


def _terms(part):
    if part["phrase"] is not None:
        text = " ".join(NO_LETTER.sub(" ", part["phrase"]).split())
        kind = Kind.PHRASE if " " in text or HAN_RUN.search(text) else Kind.WORD
        return [Term(text, kind, not part["no"])] if text else []
    typed = part["word"]
    wanted, begins = not re.match(r"-\w", typed), bool(re.search(r"\w\*$", typed))
    text = typed.strip('-*"“”„«»')
    letters = NO_LETTER.sub("", text)
    if not letters:
        return []
    if begins and len(letters) >= SHORTEST_BEGINNING and not HAN_RUN.search(letters):
        return [Term(letters, Kind.BEGINNING, wanted)]
    return [Term(text, Kind.WORD, wanted)]


def _completed(term, known):
    return replace(term, known=tuple(known(term.text))) if term.kind is Kind.BEGINNING else term


def _written(term):
    text = {Kind.PHRASE: f'"{term.text}"', Kind.BEGINNING: f"{term.text}*"}.get(term.kind, term.text)
    return text if term.wanted else f"-{text}"
