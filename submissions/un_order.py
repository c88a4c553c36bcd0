"""The order in which bodies stand under a joint input, as the United Nations list them. Pure.

The lead first; then the bodies that are accredited, alphabetically in the reader's language; then the others that agreed;
last those on whose behalf it is sent as well. Why not a collation of PostgreSQL: decision 0027.
"""

import re
import unicodedata
from functools import lru_cache

MARKS = re.compile(r"[\u0300-\u036f\u064b-\u065f\u0670\u0640]")
HAMZA = str.maketrans("أإآٱىةؤئ", "ااااي" + "هوي")  # one letter, however its hamza is written
ARTICLE = re.compile(r"^ال(?=\w{2})")  # lists of the United Nations in Arabic pass over it
LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "đ": "d", "ł": "l", "ı": "i"})
READ_OTHERWISE = {"重庆": "崇庆", "厦门": "下门"}  # names of cities in which a sign is not read as it mostly is
LETTERS_OF_THEIR_OWN = {"й": "и"}  # stands after this one, with no other letter between
SPANISH = {**LETTERS_OF_THEIR_OWN, "ñ": "n"}
AFTER = "\uffff"
SCRIPTS = {"LATIN": 3, "CYRILLIC": 4, "ARABIC": 5, "CJK": 6}  # behind spaces, digits and the reader's own script
OWN_SCRIPT = {"ar": "ARABIC", "ru": "CYRILLIC", "zh-hans": "CJK"}
NAMES_KEPT = 2048
SECOND_LEVEL = b"\xd8\xa1"


def in_un_order(bodies, language) -> list:
    """Bodies, dicts with `name`, `admitted` and `on_behalf`, in the order for readers of that language; the lead is none."""
    return sorted(bodies, key=lambda body: (body["on_behalf"], not body["admitted"], alphabetical(body["name"], language)))


@lru_cache(maxsize=NAMES_KEPT)
def alphabetical(name: str, language: str) -> tuple:
    """What names are compared by: the reader's own script first; accents, case and signs only between equals."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    words = "".join(sign if unicodedata.category(sign)[0] in "LNM" else " " for sign in folded).split()
    letters = " ".join(words)
    if language == "ar":
        letters = ARTICLE.sub("", letters)
    for city, read in READ_OTHERWISE.items():
        letters = letters.replace(city, read)
    own = SPANISH if language == "es" else LETTERS_OF_THEIR_OWN
    spelt = letters.translate(HAMZA).translate(LIGATURES)
    return [place for sign in spelt for place in _places(sign, language, own)], letters, name


def _places(sign, language, own):
    """The places of what a sign consists of: a ligature is two letters, a mark alone is none."""
    if sign in own:
        return [_place(own[sign], language, AFTER)]
    return [_place(letter, language) for letter in MARKS.sub("", unicodedata.normalize("NFD", sign))]


def _place(letter, language, after=""):
    if letter == " ":
        return (0, 0, "")
    if letter.isdigit():
        return (1, 0, letter)
    script = unicodedata.name(letter, "").partition(" ")[0]
    row = 2 if script == OWN_SCRIPT.get(language, "LATIN") else SCRIPTS.get(script, 9)
    return (row, *_of_han(letter)) if script == "CJK" else (row, 0, letter + after)


def _of_han(letter):
    """GB 2312 has its 3,755 everyday characters in the order of their pinyin and the rarer ones behind them by radical."""
    try:
        code = letter.encode("gb2312")
    except UnicodeEncodeError:
        return (2, letter)
    return (int(code >= SECOND_LEVEL), code.hex())
