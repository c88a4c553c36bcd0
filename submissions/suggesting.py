"""Objectives that words of a text point to: plain word lists that anybody can read (reference/objective_words.csv). Pure.

A suggestion names the words it comes from and sets nothing; whoever writes decides.
"""

import csv
import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

LISTS = Path(__file__).resolve().parent / "reference" / "objective_words.csv"
MOST = 5  # objectives suggested
MOST_WORDS = 3  # named beside each
ENOUGH = 20  # places of one word that are counted
INSIDE_WORDS = ("ar", "zh-hans")  # languages that write words together, or put others before them
SIGNS_OF_ARABIC = {0x0640: None, **dict.fromkeys(range(0x064B, 0x0653)), 0x0622: 0x0627, 0x0623: 0x0627, 0x0625: 0x0627}


@dataclass(frozen=True)
class Suggestion:
    number: int  # of the objective
    words: tuple  # as they stand in the text


def suggest(text, language) -> list[Suggestion]:
    """The objectives that the words of this text point to, the likeliest first; at most five, none without a word."""
    folded = fold(text)
    if not folded or language not in lists():
        return []
    found = {}
    for number, terms in lists()[language].items():
        places = {term: hits for term in terms if (hits := _hits(term, folded, language))}
        if places:
            found[number] = places
    ranked = sorted(found, key=lambda number: (-_weight(found[number]), number))
    return [Suggestion(number, _named(found[number])) for number in ranked[:MOST]]


def fold(text) -> str:
    """One form for comparing: small letters, plain spaces and apostrophes, Arabic without vowel signs."""
    text = unicodedata.normalize("NFC", text).casefold().translate(SIGNS_OF_ARABIC).replace("'", "’")
    return " ".join(text.split())


@cache
def lists() -> dict:
    """language -> number of the objective -> its words; `_` at the end asks for exactly this word."""
    with LISTS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    languages = [name for name in rows[0] if name != "objective"]
    return {
        language: {int(row["objective"]): tuple(fold(term) for term in row[language].split("|")) for row in rows}
        for language in languages
    }


@cache
def _pattern(term):
    """Each word of a term is a beginning of a word in the text."""
    if term.endswith("_"):
        return re.compile(rf"{re.escape(term[:-1])}\b")
    return re.compile(r"\w*\s".join(re.escape(word) for word in term.split(" ")) + r"\w*")


def _hits(term, text, language) -> list[str]:
    """The places of a term, as they stand in the text; the quick search for its first word spares the pattern."""
    if language in INSIDE_WORDS:
        return [term] * min(text.count(term), ENOUGH)
    first, hits, place = term.rstrip("_").split(" ")[0], [], -1
    while len(hits) < ENOUGH and (place := text.find(first, place + 1)) >= 0:
        begins = place == 0 or not text[place - 1].isalnum()
        if begins and (match := _pattern(term).match(text, place)):
            hits.append(match[0])
    return hits


def _weight(places) -> int:
    """Different words say more than one word said often."""
    return 3 * len(places) + sum(len(hits) for hits in places.values())


def _named(places) -> tuple:
    often = sorted(places.values(), key=len, reverse=True)
    return tuple(dict.fromkeys(hits[0] for hits in often))[:MOST_WORDS]
