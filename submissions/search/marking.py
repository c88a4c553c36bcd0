"""Which words of a title or an excerpt answered: marked by PostgreSQL in the language of the text, escaped here."""

import re
import secrets
from functools import reduce
from operator import or_

from django.contrib.postgres.search import SearchHeadline, SearchQuery
from django.db.models import Case, F, TextField, Value, When
from django.db.models.functions import Replace
from django.utils.html import escape
from django.utils.safestring import mark_safe

from submissions.search.analysis import CONFIGURATIONS, HAN_RUN, prepared

STAND_IN = "\ue000"  # for "<" while PostgreSQL looks: it would take what follows for a tag and leave it out


class Marks:
    """Marks for one answer: what stands around a hit cannot stand in any text, since nobody knows it beforehand."""

    def __init__(self, words: str):
        self.words = words
        self.start, self.stop = (f"<{side}{secrets.token_hex(8)}>" for side in "ab")

    def annotated(self, inputs):
        """The inputs with `marked_title` and `marked_excerpt`; one statement, for the rows of one page."""
        return inputs.annotate(marked_title=self._marked("title"), marked_excerpt=self._marked("excerpt"))

    def _marked(self, column):
        whens = [
            When(language=language, then=self._headline(column, language, config))
            for language, config in CONFIGURATIONS.items()
            if language != "zh-hans"  # written without spaces: PostgreSQL sees no words there
        ]
        return Case(*whens, default=F(column), output_field=TextField())

    def _headline(self, column, language, config):
        asked = [(prepared(self.words, language), config), (self.words, "portal_plain")]
        query = reduce(or_, (SearchQuery(words, config=name, search_type="websearch") for words, name in asked))
        text = Replace(F(column), Value("<"), Value(STAND_IN))
        return SearchHeadline(text, query, config=config, start_sel=self.start, stop_sel=self.stop, highlight_all=True)

    def html(self, text: str, language: str):
        """The text escaped, with <mark> where it answered."""
        if language == "zh-hans":
            text = self._han(text)
        safe = escape(text).replace(escape(self.start), "<mark>").replace(escape(self.stop), "</mark>")
        safe = safe.replace(STAND_IN, "&lt;")
        return mark_safe(safe)  # noqa: S308 escaped above; only the two marks are put in

    def _han(self, text):
        runs = HAN_RUN.findall(self.words)
        if not runs:
            return text
        asked = "|".join(re.escape(run) for run in sorted(runs, key=len, reverse=True))
        return re.sub(asked, lambda hit: f"{self.start}{hit.group()}{self.stop}", text)
