"""The outbox: claims a letter, sends it, marks it; no letter is lost, none holds up others, order is kept for each reader.

A claim is a conditional update, so two workers never send the same letter and no transaction waits for a mail server. A
killed worker's claim runs out; what it sent without marking goes out once more with the same Message-ID. Three things can
go wrong, and each has its own answer:

- the mail server cannot be reached, or takes nothing from us: the run ends, no letter is charged, and the next sweep, a
  minute later, begins where this one stopped, however many hours that goes on;
- it says "not now" (4xx), or the line drops: this letter is tried again after 1, 2, 4, then every 8 minutes for a day;
- it says "never" (5xx) to this letter or its address: given up at once and shown on the desk.
"""

import logging
import smtplib
from contextlib import suppress
from datetime import timedelta
from email.utils import formatdate
from time import monotonic

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db.models import Exists, F, OuterRef, Q, Value
from django.db.models.functions import Coalesce

from forums.letters.kinds import kind_of
from forums.letters.topics import stop_url
from forums.models import Letter

log = logging.getLogger(__name__)
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(minutes=8)  # with the minute of a sweep, less than the probe calls late
GIVE_UP_AFTER = timedelta(hours=24)
LONGEST_RUN = 45  # seconds; with the dialogue begun last it stays under the limit of a task
CLAIM = timedelta(seconds=settings.CELERY_TASK_TIME_LIMIT)  # no run lives longer, so an older claim is a dead one's
STEPS_ASIDE_AFTER = 3  # refusals of a letter's own content, after which later ones to its reader no longer wait for it
TOO_BIG = 552


class MailServerAway(Exception):
    """It cannot be reached, or does not let us send: no letter's fault."""


def send_due_letters(*, at, most=10_000, longest=LONGEST_RUN):
    """Send what is due, oldest first, for as many seconds; returns how many were sent."""
    sent, end = 0, monotonic() + longest
    due = Letter.objects.due(at).order_by("written_at", "id").values_list("pk", flat=True)
    connection = get_connection()
    try:
        for pk in list(due[:most]):
            if monotonic() > end:
                break
            if letter := _claim(pk, at):
                sent += _send(letter, connection, at)
    except MailServerAway as why:
        log.warning("the mail server is away: %s", why)
    finally:
        _close(connection)
    return sent


def _claim(pk, at):
    """The letter, which is now ours to send; None when it is somebody else's, no longer due, or not yet its turn."""
    free = Letter.objects.due(at).filter(Q(claimed_until=None) | Q(claimed_until__lte=at))
    earlier = Letter.objects.waiting().filter(
        Q(written_at__lt=OuterRef("written_at")) | Q(written_at=OuterRef("written_at"), id__lt=OuterRef("id")),
        Q(not_before__lte=at) | Q(refused_since__isnull=False),  # not one that was written ahead for a later day
        to=OuterRef("to"),
        own_refusals__lt=STEPS_ASIDE_AFTER,
    )
    its_turn = Q(private=True) | ~Exists(earlier)  # a code to sign in with waits for nothing
    if not free.filter(its_turn, pk=pk).update(claimed_until=at + CLAIM):
        return None
    return Letter.objects.get(pk=pk)


def _send(letter, connection, at):
    """One dialogue with the mail server; 1 when it took the letter."""
    try:
        _open(connection)
        if not message_of(letter, connection).send():
            raise ValueError("the letter has no recipient")
    except MailServerAway as why:
        _let_go(letter, why)
        raise
    except smtplib.SMTPSenderRefused as why:
        _close(connection)
        if why.smtp_code != TOO_BIG:  # it is our own address that is refused: no letter would fare better
            _let_go(letter, why)
            raise MailServerAway(str(why)) from why
        _note_refusal(letter, why, at)
    except Exception as why:
        _close(connection)
        _note_refusal(letter, why, at)
    else:
        _mark_sent(letter, at)
        return 1
    return 0


def _open(connection):
    """A connection that answers; a kept one that the server closed meanwhile is made anew."""
    kept = getattr(connection, "connection", None)
    if hasattr(kept, "noop"):
        try:
            alive = kept.noop()[0] == 250
        except (smtplib.SMTPException, OSError):
            alive = False
        if not alive:
            _close(connection)
    try:
        connection.open()
    except Exception as why:
        _close(connection)
        raise MailServerAway(f"{type(why).__name__}: {why}") from why


def _close(connection):
    with suppress(Exception):
        connection.close()


def message_of(letter, connection=None):
    """The mail as it goes out: plain text first, the same in HTML, one Message-ID for all tries."""
    message = EmailMultiAlternatives(
        subject=letter.subject,
        body=letter.text,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[letter.to],
        reply_to=[settings.CONTACT_EMAIL],
        connection=connection,
        headers={
            "Message-ID": letter.message_id,
            "Date": formatdate(letter.written_at.timestamp()),
            "Content-Language": letter.language,
            "Auto-Submitted": "auto-generated",
            **_how_to_stop(letter),
        },
    )
    if letter.html:
        message.attach_alternative(letter.html, "text/html")
    return message


def _how_to_stop(letter) -> dict:
    """Headers by which a mail program offers to stop this topic with one click (RFC 8058); none on legal notices."""
    kind = kind_of(letter.kind)
    if kind is None or not kind.topic:
        return {}
    address = stop_url(letter.to, kind.topic, letter.language)
    return {"List-Unsubscribe": f"<{address}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


# What became of it ---------------------------------------------------------------------------------------------------


def _mark_sent(letter, at):
    erased = {"text": "", "html": ""} if letter.private else {}  # the code or link in it has done its work
    Letter.objects.filter(pk=letter.pk).update(
        sent_at=at, failed=False, last_error="", tries=F("tries") + 1, claimed_until=None, **erased
    )


def _let_go(letter, why):
    """Not tried: nothing is charged to it."""
    Letter.objects.filter(pk=letter.pk).update(claimed_until=None, last_error=str(why)[:500])


def _note_refusal(letter, why, at):
    tries, since = letter.tries + 1, letter.refused_since or at
    by_address = isinstance(why, smtplib.SMTPRecipientsRefused)
    given_up = is_refused_for_good(why) or at - since >= GIVE_UP_AFTER
    again = at + min(FIRST_WAIT * 2 ** min(tries - 1, 10), LONGEST_WAIT)
    Letter.objects.filter(pk=letter.pk).update(
        tries=tries,
        refused_since=since,
        own_refusals=letter.own_refusals + (0 if by_address else 1),
        failed=given_up,
        not_before=again,
        claimed_until=None,
        last_error=f"{type(why).__name__}: {why}"[:500],
    )
    if by_address and not given_up:  # the later ones to this address wait with it, and their day runs as well
        behind = Letter.objects.due(at).filter(to=letter.to, private=False, claimed_until=None)
        behind.update(refused_since=Coalesce("refused_since", Value(at)), not_before=again)
    log.warning("letter %s was not sent: %s", letter.pk, type(why).__name__)


def is_refused_for_good(why) -> bool:
    """Whether the mail server's answer is a 5xx to this letter or its address, or the letter itself is malformed."""
    if isinstance(why, ValueError | smtplib.SMTPNotSupportedError):  # the latter: an address this server cannot write to
        return True
    refused = getattr(why, "recipients", None)
    codes = [code for code, _answer in refused.values()] if isinstance(refused, dict) else [getattr(why, "smtp_code", 0)]
    return any(isinstance(code, int) and 500 <= code < 600 for code in codes)
