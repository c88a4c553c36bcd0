"""What the codes of an input are called in the language of the page: one statement for all lists together."""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.core.cache import caches
from django.db.models import CharField, F, Q, Value
from django.db.models.functions import Cast, Coalesce, NullIf
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from modeltranslation.utils import build_localized_fieldname

from accreditation.models import Basis
from accreditation.models.organisation import Kind
from forums.models import Country, GuidingPrinciple, Objective, Region, RoundTable
from forums.models.call import Level
from submissions.publication import public_organisations

NO_STANDING = "none"
ROUND_TABLES = range(1, 5)  # four at every forum (A/RES/73/326, paragraph 21)
FIRST_YEAR = 2016  # the New York Declaration (A/RES/71/1) began what became the Compact


@dataclass(frozen=True)
class Vocabulary:
    """words[field][code] is what a code is called; keys[field][code] the key that rows carry instead of the code."""

    words: dict
    keys: dict

    def word(self, field, code) -> str:
        return self.words[field].get(str(code), str(code))


def vocabulary(forums, *, forum=None, organisations=(), at=None, kept=False) -> Vocabulary:
    """Words for everything inputs are filed under; round tables have their titles where one forum is asked for.

    `organisations` are slugs that a reader asked for at that instant, as are the years: those the public may not know of are
    not in the answer. With `kept` names of lists may be a minute old, as on any public page and the review page; what is
    made to stay is asked for anew.
    """
    known = _known(organisations, at) if organisations else {}
    words = {
        **(_kept_lists(forum) if kept else _lists(forum)),
        "forum": {each.slug: str(each) for each in forums},
        "organisation": {slug: each.name for slug, each in known.items()},
        "year": _years(at) if at else {},
    }
    keys = {
        "forum": {each.slug: each.pk for each in forums},
        "organisation": {slug: each.pk for slug, each in known.items()},
    }
    return Vocabulary(words, keys)


def _kept_lists(forum):
    """The same, kept in the memory of this process for the minute for which caches may keep a public page."""
    key = f"{get_language() or 'en'}:{forum.pk if forum else ''}"
    return caches["words"].get_or_set(key, lambda: _lists(forum))


def _lists(forum):
    stored = _stored(forum)
    return {
        "level": _choices(Level.choices),
        "objective": _by_number(stored["objective"]),
        "principle": _by_letter(stored["principle"]),
        "round_table": _by_number(stored["round_table"]) if forum else _round_tables(),
        "region": _by_word(stored["region"]),
        "country": _by_word(stored["country"]),
        "kind": _choices(Kind.choices),
        "basis": {**stored["basis"], NO_STANDING: _("No standing recorded")},
        "language": _choices(settings.LANGUAGES),
    }


def _known(slugs, at) -> dict:
    """Organisations by the address that was asked for: the one they have, or one that they had before."""
    either = Q(slug__in=slugs) | Q(former_addresses__slug__in=slugs)
    found = public_organisations(at).filter(either).annotate(former=F("former_addresses__slug"))
    return {slug: each for each in found for slug in (each.slug, each.former) if slug in slugs}


def _stored(forum):
    lists = [
        _rows("objective", Objective.objects, "number", "label"),
        _rows("principle", GuidingPrinciple.objects, "number", "title"),
        _rows("region", Region.objects, "code", "name"),
        _rows("country", Country.objects, "iso3", "name"),
        _rows("basis", Basis.objects, "code", "name"),
        _rows("round_table", RoundTable.objects.filter(forum=forum), "number", "title"),
    ]
    words = {"objective": {}, "principle": {}, "region": {}, "country": {}, "basis": {}, "round_table": {}}
    for field, code, word in lists[0].union(*lists[1:], all=True):
        words[field][code] = word
    return words


def _rows(field, rows, code, word):
    own, english = (F(build_localized_fieldname(word, language)) for language in (get_language() or "en", "en"))
    in_words = Coalesce(NullIf(own, Value("")), english, Value(""), output_field=CharField())
    given = {"of": Value(field, CharField()), "key": Cast(code, CharField()), "word": in_words}
    return rows.order_by().annotate(**given).values_list("of", "key", "word")


def _choices(choices):
    return {code: str(word) for code, word in choices}


def _by_number(words):
    return {code: f"{code}. {words[code]}" if words[code] else f"{code}." for code in sorted(words, key=int)}


def _by_letter(words):
    """Principles as paragraph 15 of the Compact letters them: (a) to (j)."""
    return {code: f"({chr(ord('a') + int(code) - 1)}) {words[code]}" for code in sorted(words, key=int)}


def _by_word(words):
    return dict(sorted(words.items(), key=lambda pair: pair[1]))


def _years(at):
    """The latest first, and one more than UTC has on its last day: there are forums further east."""
    return {str(year): str(year) for year in range((at + timedelta(days=1)).year, FIRST_YEAR - 1, -1)}


def _round_tables():
    return {str(number): _("Round table %(number)d") % {"number": number} for number in ROUND_TABLES}
