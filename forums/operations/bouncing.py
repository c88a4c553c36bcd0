"""Letters that came back: a mail server's report of failure is written down on the letter it is about."""

from enum import Enum

from forums.letters.reports import read_report
from forums.models import Letter


class Bounced(Enum):
    RECORDED = "recorded"
    KNOWN = "recorded before"
    NOT_FINAL = "a delay, nothing final"
    NOT_OURS = "about no letter of this portal"
    NO_REPORT = "no delivery status notification"


def record_bounce(raw: bytes, *, at) -> Bounced:
    """Write down that a letter could not be delivered for good. The same report read twice is written once."""
    report = read_report(raw)
    if report is None:
        return Bounced.NO_REPORT
    letter = Letter.objects.filter(pk=report.letter).first() if report.letter else None
    if letter is None:
        return Bounced.NOT_OURS
    if not report.final:
        return Bounced.NOT_FINAL
    new = Letter.objects.filter(pk=letter.pk, bounced_at=None).update(bounced_at=at, bounce=report.says, settled=False)
    return Bounced.RECORDED if new else Bounced.KNOWN
