"""Inputs that wait: for their reviewer, for the team, for a decision about what follows their sending."""

from dataclasses import replace

from django.db.models import Count, Max, Min, Q
from django.utils.translation import gettext as _

from imrf_portal.worklist.lines import Line, Waiting, link
from submissions.admin.filters import overdue_questions
from submissions.admin.queue import WAITING
from submissions.due import due_at, overdue
from submissions.models import Mention, Proposal, PublicityRequest, Submission

INPUTS = {  # name: what is counted, the filters of the list that shows it
    "mine": (lambda user: Q(status="under_review", reviewer=user), {"status": "under_review", "reviewer": "mine"}),
    "answered_to_me": (lambda user: Q(status="submitted", reviewer=user), {"status": "submitted", "reviewer": "mine"}),
    "nobodys": (lambda user: Q(status="submitted", reviewer=None), {"status": "submitted", "reviewer": "nobody"}),
    "orphaned": (lambda user: Q(status="under_review", reviewer=None), {"status": "under_review", "reviewer": "nobody"}),
    "answered": (
        lambda user: Q(status="submitted", reviewer__isnull=False),
        {"status": "submitted", "reviewer": "somebody"},
    ),
    "asked": (lambda user: Q(status="clarification_asked"), {"status": "clarification_asked"}),
    "overdue": (
        lambda user: Q(status="clarification_asked", pk__in=overdue_questions()),
        {"status": "clarification_asked", "answer": "overdue"},
    ),
    "accepted": (
        lambda user: Q(status="accepted", publish_as="named"),
        {"status": "accepted", "publish_as": "named"},
    ),
}
LATE_INPUTS = {  # name: whose, the search line of the list that shows them
    "late_with_me": (lambda user: Q(reviewer=user), {"q": "overdue reviewer:me"}),
    "late": (lambda user: Q(), {"q": "overdue"}),
}
STATUS_OF_LINE = {"mine": "under_review", "answered_to_me": "submitted", "nobodys": "submitted", "answered": "submitted"}


def inputs_waiting(user, at):
    """Counts and oldest moments of all lines about inputs, in one statement.

    When each came to its status is found once an input, not once for every line that asks for it.
    """
    waiting = Submission.objects.visible_to(user).filter(status__in=WAITING).order_by()
    waiting = waiting.values("pk", "status", "reviewer", "publish_as").annotate(since=Max("steps__at"))
    wanted = {}
    for name, (condition, _filters) in INPUTS.items():
        wanted[f"{name}_count"] = Count("pk", filter=condition(user))
        wanted[f"{name}_since"] = Min("since", filter=condition(user))
    too_long = overdue(at, lambda moment: Q(since__lte=moment))
    for name, (whose, _asked) in LATE_INPUTS.items():
        wanted[f"{name}_count"] = Count("pk", filter=whose(user) & too_long)
        wanted[f"{name}_since"] = Min("since", filter=whose(user) & too_long)
    return waiting.aggregate(**wanted)


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
