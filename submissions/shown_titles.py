"""The titles of inputs as the desk reads them: as sent, with marks in place of what is redacted; never a draft's."""

from django.db.models import OuterRef, Q, Subquery
from django.db.models.fields.json import KT

from submissions.models import Version

REDACTED = "changes__texts__title"


def newest(of):
    """The version whose words an input has, found by a reference to it."""
    return Version.objects.standing().filter(submission=OuterRef(of)).order_by("-number")


def with_shown_titles(rows, of="pk"):
    """With `retitled`: the title as it is shown, where that is not the one that was sent; `of` leads to the input."""
    return rows.annotate(retitled=retitled(of))


def retitled(of="pk"):
    return Subquery(newest(of).values(shown=KT(REDACTED))[:1])


def redacted_titles() -> Q:
    """Inputs whose newest title is redacted: few, found by an index of what is shown otherwise."""
    return _newest_says(Q(changes__texts__has_key="title"))


def shown_otherwise(words) -> Q:
    """Inputs whose title is redacted and is found by what stands in its place."""
    return _newest_says(Q(**{f"{REDACTED}__icontains": words}))


def _newest_says(condition) -> Q:
    there = Version.objects.exclude(changes={}).filter(condition, pk=Subquery(newest("submission").values("pk")[:1]))
    return Q(pk__in=there.values("submission"))


def as_told(inputs) -> list:
    """The inputs with the titles that the desk reads; they are not to be saved."""
    sent = Subquery(newest("pk").values(said=KT("content__title"))[:1])
    inputs = list(with_shown_titles(inputs.annotate(sent_title=sent)))
    for each in inputs:
        each.title = each.retitled or each.sent_title or each.title
    return inputs
