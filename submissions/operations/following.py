"""Following a list of inputs by mail: asked by anybody, begun by who reads the address, ended and erased with one press."""

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from forums.models import Letter
from forums.operations import start_topic, write
from forums.operations.asked_by_mail import KEPT_STOPPED, KEPT_UNCONFIRMED, has_had_enough
from forums.refusals import Refused
from submissions.following.keys import hash_of, new_token
from submissions.models import InputsFollowing
from submissions.models.following import TOPIC

CONFIRM = "submissions/follow_confirm"
MOST_LISTS = 20  # that one address may follow


@transaction.atomic
def ask_to_follow_inputs(email, *, query, language, pace, at):
    """Write to that address a letter with a link that begins it. Nobody learns here whether it follows already.

    What stands stays as it is until the link is pressed, so nobody changes another's letters by asking.
    """
    if has_had_enough(email, CONFIRM, at=at):
        return
    token, hashed = new_token()
    following = InputsFollowing.objects.create(
        email=email.lower(), query=query, language=language, pace=pace, token_hash=hashed, asked_at=at
    )
    write(
        CONFIRM,
        to=following.email,
        language=language,
        about={"following": following, "token": token},  # nothing of what a stranger typed
        key=f"follow-inputs:{following.pk}",
        at=at,
        private=True,
    )


def asked_following(token, *, at):
    """What a link is about, and nothing is changed by looking; Refused where it is made up, too old, or ended since."""
    following = InputsFollowing.objects.filter(token_hash=hash_of(token), asked_at__gt=at - KEPT_UNCONFIRMED).first()
    if following is None:
        raise Refused(_("This link is too old, or not whole. Ask to follow once more: a new letter brings a new link."))
    return following


@transaction.atomic
def confirm_following_inputs(token, *, at):
    """Begin, or take on what was asked anew for a list that is followed already; a second press changes nothing."""
    asked = asked_following(token, at=at)
    of_theirs = list(InputsFollowing.objects.of(asked.email).select_for_update().order_by("pk"))  # two links at one time
    following = next((one for one in of_theirs if one.pk == asked.pk), None) or asked_following(token, at=at)
    if following.confirmed_at is None:
        following = _begin(following, [one for one in of_theirs if one.confirmed_at], at)
    start_topic(following.email, TOPIC)
    return following


def _begin(following, others, at):
    standing = next((one for one in others if one.query == following.query), None)
    if standing is not None:  # the new link stays good for a second press
        standing.token_hash, standing.asked_at = following.token_hash, following.asked_at
        standing.language, standing.pace = following.language, following.pace
        following.delete()
        standing.save()
        return standing
    if len(others) >= MOST_LISTS:
        raise Refused(_("This address follows as many lists as one address may. End one of them first."))
    following.confirmed_at = following.told_until = at
    following.save(update_fields=["confirmed_at", "told_until"])
    return following


def change_following(following, *, language, pace):
    """Another language or pace from the next letter on; nothing is told twice and nothing is left out."""
    InputsFollowing.objects.filter(pk=following.pk).update(language=language, pace=pace)


@transaction.atomic
def end_followings(followings):
    """Erase these rows, what they were told of, and their letters that did not go out. Ending twice is ending once."""
    keys = list(followings.values_list("pk", flat=True))
    waiting = Letter.objects.filter(sent_at=None, claimed_until=None)
    of_theirs = Q()
    for pk in keys:
        of_theirs |= Q(key__startswith=f"new-inputs:{pk}:")
    if keys:
        waiting.filter(of_theirs).delete()
    InputsFollowing.objects.filter(pk__in=keys).delete()


def forget_followings(*, at):
    """Rows that nobody confirmed within a week, and those of addresses that stopped a month ago; returns how many."""
    unconfirmed = InputsFollowing.objects.filter(confirmed_at=None, asked_at__lte=at - KEPT_UNCONFIRMED)
    stopped = InputsFollowing.objects.stopped_by(at - KEPT_STOPPED)
    counts = [rows.delete()[1].get(InputsFollowing._meta.label, 0) for rows in (unconfirmed, stopped)]
    return sum(counts)
