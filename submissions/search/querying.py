"""What a reader asks, put to PostgreSQL: every text is asked in its own language, in one tsquery that the index answers."""

from contextlib import contextmanager
from dataclasses import replace

from django.contrib.postgres.search import SearchQueryField
from django.db import connection, transaction
from django.db.models import BooleanField, F, FloatField, Func, Value
from django.db.models.expressions import RawSQL

from submissions.search.analysis import CONFIGURATIONS, lexeme_of, prepared
from submissions.search.asked import LONGEST, Asked, Kind, one_line, read_words
from submissions.search.by_language import ByLanguage
from submissions.search.spelling import beginning_with

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
NOTHING = "''::tsquery"
# As SELECT, because whatever else is asked has the settings of the history put before it.
PLANNED = "SELECT set_config('enable_seqscan', 'off', true), set_config('work_mem', '32MB', true)"
PLAIN = "portal_plain"  # names and references stand unstemmed in every vector


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
    phrases = () if some else asked.phrases
    inputs = inputs.filter(_matches(F("vector"), tsquery(asked, some=some, loose=bool(phrases))))
    for phrase in phrases:
        inputs = inputs.filter(_said(phrase))
    for phrase in asked.unwanted_phrases:
        inputs = inputs.exclude(_said(phrase))
    return inputs.annotate(rank=rank(asked, some=some))


def rank(asked: Asked, *, some=False):
    """How well a row with `vector` and `language` answers in its own language."""
    asked_in = {language: _groups(asked, language, some=some) for language in CONFIGURATIONS}
    arms = [(language, f"ts_rank({{column}}, {sql})", params) for language, (sql, params) in asked_in.items()]
    return ByLanguage("vector", arms=arms, output_field=FloatField())


def _said(phrase):
    """Whether an input says the phrase, in its own words or on a page of one of its files."""
    return Said(tsquery(Asked(((replace(phrase, wanted=True),),))))


class Said(Func):
    """That condition written at once, since a subquery of Django takes longer to put together than a page of results."""

    template = (
        "(%(vector)s @@ %(query)s OR EXISTS (SELECT FROM submissions_passage passage"
        " WHERE passage.submission_id = %(submission)s AND passage.vector @@ %(query)s))"
    )

    def __init__(self, query):
        super().__init__(F("vector"), F("submission_id"), query, output_field=BooleanField())

    def as_sql(self, compiler, connection, **options):
        (vector, _), (submission, _), (query, params) = (compiler.compile(each) for each in self.get_source_expressions())
        return self.template % {"vector": vector, "submission": submission, "query": query}, (*params, *params)


def answers(vector, asked: Asked, *, some=False):
    """A condition: whether that vector answers."""
    return _matches(vector, tsquery(asked, some=some))


def _matches(vector, query):
    return Func(vector, query, template="(%(expressions)s)", arg_joiner=" @@ ", output_field=BooleanField())


def tsquery(asked: Asked, *, some=False, loose=False):
    """The whole question: in each language for texts of that language, or as it stands for names; less what is unwanted.

    `some`: any of the words is enough. `loose`: words of a phrase may stand apart.
    """
    options = {"some": some, "loose": loose}
    arms = [_in_its_language(language, _groups(asked, language, **options)) for language in CONFIGURATIONS]
    whole = _joined([*arms, _groups(asked, "", **options)], "||")
    if asked.unwanted_words:
        spoken = (*CONFIGURATIONS, "")
        unwanted = [_term(replace(term, wanted=True), language) for term in asked.unwanted_words for language in spoken]
        sql, params = _joined(unwanted, "||")
        whole = _joined([whole, (f"(!!{sql})", params)], "&&")
    return RawSQL(*whole, output_field=SearchQueryField())  # noqa: S611 made of the words of this file alone


def words_in(asked: Asked, language):
    """Any of the wanted words, in that language or as they stand, as SQL and parameters: what is marked."""
    return _joined([_groups(asked, spoken, some=True) for spoken in (language, "")], "||")


# A part of a tsquery is a pair: SQL made of names in this file, and its parameters. As expressions of Django they cost
# a tenth of a second a question.


def _groups(asked, language, *, some=False, loose=False):
    groups = []
    for group in asked.groups:
        terms = [_term(term, language, some=some, loose=loose) for term in group if term.wanted]
        if terms:
            groups.append(_joined(terms, "||" if some else "&&"))
    return _joined(groups, "||") if groups else (NOTHING, ())


def _term(term, language, *, some=False, loose=False):
    """One word, phrase or beginning in one language; nothing for words that it leaves out, such as articles."""
    config = CONFIGURATIONS.get(language, PLAIN)
    text = prepared(term.text, language)
    if term.kind is Kind.BEGINNING:
        known = [f"'{word}'" for word in term.known]  # letters only: spelling.py keeps no others
        return f"to_tsquery('{config}', %s)", (" | ".join([*known, f"'{text}':*"]),)
    if term.kind is Kind.PHRASE and not loose:
        return f"phraseto_tsquery('{config}', %s)", (text,)
    if some and language == "zh-hans":
        return _joined([(f"plainto_tsquery('{config}', %s)", (pair,)) for pair in text.split()], "||")
    return f"plainto_tsquery('{config}', %s)", (text,)


def _joined(queries, operator):
    sqls, params = zip(*queries, strict=True)
    return f"({f' {operator} '.join(sqls)})", tuple(each for some in params for each in some)


def _in_its_language(language, query):
    """The query for texts of that language only; nothing where it has no word to look for (“the”, “!!”)."""
    sql, params = query
    own = f"'''{lexeme_of(language)}'''::tsquery"
    return f"(CASE WHEN numnode({sql}) > 0 THEN {own} && {sql} ELSE {NOTHING} END)", params * 2


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
