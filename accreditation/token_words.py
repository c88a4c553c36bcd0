"""The word of a token: a prefix that scanners of leaked secrets find, random letters, a check to be recomputed. Pure."""

import hashlib
import re
import secrets
import zlib

PREFIX = "imrf_"
RANDOM, CHECK = 40, 6
LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
SHAPE = re.compile(rf"{PREFIX}[0-9A-Za-z]{{{RANDOM + CHECK}}}")


def new_word() -> str:
    """A word that nobody guesses: 40 random letters of 62, 238 bits."""
    drawn = "".join(secrets.choice(LETTERS) for _ in range(RANDOM))
    return f"{PREFIX}{drawn}{check_of(drawn)}"


def check_of(drawn) -> str:
    """CRC-32 of the random letters in base 62: whoever finds such a word knows offline whether it is one of ours."""
    number, letters = zlib.crc32(drawn.encode()), ""
    for _place in range(CHECK):
        number, place = divmod(number, len(LETTERS))
        letters = LETTERS[place] + letters
    return letters


def is_ours(word) -> bool:
    """Whether it has the shape and the check of a token; whether there is such a token is asked of the database."""
    return SHAPE.fullmatch(word) is not None and check_of(word[len(PREFIX) : -CHECK]) == word[-CHECK:]


def fingerprint(word) -> str:
    return hashlib.sha256(word.encode()).hexdigest()
