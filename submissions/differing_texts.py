"""What differs between two texts, paragraph by paragraph and word by word, in every script. Pure.

Words: Han signs one by one, everything else with its combining marks. Nothing is cut off: where two texts
are too far apart to be compared in reasonable time, the old one is shown as taken out and the new one as put in.
"""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from itertools import groupby

from submissions.edits import ADDED, REMOVED, SAME, edits

CHANGED = "changed"
MOST_PAIRS = 900  # paragraphs of one changed stretch that are paired by likeness: old times new
ALIKE = 0.35  # of their words in common; below, one paragraph replaces the other
AROUND = 1  # paragraphs shown on both sides of a change
WORTH_FOLDING = 400  # signs
SHORT = 3  # signs: so little in common between two changes reads better as changed
HAN = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
WORDS = re.compile(rf"\s+|[{HAN}]|[^\W{HAN}]+|[^\w\s]|_")


@dataclass(frozen=True)
class Piece:
    kind: str  # same, removed, added
    text: str


@dataclass(frozen=True)
class Row:
    """A paragraph on both sides; `pieces` is the way from the one to the other."""

    kind: str  # same, removed, added, changed
    pieces: tuple

    @property
    def before(self):
        return [piece for piece in self.pieces if piece.kind != ADDED]

    @property
    def after(self):
        return [piece for piece in self.pieces if piece.kind != REMOVED]

    @property
    def was_there(self) -> bool:
        return self.kind != ADDED

    @property
    def is_there(self) -> bool:
        return self.kind != REMOVED


@dataclass(frozen=True)
class Stretch:
    """Rows that follow each other; a folded one holds nothing but what is the same."""

    folded: bool
    rows: list


def stretches(old: str, new: str) -> list:
    """Both texts as stretches of paragraphs; what stays the same far from any change is folded."""
    rows = paragraphs(old, new)
    near = set()
    for place, row in enumerate(rows):
        if row.kind != SAME:
            near.update(range(place - AROUND, place + AROUND + 1))
    grouped = groupby(enumerate(rows), key=lambda numbered: numbered[0] not in near)
    found = []
    for folded, group in grouped:
        several = [row for _, row in group]
        worth = folded and (
            len(several) > 1 or sum(len(piece.text) for row in several for piece in row.pieces) > WORTH_FOLDING
        )
        if found and not worth and not found[-1].folded:
            found[-1].rows.extend(several)
        else:
            found.append(Stretch(worth, several))
    return found


def paragraphs(old: str, new: str) -> list:
    """Rows of both texts, line by line; a line that was changed is compared word by word. Empty lines do not count."""
    before, after = ([line for line in text.splitlines() if line.strip()] for text in (old, new))
    rows, gone, come = [], [], []
    for kind, line in (*edits(before, after), (SAME, None)):
        if kind == REMOVED:
            gone.append(line)
        elif kind == ADDED:
            come.append(line)
        else:
            rows += _changed(gone, come)
            gone, come = [], []
            rows += [Row(SAME, (Piece(SAME, line),))] if line is not None else []
    return rows


def _changed(gone, come):
    """Rows of a stretch in which everything changed: like paragraphs are compared, others taken out or put in."""
    rows = []
    for was, became in _paired(gone, come):
        if was is None:
            rows.append(Row(ADDED, (Piece(ADDED, became),)))
        elif became is None:
            rows.append(Row(REMOVED, (Piece(REMOVED, was),)))
        else:
            rows.append(Row(CHANGED, tuple(words(was, became))))
    return rows


def _paired(gone, come):
    """Old and new paragraphs in their order, the likest side by side; None where a side has nothing."""
    if not gone or not come or len(gone) * len(come) > MOST_PAIRS:
        return [*((was, None) for was in gone), *((None, became) for became in come)]
    bags = [[Counter(filter(str.strip, tokens(line))) for line in lines] for lines in (gone, come)]
    best = [[(0.0, "")] * (len(come) + 1) for _ in range(len(gone) + 1)]
    for i in range(len(gone) - 1, -1, -1):
        for j in range(len(come) - 1, -1, -1):
            like = _likeness(bags[0][i], bags[1][j])
            ways = [(best[i + 1][j][0], "old"), (best[i][j + 1][0], "new")]
            if like >= ALIKE:
                ways.append((best[i + 1][j + 1][0] + like, "pair"))
            best[i][j] = max(ways)
    return list(_walk(gone, come, best))


def _walk(gone, come, best):
    i = j = 0
    while i < len(gone) or j < len(come):
        way = best[i][j][1] if i < len(gone) and j < len(come) else "old" if i < len(gone) else "new"
        yield (gone[i] if way != "new" else None, come[j] if way != "old" else None)
        i, j = i + (way != "new"), j + (way != "old")


def _likeness(one, other):
    whole = sum(one.values()) + sum(other.values())
    return 2 * sum((one & other).values()) / whole if whole else 0


def words(old: str, new: str) -> list:
    """The pieces that lead from one paragraph to another."""
    pieces = []
    for kind, token in edits(tokens(old), tokens(new)):
        if pieces and pieces[-1][0] == kind:
            pieces[-1][1].append(token)
        else:
            pieces.append((kind, [token]))
    return _calm([Piece(kind, "".join(parts)) for kind, parts in pieces])


def tokens(text: str) -> list:
    """Words, single Han signs, runs of space, single marks; a combining mark stays with what it belongs to."""
    found = []
    for token in WORDS.findall(text):
        if found and (unicodedata.category(token[0])[0] == "M" or _goes_on(found[-1])) and not token.isspace():
            found[-1] += token
        else:
            found.append(token)
    return found


def _goes_on(token):
    """Whether a word is not over, because its last sign is a mark or a joiner inside it."""
    return len(token) > 1 and (unicodedata.category(token[-1])[0] == "M" or token[-1] in "\u200c\u200d")


def _calm(pieces):
    """The same way with less flicker: what little two neighbouring changes have in common goes with them."""
    calm, gone, come = [], "", ""
    for place, piece in enumerate(pieces):
        inside = 0 < place < len(pieces) - 1
        if piece.kind == SAME and not (inside and len(piece.text.strip()) < SHORT and not _is_break(piece.text)):
            calm += [Piece(kind, text) for kind, text in ((REMOVED, gone), (ADDED, come)) if text] + [piece]
            gone = come = ""
        else:
            gone += piece.text if piece.kind != ADDED else ""
            come += piece.text if piece.kind != REMOVED else ""
    return calm + [Piece(kind, text) for kind, text in ((REMOVED, gone), (ADDED, come)) if text]


def _is_break(text):
    """The end of a sentence is common ground worth showing."""
    return any(sign in ".!?。！？؟" for sign in text)
