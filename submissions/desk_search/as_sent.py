"""Conditions on what was sent. While an author changes an input again, its columns hold a draft that nobody reads here."""

from dataclasses import dataclass
from functools import reduce
from operator import and_, or_

from django.db.models import Exists, OuterRef, Q, Subquery, Window
from django.db.models.functions import FirstValue

from submissions.models import Submission, SubmissionStep, Version

CHANGING = Submission.Status.CLARIFICATION_ASKED


def newest_version(condition: Q, **of) -> Q:
    """The newest version of the input says so; `of` names the few inputs of which alone that is asked.

    The whole is one list of keys and no question for each row, so it is read once.
    """
    newest = Version.objects.standing().filter(submission=OuterRef("submission")).order_by("-number").values("pk")[:1]
    return Q(pk__in=Version.objects.filter(condition, pk=Subquery(newest), **of).values("submission"))


def newest_words(condition: Q) -> Q:
    """The words of the newest version are as the condition on `newest_words` says; all versions are gone through once."""
    versions = Version.objects.standing().order_by()
    words = Window(FirstValue("words"), partition_by="submission_id", order_by="-number")
    return Q(pk__in=versions.annotate(newest_words=words).filter(condition).values("submission"))


@dataclass(frozen=True)
class AsSent:
    """`columns` of an input as it stands, `content` of the newest version of one that is being changed."""

    columns: Q
    content: Q

    def __invert__(self):
        return AsSent(~self.columns, ~self.content)

    def __and__(self, other):
        return AsSent(self.columns & other.columns, self.content & other.content)

    @property
    def whole(self) -> Q:
        """The condition on inputs; their versions are read only where one is left that is being changed."""
        changing = Q(status=CHANGING)
        return (self.columns & ~changing) | (changing & newest_version(self.content, submission__status=CHANGING))


def all_of(conditions) -> Q:
    """All these conditions; what is asked of versions is asked of each version at once."""
    plain = [one for one in conditions if not isinstance(one, AsSent)]
    sent = [one for one in conditions if isinstance(one, AsSent)]
    return reduce(and_, [*plain, *([reduce(and_, sent).whole] if sent else [])], Q())


def linked(name: str, column: str, codes) -> AsSent:
    """Any of these codes is among the chosen countries, regions or objectives."""
    link = getattr(Submission, name).through.objects
    content = reduce(or_, (Q(**{f"content__{name}__contains": [code]}) for code in codes), Q(pk__in=[]))
    return AsSent(Q(pk__in=link.filter(**{f"{column}__in": codes}).values("submission")), content)


def has_waited_since(moment, *, exactly=True) -> Q:
    """Inputs that came to their status before that moment (or at it, unless `exactly` is false)."""
    lookup = "gt" if exactly else "gte"
    later = SubmissionStep.objects.filter(**{f"at__{lookup}": moment})
    return ~Q(Exists(later.filter(submission=OuterRef("pk"))))
