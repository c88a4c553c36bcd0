"""A search line asked of the queue: a narrowed list, or sentences about what was not understood. Never an error."""

from datetime import datetime
from functools import cached_property

from django.db.models import Q
from django.utils.translation import gettext as _

from accreditation.models import Basis
from forums.models import Call, Country, Region
from submissions import permissions
from submissions.desk_search.as_sent import AsSent, all_of
from submissions.desk_search.finding import by_words
from submissions.desk_search.keys import FLAGS, KEYS, SHORT, statuses
from submissions.desk_search.parsing import LONGEST, MOST_TERMS, parse, without
from submissions.desk_search.values import Misunderstood, codes_of


class Asker:
    """Who asks, when, and the vocabularies that were needed so far, each read once."""

    def __init__(self, user, at: datetime, calls=None):
        self.user, self.at, self._calls = user, at, calls
        self.needs = {}  # name -> expression that a condition compares

    @cached_property
    def oversees(self):
        return permissions.sees_reviewers(self.user)

    @cached_property
    def calls(self):
        calls = Call.objects.for_inputs().select_related("forum").order_by("-forum__first_day", "slug")
        return list(calls) if self._calls is None else self._calls()

    @property
    def forums(self):
        return list({call.forum.slug: (call.forum.slug, str(call.forum)) for call in self.calls}.values())

    @cached_property
    def regions(self):
        return [(region.code, region.name) for region in Region.objects.all()]

    @cached_property
    def bases(self):
        return [(basis.pk, basis.name) for basis in Basis.objects.all()]

    @cached_property
    def countries(self):
        """Codes and names in lower case -> key."""
        known = {}
        for country in Country.objects.all():
            for word in (country.name, country.iso2, country.iso3):
                known.setdefault(word.casefold(), country.iso3)
        return known


def narrowed(inputs, line: str, asker) -> tuple:
    """The inputs that the line leaves, and sentences about what was not understood; then nothing is left.

    An empty list cannot be taken for the answer to a question that was not asked: nothing is ticked or exported by it.
    """
    terms, troubles = parse(line)
    said, found = [sentence_of(trouble) for trouble in troubles], []
    for term in terms:
        try:
            condition = condition_of(term, asker)
        except Misunderstood as sentence:
            said.append(str(sentence))
        else:
            found.append(~condition if term.negated else condition)
    if said:
        return inputs.none(), said
    return (inputs.alias(**asker.needs) if asker.needs else inputs).filter(all_of(found)) if found else inputs, []


def condition_of(term, asker) -> Q | AsSent:
    if not term.key:
        word = term.values[0]
        flag = None if term.quoted else FLAGS.get(word.casefold())
        return flag[1](asker) if flag else by_words(word)
    if term.key not in KEYS:
        said = {"typed": term.typed, "key": term.key, "keys": ", ".join(KEYS)}
        raise Misunderstood(
            _("“%(typed)s”: there is no key “%(key)s”. Keys are: %(keys)s. Put words with a colon into quotation marks.")
            % said
        )
    return KEYS[term.key].find(term, asker)


def statuses_asked(line: str, asker):
    """The statuses that the line leaves; None where it asks for none, or in a way that only the whole condition tells."""
    left = None
    for term in parse(line)[0]:
        if term.key == "status":
            if term.negated:
                return None
            try:
                codes = set(codes_of(term, statuses(asker), SHORT.items()))
            except Misunderstood:
                return None
            left = codes if left is None else left & codes
    return left


def sentence_of(trouble) -> str:
    if trouble.code == "too_long":
        return _("The search line is too long: at most %(most)d signs.") % {"most": LONGEST}
    if trouble.code == "too_many":
        return _("The search line asks for too much at once: at most %(most)d terms.") % {"most": MOST_TERMS}
    if trouble.code == "open_quote":
        return _("“%(typed)s”: a quotation mark is not closed.") % {"typed": trouble.typed}
    return _("“%(typed)s”: a value is missing after the colon.") % {"typed": trouble.typed}


def without_key(line: str, *keys) -> str:
    """The line without the terms of these keys."""
    return without(line, keys)
