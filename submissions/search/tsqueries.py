"""Words as tsqueries: in each language for texts of that language, and as they stand for names and references."""

from dataclasses import replace

from django.contrib.postgres.search import SearchQueryField
from django.db.models.expressions import RawSQL

from submissions.search.analysis import CONFIGURATIONS, lexeme_of, prepared
from submissions.search.asked import Asked, Kind

NOTHING = "''::tsquery"
PLAIN = "portal_plain"  # names and references stand unstemmed in every vector


def tsquery(asked: Asked, *, some=False, loose=False):
    """The whole question: in each language for texts of that language, or as it stands for names; less what is unwanted.

    `some`: any of the words is enough. `loose`: words of a phrase may stand apart.
    """
    options = {"some": some, "loose": loose}
    plain = groups(asked, "", **options)
    arms = [_in_its_language(language, groups(asked, language, **options), plain) for language in CONFIGURATIONS]
    whole = joined([*arms, plain], "||")
    if asked.unwanted_words:
        spoken = (*CONFIGURATIONS, "")
        unwanted = [_term(replace(term, wanted=True), language) for term in asked.unwanted_words for language in spoken]
        sql, params = joined(unwanted, "||")
        whole = joined([whole, (f"(!!{sql})", params)], "&&")
    return RawSQL(*whole, output_field=SearchQueryField())  # noqa: S611 made of the words of this file alone


def words_in(asked: Asked, language):
    """Any of the wanted words, in that language or as they stand, as SQL and parameters: what is marked."""
    return joined([groups(asked, spoken, some=True) for spoken in (language, "")], "||")


# A part of a tsquery is a pair: SQL made of names in this file, and its parameters. As expressions of Django they cost
# a tenth of a second a question.


def groups(asked, language, *, some=False, loose=False):
    """What is wanted in one language, or as it stands, as SQL and parameters."""
    written = []
    for group in asked.groups:
        terms = [_term(term, language, some=some, loose=loose) for term in group if term.wanted]
        if terms:
            written.append(joined(terms, "||" if some else "&&"))
    return joined(written, "||") if written else (NOTHING, ())


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
        return joined([(f"plainto_tsquery('{config}', %s)", (pair,)) for pair in text.split()], "||")
    return f"plainto_tsquery('{config}', %s)", (text,)


def joined(queries, operator):
    """Pairs of SQL and parameters as one."""
    sqls, params = zip(*queries, strict=True)
    return f"({f' {operator} '.join(sqls)})", tuple(each for some in params for each in some)


def _in_its_language(language, query, plain):
    """The query for texts of that language only; nothing where it has no word to look for (“the”, “!!”).

    Nothing either where it is what all texts are asked anyhow: the index would look that up once more for each language.
    """
    (sql, params), (plain_sql, plain_params) = query, plain
    own = f"'''{lexeme_of(language)}'''::tsquery"
    asked = f"(CASE WHEN numnode({sql}) > 0 AND {sql} <> {plain_sql} THEN {own} && {sql} ELSE {NOTHING} END)"
    return asked, (*params, *params, *plain_params, *params)
