"""How much two texts are alike: their word shingles, and a sketch of them that is small and can be looked up. Pure.

Of all shingles (runs of words) the least hashes are kept: a sample that is the same wherever the words are the same. The
share of one sample found in the other estimates the share of shingles that both texts have (A. Broder, 1997).
"""

import re
import unicodedata
from hashlib import blake2b

SHINGLE, SHINGLE_HAN = 5, 9  # words; signs, where most are Han
KEPT = 64
FEWEST = 20  # shingles: below, a likeness says nothing
HAN = "\u3400-\u4dbf\u4e00-\u9fff"
WORDS = re.compile(rf"[{HAN}]|[^\W{HAN}]+")


def words_in(text: str) -> list:
    """The words of a text, whatever their case, marks and spacing; of Han each sign."""
    return WORDS.findall(unicodedata.normalize("NFKC", text).casefold())


def shingles(text: str) -> set:
    """Runs of words of a text."""
    words = words_in(text)
    han = sum(len(word) == 1 and "\u3400" <= word <= "\u9fff" for word in words)
    size = SHINGLE_HAN if han * 2 > len(words) else SHINGLE
    return {" ".join(words[place : place + size]) for place in range(len(words) - size + 1)}


def sketch_of(text: str) -> list:
    """The least hashes of the shingles, in order; empty for a text that is too short."""
    found = shingles(text)
    if len(found) < FEWEST:
        return []
    return sorted(int.from_bytes(blake2b(one.encode(), digest_size=8).digest(), "big", signed=True) for one in found)[:KEPT]


def share_of(one: list, other: list) -> float:
    """The estimated share of shingles that two texts have in common, from their sketches."""
    both = set(one) & set(other)
    least = sorted({*one, *other})[: min(KEPT, max(len(one), len(other)))]
    return sum(hash_ in both for hash_ in least) / len(least) if least else 0.0
