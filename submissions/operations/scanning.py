"""Scanning: a file leaves quarantine only on a clean verdict of a real scanner; a scanner that is away changes nothing."""

import logging

import clamd
from django.conf import settings
from django.db import transaction

from submissions.models import Attachment, PublishedInput

log = logging.getLogger(__name__)
Verdict = Attachment.Verdict


def scanner():
    """The ClamAV daemon behind CLAMD_SOCKET (a socket path, or host:port), or None where there is none."""
    place = settings.CLAMD_SOCKET
    if not place:
        return None
    if place.startswith("/"):
        return clamd.ClamdUnixSocket(path=place, timeout=60)
    host, _, port = place.rpartition(":")
    return clamd.ClamdNetworkSocket(host=host, port=int(port), timeout=60)


def scan_waiting(*, at, most=20):
    """Ask the scanner about files in quarantine, those asked least often first; returns how many got a verdict."""
    daemon = scanner()
    if daemon is None:
        return 0
    done = 0
    for pk in list(Attachment.objects.to_scan().order_by("scan_tries", "added_at").values_list("pk", flat=True)[:most]):
        with transaction.atomic():
            file = Attachment.objects.to_scan().select_for_update(skip_locked=True).filter(pk=pk).first()
            if file is None:
                continue
            verdict, note = ask(daemon, file)
            file.verdict, file.verdict_note, file.scan_tries = verdict, note[:200], file.scan_tries + 1
            file.scanned_at = None if verdict is Verdict.WAITING else at
            file.save(update_fields=["verdict", "verdict_note", "scan_tries", "scanned_at"])
            if verdict is not Verdict.WAITING:  # a file that follows its published text changes what the public sees
                PublishedInput.objects.visible(at).filter(submission=file.submission_id).update(changed_at=at)
            done += verdict is not Verdict.WAITING
    return done


def ask(daemon, file):
    """One verdict and its note. Whatever goes wrong, the file stays where it is: in quarantine."""
    try:
        with file.file.open("rb") as stream:
            status, reason = daemon.instream(stream)["stream"]
    except Exception as why:
        log.warning("file %s could not be scanned: %s", file.pk, type(why).__name__)
        return Verdict.WAITING, type(why).__name__
    if status == "OK":
        return Verdict.CLEAN, ""
    if status == "FOUND":
        return Verdict.INFECTED, reason or ""
    return Verdict.WAITING, reason or status
