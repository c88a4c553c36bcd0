"""Conditions on what was sent. While an author changes an input again, its columns hold a draft that nobody reads here."""

from django.db.models import Exists, OuterRef, Q, Subquery

from submissions.models import Submission, SubmissionStep, Version

CHANGING = Submission.Status.CLARIFICATION_ASKED


def newest_version(condition: Q, **of) -> Q:
    """The newest version of the input says so; `of` names the inputs of which alone that is asked.

    The whole is one list of keys and no question for each row, so it is read once.
    """
    newest = Version.objects.standing().filter(submission=OuterRef("submission")).order_by("-number").values("pk")[:1]
    return Q(pk__in=Version.objects.filter(condition, pk=Subquery(newest), **of).values("submission"))


def as_sent(columns: Q, content: Q) -> Q:
    """`columns` of an input as it stands, `content` of the newest version of one that is being changed."""
    return (columns & ~Q(status=CHANGING)) | newest_version(content, submission__status=CHANGING)


def linked(name: str, column: str, codes) -> Q:
    """Any of these codes is among the chosen countries, regions or objectives."""
    link = getattr(Submission, name).through.objects
    content = Q()
    for code in codes:
        content |= Q(**{f"content__{name}__contains": [code]})
    return as_sent(Q(pk__in=link.filter(**{f"{column}__in": codes}).values("submission")), content)


def has_waited_since(moment, *, exactly=True) -> Q:
    """Inputs that came to their status before that moment (or at it, unless `exactly` is false)."""
    lookup = "gt" if exactly else "gte"
    later = SubmissionStep.objects.filter(**{f"at__{lookup}": moment})
    return ~Q(Exists(later.filter(submission=OuterRef("pk"))))
