"""The search vector of a published input: title before organisation before summary and text; then words of its files."""

from django.contrib.postgres.search import SearchVector, SearchVectorCombinable, SearchVectorField
from django.db.models import Func, Value

from submissions.search.analysis import CONFIGURATIONS, lexeme_of, prepared

OWN_LETTERS = ("ar", "ru", "zh-hans")


class Lexeme(SearchVectorCombinable, Func):
    """One lexeme as it is, without a position."""

    template = "array_to_tsvector(ARRAY[%(expressions)s])"
    output_field = SearchVectorField()


class WordsOfFiles(SearchVectorCombinable, Func):
    """Every word of the passages of an input, without places: enough to find it by, and cheap to read when it is ranked.

    Of a file that is nothing but strange words so many are taken as a vector can hold; the short ones are the real ones.
    """

    template = (
        "COALESCE((SELECT array_to_tsvector(array_agg(word)) FROM (SELECT word, sum(octet_length(word))"
        " OVER (ORDER BY length(word), word) AS filled FROM (SELECT DISTINCT word FROM submissions_passage AS kept,"
        " unnest(tsvector_to_array(kept.vector)) AS word WHERE kept.submission_id = %(expressions)s) AS words) AS counted"
        " WHERE filled < 500000), ''::tsvector)"
    )
    output_field = SearchVectorField()


def passage_vector(text, language):
    """An expression for the vector of a passage: its words in their places, and its language."""
    return part(text, language, "D") + Lexeme(Value(lexeme_of(language)))


def vector_of(content, organisation_name, additions=(), translations=None, names=()):
    """An expression for the vector column: each part in the language of the text, names as they are and stemmed, language.

    `names` are pairs of language and name: what those that stand under it are called besides.

    `additions` are contents of what was added to it, each in a language of its own; their titles count as summaries do.
    Title and summary in other languages (`translations`, by language) are found by questions in those languages.
    """
    language = content["language"]
    vector = (
        part(content["title"], language, "A")
        + part(organisation_name, language, "B", "portal_plain")
        + part(organisation_name, language, "B")
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
    for code, name in names:
        vector += _name(name, code)
    return vector


def _name(name, language):
    """As it is, for questions in any language; and as its own language has it, where that is written in letters of its own.

    There a question has to be asked in that language to find another form of a word, or part of a Chinese name; words of
    a text in Latin letters cannot be taken for it, as those of two languages in Latin letters could.
    """
    as_it_is = part(name, "", "B", "portal_plain")
    if language not in OWN_LETTERS:
        return as_it_is + part(name, language, "B")
    return as_it_is + part(name, language, "B") + Lexeme(Value(lexeme_of(language)))


def part(text, language, weight, config=""):
    """A text of that language with a weight; stemmed as its language is, unless another configuration is named."""
    config = config or CONFIGURATIONS.get(language, "portal_plain")
    return SearchVector(Value(prepared(text, language)), config=config, weight=weight)
