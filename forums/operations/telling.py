"""Telling those who follow the calendar what changed: at once, or what a week brought. A sweep; late or twice, once each.

The key of a letter names change and follower, or follower and week. A change is told to those who followed when it was
made; it counts as announced once each of them has a letter, a batch of letters at a time, so that no transaction is long.
"""

import logging

from django.db import transaction
from django.db.models import CharField, Exists, OuterRef, Q, Value
from django.db.models.functions import Cast, Concat, Lower
from django.utils import translation

from forums.changes import path_of, words_of
from forums.following import end_of_week, week_in_key
from forums.models import Change, Follower, Letter, StoppedMail
from forums.operations.letters import write

log = logging.getLogger(__name__)
CHANGE, DIGEST = "forums/calendar_change", "forums/calendar_digest"
BATCH = 100


def announce_changes(*, at, most=2000):
    """Write to those who want to hear at once; returns to how many.

    A change whose letters fail stays pending, holds up no other, and says why in `trouble`.
    """
    written = 0
    for pk in list(Change.objects.pending().values_list("pk", flat=True)[:most]):
        troubles = {}
        while written < most and (more := _announce(pk, at, troubles)):
            written += more
        if troubles:
            Change.objects.filter(pk=pk).update(trouble="\n".join(sorted(set(troubles.values())))[:500])
    return written


@transaction.atomic
def _announce(pk, at, troubles):
    """One batch of letters about one change; 0 once there is nobody left, and then it is announced.

    Whoever cannot be written to is put among the troubles, and the change stays pending for them alone.
    """
    pending = Change.objects.pending().select_for_update(skip_locked=True, of=["self"])
    change = pending.select_related("forum").filter(pk=pk).first()
    if change is None:
        return 0
    followers = list(_who_hears(change).exclude(pk__in=troubles)[:BATCH])
    for follower in followers:
        try:
            with transaction.atomic():
                _tell(change, follower, at)
        except Exception as why:
            log.exception("the letter of change %s to follower %s could not be written", pk, follower.pk)
            troubles[follower.pk] = f"{type(why).__name__}: {why}"
    if not followers and not troubles:
        change.announced_at, change.trouble = at, ""
        change.save(update_fields=["announced_at", "trouble"])
    return len(followers)


def _who_hears(change):
    """Those who followed this forum at once when it changed, and have no letter about it."""
    if not change.is_told_by_letter:
        return Follower.objects.none()
    key = Concat(Value(f"change:{change.pk}:"), Cast(OuterRef("pk"), CharField()))
    told = Letter.objects.filter(key=key)
    followers = listening().of(change.forum).filter(pace=Follower.Pace.AT_ONCE, told_until__lt=change.at)
    return followers.exclude(Exists(told)).order_by("pk")


def listening():
    """Those who confirmed and stopped neither this nor all letters about the calendar."""
    stopped = StoppedMail.objects.annotate(whose=Lower("email")).filter(topic="calendar", whose=Lower(OuterRef("email")))
    return Follower.objects.standing().exclude(Exists(stopped))


def _tell(change, follower, at):
    write(
        CHANGE,
        to=follower.email,
        language=follower.language,
        about={"follower": follower, "forum": change.forum, **told_in(follower.language, change)},
        key=f"change:{change.pk}:{follower.pk}",
        at=at,
        forum=change.forum,
    )


def told_in(language, change) -> dict:
    """What letters say of a change in that language."""
    with translation.override(language):
        return {"change": change, "words": words_of(change), "path": path_of(change)}


# Once a week ---------------------------------------------------------------------------------------------------------


def send_digests(*, at, most=500):
    """Write to those who want to hear once a week what changed up to Monday morning; returns how many were written."""
    end, written = end_of_week(at), 0
    due = listening().filter(pace=Follower.Pace.WEEKLY, told_until__lt=end)
    for pk in list(due.values_list("pk", flat=True).order_by("pk")[:most]):
        try:
            with transaction.atomic():
                follower = due.select_for_update(skip_locked=True, of=["self"]).filter(pk=pk).first()
                if follower:
                    written += tell_the_rest(follower, until=end, at=at)
        except Exception:
            log.exception("the digest for follower %s could not be written", pk)
    return written


def tell_the_rest(follower, *, until, at):
    """One letter with everything since the last one; none where nothing changed. Returns how many were written."""
    changes = _untold(follower, until)
    if changes:
        write(
            DIGEST,
            to=follower.email,
            language=follower.language,
            about={
                "follower": follower,
                "forum": follower.forum,
                "changes": [told_in(follower.language, change) for change in changes],
            },
            key=f"digest:{follower.pk}:{week_in_key(until)}:{until:%Y%m%dT%H%M%S}",
            at=at,
            forum=follower.forum,
        )
    follower.told_until = until
    follower.save(update_fields=["told_until"])
    return bool(changes)


def _untold(follower, until):
    """Oldest first; what a letter at once told before the pace was changed is left out."""
    of_theirs = Q(forum=follower.forum) if follower.forum_id else Q()
    key = Concat(Value("change:"), Cast(OuterRef("pk"), CharField()), Value(f":{follower.pk}"))
    changes = Change.objects.filter(of_theirs, at__gt=follower.told_until, at__lte=until)
    untold = changes.exclude(Exists(Letter.objects.filter(key=key))).select_related("forum").order_by("at", "pk")
    return [change for change in untold if change.is_told_by_letter]
