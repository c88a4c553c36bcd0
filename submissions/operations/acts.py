"""The decisions that can be taken on several inputs: who may, what is done, from which statuses. Words are kept as JSON."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.dateparse import parse_datetime

from forums.refusals import Refused
from submissions import permissions
from submissions.models import Submission
from submissions.operations import publishing, reviewing

Status = Submission.Status


def nothing_stands_against(submission, *, by, **words):
    """Its status says all."""


def _ask_acceptance(submission, *, by, **words):
    reviewing.ask_acceptance(submission, by=by)


def _ask_publication(submission, *, by, files_may_follow=False, **words):
    publishing.ask_publication(submission, files_may_follow=files_may_follow)


@dataclass(frozen=True)
class Act:
    """`words` names what it asks for; `act` takes them as they were kept."""

    key: str
    may: Callable  # (user, submission) -> bool
    act: Callable  # (submission, by=, at=, **words)
    to: str
    from_statuses: tuple
    stageable: bool = False
    ask: Callable = nothing_stands_against  # (submission, by=, **words): raises Refused as the act would; stores nothing


def _publish(submission, *, by, at, visible_at="", files_may_follow=False):
    """At an instant where one is named; at once where it has come meanwhile."""
    instant = parse_datetime(visible_at) if visible_at else None
    return publishing.publish(
        submission, by=by, at=at, visible_at=max(instant, at) if instant else None, files_may_follow=files_may_follow
    )


_TO_DECLINE = (Status.UNDER_REVIEW, Status.CLARIFICATION_ASKED)
_KNOWN = (
    Act("take_up", permissions.may_review, reviewing.take_up, Status.UNDER_REVIEW, (Status.SUBMITTED,)),
    Act("accept", permissions.may_review, reviewing.accept, Status.ACCEPTED, (Status.UNDER_REVIEW,), True, _ask_acceptance),
    Act("publish", permissions.may_publish, _publish, Status.PUBLISHED, (Status.ACCEPTED,), True, _ask_publication),
    Act("decline", permissions.may_review, reviewing.decline, Status.NOT_ADMISSIBLE, _TO_DECLINE, True),
    Act("reopen", permissions.may_review, reviewing.reopen, Status.UNDER_REVIEW, reviewing.DECIDED),
)
ACTS = {act.key: act for act in _KNOWN}


def act_of(key) -> Act:
    if key not in ACTS:
        raise Refused(f"unknown decision: {key}")
    return ACTS[key]
