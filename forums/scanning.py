"""The virus scanner: a file leaves quarantine only on a clean verdict of a real one; one that is away changes nothing.

The library that speaks with it is imported where it is asked, so that a web process, which asks none, does not hold it.
"""

import logging
import time
from contextlib import contextmanager

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F

log = logging.getLogger(__name__)
SECONDS = 40  # of one sweep: a backlog is worked off in a few, and no sweep runs into the next
WAITING, CLEAN, INFECTED = "waiting", "clean", "infected"


def scanner(place=None, *, timeout=60):
    """The ClamAV daemon there (a socket path, or host:port; as CLAMD_SOCKET names it), or None where there is none."""
    import clamd

    place = settings.CLAMD_SOCKET if place is None else place
    if not place:
        return None
    if place.startswith("/"):
        return clamd.ClamdUnixSocket(path=place, timeout=timeout)
    host, _, port = place.rpartition(":")
    return clamd.ClamdNetworkSocket(host=host, port=int(port), timeout=timeout)


def ask(daemon, file):
    """One verdict and its note. Whatever goes wrong, the file stays where it is: in quarantine."""
    try:
        with file.file.open("rb") as stream:
            status, reason = daemon.instream(stream)["stream"]
    except Exception as why:
        log.warning("file %s could not be scanned: %s", file.pk, type(why).__name__)
        return WAITING, type(why).__name__
    if status == "OK":
        return CLEAN, ""
    if status == "FOUND":
        return INFECTED, reason or ""
    return WAITING, reason or status


def is_there(daemon) -> bool:
    """Whether the scanner answers at all; one that is away is not asked about every file."""
    try:
        return daemon.ping() == "PONG"
    except Exception as why:
        log.warning("the scanner is away: %s", type(why).__name__)
        return False


def scan(files, *, at, most=1000, marks=(), found=None) -> int:
    """Ask the scanner about rows of files in quarantine, those asked least often first; returns how many got a verdict.

    `files` is a queryset of rows with `file`, `verdict`, `verdict_note` and `scan_tries`; `marks` names columns that take
    the moment of a verdict; `found` is called with each row that got one, in the transaction that records it.

    No transaction is open and no row is held while the scanner reads: a sweep beside this one asks about other files, a try
    is noted before it is made, and a verdict is recorded only about a row that still waits, with these bytes.
    """
    daemon = scanner()
    if daemon is None or not is_there(daemon):
        return 0
    done, end = 0, time.monotonic() + SECONDS
    for pk in list(files.order_by("scan_tries", "pk").values_list("pk", flat=True)[:most]):
        if time.monotonic() > end:
            break
        with _for_itself(files.model, pk) as free:
            noted = free and files.filter(pk=pk).update(scan_tries=F("scan_tries") + 1)
            if noted and (file := files.filter(pk=pk).first()):
                done += _record(files, file, *ask(daemon, file), marks=dict.fromkeys(marks, at), found=found)
    return done


@contextmanager
def _for_itself(model, pk):
    """Whether no other sweep asks about this file now: a lock on a name, not on a row, that ends with its connection."""
    name = [f"scan:{model._meta.label}:{pk}"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", name)
        (free,) = cursor.fetchone()
        try:
            yield free
        finally:
            if free:
                cursor.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", name)


@transaction.atomic
def _record(files, file, verdict, note, *, marks, found) -> bool:
    """Keep a verdict about a row that waits for one still, with the bytes that were read; whether there was one."""
    changes = {"verdict": verdict, "verdict_note": note[:200]}
    changes |= {} if verdict == WAITING else marks
    if not files.filter(pk=file.pk, file=file.file.name).update(**changes) or verdict == WAITING:
        return False
    if found:
        found(file)
    return True


def scan_again(files, *, at, most=1000, marks=(), found=None) -> int:
    """Ask once more about clean rows, since signatures are newer by now; returns how many are infected after all.

    Only a clear finding changes a verdict; a scanner that stumbles leaves a file as it was.
    """
    daemon = scanner()
    if daemon is None or not is_there(daemon):
        return 0
    infected, end = 0, time.monotonic() + SECONDS
    for file in list(files[:most]):
        if time.monotonic() > end:
            break
        verdict, note = ask(daemon, file)
        changes = {"verdict": verdict, "verdict_note": note[:200]} if verdict == INFECTED else {}
        unchanged = type(file).objects.filter(pk=file.pk, file=file.file.name, verdict=CLEAN)
        with transaction.atomic():
            if unchanged.update(**changes, **dict.fromkeys(marks, at)) and verdict == INFECTED:
                infected += 1
                if found:
                    found(file)
    return infected
