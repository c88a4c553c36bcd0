"""The rows of the queue: what is looked up beside each input, put together once a language; only the columns it shows."""

from functools import cache, lru_cache

from django.utils.functional import SimpleLazyObject

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


def on_the_page(request, rows):
    """The rows of one page once they are read; their calls with the forums are those that the filters list anyway."""

    def read():
        known = {call.pk: call for call in calls_of(request)}
        found = list(rows.select_related(None).select_related(*BESIDE).defer(*_not_shown()))
        for each in found:
            if each.call_id in known:
                each.call = known[each.call_id]
        return found

    return SimpleLazyObject(read)


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
