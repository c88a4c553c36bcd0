"""Reads a mail server's report that a letter came back and writes it down: at the end of a mail pipe."""

import sys

from django.core.management.base import BaseCommand
from django.db import DatabaseError
from django.utils.timezone import now

from forums import operations
from forums.operations.bouncing import Bounced

MOST_BYTES = 10 * 1024 * 1024
TRY_LATER = 75  # EX_TEMPFAIL
CODES = {  # as mail systems understand them (sysexits): 0 taken, 65 not understood, 67 not known here
    Bounced.RECORDED: 0,
    Bounced.KNOWN: 0,
    Bounced.NOT_FINAL: 0,
    Bounced.NOT_OURS: 67,
    Bounced.NO_REPORT: 65,
}


class Command(BaseCommand):
    help = (
        "Reads a delivery status notification (RFC 3464) from standard input and records it on the letter it is about. "
        "Exit codes: 0 recorded, recorded before, or nothing final; 65 no such notification; 67 about no letter of this "
        "portal; 75 the database is away, try later."
    )

    def handle(self, **options):
        raw = sys.stdin.buffer.read(MOST_BYTES)
        try:
            outcome = operations.record_bounce(raw, at=now())
        except DatabaseError as why:
            self.stderr.write(f"not recorded: {type(why).__name__}")
            sys.exit(TRY_LATER)
        self.stdout.write(outcome.value)
        if CODES[outcome]:
            sys.exit(CODES[outcome])
