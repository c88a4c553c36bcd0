"""What people type, made fit to be stored and shown: no control characters, no direction tricks in a name. Pure."""

import re
import unicodedata

from django.http import QueryDict

CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")  # of Unicode's categories Cc and Cs
# Embedding, override and isolate marks turn the rest of a line round; names and titles are isolated by <bdi> instead.
TURNING = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])


def without_control(text: str) -> str:
    """The text without NUL, other control characters and lone surrogates; tabs and line ends stay."""
    return CONTROL.sub("", text)


def one_line(text: str) -> str:
    """A name or a title: one line, single spaces, no marks that turn its direction, Unicode NFC."""
    text = unicodedata.normalize("NFC", without_control(text).translate(TURNING))
    return " ".join(text.split())


# Signs without width. Two of them shape the writing of some scripts and stay exactly where they do; the rest only deceive.
JOINERS = "\u200c\u200d"
FILLERS = (0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0)  # letters and marks that are drawn as nothing
BLANK = dict.fromkeys([*FILLERS, *range(0xFE00, 0xFE10)])
VIRAMA = 9  # the combining class of the signs after which a joiner makes another letter, as in Sinhala or Malayalam


def a_name(text: str) -> str:
    """A name on one line, without any sign that has no width or turns a direction, but joiners that shape its script."""
    seen = (sign for sign in text.translate(BLANK) if sign in JOINERS or unicodedata.category(sign) != "Cf")
    plain = one_line("".join(seen))
    return "".join(sign for place, sign in enumerate(plain) if sign not in JOINERS or _shapes(plain, place))


def _shapes(text, place) -> bool:
    """Whether a joiner changes how its neighbours are written: after a virama, or the non-joiner between Arabic letters."""
    before, after = text[place - 1 : place], text[place + 1 : place + 2]
    if before and unicodedata.combining(before) == VIRAMA:
        return True
    return text[place] == "\u200c" and _is_arabic(before) and _is_arabic(after)


def _is_arabic(letter) -> bool:
    return letter != "" and unicodedata.name(letter, "").startswith("ARABIC LETTER")


def posted_by(request):
    """What this request posted, as `posted`; None for a page that is only looked at."""
    return posted(request.POST) if request.method == "POST" else None


def posted(answers):
    """A copy of what a form posted, without control characters, so that every field shows what was typed."""
    clean = QueryDict(mutable=True, encoding=answers.encoding)
    for name, values in answers.lists():
        clean.setlist(name, [without_control(value) for value in values])
    return clean
