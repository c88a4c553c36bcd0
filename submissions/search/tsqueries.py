"""A question as PostgreSQL reads it: in each language for texts of that language, and as it stands for names and references.

Every word is read once, by one statement. What a text is asked is put together here, as the text of a tsquery: as calls
inside of each statement the same words were read a hundred times, which took longer than to find the answers.
"""

from dataclasses import dataclass, field, replace

from django.db import connection

from submissions.search.analysis import CONFIGURATIONS, lexeme_of, prepared
from submissions.search.asked import Asked, Kind

PLAIN = "portal_plain"  # names and references stand unstemmed in every vector
SPOKEN = (*CONFIGURATIONS, "")


@dataclass(frozen=True)
class Reading:
    """What is asked, and what its words are to PostgreSQL: function, configuration and words -> the text of a tsquery."""

    asked: Asked
    lexemes: dict = field(compare=False)

    def whole(self, *, some=False, loose=False) -> str:
        """In each language for texts of that language, or as it stands for names; less what is unwanted; empty for nothing.

        `some`: any of the words is enough. `loose`: words of a phrase may stand apart.
        """
        options = {"some": some, "loose": loose}
        plain = self.wanted("", **options)
        arms = [_in_its_language(language, self.wanted(language, **options), plain) for language in CONFIGURATIONS]
        whole = either(*arms, plain)
        unwanted = either(*(self._term(term, language) for term in self.asked.unwanted_words for language in SPOKEN))
        return both(whole, f"!( {unwanted} )") if whole and unwanted else whole

    def wanted(self, language, *, some=False, loose=False) -> str:
        """What is wanted, in one language or as it stands."""
        groups = [[term for term in group if term.wanted] for group in self.asked.groups]
        join = either if some else both
        return either(*(join(*(self._term(term, language, some=some, loose=loose) for term in group)) for group in groups))

    def of(self, term) -> "Reading":
        """One of its terms alone, as if it were asked for."""
        return Reading(Asked(((replace(term, wanted=True),),)), self.lexemes)

    def _term(self, term, language, *, some=False, loose=False):
        """One word, phrase or beginning in one language; empty for words that it leaves out, such as articles."""
        whole, *apart = _calls(term, language)
        if term.kind is Kind.BEGINNING:
            return self.lexemes[whole]
        if some and language == "zh-hans":
            return either(*(self.lexemes[call] for call in apart[1:]))
        return self.lexemes[apart[0] if loose else whole]


def read_in_all_languages(asked: Asked) -> Reading:
    """Ask PostgreSQL once what all words of the question are to it; nothing where there are none."""
    calls = list(dict.fromkeys(call for term in asked.terms for language in SPOKEN for call in _calls(term, language)))
    if not calls:
        return Reading(asked, {})
    columns = ", ".join(f"{function}('{config}', %s)::text" for function, config, _words in calls)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns}", [words for _function, _config, words in calls])
        return Reading(asked, dict(zip(calls, cursor.fetchone(), strict=True)))


def _calls(term, language) -> list:
    """The term as it is meant; its words wherever they stand; and, in Chinese, each pair of signs."""
    config, text = CONFIGURATIONS.get(language, PLAIN), prepared(term.text, language)
    if term.kind is Kind.BEGINNING:
        known = [f"'{word}'" for word in term.known]  # letters only: spelling.py keeps no others
        return [("to_tsquery", config, " | ".join([*known, f"'{text}':*"]))]
    function = "phraseto_tsquery" if term.kind is Kind.PHRASE else "plainto_tsquery"
    pairs = text.split() if language == "zh-hans" else ()
    return [(function, config, text), *(("plainto_tsquery", config, words) for words in (text, *pairs))]


def _in_its_language(language, query, plain):
    """The query for texts of that language only; nothing where it has no word to look for (“the”, “!!”).

    Nothing either where it is what all texts are asked anyhow: the index would look that up once more for each language.
    """
    return both(f"'{lexeme_of(language)}'", query) if query and query != plain else ""


def both(*queries) -> str:
    """All of these, texts of tsqueries; one that asks for nothing is left aside."""
    return _joined(queries, " & ")


def either(*queries) -> str:
    """Any of these, likewise."""
    return _joined(queries, " | ")


def _joined(queries, sign):
    said = list(dict.fromkeys(filter(None, queries)))
    return said[0] if len(said) == 1 else sign.join(f"( {query} )" for query in said)
