"""Which words of a text answered, and what stands around them: found here as PostgreSQL finds them, marked and escaped.

PostgreSQL says once what the words of the question are (tsqueries.py). A text is looked through for words that begin as
those do, and only these few are stemmed, by the same Snowball stemmers; so a page of results costs no statement to mark.
"""

import re
import unicodedata
from functools import cached_property
from itertools import islice, takewhile

from django.utils.html import escape
from django.utils.safestring import mark_safe
from Stemmer import Stemmer

from submissions.models.published import ON_CARDS, PublishedInput
from submissions.search.analysis import ARABIC_LETTERS, HAN_RUN, bigrams

# Columns by hand, as in passages.py. Keys come from a statement before: what was taken down since is left out here.
ROWS = """
SELECT {columns},
    EXISTS (SELECT FROM submissions_passage WHERE submissions_passage.submission_id = shown.submission_id) AS has_passages
FROM submissions_publishedinput shown WHERE id = ANY (%s) AND taken_down_at IS NULL
"""
STEMMED = {"ar": "arabic", "en": "english", "es": "spanish", "fr": "french", "ru": "russian"}
ACCENTS = "\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed"  # and vowel marks: inside of words, no letters
HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"  # each a word to itself
LETTER = f"[^\\W_{HAN}][{ACCENTS}]*"
MARKS = f"[{ACCENTS}]*"
INSIDE = re.compile(f"[{ACCENTS}]")
IS_LETTER = re.compile(f"[^\\W_{HAN}]").match
LEXEME = re.compile(r"'((?:[^']|'')+)'(:\*)?")
LONGEST_ENDING = 3  # letters by which a stem may end otherwise than its words: policy, polici
MOST_PLACES = 200  # of one text, among which the best are looked for
AROUND, AROUND_HAN = 260, 120  # signs of an excerpt
BEFORE = 4  # a quarter of it stands before the first word


def _base(sign):
    """The sign by which one is compared: small, without accent, Arabic as it is indexed; always a single one."""
    small = sign.translate(ARABIC_LETTERS).lower()
    plain = unicodedata.normalize("NFD", small)[:1] if small not in "йї" else small
    return plain if len(plain) == 1 else sign


FOLDED = {code: _base(chr(code)) for code in range(0x700) if _base(chr(code)) != chr(code)}  # Latin, Cyrillic, Arabic
WRITTEN = {}  # a base -> all signs that are compared by it
for code, base in FOLDED.items():
    WRITTEN[base] = WRITTEN.get(base, base) + chr(code)


def marked(keys, marks) -> list:
    """The public rows of these keys, in this order, as cards show them, with `has_passages`: whether any text of their
    files is kept for the search, so that asking is worth it."""
    sql = ROWS.format(columns=", ".join(("id", *ON_CARDS)))
    rows = {row.pk: row for row in PublishedInput.objects.raw(sql, [keys])}
    return [rows[key] for key in keys if key in rows]


