"""The search vector of a published input: title before organisation before summary and text."""

from django.contrib.postgres.search import SearchVector, SearchVectorCombinable, SearchVectorField
from django.db.models import Func, Value

from submissions.search.analysis import CONFIGURATIONS, lexeme_of, prepared


class Lexeme(SearchVectorCombinable, Func):
    """One lexeme as it is, without a position."""

    template = "array_to_tsvector(ARRAY[%(expressions)s])"
    output_field = SearchVectorField()


def vector_of(content, organisation_name):
    """An expression for the vector column: each part in the language of the text, names unstemmed, the language itself."""
    language = content["language"]
    configuration = CONFIGURATIONS.get(language, "portal_plain")

    def part(text, weight, config=configuration):
        return SearchVector(Value(prepared(text, language)), config=config, weight=weight)

    return (
        part(content["title"], "A")
        + part(organisation_name, "B", "portal_plain")
        + part(content["reference"], "A", "portal_plain")
        + part(content["summary"], "C")
        + part(content["text"], "D")
        + Lexeme(Value(lexeme_of(language)))
    )
