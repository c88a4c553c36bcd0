"""Catalogues of translations as the bytes they were read from, each sentence made when it is first asked for.

Six languages are 42,000 sentences, of which a web process ever says some thousands. As dictionaries of Python they took
9 MB; here the English of all languages stands once, what it means in a language is a piece of one row of bytes, and what
was said once is kept as the sentence it is.
"""

from array import array
from itertools import accumulate

WORTH = 500  # sentences; a smaller catalogue stays the dictionary that it is


class Catalogue(dict):
    """What gettext keeps as a dictionary. As a dictionary it holds what was asked for so far; `get` finds the rest."""

    __slots__ = ("_bytes", "_ends", "_places")

    def __init__(self, sentences: dict, places: dict):
        super().__init__()
        self._places = places
        for key in sentences:
            places.setdefault(key, len(places))
        said = dict.fromkeys(places, b"") | {key: sentence.encode() for key, sentence in sentences.items()}
        self._ends, self._bytes = array("I", accumulate(map(len, said.values()), initial=0)), b"".join(said.values())

    def get(self, key, default=None):
        said = dict.get(self, key)
        if said is not None:
            return said
        return default if (place := self._places.get(key)) is None else self._read(key, place, default)

    def _read(self, key, place, default):
        piece = self._piece(place)
        if not piece:  # a sentence of another catalogue
            return default
        said = self[key] = piece.decode()
        return said

    def _piece(self, place) -> bytes:
        return self._bytes[self._ends[place] : self._ends[place + 1]] if place + 1 < len(self._ends) else b""

    def __missing__(self, key):
        said = self.get(key)
        if said is None:
            raise KeyError(key)
        return said

    def __contains__(self, key):
        return self.get(key) is not None

    def __iter__(self):
        return (key for key, place in self._places.items() if self._piece(place))

    def __len__(self):
        return sum(1 for _key in self)

    def keys(self):
        return list(self)

    def items(self):
        return [(key, self[key]) for key in self]

    def values(self):
        return [self[key] for key in self]


def compact(found, places: dict) -> None:
    """Make what Django found for a language compact; `places` are the English sentences of all languages, and grow.

    Django asks one catalogue after the other, a dozen for each language, and the first that has a sentence says it: so all
    plain sentences can stand in the first. Plural forms stay where they are, since each catalogue counts in its own way;
    one without any is asked no more, which spares English, where most are empty, ten questions a sentence.
    """
    plain = {key: said for each in reversed(found._catalogs) for key, said in each.items() if isinstance(key, str)}
    plurals = [{key: said for key, said in each.items() if not isinstance(key, str)} for each in found._catalogs]
    if not all(plain.values()) or not all(plurals[0].values()):  # an empty sentence would be taken for none
        return
    whole = plain | plurals[0]
    counting = [(each, way) for each, way in zip(plurals[1:], found._plurals[1:], strict=True) if each]
    found._catalogs[:] = [Catalogue(whole, places) if len(whole) >= WORTH else whole, *(each for each, _way in counting)]
    found._plurals[1:] = [way for _each, way in counting]
