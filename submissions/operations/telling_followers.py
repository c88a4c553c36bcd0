"""Telling those who follow a list of inputs what became public in it since their last letter. A sweep; each input once.

The letter, the rows that say which inputs it told of, and the moment up to which was told are one transaction: a killed
worker leaves all of them or none. An input is told to a follower once, also when it was taken down and published again.
"""

import logging
from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, F, Min, OuterRef, Q
from django.utils import translation

from forums.following import end_of_day, end_of_week
from forums.models import Letter
from forums.operations import write
from submissions.cards import cards
from submissions.following.keys import key_of
from submissions.following.lists import kept_list
from submissions.models import InputsFollowing, ToldInput
from submissions.search.querying import by_index

log = logging.getLogger(__name__)
DIGEST = "submissions/new_inputs"
MOST_IN_A_LETTER = 20
LOOKS_BACK = timedelta(days=1)  # for what was stored later than it says
ENDS = {InputsFollowing.Pace.DAILY: end_of_day, InputsFollowing.Pace.WEEKLY: end_of_week}


def tell_of_new_inputs(*, at, most=500):
    """Write to those whose day or week is over what was new in it; returns how many letters were written.

    Nothing new, no letter. One whose letter cannot be written holds up no other and is tried again.
    """
    take_back_changed(at=at)
    written = 0
    for pace, end_of in ENDS.items():
        due = InputsFollowing.objects.listening().filter(pace=pace, told_until__lt=end_of(at))
        for pk in list(due.order_by("told_until", "pk").values_list("pk", flat=True)[:most]):
            try:
                with transaction.atomic():
                    following = due.select_for_update(skip_locked=True, of=["self"]).filter(pk=pk).first()
                    if following:
                        written += _tell(following, until=end_of(at), at=at)
            except Exception:
                log.exception("the letter to follower %s of inputs could not be written", pk)
    return written


def _tell(following, *, until, at) -> bool:
    with by_index():
        about, keys = _what_is_new(following, until, at)
    letter = None
    if keys:
        key = f"new-inputs:{following.pk}:{until:%Y%m%dT%H%M%S}"
        letter = write(DIGEST, to=following.email, language=following.language, about=about, key=key, at=at, private=True)
        told = [ToldInput(following=following, published_id=pk, letter=letter) for pk in keys]
        ToldInput.objects.bulk_create(told)
    following.told_until = until
    following.save(update_fields=["told_until"])
    return letter is not None


def _what_is_new(following, until, at):
    """What the letter says, and the keys of all inputs it tells of, those that are only counted in it too."""
    with translation.override(following.language):
        kept = kept_list(following.query, at=at)
        if not kept.is_whole:
            return {}, []
        since = max(following.confirmed_at, following.told_until - LOOKS_BACK)
        told = ToldInput.objects.filter(following=following, published=OuterRef("pk"))
        fresh = kept.question.inputs(at).filter(visible_at__gt=since, visible_at__lte=until).exclude(Exists(told))
        keys = list(fresh.order_by("-visible_at", "-pk").values_list("pk", flat=True))
        shown = fresh.newest_first().lean()[:MOST_IN_A_LETTER]
        about = {
            "following": following,
            "key": key_of(following),
            "list": kept,
            "cards": cards(shown, kept.question.vocabulary),
            "total": len(keys),
            "more": max(0, len(keys) - MOST_IN_A_LETTER),
        }
    return about, keys


def take_back_changed(*, at):
    """Letters that did not go out yet and tell of inputs that changed or went since are taken back, to be written anew."""
    _take_back(ToldInput.objects.filter(published__changed_at__gt=F("letter__written_at")), at)


def take_back_letters_about(submission, *, at):
    """The same at once, for an input whose public words change or go now."""
    _take_back(ToldInput.objects.filter(published__submission=submission), at)


@transaction.atomic
def _take_back(told, at):
    free = Q(claimed_until=None) | Q(claimed_until__lte=at)
    waiting = Letter.objects.filter(free, sent_at=None, failed=False, pk__in=told.values("letter"))
    for letter in waiting.select_for_update():
        rows = ToldInput.objects.filter(letter=letter)
        first = rows.aggregate(first=Min("published__visible_at"))["first"]
        following = InputsFollowing.objects.filter(told__letter=letter)
        following.update(told_until=first - timedelta(microseconds=1))
        rows.delete()
        letter.delete()
