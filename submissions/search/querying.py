"""What a reader types, asked of every text in that text's own language; a typo is caught by trigrams of the title."""

from contextlib import contextmanager

from django.contrib.postgres.search import SearchQuery, SearchQueryField, SearchRank, TrigramWordSimilarity
from django.db import connection, transaction
from django.db.models import BooleanField, Case, F, FloatField, Func, IntegerField, Value, When
from django.db.models.functions import Upper
from django.db.models.lookups import GreaterThan

from submissions.search.analysis import CONFIGURATIONS, lexeme_of, prepared

LONGEST = 200


def found_by(inputs, words: str):
    """Narrow published inputs to those that answer the words, with `rank`; phrases in quotes, -word leaves out.

    Returns the same rows for an empty question. When no text answers, titles with similar words do, except to a
    question in quotes.
    """
    words = one_line(words)
    if not words:
        return inputs
    answers = answering(inputs, words)
    return similar(inputs, words) if may_be_mistyped(words) and not answers.exists() else answers


def may_be_mistyped(words: str) -> bool:
    """Whoever quotes means every letter."""
    return '"' not in words


def one_line(words: str) -> str:
    return " ".join(words[:LONGEST].replace("\x00", " ").split())


def answering(inputs, words: str):
    """Inputs whose text answers. One tsquery for all languages, so that the index alone gives the answer."""
    queries = {language: _asked(words, language) for language in CONFIGURATIONS}
    rank = Case(
        *(When(language=language, then=SearchRank(F("vector"), query)) for language, query in queries.items()),
        output_field=FloatField(),
    )
    arms = [_in_its_language(language, query) for language, query in queries.items()]
    plain = SearchQuery(words, config="portal_plain", search_type="websearch")
    whole = Func(*arms, plain, template="(%(expressions)s)", arg_joiner=" || ", output_field=SearchQueryField())
    matches = Func(F("vector"), whole, template="(%(expressions)s)", arg_joiner=" @@ ", output_field=BooleanField())
    return inputs.filter(matches).annotate(rank=rank)


def similar(inputs, words: str):
    """Inputs whose title has a word much like those typed."""
    loud = words.upper()
    inputs = inputs.alias(loud_title=Upper("title")).filter(loud_title__trigram_word_similar=loud)
    return inputs.annotate(rank=TrigramWordSimilarity(loud, Upper("title")))


@contextmanager
def by_index():
    """A transaction in which PostgreSQL looks words up in the index, however frequent they are.

    Left alone it takes reading every row for cheaper when a word is frequent, because it does not count the cost of
    unpacking each vector: forty times slower when measured.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL work_mem = '32MB'")
        yield


def _asked(words, language):
    return SearchQuery(prepared(words, language), config=CONFIGURATIONS[language], search_type="websearch")


def _in_its_language(language, query):
    """The query for texts of that language only; nothing where it has no word to look for (“the”, “!!”)."""
    own = Func(Value(f"'{lexeme_of(language)}'"), template="%(expressions)s::tsquery", output_field=SearchQueryField())
    has_words = GreaterThan(Func(query, function="numnode", output_field=IntegerField()), 0)
    nothing = Value("", output_field=SearchQueryField())
    both = Func(own, query, template="(%(expressions)s)", arg_joiner=" && ", output_field=SearchQueryField())
    return Case(When(has_words, then=both), default=nothing, output_field=SearchQueryField())
