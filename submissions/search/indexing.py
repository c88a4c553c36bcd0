"""The search vector of a published input: title before organisation before summary and text."""

from django.contrib.postgres.search import SearchVector, SearchVectorCombinable, SearchVectorField
from django.db.models import Func, Value

from submissions.search.analysis import CONFIGURATIONS, lexeme_of, prepared


class Lexeme(SearchVectorCombinable, Func):
    """One lexeme as it is, without a position."""

    template = "array_to_tsvector(ARRAY[%(expressions)s])"
    output_field = SearchVectorField()


def vector_of(content, organisation_name, additions=(), translations=None):
    """An expression for the vector column: each part in the language of the text, names unstemmed, the language itself.

    `additions` are contents of what was added to it, each in a language of its own; their titles count as summaries do.
    Title and summary in other languages (`translations`, by language) are found by questions in those languages.
    """
    language = content["language"]
    vector = (
        part(content["title"], language, "A")
        + part(organisation_name, language, "B", "portal_plain")
        + part(content["reference"], language, "A", "portal_plain")
        + part(content["summary"], language, "C")
        + part(content["text"], language, "D")
        + Lexeme(Value(lexeme_of(language)))
    )
    for added in additions:
        own = added["language"]
        vector += part(f"{added['title']} {added['summary']}", own, "C") + part(added["text"], own, "D")
    for code, words in sorted((translations or {}).items()):
        vector += part(words["title"], code, "A") + part(words["summary"], code, "C") + Lexeme(Value(lexeme_of(code)))
    return vector


def part(text, language, weight, config=""):
    """A text of that language with a weight; stemmed as its language is, unless another configuration is named."""
    config = config or CONFIGURATIONS.get(language, "portal_plain")
    return SearchVector(Value(prepared(text, language)), config=config, weight=weight)
