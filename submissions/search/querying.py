"""What a reader asks, put to PostgreSQL: every text is asked in its own language, in one tsquery that the index answers."""

from contextlib import contextmanager

from django.db import connection, transaction
from django.db.models import BooleanField, F, FloatField, Func, Value

from submissions.models import Findable
from submissions.search.analysis import CONFIGURATIONS
from submissions.search.asked import LONGEST, Asked, one_line, read_words
from submissions.search.by_language import ByLanguage
from submissions.search.spelling import beginning_with
from submissions.search.tsqueries import Reading, both, either, read_in_all_languages

__all__ = [
    "LONGEST",
    "answering",
    "by_index",
    "found_by",
    "one_line",
    "rank",
    "read",
    "read_words",
]
# As SELECT, because whatever else is asked has the settings of the history put before it.
PLANNED = "SELECT set_config('enable_seqscan', 'off', true), set_config('work_mem', '32MB', true)"
KEYS = "SELECT findable.published_id FROM submissions_findable findable WHERE {}"
ASKED = "findable.vector @@ %s::tsquery"
SAYING = "findable.submission_id IN (SELECT submission_id FROM submissions_passage WHERE vector @@ %s::tsquery)"
NOT_SAID = "findable.published_id NOT IN (SELECT published_id FROM said)"
SAID = """(findable.vector @@ %s::tsquery OR EXISTS (SELECT FROM submissions_passage passage
    WHERE passage.submission_id = findable.submission_id AND passage.vector @@ %s::tsquery))"""


def found_by(inputs, words: str):
    """Narrow published inputs to those that answer the words, with `rank`; the same rows for an empty question."""
    asked = read_words(words)
    if not asked.words:
        return inputs.none().annotate(rank=Value(0.0)) if one_line(words) else inputs
    return answering(inputs, read(asked))


def read(asked: Asked) -> Reading:
    """The question with the words that its beginnings (word*) stand for, as PostgreSQL reads it.

    One statement for each beginning, and one for all words.
    """
    return read_in_all_languages(asked.completed(beginning_with))


def answering(inputs, reading: Reading, *, some=False):
    """Inputs whose title, text, names or public files answer; with `some` those that have any of the words.

    A phrase that stands in a file is looked for in its passages; everything else is known by the index of inputs alone.
    """
    vector = "vector" if inputs.model is Findable else "findable__vector"
    return inputs.filter(Answers(reading, some)).annotate(rank=rank(reading, some=some, vector=vector))


def rank(reading: Reading, *, some=False, vector="vector"):
    """How well a row with that vector and `language` answers in its own language."""
    arms = [
        (language, "ts_rank({column}, %s::tsquery)", (reading.wanted(language, some=some),)) for language in CONFIGURATIONS
    ]
    return ByLanguage(vector, arms=arms, output_field=FloatField())


def written_conditions(reading: Reading, *, some=False) -> list:
    """What the words ask of a row `findable`: conditions that all must hold, each as SQL and its parameters."""
    asked = reading.asked
    phrases = () if some else asked.phrases
    said = [(SAID, (phrase, phrase)) for phrase in _phrases(reading, phrases)]
    unsaid = [(f"NOT {SAID}", (phrase, phrase)) for phrase in _phrases(reading, asked.unwanted_phrases)]
    return [(ASKED, (reading.whole(some=some, loose=bool(phrases)),)), *said, *unsaid]


def written_alternatives(reading: Reading, *, some=False) -> list:
    """The same as two lists, or one: what inputs say themselves (the table `said`), and what the files of others say.

    Only so the index tells which of the first need not be read for their phrases: a phrase of one word and articles is found
    by that word. And only those are read for what files say which have a file that says a phrase.
    """
    whole = written_conditions(reading, some=some)
    phrases = [] if some else _phrases(reading, reading.asked.phrases)
    if not phrases:
        return [whole]
    (_asked, (loose,)), *others = whole
    in_files = " AND ".join([NOT_SAID, *(sql for sql, _params in others)])
    params = (either(*phrases), *(each for _sql, params in others for each in params))
    only_files = (f"CASE WHEN {SAYING} THEN {in_files} ELSE false END", params)  # in this order
    return [[(ASKED, (both(loose, *phrases),)), *others[len(phrases) :]], [(ASKED, (loose,)), only_files]]


def _phrases(reading, terms) -> list:
    return [reading.of(term).whole() for term in terms]


class Answers(Func):
    """Those conditions for a queryset, written at once: as expressions of Django they take as long as a page of results.

    Keys come as an array, which PostgreSQL fills first: of two joined tables it would walk through the other one.
    """

    def __init__(self, reading, some):
        super().__init__(F("pk"), output_field=BooleanField())
        self.reading, self.some = reading, some

    def as_sql(self, compiler, connection, **options):
        key, _params = compiler.compile(self.get_source_expressions()[0])
        asked = written_conditions(self.reading, some=self.some)
        keys = KEYS.format(" AND ".join(sql for sql, _params in asked))
        return f"{key} = ANY (ARRAY({keys}))", tuple(each for _sql, params in asked for each in params)


@contextmanager
def by_index():
    """A transaction in which PostgreSQL looks words up in the index, however frequent they are.

    Left alone it takes reading every row for cheaper when a word is frequent, because it does not count the cost of
    unpacking each vector: forty times slower when measured.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(PLANNED)
        yield
