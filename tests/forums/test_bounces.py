"""Letters that came back: a mail server's report is read from a pipe, in whatever state, and shown on the letter."""

import random
import sys
from email.message import EmailMessage
from io import BytesIO
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.db import DatabaseError

from forums import operations
from forums.letters.reports import read_report
from forums.models import Letter
from forums.operations.bouncing import Bounced
from tests.factories import NOW
from tests.imrf_portal.rooms import make_letter

REPORT = """\
From: MAILER-DAEMON@mx.example.org
To: inputs-desk@example.org
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="=_b"

This is a MIME-encapsulated message.

--=_b
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.

--=_b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org
Arrival-Date: Tue, 20 Jan 2026 12:00:00 +0000

Final-Recipient: rfc822; amina@example.org
Action: {action}
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 <amina@example.org>: Recipient address
    rejected: User unknown

--=_b
Content-Type: {returned}

From: IMRF inputs portal <inputs-desk@example.org>
To: amina@example.org
Message-ID: {message_id}
Subject: Received

{body}
--=_b--
"""


def report(letter=None, *, action="failed", returned="text/rfc822-headers", message_id=None, body=""):
    message_id = message_id or (letter.message_id if letter else "<x@elsewhere.example>")
    text = REPORT.format(action=action, returned=returned, message_id=message_id, body=body)
    return text.replace("\n", "\r\n").encode()


@pytest.fixture
def letter(db):
    return make_letter(sent_at=NOW, tries=1)


@pytest.mark.parametrize("returned", ["text/rfc822-headers", "message/rfc822", "text/plain"])
def test_a_final_failure_is_written_on_its_letter_once(letter, returned):
    raw = report(letter, returned=returned)
    assert operations.record_bounce(raw, at=NOW) is Bounced.RECORDED
    assert operations.record_bounce(raw, at=NOW.replace(hour=20)) is Bounced.KNOWN
    letter.refresh_from_db()
    assert letter.bounced_at == NOW
    assert (
        letter.bounce == "amina@example.org: 5.1.1: 550 5.1.1 <amina@example.org>: Recipient address rejected: User unknown"
    )


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed", "expanded"])
def test_what_is_not_final_is_not_written(letter, action):
    assert operations.record_bounce(report(letter, action=action), at=NOW) is Bounced.NOT_FINAL
    assert Letter.objects.get().bounced_at is None


def test_reports_about_other_letters_and_other_mail_change_nothing(letter):
    other = EmailMessage()
    other["Subject"] = f"Re: Received {letter.message_id}"
    other.set_content("I am out of the office.")
    assert operations.record_bounce(report(), at=NOW) is Bounced.NOT_OURS
    unknown = "<01890000-0000-7000-8000-000000000000@letters.imrf-inputs>"
    assert operations.record_bounce(report(message_id=unknown), at=NOW) is Bounced.NOT_OURS
    assert operations.record_bounce(other.as_bytes(), at=NOW) is Bounced.NO_REPORT
    assert Letter.objects.get().bounced_at is None


def test_a_report_that_only_refers_to_the_letter_is_understood(letter):
    raw = report().replace(b"Auto-Submitted", f"References: {letter.message_id}\r\nAuto-Submitted".encode())
    assert operations.record_bounce(raw, at=NOW) is Bounced.RECORDED


def test_of_several_recipients_the_one_that_failed_is_told(letter):
    raw = report(letter, action="delayed").replace(
        b"--=_b\r\nContent-Type: text/rfc822",
        b"Final-Recipient: rfc822; other@example.org\r\nAction: Failed\r\nStatus: 5.2.2\r\n\r\n"
        b"--=_b\r\nContent-Type: text/rfc822",
    )
    assert operations.record_bounce(raw, at=NOW) is Bounced.RECORDED
    assert Letter.objects.get().bounce == "other@example.org: 5.2.2"


def test_what_a_stranger_writes_into_a_report_stays_one_short_line_of_text(letter):
    raw = report(letter).replace(b"User unknown", b"\x00\x1b[31m<script>" + b"x" * 5000)
    operations.record_bounce(raw, at=NOW)
    bounce = Letter.objects.get().bounce
    assert len(bounce) == 500
    assert bounce.isprintable()


def test_broken_reports_never_crash(letter):
    """Cut off, turned round, nested without end, in no known encoding: read or not, but answered."""
    whole, dice = report(letter), random.Random(8)
    for _ in range(300):
        raw = bytearray(whole[: dice.randrange(len(whole))])
        for _ in range(dice.randrange(20)):
            raw[dice.randrange(len(raw) or 1) : 0] = bytes([dice.randrange(256)])
        read_report(bytes(raw))
    nested = b"".join(b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (n, n) for n in range(2000))
    odd = whole.replace(b"us-ascii", b"klingon").replace(
        b"MIME-Version", b"Content-Transfer-Encoding: base64\r\nMIME-Version"
    )
    for raw in (b"", b"\x00" * 1000, nested, odd, b"\xff\xfe" + whole, whole.replace(b"\r\n\r\n", b"\r\n")):
        operations.record_bounce(raw, at=NOW)


def test_control_a_whole_report_is_read():
    assert read_report(report(message_id="<01890000-0000-7000-8000-000000000000@letters.imrf-inputs>")).final


@pytest.mark.parametrize(
    ("action", "theirs", "code"), [("failed", False, 0), ("delayed", False, 0), ("failed", True, 67), (None, False, 65)]
)
def test_the_command_tells_the_mail_system_how_it_went(letter, monkeypatch, capsys, action, theirs, code):
    raw = b"Subject: hello\r\n\r\nhello" if action is None else report(None if theirs else letter, action=action)
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=BytesIO(raw)))
    if code:
        with pytest.raises(SystemExit) as ended:
            call_command("record_bounce")
        assert ended.value.code == code
    else:
        call_command("record_bounce")
    assert capsys.readouterr().out.strip()


def test_the_command_asks_for_a_later_try_while_the_database_is_away(monkeypatch):
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=BytesIO(b"")))

    def away(raw, at):
        raise DatabaseError

    monkeypatch.setattr(operations, "record_bounce", away)
    with pytest.raises(SystemExit) as ended:
        call_command("record_bounce")
    assert ended.value.code == 75
