"""Above the queue: how many inputs there are at each status, with the other filters as they stand. One statement."""

from django.db.models import Count

from submissions.admin import filters
from submissions.admin.filters import asker_of
from submissions.desk_search import statuses_asked, without_key
from submissions.desk_search.keys import statuses
from submissions.models import Submission
from submissions.templatetags.input_statuses import input_tone


def by_status(request) -> dict:
    """Status -> how many inputs are at it, with the other filters as they stand; counted once a request."""
    if not hasattr(request, "counted_by_status"):
        asked, line = request.GET, _line_without_status(request)
        others = {name: value for name, value in asked.items() if name in filters.NARROW and name != "status"}
        inputs = filters.narrowed(Submission.objects.visible_to(request.user), {**others, "q": line}, asker_of(request))
        request.counted_by_status = dict(inputs.order_by().values_list("status").annotate(n=Count("pk")))
    return request.counted_by_status


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
