"""The rows of the queue: what is looked up beside each input, put together once a language; only the columns it shows."""

from functools import cache, lru_cache

from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from forums.admin.rooms import MOST_SHOWN
from forums.kept_statements import KeptStatement
from submissions.admin import columns, surroundings
from submissions.admin.filters import calls_of
from submissions.models import Submission

KEPT_READY = 64  # languages times choices of columns
ROWS = {  # of the input itself, and of the rows beside it that are read with it
    "reference",
    "status",
    "title",
    "language",
    "level",
    "received_at",
    "received_late",
    "publish_as",
    "call",
    "organisation",
    "reviewer",
}
COLUMNS_BESIDE = {*columns.CODED, *columns.COUNTED}
BESIDE = {"organisation": {"name", "name_language", "kind"}, "reviewer": {"name", "email", "erased_at"}}


@lru_cache(maxsize=KEPT_READY)
def looked_up(language, shown):
    """All inputs, before anybody's conditions, with what the list says beside each; never asked as it is.

    Putting it together takes ten times as long as narrowing it to what somebody may see.
    """
    inputs = Submission.objects.defer("text", "summary", "answers")
    inputs = surroundings.with_waiting(surroundings.with_standing(surroundings.as_sent(inputs)))
    if shown & set(columns.CODED):
        inputs = surroundings.with_codes(inputs)
    return surroundings.with_words(inputs) if shown & set(columns.COUNTED) else inputs


def on_the_page(request, rows, shown):
    """The rows of one page once they are read; their calls with the forums are those that the filters list anyway.

    Which ones they are is asked first, with everybody's own conditions and order. What is said of each is the same
    statement for everybody, so it is written once.
    """

    def read():
        known = {call.pk: call for call in calls_of(request)}
        keys = list(rows.values_list("pk", flat=True))
        found = _said(frozenset(shown) & COLUMNS_BESIDE, keys)
        for each in found:
            each.mine = each.reviewer_id == request.user.pk
            if each.call_id in known:
                each.call = known[each.call_id]
        return found

    return SimpleLazyObject(read)


def _said(shown, keys) -> list:
    """The inputs of these keys in their order. Shorter pages ask as long a question, by naming the last one again."""
    if not keys:
        return []
    said = _statement(shown).rows(keys=[*keys, *keys[-1:] * (MOST_SHOWN - len(keys))])
    found = {each.pk: each for each in said}
    return [found[key] for key in keys if key in found]


@cache
def _statement(shown):
    def by_keys(keys):
        rows = looked_up(get_language(), shown).filter(pk__in=keys)
        return rows.order_by().select_related(*BESIDE).defer(*_not_shown())

    return KeptStatement(by_keys)


@cache
def _not_shown() -> list:
    """Columns that no column of the queue reads."""
    found = [field.name for field in _columns(Submission) if field.name not in ROWS]
    for relation, names in BESIDE.items():
        model = Submission._meta.get_field(relation).related_model
        found += [f"{relation}__{field.name}" for field in _columns(model) if field.name not in names]
    return found


def _columns(model):
    return [field for field in model._meta.concrete_fields if not field.primary_key]
