"""What a reader types, asked of every text in that text's own language; a typo is caught by trigrams of the title."""

from functools import reduce
from operator import or_

from django.contrib.postgres.search import SearchQuery, SearchRank, TrigramWordSimilarity
from django.db.models import Case, F, FloatField, Q, When
from django.db.models.functions import Upper

from submissions.search.analysis import CONFIGURATIONS, prepared

LONGEST = 200
ALIKE = 0.5


def found_by(inputs, words: str):
    """Narrow published inputs to those that answer the words, with `rank`; phrases in quotes, -word leaves out.

    Returns the same rows with rank 0 for an empty question. When no text answers, titles with similar words do.
    """
    words = " ".join(words[:LONGEST].replace("\x00", " ").split())
    if not words:
        return inputs
    queries = {
        language: SearchQuery(prepared(words, language), config=config, search_type="websearch")
        for language, config in CONFIGURATIONS.items()
    }
    plain = SearchQuery(words, config="portal_plain", search_type="websearch")
    asked = reduce(or_, (Q(language=language, vector=query) for language, query in queries.items())) | Q(vector=plain)
    rank = Case(
        *(When(language=language, then=SearchRank(F("vector"), query)) for language, query in queries.items()),
        output_field=FloatField(),
    )
    answers = inputs.filter(asked).annotate(rank=rank)
    return answers if answers.exists() else similar(inputs, words)


def similar(inputs, words: str):
    """Inputs whose title has a word much like those typed."""
    likeness = TrigramWordSimilarity(words.upper(), Upper("title"))
    return inputs.annotate(rank=likeness).filter(rank__gte=ALIKE)
