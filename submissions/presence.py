"""Who has the review page of an input open now: kept in Redis for a short while, and worth nothing when it is lost.

Where Redis is away nobody is seen, and pressing on a stale page is still refused by what the page was made from.
"""

from datetime import timedelta

from django.core.cache import caches

OPENED = timedelta(minutes=5)  # for a page that says no more, as without a script
PINGED = timedelta(seconds=75)  # the script says so three times as often


def others_at(submission, reader, *, at, pinged=False) -> list:
    """The names of others who have it open; notes that this person has it open too."""
    here = _now(submission, at)
    until = at + (PINGED if pinged else OPENED)
    _keep(submission, {**here, str(reader.pk): (until.timestamp(), str(reader))}, at)
    return [name for key, (_until, name) in sorted(here.items()) if key != str(reader.pk)]


def leave(submission, reader, *, at):
    """This person has closed it."""
    here = _now(submission, at)
    if here.pop(str(reader.pk), None):
        _keep(submission, here, at)


def _now(submission, at) -> dict:
    kept = caches["pages"].get(_key(submission)) or {}
    return {key: one for key, one in kept.items() if one[0] > at.timestamp()}


def _keep(submission, here, at):
    caches["pages"].set(_key(submission), here, OPENED.total_seconds())


def _key(submission):
    return f"open-at-the-desk:{submission}"
