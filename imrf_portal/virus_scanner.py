"""The virus scanner of a portal on one machine: the one that CLAMD_SOCKET names, else ClamAV's own, where it answers."""

from pathlib import Path

import clamd
from django.conf import settings

from forums.scanning import scanner

USUAL_PLACES = ("/run/clamav/clamd.ctl", "/var/run/clamav/clamd.ctl")
PATIENCE = 2  # seconds


def answers(place: str) -> bool:
    try:
        return scanner(place, timeout=PATIENCE).ping() == "PONG"
    except (clamd.ClamdError, OSError, ValueError):
        return False


def find(usual_places=USUAL_PLACES) -> str:
    """Where a scanner is to be asked: as named, else the first usual place at which one answers, else nowhere ("")."""
    if settings.CLAMD_SOCKET:
        return settings.CLAMD_SOCKET
    return next((place for place in usual_places if Path(place).is_socket() and answers(place)), "")


def in_words(place: str) -> str:
    """What happens to the files that people send, in one line."""
    if not place:
        return "there is no virus scanner, so the files that people send stay in quarantine (CLAMD_SOCKET names one)"
    if not answers(place):
        return f"the virus scanner at {place} does not answer: the files that people send stay in quarantine until it does"
    return f"scanned by ClamAV at {place}"
