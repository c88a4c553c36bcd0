"""A question as it was understood: which inputs are meant, and what could not be understood. Asked by pages and machines."""

from dataclasses import dataclass

from django.db.models import BooleanField, F, Func, Value
from django.utils.translation import gettext as _

from forums.models import Forum
from submissions.publication import visible, visible_by_words
from submissions.search.facets import LABELS
from submissions.search.filters import Filters, codes_of, condition, conditions, read, scope
from submissions.search.querying import found_by
from submissions.search.vocabulary import Vocabulary, vocabulary

MOST_ORGANISATIONS = 20


@dataclass(frozen=True)
class Question:
    filters: Filters
    vocabulary: Vocabulary
    forum: object  # the one forum asked for, or None

    def scope(self, at):
        """Visible inputs under the address alone."""
        seen = visible_by_words(at) if self.filters.q else visible(at)
        return seen.filter(scope(self.filters, self.vocabulary))

    def among(self, keys, at):
        """Those of these inputs, by their keys and no other index: they are few, and PostgreSQL would walk that of dates."""
        few = Func(
            F("pk"), Value(list(keys)), template="(%(expressions)s))", arg_joiner=" = ANY (", output_field=BooleanField()
        )
        return visible_by_words(at).filter(few, scope(self.filters, self.vocabulary))

    def condition(self, field):
        """What one field asks, whether the address or the reader says it."""
        return condition(field, self.filters.values(field), self.vocabulary)

    def codes(self, field) -> list:
        """The values of a field as rows carry them, each as text."""
        return codes_of(field, self.filters.values(field), self.vocabulary)

    def conditions(self) -> dict:
        """Field -> what it asks, for the filters that were chosen."""
        return conditions(self.filters, self.vocabulary)

    def inputs(self, at):
        """Visible inputs that answer everything. A machine gets what it asked for, and nothing near to it."""
        inputs = found_by(self.scope(at), self.filters.q)
        for asked in self.conditions().values():
            inputs = inputs.filter(asked)
        return inputs

    def unknown(self) -> list:
        """Pairs of a parameter and a sentence: values that do not exist."""
        return [(field, _sentence(field, value)) for field, value in self.filters.unknown]

    def ignored(self) -> list:
        """Pairs of a parameter and a sentence: what is no filter at all."""
        sentence = _("“%(name)s” is not a filter of this list and was left aside.")
        return [(name, sentence % {"name": name}) for name in self.filters.ignored]


def understand(query, *, at, fixed=(), forums=None, **reading) -> Question:
    """Read a query string; `fixed` are pairs of field and code that the address says; `reading` as filters.read has it.

    `forums` are all of them, where the caller has asked for them already. Raises Forum.DoesNotExist where the address names
    a forum that is not there.
    """
    forums = list(Forum.objects.all()) if forums is None else forums
    forum = _the_forum(forums, query, fixed)
    slugs = [slug.strip().lower() for slug in query.getlist("organisation")][:MOST_ORGANISATIONS]
    words = vocabulary(forums, forum=forum, organisations=[slug for slug in slugs if slug], at=at, kept=True)
    return Question(read(query, words, fixed=fixed, **reading), words, forum)


def _the_forum(forums, query, fixed):
    said = [code for field, code in fixed if field == "forum"]
    slugs = said or query.getlist("forum")
    forum = next((forum for forum in forums if slugs == [forum.slug]), None)
    if said and forum is None:
        raise Forum.DoesNotExist
    return forum


def _sentence(field, value):
    if field == "page":
        return _("“%(value)s” is not the number of a page.") % {"value": value}
    sentence = _("“%(value)s” is not one of the choices under “%(field)s”, so nothing was looked for.")
    return sentence % {"value": value, "field": LABELS[field]}
