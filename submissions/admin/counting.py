"""Above the queue: how many inputs there are at each status, with the other filters as they stand. One statement."""

from collections import Counter

from django.db.models import Count, Value
from django.utils.timezone import now

from submissions.admin import filters
from submissions.admin.filters import asker_of
from submissions.asking import Asking
from submissions.desk_search import statuses_asked, without_key
from submissions.desk_search.keys import statuses
from submissions.models import Submission
from submissions.models.known_open import closed_to_some_extent
from submissions.templatetags.input_statuses import input_tone


def by_status(request) -> dict:
    """Status -> how many inputs are at it, with the other filters as they stand; counted once a request."""
    if not hasattr(request, "counted_by_status"):
        asked, line = request.GET, _line_without_status(request)
        others = {name: value for name, value in asked.items() if name in filters.NARROW and name != "status"}
        if line or others.keys() - {"q"} or closed_to_some_extent(request.user).by_scope:
            seen = Submission.objects.visible_to(request.user)
            inputs = filters.narrowed(seen, {**others, "q": line}, asker_of(request))
            request.counted_by_status = dict(_counted(inputs))
        else:
            request.counted_by_status = _of_all(request.user)
    return request.counted_by_status


def _counted(inputs):
    return inputs.order_by().values_list("status").annotate(n=Count("*"))


def _of_all(user) -> dict:
    """What `visible_to` leaves of all inputs: all that were sent, less those that are closed by a conflict of interest.

    All are counted in an index, which holds their statuses; those few that are closed are found by theirs.
    """
    found = Counter()
    for status, count, sign in Asking(user, now()).rows("inputs by status", _sent_and_closed):
        found[status] += sign * count
    return {status: count for status, count in found.items() if count}


def _sent_and_closed(user, at) -> tuple:
    sent = Submission.objects.sent_for(user)
    parts = [_counted(sent).annotate(sign=Value(1))]
    if closed_to_some_extent(user).by_conflict:
        parts.append(_counted(sent.in_conflict_with(user)).annotate(sign=Value(-1)))
    return (parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]).query.sql_with_params()


def count_of_the_list(request):
    """How many inputs the list has, where that is known from the counts by status; None where it has to be counted."""
    line, status = request.GET.get("q", ""), request.GET.get("status")
    asked = statuses_asked(line, asker_of(request))
    if getattr(request, "not_understood", ()) or (asked is None and _line_without_status(request) != line):
        return None
    found = by_status(request)
    asked = set(found) if asked is None else asked
    return sum(found.get(code, 0) for code in (asked & {status} if status else asked))


def _line_without_status(request) -> str:
    return without_key(request.GET.get("q", ""), "status")


def counts_of(request, shown) -> list:
    """Statuses that this person may see, each with its count and the address that lists it; first all of them."""
    asker, asked = asker_of(request), request.GET
    line, found = _line_without_status(request), by_status(request)
    kept = {"q": line or None, "view": asked.get("view")}

    def line_of(word, count, code=None):
        url = shown.get_query_string({**kept, "status": code})
        chosen = asked.get("status") == code and line == asked.get("q", "")
        return {"word": word, "count": count, "url": url, "tone": input_tone(code) if code else "", "chosen": chosen}

    listed = [line_of(word, found.get(code, 0), code) for code, word in statuses(asker)]
    return [line_of("", sum(found.get(code, 0) for code, _word in statuses(asker))), *listed]
