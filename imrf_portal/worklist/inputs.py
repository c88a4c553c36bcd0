"""Inputs that wait: for their reviewer, for the team, for a decision about what follows their sending."""

from dataclasses import replace
from typing import NamedTuple

from django.db import connection
from django.db.models import Case, Max, Q, Value, When
from django.utils.translation import gettext as _

from imrf_portal.worklist.lines import Line, Waiting, link
from submissions.admin.filters import overdue_questions
from submissions.admin.queue import WAITING
from submissions.due import due_at, overdue
from submissions.models import Mention, Proposal, PublicityRequest, Submission

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
    "late_with_me": (lambda of: of.is_late and of.whose == "mine", {"q": "overdue reviewer:me"}),
    "late": (lambda of: of.is_late, {"q": "overdue"}),
}
STATUS_OF_LINE = {"mine": "under_review", "answered_to_me": "submitted", "nobodys": "submitted", "answered": "submitted"}


class Alike(NamedTuple):
    """What inputs that wait have in common, as far as a line asks for it."""

    status: str
    whose: str  # mine, nobody, somebody
    publish_as: str
    is_unanswered: bool  # its author was asked until a day that has passed
    is_late: bool

    @property
    def place(self):
        return self.status, self.whose


GROUPS = """
    SELECT "status", "whose", "publish_as", "is_unanswered", "is_late", COUNT(*), MIN("since")
    FROM ({}) "waiting" GROUP BY 1, 2, 3, 4, 5
"""


def inputs_waiting(user, at):
    """Counts and oldest moments of all lines about inputs, in one statement.

    When each came to its status is found once an input, not once for every line that asks for it.
    """
    waiting, params = _waiting(user, at).query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(GROUPS.format(waiting), params)
        groups = [(Alike(*of), count, since) for *of, count, since in cursor.fetchall()]
    found = {}
    for name, (fits, _asked) in (INPUTS | LATE_INPUTS).items():
        lines = [(count, since) for of, count, since in groups if fits(of)]
        found[f"{name}_count"] = sum(count for count, _since in lines)
        found[f"{name}_since"] = min((since for _count, since in lines if since), default=None)
    return found


def _waiting(user, at):
    waiting = Submission.objects.visible_to(user).filter(status__in=WAITING).order_by()
    whose = Case(
        When(reviewer=user.pk, then=Value("mine")), When(reviewer=None, then=Value("nobody")), default=Value("somebody")
    )
    unanswered = Q(status="clarification_asked", pk__in=overdue_questions())
    waiting = waiting.annotate(whose=whose, is_unanswered=_yes_if(unanswered))
    waiting = waiting.values("pk", "status", "whose", "publish_as", "is_unanswered").annotate(since=Max("steps__at"))
    return waiting.annotate(is_late=_yes_if(overdue(at, lambda moment: Q(since__lte=moment))))


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
    seen = Submission.objects.visible_to(user).values("pk")
    waiting = Mention.objects.filter(person=user, seen_at=None, note__submission__in=seen)
    return [Waiting(_("Notes that mention you"), waiting, link(Submission, q="mentioned"), "note__at")]


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
    waiting = PublicityRequest.objects.waiting().filter(submission__in=Submission.objects.visible_to(user).values("pk"))
    return [Waiting(_("Wishes that the public see less"), waiting, link(PublicityRequest, answered="no"), "asked_at")]


def proposals(user):
    """Corrections and additions that no editor has decided about."""
    if not user.has_perm("submissions.view_proposal"):
        return []
    waiting = Proposal.objects.visible_to(user).waiting()
    url = link(Proposal, status__exact="proposed")
    return [Waiting(_("Corrections and additions to be decided"), waiting, url, "version__sent_at")]
