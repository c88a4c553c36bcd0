"""Following the calendar by mail: asked by anybody, begun only by who reads the address, ended with one press."""

from datetime import timedelta

from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from forums.models import Change, Follower, Letter
from forums.operations.asked_by_mail import KEPT_STOPPED, KEPT_UNCONFIRMED, has_had_enough
from forums.operations.letters import write
from forums.operations.stopping import start_topic
from forums.operations.telling import tell_the_rest
from forums.refusals import Refused

CONFIRM = "forums/follow_confirm"
TOPIC = "calendar"


@transaction.atomic
def ask_to_follow(email, *, language, pace, forum, at):
    """Write to that address a letter with a link that begins it. Nobody learns here whether it follows already.

    What somebody who follows already asked for now (another pace, another language) is taken on by the same link.
    """
    wanted = {"language": language, "pace": pace}
    follower, _new = Follower.objects.get_or_create(
        email__iexact=email, forum=forum, defaults={"email": email.lower(), "asked_at": at, **wanted}
    )
    if follower.confirmed_at is None:
        follower.language, follower.pace = language, pace
    follower.asked_at = at
    follower.save(update_fields=["language", "pace", "asked_at"])
    if has_had_enough(follower.email, CONFIRM, at=at):
        return
    write(
        CONFIRM,
        to=follower.email,
        language=language,
        about={"follower": follower, "forum": forum, "pace": pace, "token": _token(follower, wanted)},
        key=f"follow:{follower.pk}:{at.isoformat()}",
        at=at,
        private=True,
        forum=forum,
    )


@transaction.atomic
def confirm_following(token, *, at):
    """Begin, or take on what was asked anew; a second press changes nothing. Returns the Follower."""
    follower, wanted = _read(token, at, Follower.objects.select_for_update(of=["self"]))
    if follower.confirmed_at is None or follower.stopped_at:
        follower.confirmed_at, follower.stopped_at, follower.told_until = at, None, at
    elif follower.pace != wanted["pace"]:
        _change_pace(follower, at)
    follower.language, follower.pace = wanted["language"], wanted["pace"]
    follower.save()
    start_topic(follower.email, TOPIC)
    return follower


def follower_of(token, *, at):
    """Whom a link is for, and what it takes on; nothing is changed. Returns the Follower and language and pace."""
    return _read(token, at, Follower.objects.all())


@transaction.atomic
def stop_following(follower, *, at):
    """No more letters about this; stopping twice is stopping once. Letters not yet sent are taken back."""
    Follower.objects.filter(pk=follower.pk, stopped_at=None).update(stopped_at=at)
    Letter.objects.filter(_letters_to(follower), sent_at=None, claimed_until=None).delete()


def forget_followers(*, at):
    """Rows that nobody confirmed within a week, and those that were stopped a month ago; returns how many."""
    unconfirmed = Q(confirmed_at=None, asked_at__lte=at - KEPT_UNCONFIRMED)
    stopped = Q(stopped_at__lte=at - KEPT_STOPPED)
    return Follower.objects.filter(unconfirmed | stopped).delete()[0]


def _letters_to(follower):
    digests = Q(key__startswith=f"digest:{follower.pk}:")
    return digests | Q(kind="forums/calendar_change", key__endswith=f":{follower.pk}", to=follower.email)


def _change_pace(follower, at):
    """Nothing that changed between two paces is lost, and nothing is told twice."""
    if follower.pace == Follower.Pace.WEEKLY:  # what the week had so far, now
        tell_the_rest(follower, until=at, at=at)
        return
    waiting = Change.objects.pending().filter(**({"forum": follower.forum} if follower.forum else {})).first()
    follower.told_until = min(at, waiting.at - timedelta(microseconds=1)) if waiting else at


# The link ------------------------------------------------------------------------------------------------------------


def _signer():
    return Signer(salt="forums.following")


def _token(follower, wanted) -> str:
    return _signer().sign_object([follower.key, wanted["language"], wanted["pace"]])


def _read(token, at, followers):
    try:
        key, language, pace = _signer().unsign_object(token)
    except (BadSignature, ValueError, TypeError):
        key, language, pace = "", "", ""
    follower = followers.filter(key=key).select_related("forum").first()
    if follower is None or at - follower.asked_at > KEPT_UNCONFIRMED:
        raise Refused(_("This link is too old, or not whole. Ask to follow once more: a new letter brings a new link."))
    return follower, {"language": language, "pace": pace}
