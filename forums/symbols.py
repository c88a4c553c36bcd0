"""Symbols of United Nations documents: A/76/642, A/RES/73/326, A/AC.293/2022/L.1/Rev.1; what each part means. Pure."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from forums.refusals import Refused

LONGEST = 60
# What a symbol begins with: the principal organ, or a body that has a series of its own.
ORGANS = re.compile(
    "A|S|E|T|ST|DC|CD|BWC|NPT|APLC|CCW|SPLOS|ISBA|CLCS|LOS|TD|DP|ID|HS|HSP|HRI|ECE|LC|CCPR|CERD|CEDAW|CRC|CMW|CAT|CED|CRPD"
    "|FCCC|ICCD|CBD|IPCC|CTOC|CAC|UNEP|UNW|UNFPA|UNU|JIU|ITC|WFP"
)
_NUMBER = r"[1-9][0-9]*"
# 642, A, RES, C.3, AC.293, SER.A, Sub.2, S-27, ES-10, 3-CRC, 1325(2000), 217(III)A; never a number that begins with 0.
_PART = re.compile(rf"(?:{_NUMBER}|Sub\.{_NUMBER}|(?!0)[A-Z0-9]+(?:[.\-][A-Z0-9]+)*)(?:\([A-Z0-9-]+\)[A-Z]?)?")
_NOTE = re.compile(r" \((?:Part|Vol\.|Resumption|Annex) (?:[IVX]+|[0-9]+)\)$")
_SUFFIX = re.compile(rf"(Rev|Corr|Add|Amend)\.({_NUMBER})")
_RESOLUTION = re.compile(rf"A/RES/(?:(?:S-|ES-)?{_NUMBER}/{_NUMBER}[A-Z]?|{_NUMBER}\([A-Z0-9-]+\)[A-Z]?)")
_SPACES = re.compile(r"\s*/\s*")
_LOOSE = re.compile(r"\b(rev|corr|add|amend)(?:\s*\.\s*|\s+|(?=\d))(?=\d)", re.IGNORECASE)


class NotASymbol(Refused):
    """What was typed is no symbol of a United Nations document; the sentence says what one looks like."""


@dataclass(frozen=True)
class Symbol:
    """A/76/642/Add.1/Corr.1 is a base and, in their order, what was done to it."""

    base: str
    suffixes: tuple[str, ...] = ()

    def __str__(self):
        return "/".join((self.base, *self.suffixes))

    @property
    def kind(self) -> str:
        """Rev (replaces), Corr (corrects), Add (adds), Amend (amends); empty for the document itself."""
        return self.suffixes[-1].partition(".")[0] if self.suffixes else ""

    @property
    def modifies(self) -> list[str]:
        """The symbols of what it changes or adds to, the nearest first: A/76/642/Add.1, then A/76/642."""
        return [str(Symbol(self.base, self.suffixes[:n])) for n in range(len(self.suffixes) - 1, -1, -1)]


def parse(text: str) -> Symbol:
    """The base and the suffixes of a symbol; raises NotASymbol with a sentence, and the right spelling where it is plain."""
    text = text.strip()
    if (symbol := _parsed(text)) is not None:
        return symbol
    meant = _respelled(text)
    if meant != text and _parsed(meant) is not None:
        raise NotASymbol(
            _("“%(typed)s” is not written as a symbol. Write it as %(meant)s.") % {"typed": _short(text), "meant": meant}
        )
    if text.startswith("A/RES/") and _parsed("A/" + text.removeprefix("A/RES/")):
        raise NotASymbol(
            _("“%(typed)s” names no resolution: after A/RES/ come the session and the number, as in A/RES/73/326.")
            % {"typed": _short(text)}
        )
    raise NotASymbol(
        _(
            "“%(typed)s” is not a symbol of a United Nations document. One looks like A/76/642, A/RES/73/326 or "
            "A/AC.293/2022/L.1, with /Rev.1, /Corr.1 or /Add.1 behind it. Leave the field empty if there is none."
        )
        % {"typed": _short(text)}
    )


def is_symbol(text: str) -> bool:
    return _parsed(text) is not None


def _parsed(text) -> Symbol | None:
    if len(text) > LONGEST:
        return None
    note = _NOTE.search(text)
    parts = text[: note.start()].split("/") if note else text.split("/")
    suffixes = []
    while len(parts) > 1 and _SUFFIX.fullmatch(parts[-1]):
        suffixes.insert(0, parts.pop())
    base = "/".join(parts)
    if not ORGANS.fullmatch(parts[0]) or len(parts) < 2 or not all(_PART.fullmatch(part) for part in parts[1:]):
        return None
    if not any(sign.isdigit() for part in parts[1:] for sign in part):
        return None
    if base.startswith("A/RES") and not _RESOLUTION.fullmatch(base):
        return None
    if note:  # a part of a document is named behind everything else
        suffixes, base = [], text
    return Symbol(base, tuple(suffixes))


def _respelled(text) -> str:
    """What was probably meant: capitals, no spaces round the strokes, Rev.1 for rev 1; without the words round it."""
    text = _SPACES.sub("/", text.replace("\\", "/")).strip(" ./")
    text = re.sub(
        r"^(?:https?://)?(?:www\.)?undocs\.org/(?:[a-z]{2}/)?|^(?:UN )?Doc(?:ument|\.)?:? ", "", text, flags=re.IGNORECASE
    )
    text = _LOOSE.sub(lambda found: f"{found[1]}.", text)
    return re.sub(
        r"\b(Rev|Corr|Add|Amend|Sub)(?=\.)", lambda found: found[1].capitalize(), text.upper(), flags=re.IGNORECASE
    )


def _short(text) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
