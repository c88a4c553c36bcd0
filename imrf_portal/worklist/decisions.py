"""Decisions that wait for somebody else: staged ones to be released, and what a second person is asked for."""

from django.utils.translation import gettext as _

from forums.models import SecondPersonRequest
from forums.second_person import seen_by
from imrf_portal.worklist.lines import Waiting, link
from submissions.admin.deciding.rounds import waiting_rounds
from submissions.models import CallLetter, DecisionRound


def rounds(user):
    """Staged decisions that wait until somebody else releases them."""
    if not user.has_perm("submissions.publish_submission"):
        return []
    url = link(DecisionRound, **{"is": "open"})
    return [Waiting(_("Staged decisions to be released"), lambda user, at: waiting_rounds(user), url, "at")]


def seconds(user):
    """What others ask a second person for."""
    if not user.has_perm("forums.view_secondpersonrequest"):
        return []
    url = link(SecondPersonRequest, waits="others")
    return [Waiting(_("Requests for a second person"), _asked_of_others, url, "asked_at")]


def _asked_of_others(user, at):
    return SecondPersonRequest.objects.undecided(at).exclude(asked_by=user).filter(seen_by(user))


def call_letters(user):
    """Call letters that others asked for and that a second person lets go."""
    if not user.has_perm("submissions.release_callletter"):
        return []
    url = link(CallLetter, state__exact=CallLetter.State.ASKED.value)
    return [Waiting(_("Call letters to be let go"), _call_letters_of_others, url, "asked_at")]


def _call_letters_of_others(user, at):
    return CallLetter.objects.filter(state=CallLetter.State.ASKED).exclude(asked_by=user)
