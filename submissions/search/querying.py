"""What a reader asks, put to PostgreSQL: every text is asked in its own language, in one tsquery that the index answers."""

from contextlib import contextmanager
from dataclasses import replace

from django.db import connection, transaction
from django.db.models import BooleanField, F, FloatField, Func, Value

from submissions.models import Findable
from submissions.search.analysis import CONFIGURATIONS
from submissions.search.asked import LONGEST, Asked, one_line, read_words
from submissions.search.by_language import ByLanguage
from submissions.search.spelling import beginning_with
from submissions.search.tsqueries import groups, joined, tsquery, words_in

__all__ = [
    "LONGEST",
    "answering",
    "answers",
    "by_index",
    "found_by",
    "one_line",
    "rank",
    "read_words",
    "tsquery",
    "with_known_words",
    "words_in",
]
# As SELECT, because whatever else is asked has the settings of the history put before it.
PLANNED = "SELECT set_config('enable_seqscan', 'off', true), set_config('work_mem', '32MB', true)"
KEYS = "SELECT findable.published_id FROM submissions_findable findable WHERE {}"
SAYING = "findable.submission_id IN (SELECT submission_id FROM submissions_passage WHERE vector @@ {})"
NOT_SAID = "findable.published_id NOT IN (SELECT published_id FROM said)"


def found_by(inputs, words: str):
    """Narrow published inputs to those that answer the words, with `rank`; the same rows for an empty question."""
    asked = read_words(words)
    if not asked.words:
        return inputs.none().annotate(rank=Value(0.0)) if one_line(words) else inputs
    return answering(inputs, with_known_words(asked))


def answering(inputs, asked: Asked, *, some=False):
    """Inputs whose title, text, names or public files answer; with `some` those that have any of the words.

    A phrase that stands in a file is looked for in its passages; everything else is known by the index of inputs alone.
    """
    vector = "vector" if inputs.model is Findable else "findable__vector"
    return inputs.filter(Answers(asked, some)).annotate(rank=rank(asked, some=some, vector=vector))


def rank(asked: Asked, *, some=False, vector="vector"):
    """How well a row with that vector and `language` answers in its own language."""
    asked_in = {language: groups(asked, language, some=some) for language in CONFIGURATIONS}
    arms = [(language, f"ts_rank({{column}}, {sql})", params) for language, (sql, params) in asked_in.items()]
    return ByLanguage(vector, arms=arms, output_field=FloatField())


def written_conditions(asked: Asked, *, some=False) -> list:
    """What the words ask of a row `findable`: conditions that all must hold, each as SQL and its parameters."""
    phrases = () if some else asked.phrases
    query = tsquery(asked, some=some, loose=bool(phrases))
    said, unsaid = map(_said, phrases), map(_said, asked.unwanted_phrases)
    return [(f"findable.vector @@ {query.sql}", query.params), *said, *((f"NOT {sql}", params) for sql, params in unsaid)]


def written_alternatives(asked: Asked, *, some=False) -> list:
    """The same as two lists, or one: what inputs say themselves (the table `said`), and what the files of others say.

    Only so the index tells which of the first need not be read for their phrases: a phrase of one word and articles is found
    by that word. And only those are read for what files say which have a file that says a phrase.
    """
    whole = written_conditions(asked, some=some)
    phrases = [] if some else [_phrase(each) for each in asked.phrases]
    if not phrases:
        return [whole]
    (loose, params), *others = whole
    own, own_params = joined([(loose.removeprefix("findable.vector @@ "), params), *phrases], "&&")
    say, say_params = joined(phrases, "||")
    files = SAYING.format(say)
    in_files, file_params = joined([(NOT_SAID, ()), *others], "AND")
    only_files = (f"CASE WHEN {files} THEN {in_files} ELSE false END", (*say_params, *file_params))  # in this order
    return [[(f"findable.vector @@ {own}", own_params), *others[len(phrases) :]], [(loose, params), only_files]]


def _said(phrase):
    """Whether an input says the phrase, in its own words or on a page of one of its files."""
    query, params = _phrase(phrase)
    passage = "SELECT FROM submissions_passage passage WHERE passage.submission_id = findable.submission_id"
    return f"(findable.vector @@ {query} OR EXISTS ({passage} AND passage.vector @@ {query}))", (*params, *params)


def _phrase(phrase):
    query = tsquery(Asked(((replace(phrase, wanted=True),),)))
    return query.sql, query.params


class Answers(Func):
    """Those conditions for a queryset, written at once: as expressions of Django they take as long as a page of results.

    Keys come as an array, which PostgreSQL fills first: of two joined tables it would walk through the other one.
    """

    def __init__(self, asked, some):
        super().__init__(F("pk"), output_field=BooleanField())
        self.asked, self.some = asked, some

    def as_sql(self, compiler, connection, **options):
        key, _params = compiler.compile(self.get_source_expressions()[0])
        asked = written_conditions(self.asked, some=self.some)
        keys = KEYS.format(" AND ".join(sql for sql, _params in asked))
        return f"{key} = ANY (ARRAY({keys}))", tuple(each for _sql, params in asked for each in params)


def answers(vector, asked: Asked, *, some=False):
    """A condition: whether that vector answers."""
    return _matches(vector, tsquery(asked, some=some))


def _matches(vector, query):
    return Func(vector, query, template="(%(expressions)s)", arg_joiner=" @@ ", output_field=BooleanField())


def with_known_words(asked: Asked) -> Asked:
    """The question with the words that its beginnings (word*) stand for; one statement for each of them."""
    return asked.completed(beginning_with)


@contextmanager
def by_index():
    """A transaction in which PostgreSQL looks words up in the index, however frequent they are.

    Left alone it takes reading every row for cheaper when a word is frequent, because it does not count the cost of
    unpacking each vector: forty times slower when measured.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(PLANNED)
        yield
