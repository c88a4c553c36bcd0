"""Inputs follow the names of their organisations in the search: renamed, given an acronym, merged. A sweep does it."""

from itertools import islice

from django.db import transaction
from django.db.models import BooleanField, ExpressionWrapper, Q

from submissions.models import SearchedNames, Submission
from submissions.operations.showing_files import index_anew, show_files_anew
from submissions.search.names import names_now
from submissions.search.spelling import forget, words_in

A_SWEEP = 300  # vectors made by one sweep; what is left stays due
MOST_COMPARED = 5000


def index_changed_names(*, at) -> int:
    """Index anew what is found by other names than its organisations have today; returns how many.

    One statement where nothing is due. Rows are held while they are compared, so a name that changes meanwhile makes
    them due again; what was indexed just now is compared once more by the next sweep.
    """
    behind = _compared()
    for key, known in behind.items():
        _index(key, known, at)
    return len(behind)


@transaction.atomic
def _compared() -> dict:
    """Submission -> the names by which it is found, of those that are behind; the others are due no longer.

    A name that changed goes before what is indexed for the first time, as all inputs are after an upgrade.
    """
    held = SearchedNames.objects.select_for_update(skip_locked=True).filter(due=True)
    held = held.alias(first_time=ExpressionWrapper(Q(names__isnull=True), BooleanField())).order_by("first_time", "pk")
    known = dict(held.values_list("pk", "names")[:MOST_COMPARED])
    if not known:
        return {}
    now = names_now(known)
    SearchedNames.objects.filter(pk__in=known).exclude(pk__in=now).delete()  # taken down meanwhile
    behind = {key: names for key, names in known.items() if key in now and names != now[key]}
    SearchedNames.objects.filter(pk__in=[key for key in now if key not in behind]).update(due=False)
    return dict(islice(behind.items(), A_SWEEP))


def names_are_due() -> bool:
    return SearchedNames.objects.filter(due=True).exists()


@transaction.atomic
def _index(key, known, at):
    """Who redacts holds the input, too. Only a name that changed is a change: the first indexing tells no harvester."""
    list(Submission.objects.select_for_update(no_key=True).filter(pk=key).values_list("pk"))
    if known is None:
        index_anew(key)
        return
    show_files_anew(key, at=at)
    said = SearchedNames.objects.filter(pk=key).values_list("names", flat=True).first() or []
    forget(_words(known) - _words(said))


def _words(names) -> set:
    return {word for _language, name in names for word in words_in(name)}
