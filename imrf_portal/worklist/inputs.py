"""Inputs that wait: for their reviewer, for the team, for a decision about what follows their sending."""

from dataclasses import replace
from typing import NamedTuple

from django.db.models import Case, OuterRef, Q, Subquery, Value, When
from django.utils.translation import gettext as _

from imrf_portal.worklist.lines import Line, Waiting, link
from submissions.admin.filters import overdue_questions
from submissions.admin.queue import WAITING
from submissions.due import due_at, late_since, waits_for_nobody
from submissions.models import Mention, Proposal, PublicityRequest, Submission, SubmissionStep

INPUTS = {  # name: what is counted, the filters of the list that shows it
    "mine": (lambda of: of.place == ("under_review", "mine"), {"status": "under_review", "reviewer": "mine"}),
    "answered_to_me": (lambda of: of.place == ("submitted", "mine"), {"status": "submitted", "reviewer": "mine"}),
    "nobodys": (lambda of: of.place == ("submitted", "nobody"), {"status": "submitted", "reviewer": "nobody"}),
    "orphaned": (lambda of: of.place == ("under_review", "nobody"), {"status": "under_review", "reviewer": "nobody"}),
    "answered": (
        lambda of: of.place in (("submitted", "mine"), ("submitted", "somebody")),
        {"status": "submitted", "reviewer": "somebody"},
    ),
    "asked": (lambda of: of.status == "clarification_asked", {"status": "clarification_asked"}),
    "overdue": (lambda of: of.is_unanswered, {"status": "clarification_asked", "answer": "overdue"}),
    "accepted": (
        lambda of: of.status == "accepted" and of.publish_as == "named",
        {"status": "accepted", "publish_as": "named"},
    ),
}
LATE_INPUTS = {  # name: whose, the search line of the list that shows them
    "late_with_me": (lambda of: of.waits_too_long and of.whose == "mine", {"q": "overdue reviewer:me"}),
    "late": (lambda of: of.waits_too_long, {"q": "overdue"}),
}
STATUS_OF_LINE = {"mine": "under_review", "answered_to_me": "submitted", "nobodys": "submitted", "answered": "submitted"}


class Alike(NamedTuple):
    """What inputs that wait have in common, as far as a line asks for it."""

    status: str
    whose: str  # mine, nobody, somebody
    publish_as: str
    is_unanswered: bool  # its author was asked until a day that has passed
    is_late: bool  # it has had its status longer than the aim

    @property
    def place(self):
        return self.status, self.whose

    @property
    def waits_too_long(self):
        return self.is_late and not waits_for_nobody(self.status, self.publish_as)


# OFFSET 0: when each came to its status is read once an input, not once for every place that compares it.
GROUPS = """
    SELECT "status", "whose", "publish_as", "is_unanswered", coalesce("since" <= CASE "status" {} END, false), COUNT(*),
    MIN("since") FROM ({} OFFSET 0) "waiting" GROUP BY 1, 2, 3, 4, 5
"""


def inputs_waiting(asking):
    """Counts and oldest moments of all lines about inputs, in one statement.

    When each came to its status is found once an input, not once for every line that asks for it.
    """
    groups = [(Alike(*of), count, since) for *of, count, since in asking.rows("inputs", _grouped)]
    found = {}
    for name, (fits, _asked) in (INPUTS | LATE_INPUTS).items():
        lines = [(count, since) for of, count, since in groups if fits(of)]
        found[f"{name}_count"] = sum(count for count, _since in lines)
        found[f"{name}_since"] = min((since for _count, since in lines if since), default=None)
    return found


def _grouped(user, at) -> tuple:
    waiting, params = _waiting(user, at).query.sql_with_params()
    limits = late_since(at)
    sql = GROUPS.format(" ".join(["WHEN %s THEN %s"] * len(limits)), waiting)
    return sql, [*(value for pair in limits.items() for value in pair), *params]


def _waiting(user, at):
    """Each input with the newest of its steps, which an index holds; most steps are of inputs that wait no more."""
    waiting = Submission.objects.visible_to(user).filter(status__in=WAITING).order_by()
    whose = Case(
        When(reviewer=user.pk, then=Value("mine")), When(reviewer=None, then=Value("nobody")), default=Value("somebody")
    )
    unanswered = Q(status="clarification_asked", pk__in=overdue_questions(at))
    steps = SubmissionStep.objects.filter(submission=OuterRef("pk")).order_by("-at", "-pk").values("at")[:1]
    waiting = waiting.annotate(whose=whose, is_unanswered=_yes_if(unanswered), since=Subquery(steps))
    return waiting.values("status", "whose", "publish_as", "is_unanswered", "since")


def _yes_if(condition):
    return Case(When(condition, then=Value(True)), default=Value(False))


def line_of_inputs(found, name, label):
    since = found[f"{name}_since"]
    due = due_at(STATUS_OF_LINE.get(name, name), since)
    return Line(label, found[f"{name}_count"], link(Submission, **INPUTS[name][1]), since, due=due)


def line_of_late(found, name, label):
    url = link(Submission, **LATE_INPUTS[name][1])
    return Line(label, found[f"{name}_count"], url, found[f"{name}_since"], late=True)


def mine(user, found):
    if not (found and user.has_perm("submissions.review_submission")):
        return []
    return [
        line_of_inputs(found, "mine", _("Inputs you review")),
        line_of_inputs(found, "answered_to_me", _("Given to you or answered, to be taken up")),
        line_of_late(found, "late_with_me", _("Inputs that wait too long with you")),
    ]


def mentions(user):
    """Notes that name this person, and that they have not said they saw."""
    if not user.has_perm("submissions.view_submission"):
        return []
    return [Waiting(_("Notes that mention you"), _mentions, link(Submission, q="mentioned"), "note__at")]


def _mentions(user, at):
    seen = Submission.objects.visible_to(user).values("pk")
    return Mention.objects.filter(person=user, seen_at=None, note__submission__in=seen)


def team(found):
    if not found:
        return []
    return [
        line_of_inputs(found, "nobodys", _("Inputs nobody has taken up")),
        line_of_inputs(found, "answered", _("Given or answered, not taken up yet")),
        line_of_inputs(found, "orphaned", _("Under review by nobody")),
        line_of_inputs(found, "asked", _("Inputs their authors are asked about")),
        replace(line_of_inputs(found, "overdue", _("Questions to authors whose day has passed")), late=True),
        line_of_inputs(found, "accepted", _("Accepted, not yet published")),
        line_of_late(found, "late", _("Inputs that wait too long")),
    ]


def wishes(user):
    """Authors of published inputs who want the public to see less."""
    if not user.has_perm("submissions.view_publicityrequest"):
        return []
    return [Waiting(_("Wishes that the public see less"), _wishes, link(PublicityRequest, answered="no"), "asked_at")]


def _wishes(user, at):
    return PublicityRequest.objects.waiting().filter(submission__in=Submission.objects.visible_to(user).values("pk"))


def proposals(user):
    """Corrections and additions that no editor has decided about."""
    if not user.has_perm("submissions.view_proposal"):
        return []
    url = link(Proposal, status__exact="proposed")
    return [Waiting(_("Corrections and additions to be decided"), _proposals, url, "version__sent_at")]


def _proposals(user, at):
    return Proposal.objects.visible_to(user).waiting()
