"""Which words of a title or an excerpt answered: marked by PostgreSQL in the language of the text, escaped here."""

import re
import secrets

from django.db.models import TextField
from django.utils.html import escape
from django.utils.safestring import mark_safe

from submissions.models.published import ON_CARDS, PublishedInput
from submissions.search.analysis import CONFIGURATIONS, HAN_RUN, bigrams
from submissions.search.by_language import ByLanguage

STAND_IN = "\ue000"  # for "<" while PostgreSQL looks: it would take what follows for a tag and leave it out
AROUND = 60  # signs of a Chinese text on each side of what answered


# Columns by hand, as in passages.py. Keys come from a statement before: what was taken down since is left out here.
ROWS = """
SELECT {columns}, {title} AS marked_title, {excerpt} AS marked_excerpt,
    EXISTS (SELECT FROM submissions_passage WHERE submissions_passage.submission_id = shown.submission_id) AS has_passages
FROM submissions_publishedinput shown WHERE id = ANY (%s) AND taken_down_at IS NULL
"""


def marked(keys, marks) -> list:
    """The public rows of these keys, in this order, as cards show them, with `marked_title`, `marked_excerpt`, and
    `has_passages`: whether any text of their files is kept for the search, so that asking is worth it."""
    title, excerpt = (marks.marked(name, "HighlightAll=true").written("language", name) for name in ("title", "excerpt"))
    columns = ", ".join(("id", *ON_CARDS))
    sql = ROWS.format(columns=columns, title=title[0], excerpt=excerpt[0])
    rows = {row.pk: row for row in PublishedInput.objects.raw(sql, [*title[1], *excerpt[1], keys])}
    return [rows[key] for key in keys if key in rows]


class Marks:
    """Marks for one answer: what stands around a hit cannot stand in any text, since nobody knows it beforehand."""

    def __init__(self, reading):
        self.reading, self.asked = reading, reading.asked
        self.start, self.stop = (f"<{side}{secrets.token_hex(8)}>" for side in "ab")

    def marked(self, column, options):
        """An expression: the text with marks, or so many words around the first of them (`MaxWords`)."""
        options = f"StartSel='{self.start}', StopSel='{self.stop}', {options}"
        spoken = {language: config for language, config in CONFIGURATIONS.items() if language != "zh-hans"}
        text = f"replace({{column}}, '<', '{STAND_IN}')"
        arms = [
            (language, f"ts_headline('{config}', {text}, %s::tsquery, %s)", (self.reading.marked(language), options))
            for language, config in spoken.items()
        ]
        # Chinese is written without spaces: PostgreSQL sees no words there, and gives the text as it is.
        return ByLanguage(column, arms=arms, or_column=True, output_field=TextField())

    def html(self, text: str, language: str):
        """The text escaped, with <mark> where it answered."""
        if language == "zh-hans":
            text = self._han(text)
        safe = escape(text).replace(escape(self.start), "<mark>").replace(escape(self.stop), "</mark>")
        safe = safe.replace(STAND_IN, "&lt;").replace("</mark><mark>", "")
        return mark_safe(safe)  # noqa: S308 escaped above; only the two marks are put in

    def cutting(self, text: str, language: str) -> str:
        """What stands around the first hit of a Chinese text; PostgreSQL has cut the others already."""
        if language != "zh-hans":
            return text
        first = self._han_pattern()
        place = hit.start() if first and (hit := first.search(text)) else 0
        return text[max(0, place - AROUND) : place + AROUND]

    def _han(self, text):
        pattern = self._han_pattern()
        return pattern.sub(lambda hit: f"{self.start}{hit.group()}{self.stop}", text) if pattern else text

    def _han_pattern(self):
        """Whole runs first, then the pairs of signs by which they are found."""
        runs = sorted({run for term in self.asked.words for run in HAN_RUN.findall(term.text)}, key=len, reverse=True)
        parts = [*runs, *(pair for run in runs for pair in bigrams(run).split())]
        return re.compile("|".join(map(re.escape, dict.fromkeys(parts)))) if parts else None
