"""The search vector of a published input: title before organisation before summary and text."""

from functools import reduce
from operator import add

from django.contrib.postgres.search import SearchVector, SearchVectorCombinable, SearchVectorField
from django.db.models import Func, Value

from submissions.search.analysis import CONFIGURATIONS, lexeme_of, prepared


class Lexeme(SearchVectorCombinable, Func):
    """One lexeme as it is, without a position."""

    template = "array_to_tsvector(ARRAY[%(expressions)s])"
    output_field = SearchVectorField()


def vector_of(content, organisation_name, translations=None):
    """An expression for the vector column: each part in the language of the text, names unstemmed, the language itself.

    Title and summary in other languages are found by questions in those languages.
    """
    language = content["language"]
    configuration = CONFIGURATIONS.get(language, "portal_plain")

    def part(text, weight, config=configuration):
        return SearchVector(Value(prepared(text, language)), config=config, weight=weight)

    return reduce(
        add,
        (_translated(code, words) for code, words in sorted((translations or {}).items())),
        part(content["title"], "A")
        + part(organisation_name, "B", "portal_plain")
        + part(content["reference"], "A", "portal_plain")
        + part(content["summary"], "C")
        + part(content["text"], "D")
        + Lexeme(Value(lexeme_of(language))),
    )


def _translated(language, words):
    configuration = CONFIGURATIONS.get(language, "portal_plain")
    title = SearchVector(Value(prepared(words["title"], language)), config=configuration, weight="A")
    summary = SearchVector(Value(prepared(words["summary"], language)), config=configuration, weight="C")
    return title + summary + Lexeme(Value(lexeme_of(language)))
