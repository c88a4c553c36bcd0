"""Documents as PDF: tagged, with language and title, in whole Noto fonts; never with a wrong character.

What is printed is our own HTML. Nothing is fetched while it is laid out: no network, no file of this machine, only what
stands in it as a `data:` address.
"""

import subprocess
import unicodedata
from functools import cache

from django.utils.translation import gettext as _

from forums.refusals import Refused

ANY = ("COMMON", "INHERITED")
FONTS = '"Noto Sans", "Noto Sans Arabic", "Noto Sans CJK SC", "Noto Sans Devanagari", sans-serif'
FIRST_WORDS = {"CJK": "CJK", "HIRAGANA": "CJK", "KATAKANA": "CJK", "HANGUL": "CJK"}


class CannotPrint(Refused):
    """A font is missing, or the page could not be laid out; nothing was printed."""


def pdf_of(html, *, title, language, direction="ltr", css="") -> bytes:
    """A tagged PDF (PDF/UA) of this HTML body; raises CannotPrint and prints nothing where a script has no font here."""
    missing = missing_scripts(f"{title}{html}")
    if missing:
        raise CannotPrint(
            _("This machine has no font for: %(scripts)s. Ask its operators to install the Noto fonts.")
            % {"scripts": ", ".join(missing)}
        )
    from weasyprint import HTML  # slow to import, and most requests never print
    from weasyprint.urls import URLFetcher

    page = (
        f'<!doctype html><html lang="{language}" dir="{direction}"><head><meta charset="utf-8"><title>{title}</title>'
        f"<style>html {{ font-family: {FONTS}; }} {css}</style></head><body>{html}</body></html>"
    )
    only_given = URLFetcher(allowed_protocols=["data"], allow_redirects=False)
    return HTML(string=page, url_fetcher=only_given).write_pdf(pdf_variant="pdf/ua-1", pdf_tags=True)


def qr_svg(text) -> str:
    """A QR code as SVG, drawn in black with its quiet zone, to be put into a page."""
    import segno

    return segno.make(text, error="m", micro=False).svg_inline(scale=4, border=4, omitsize=True)


# Fonts ---------------------------------------------------------------------------------------------------------------


def missing_scripts(text) -> list[str]:
    """Names of the scripts in this text for which no Noto font is installed here."""
    samples = {}
    for each in set(text):
        script = script_of(each)
        if script not in ANY:
            samples.setdefault(script, each)
    return sorted(script.title() for script, sample in samples.items() if not has_font(ord(sample)))


def script_of(character) -> str:
    """The script of a letter by its Unicode name; COMMON for everything that is no letter."""
    if not unicodedata.category(character).startswith("L"):
        return "COMMON"
    first = unicodedata.name(character, "COMMON").split()[0]
    if first in ("MODIFIER", "FULLWIDTH", "HALFWIDTH", "FEMININE", "MASCULINE", "MICRO", "OHM", "KELVIN", "ANGSTROM"):
        return "COMMON"
    return FIRST_WORDS.get(first, first)


@cache
def has_font(point) -> bool:
    """Whether fontconfig knows a Noto font with this character."""
    try:
        asked = ["fc-list", f":charset={point:x}", "family"]
        found = subprocess.run(asked, capture_output=True, text=True, timeout=20, check=False).stdout  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return False
    return any(line.strip().startswith("Noto") for line in found.splitlines())
