"""Wishes to speak: asked for in one session, changed, withdrawn and taken back by those who speak for an organisation."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accreditation.models import SpeakingRequest
from accreditation.operations.applying import held
from accreditation.participation import telling
from accreditation.participation.places import permits_at
from accreditation.participation.timing import ask_speaking_window
from forums.clock import database_now
from forums.refusals import Closed, Refused

Status = SpeakingRequest.Status
WORDS = ("speaker", "function", "gender", "spoke_before", "language", "topic", "access_needs", "name_public")
UNSTAGED = {"staged": "", "staged_by": None, "staged_reason": ""}


@transaction.atomic
def ask_to_speak(accreditation, session, *, words, by, at=None):
    """Ask to speak in that session; `words` has the columns of WORDS. An organisation has one wish a session.

    Pressed twice, it is asked once. One that was withdrawn lives on with the new words. `at` is for tests and the
    demonstration; otherwise the database's clock decides whether the call is open.
    """
    at = at or database_now()
    kept = held(accreditation)
    ask_whether_it_may_speak(kept, at)
    ask_speaking_window(kept, session, at)
    wishes = SpeakingRequest.objects.select_for_update(of=("self",)).filter(accreditation=kept, session=session)
    living = wishes.exclude(status=Status.WITHDRAWN).first()
    if living:
        if all(getattr(living, name) == words[name] for name in words):
            return living
        raise Refused(_("Your organisation has asked to speak in this session already. Open that request to change it."))
    if former := wishes.order_by("-pk").first():
        former.move(Status.REQUESTED, by=by, at=at, **words, **UNSTAGED, reserve_position=None)
        return former
    made = SpeakingRequest.objects.create(
        accreditation=kept, session=session, requested_by=by, requested_at=at, **{name: words[name] for name in words}
    )
    telling.asked_to_speak(made, at=at)
    return made


def ask_whether_it_may_speak(accreditation, at):
    """Raise Refused unless its standing permits to ask for the floor."""
    if not permits_at(accreditation, at).speak:
        raise Refused(
            _("The standing of %(organisation)s does not permit to ask for the floor.")
            % {"organisation": accreditation.organisation}
        )


@transaction.atomic
def change_wish(wish, *, words, by, at=None):
    """Change a wish that is not answered yet, while its call is open. What the desk had staged for it is looked at anew."""
    at = at or database_now()
    kept = _locked(wish)
    if kept.status != Status.REQUESTED:
        raise Refused(
            _("This request is “%(status)s” and cannot be changed now. To say more, write to the desk.")
            % {"status": kept.get_status_display()}
        )
    ask_whether_it_may_speak(kept.accreditation, at)
    ask_speaking_window(kept.accreditation, kept.session, at)
    if any(getattr(kept, name) != words[name] for name in words):
        changes = {**words, **UNSTAGED, "reserve_position": None}
        SpeakingRequest.objects.filter(pk=kept.pk).update(**changes)
        kept.refresh_from_db()
    return kept


@transaction.atomic
def withdraw_wish(wish, *, by, at, reason=""):
    """Ask no more, or give up a place; whoever is first on the reserve list can be called then."""
    kept = _locked(wish)
    if kept.session.starts_at <= at:
        raise Closed(_("“%(session)s” has begun, so its list of speakers is closed.") % {"session": kept.session})
    kept.move(Status.WITHDRAWN, by=by, at=at, note=reason, **UNSTAGED, reserve_position=None)
    return kept


@transaction.atomic
def take_wish_back(wish, *, by, at=None):
    """Ask again, with the same words, while the call is open; a place that was given up is not held."""
    at = at or database_now()
    kept = _locked(wish)
    ask_whether_it_may_speak(kept.accreditation, at)
    ask_speaking_window(kept.accreditation, kept.session, at)
    kept.move(Status.REQUESTED, by=by, at=at, only_from=(Status.WITHDRAWN,))
    return kept


def _locked(wish):
    """The wish as it stands; its accreditation is locked first, as by whoever asks."""
    held(wish.accreditation)
    rows = SpeakingRequest.objects.select_for_update(of=("self",))
    return rows.select_related("session", "accreditation__organisation", "accreditation__forum", "accreditation__basis").get(
        pk=wish.pk
    )