class Marks:
    """Marks for one answer, in texts of any language."""

    def __init__(self, reading):
        self.reading, self._sought, self._places = reading, {}, {}

    def html(self, text: str, language: str):
        """The text escaped, with <mark> where it answered."""
        parts, last = [], 0
        for start, stop in self.places(text, language):
            parts += [escape(text[last:start]), "<mark>", escape(text[start:stop]), "</mark>"]
            last = stop
        parts.append(escape(text[last:]))
        return mark_safe("".join(parts).replace("</mark><mark>", ""))  # noqa: S308 escaped above

    def stand_in(self, text: str, language: str) -> bool:
        return bool(self.places(text, language))

    def around(self, text: str, language: str) -> str:
        """What stands around the most different words of the question that stand together; empty where none is there."""
        places = self.places(text, language)
        if not places:
            return ""
        size = AROUND_HAN if language == "zh-hans" else AROUND
        words = [(start, text[start:stop].lower()) for start, stop in places]
        different = [_different(words[n:], start + size) for n, (start, _word) in enumerate(words)]
        first = places[different.index(max(different))][0]
        return _cut(text, max(0, first - size // BEFORE), size)

    def places(self, text: str, language: str) -> list:
        """Where words stand that answer, one after the other: pairs of the first sign and the one after the last.

        A text is looked through once, however often it is asked for; so many places of it at most.
        """
        if (text, language) not in self._places:
            if language not in self._sought:
                self._sought[language] = _Sought(self.reading, language)
            self._places[text, language] = list(islice(self._sought[language].places(text), MOST_PLACES))
        return self._places[text, language]


def _different(words, stop):
    """How many different ones begin before that sign."""
    return len({word for _start, word in takewhile(lambda place: place[0] < stop, words)})


def _cut(text, start, size):
    """So many signs from there, from one end of a word to another, with dots where something was left out."""
    stop = start + size
    if start and (space := text.find(" ", start, start + 40)) >= 0:
        start = space + 1
    if stop < len(text) and (space := text.rfind(" ", stop - 40, stop)) >= 0:
        stop = space
    return f"{'… ' if start else ''}{text[start:stop].strip()}{' …' if stop < len(text) else ''}"


class _Sought:
    """What is looked for in texts of one language."""

    def __init__(self, reading, language):
        self.language = language
        said = LEXEME.findall(reading.wanted(language, some=True))
        found = [(lexeme.replace("''", "'").replace("\\\\", "\\"), begins) for lexeme, begins in said]
        self.lexemes = {lexeme for lexeme, begins in found if not begins}
        self.beginnings = tuple(lexeme for lexeme, begins in found if begins)
        self.stem = Stemmer(STEMMED[language]).stemWord if language in STEMMED else str
        runs = {run for term in reading.asked.words for run in HAN_RUN.findall(term.text)}
        pairs = [pair for run in runs for pair in bigrams(run).split()] if language == "zh-hans" else []
        self.literal = [*sorted(runs, key=len, reverse=True), *pairs]

    def places(self, text):
        last = 0
        for found in self.pattern.finditer(text) if self.pattern else ():
            start, stop = found.span()
            if found.lastgroup != "literal":
                start = _first_letter(text, start, last) if self.language == "ar" else start
                if (start > last and IS_LETTER(text[start - 1])) or not self._answers(text[start:stop]):
                    continue
            yield start, stop
            last = stop

    @cached_property
    def pattern(self):
        """Runs of Han before their pairs, words with signs inside as they are, else words that begin as one that is sought.

        All words begin with one set of signs, by which Python leaps through a text; which of them it was is asked next.
        """
        signs = [lexeme for lexeme in self.lexemes if not lexeme.isalnum()]
        literal = "|".join(map(re.escape, dict.fromkeys([*self.literal, *signs])))
        roots = {_beginning(lexeme) for lexeme in self.lexemes if lexeme.isalnum() and not HAN_RUN.search(lexeme)}
        roots = sorted({*roots, *self.beginnings}, key=len, reverse=True)
        firsts = "".join(dict.fromkeys(re.escape(WRITTEN.get(root[0], root[0])) for root in roots))
        rest = "|".join(f"(?<={_written(root[0])})" + "".join(MARKS + _written(sign) for sign in root[1:]) for root in roots)
        parts = [f"(?P<literal>{literal})"] if literal else []
        parts += [f"[{firsts}](?:{rest}){MARKS}(?:{LETTER})*"] if roots else []
        return re.compile("|".join(parts), re.IGNORECASE if literal else 0) if parts else None

    def _answers(self, word):
        word = INSIDE.sub("", word.translate(FOLDED))
        return self.stem(word) in self.lexemes or word.startswith(self.beginnings or ("\x00",))


def _beginning(lexeme):
    return lexeme[: max(min(3, len(lexeme)), len(lexeme) - LONGEST_ENDING)] if len(lexeme) != 3 else lexeme[:2]


def _written(sign):
    return f"[{re.escape(WRITTEN.get(sign, sign))}]"


def _first_letter(text, start, last):
    """In Arabic an article or a conjunction may stand before, in one word."""
    while start > last and (IS_LETTER(text[start - 1]) or INSIDE.match(text[start - 1])):
        start -= 1
    return start
