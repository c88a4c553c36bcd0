"""Names made comparable: what differs in writing only becomes equal; what only looks alike gets one skeleton. Pure."""

import re
import unicodedata

DIACRITICS = re.compile(r"[\u0300-\u036f\u064b-\u065f\u0670\u0640]")  # accents; Arabic vowel signs and the stretched line
ARABIC = str.maketrans("أإآٱىةؤئکی", "اااايهويكي")
LETTERS = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ł": "l", "ı": "i"})


def fold(name: str) -> str:
    """One spelling for what is the same name: no case, accents or punctuation, compatible letters as one, single spaces."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    plain = DIACRITICS.sub("", unicodedata.normalize("NFD", plain))
    plain = unicodedata.normalize("NFC", plain).translate(ARABIC).translate(LETTERS)
    seen = (each for each in plain if unicodedata.category(each) != "Cf")  # signs without width part no words
    kept = "".join(each if unicodedata.category(each)[0] in "LNM" else " " for each in seen)
    return " ".join(kept.split())


# Letters of other scripts that are drawn like a Latin one.
ALIKE = str.maketrans(
    "авекмнорстухіјѕԁԛԝһӏαβγικνορτυχε" + "01",
    "abekmhopctyxijsdqwhlabyiknoptyxe" + "ol",
)


def skeleton(name: str) -> str:
    """The same for names that look the same: letters of other scripts drawn like Latin ones, and no spaces."""
    return fold(name).translate(ALIKE).replace(" ", "")
