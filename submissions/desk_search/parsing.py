"""A search line read into its terms: key:value, "a phrase", a word, each with - before it for "not". Pure; never fails.

What cannot be read is a trouble, a code and what was typed; nothing is left out in silence.
"""

import re
from dataclasses import dataclass

LONGEST = 2000  # characters of a line
MOST_TERMS = 40
MOST_VALUES = 40  # in one list
QUOTES = dict.fromkeys(map(ord, "“”„«»"), '"')  # as phones and word processors write them
KEY = re.compile(r"([A-Za-z_]+):")
SIGNS = (">=", "<=", ">", "<")


@dataclass(frozen=True)
class Term:
    """`key` is empty for words and phrases. `sign` is "", one of SIGNS, or ".." for a span of two values."""

    values: tuple
    key: str = ""
    sign: str = ""
    negated: bool = False
    quoted: bool = False
    typed: str = ""


@dataclass(frozen=True)
class Trouble:
    """`code`: too_long, too_many, open_quote or no_value."""

    code: str
    typed: str


def parse(line: str) -> tuple[list[Term], list[Trouble]]:
    """The terms of a line in their order, and what could not be read."""
    line = "".join(sign if sign.isprintable() else " " for sign in line.translate(QUOTES))
    if len(line) > LONGEST:
        return [], [Trouble("too_long", "")]
    pieces, is_open = _pieces(line)
    if is_open:
        return [], [Trouble("open_quote", pieces[-1])]
    if len(pieces) > MOST_TERMS:
        return [], [Trouble("too_many", "")]
    read = [_term(piece) for piece in pieces]
    return [one for one in read if isinstance(one, Term)], [one for one in read if isinstance(one, Trouble)]


def _pieces(line) -> tuple[list[str], bool]:
    """The line cut at white space outside quotation marks, and whether a mark was left open."""
    pieces, piece, inside = [], "", False
    for sign in line:
        inside ^= sign == '"'
        if sign.isspace() and not inside:
            pieces.append(piece)
            piece = ""
        else:
            piece += sign
    return [one for one in (*pieces, piece) if one], inside


def _term(piece) -> Term | Trouble:
    negated = len(piece) > 1 and piece[0] == "-"
    rest = piece[negated:]
    named = KEY.match(rest)
    if named is None:
        words = rest.replace('"', "").strip()
        return Term((words,), negated=negated, quoted='"' in rest, typed=piece) if words else Trouble("no_value", piece)
    asked = rest[named.end() :]
    sign = next((sign for sign in SIGNS if asked.startswith(sign)), "")
    values, sign = _values(asked[len(sign) :], sign)
    if not any(values) or (sign != ".." and not all(values)):
        return Trouble("no_value", piece)
    if len(values) > MOST_VALUES:
        return Trouble("too_many", piece)
    return Term(values, named[1].lower(), sign, negated, '"' in asked, piece)


def _values(asked, sign) -> tuple[tuple, str]:
    """A list at its commas, or the two ends of a span, of which one may be open."""
    if not sign and '"' not in asked and asked.count("..") == 1:
        first, _dots, last = asked.partition("..")
        return (first.strip(), last.strip()), ".."
    values, value, inside = [], "", False
    for each in asked:
        inside ^= each == '"'
        if each == "," and not inside:
            values.append(value)
            value = ""
        elif each != '"':
            value += each
    return tuple(one.strip() for one in (*values, value)), sign


def without(line: str, keys) -> str:
    """The line as it was typed, without the terms of these keys; a line that cannot be read stays as it is."""
    terms, troubles = parse(line)
    if troubles or not any(term.key in keys for term in terms):
        return line
    return " ".join(term.typed for term in terms if term.key not in keys)
