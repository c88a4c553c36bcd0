"""Decisions that wait for somebody else: staged ones to be released, and what a second person is asked for."""

from django.db.models import Count, Min
from django.utils.translation import gettext as _

from forums.models import SecondPersonRequest
from forums.second_person import seen_by
from imrf_portal.worklist.lines import Line, link
from submissions.admin.deciding.rounds import waiting_rounds
from submissions.models import DecisionRound


def rounds(user):
    """Staged decisions that wait until somebody else releases them."""
    if not user.has_perm("submissions.publish_submission"):
        return []
    found = waiting_rounds(user).aggregate(count=Count("pk"), since=Min("at"))
    url = link(DecisionRound, **{"is": "open"})
    return [Line(_("Staged decisions to be released"), found["count"], url, found["since"])]


def seconds(user, at):
    """What others ask a second person for."""
    if not user.has_perm("forums.view_secondpersonrequest"):
        return []
    waiting = SecondPersonRequest.objects.undecided(at).exclude(asked_by=user).filter(seen_by(user))
    found = waiting.aggregate(count=Count("pk"), since=Min("asked_at"))
    url = link(SecondPersonRequest, waits="others")
    return [Line(_("Requests for a second person"), found["count"], url, found["since"])]
