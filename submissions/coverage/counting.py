"""Objective by region, by level and by kind of organisation: what the desk has received, as the person may count it.

Drafts, what was withdrawn and what was not admissible is not counted. A national input counts for the regions of its
countries; one that names regions for those. An input about two objectives stands in two lines.
"""

from collections import Counter
from dataclasses import dataclass

from django.db import connection
from django.db.models import Count, F, Q
from django.db.models.functions import Coalesce

from submissions.models import Submission

Status = Submission.Status
COUNTED = (Status.SUBMITTED, Status.UNDER_REVIEW, Status.CLARIFICATION_ASKED, Status.ACCEPTED, Status.PUBLISHED)
ACROSS = ("region", "level", "kind")


@dataclass(frozen=True)
class Scope:
    """A forum, or one of its calls."""

    forum: object
    call: object = None


@dataclass(frozen=True)
class Table:
    across: str  # region, level or kind
    columns: tuple  # pairs of code and word
    rows: tuple  # triples of code and word of an objective, and its figures in the order of the columns


def received(scope, inputs):
    """Of these inputs those that were received in that scope."""
    inputs = inputs.filter(status__in=COUNTED, call__forum=scope.forum)
    return inputs.filter(call=scope.call) if scope.call else inputs


def tables(scope, user, words) -> list:
    """The three tables, in two statements."""
    inputs = received(scope, Submission.objects.counted_for(user)).order_by()
    found = {"region": _by_region(inputs), **_by_level_and_kind(inputs)}
    return [laid_out(across, found[across], words) for across in ACROSS]


def table(scope, user, words, across) -> Table:
    return next(one for one in tables(scope, user, words) if one.across == across)


def _by_level_and_kind(inputs) -> dict:
    """An input has one level and one author, and names an objective once: nothing is counted twice."""
    found = {"level": Counter(), "kind": Counter()}
    counted = inputs.values_list("objectives", "level", "organisation__kind").annotate(number=Count("pk"))
    for objective, level, kind, number in counted:
        found["level"][str(objective), str(level)] += number
        found["kind"][str(objective), str(kind)] += number
    return found


def _by_region(inputs) -> dict:
    """Its countries and regions make many rows of one input: each counts once; told apart first, which is quicker."""
    inputs = inputs.annotate(at_region=Coalesce(F("regions"), F("countries__regions")))
    rows, params = inputs.values("pk", "objectives", "at_region").distinct().query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT "objectives", "at_region", COUNT(*) FROM ({rows}) "each" GROUP BY 1, 2', params)  # noqa: S608
        return {(str(objective), str(region)): number for objective, region, number in cursor.fetchall()}


def laid_out(across, found, words) -> Table:
    """Numbers by pairs of objective and code as a table, gaps in it plain; also of what everybody may count."""
    columns = tuple(words.words[across].items())
    rows = tuple(
        (code, word, tuple(found.get((code, column), 0) for column, _word in columns))
        for code, word in words.words["objective"].items()
    )
    return Table(across, columns, rows)


def behind(scope, user, *, objective="", region="", level="", kind=""):
    """The inputs that one figure counts, as this person may see them."""
    inputs = received(scope, Submission.objects.visible_to(user))
    if objective:
        inputs = inputs.filter(objectives=objective)
    if region:
        from_country = Q(regions=None, countries__regions=region)
        inputs = inputs.filter(pk__in=Submission.objects.filter(Q(regions=region) | from_country).values("pk"))
    if level:
        inputs = inputs.filter(level=level)
    return inputs.filter(organisation__kind=kind) if kind else inputs
