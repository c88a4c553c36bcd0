"""Letters: written as rows in the transaction of what they tell about; sent by a sweep, each on its own."""

import logging
import re
from datetime import timedelta
from email.utils import formatdate

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from forums.models import Letter
from forums.refusals import Refused

log = logging.getLogger(__name__)
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=1)
GIVE_UP_AFTER = timedelta(hours=24)


def write(template, *, to, language, about, key, at, private=False):
    """Store one letter to one address in that language; the row is the promise to send it.

    `template` names a trio in templates/emails/: .subject.txt, .txt and .html. `key` makes it unique: writing the
    same letter again stores nothing and returns the one that is there.
    """
    with translation.override(language):
        about = {**about, "site_url": settings.SITE_URL, "contact_email": settings.CONTACT_EMAIL}
        subject = " ".join(render_to_string(f"emails/{template}.subject.txt", about).split())
        text = re.sub(r"\n{3,}", "\n\n", render_to_string(f"emails/{template}.txt", about)).strip() + "\n"
        html = render_to_string(f"emails/{template}.html", about)
    letter, _new = Letter.objects.get_or_create(
        key=key,
        defaults={
            "kind": template,
            "to": to,
            "language": language,
            "subject": subject[:300],
            "text": text,
            "html": html,
            "private": private,
            "written_at": at,
            "not_before": at,
        },
    )
    return letter


def send_due_letters(*, at, most=200):
    """Send what is due, oldest first, one transaction a letter; returns how many were sent.

    A letter is locked while it is sent, so two workers never send the same one. A refusal for now is tried again with
    growing waits for a day; a refusal for good is given up at once and shown on the desk. No letter holds up another.
    """
    sent = 0
    connection = get_connection()
    tried = set()
    while len(tried) < most:
        with transaction.atomic():
            letter = (
                Letter.objects.due(at)
                .exclude(pk__in=tried)
                .order_by("written_at", "id")
                .select_for_update(skip_locked=True)
                .first()
            )
            if letter is None:
                break
            tried.add(letter.pk)
            sent += _send(letter, connection, at)
    connection.close()
    return sent


def _send(letter, connection, at):
    try:
        message_of(letter, connection).send()
    except Exception as why:
        _note_failure(letter, why, at)
        connection.close()
        return 0
    letter.sent_at, letter.last_error, letter.tries = at, "", letter.tries + 1
    if letter.private:  # the code or link in it has done its work
        letter.text = letter.html = ""
    letter.save(update_fields=["sent_at", "last_error", "tries", "text", "html"])
    return 1


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
        },
    )
    if letter.html:
        message.attach_alternative(letter.html, "text/html")
    return message


def _note_failure(letter, why, at):
    letter.tries += 1
    letter.last_error = f"{type(why).__name__}: {why}"[:500]
    letter.failed = is_refused_for_good(why) or at - letter.written_at > GIVE_UP_AFTER
    letter.not_before = at + min(FIRST_WAIT * 2 ** (letter.tries - 1), LONGEST_WAIT)
    letter.save(update_fields=["tries", "last_error", "failed", "not_before"])
    log.warning("letter %s was not sent: %s", letter.pk, type(why).__name__)


def is_refused_for_good(why) -> bool:
    """Whether the mail server's answer is a 5xx to this address, or the letter itself is malformed."""
    if isinstance(why, ValueError):
        return True
    refused = getattr(why, "recipients", None)
    codes = [code for code, _answer in refused.values()] if isinstance(refused, dict) else [getattr(why, "smtp_code", 0)]
    return any(isinstance(code, int) and 500 <= code < 600 for code in codes)


def hold(letter):
    """Keep a letter back until it is released."""
    if not Letter.objects.filter(pk=letter.pk, sent_at__isnull=True, held=False).update(held=True):
        raise Refused(_("It was sent or held already."))


def release(letter):
    """Let a held letter go out with the next sweep."""
    if not Letter.objects.filter(pk=letter.pk, sent_at__isnull=True, held=True).update(held=False):
        raise Refused(_("It is not held."))


def send_again(letter, *, at):
    """Try a letter once more that was given up; it keeps its Message-ID, so nobody reads it twice."""
    tried = Letter.objects.filter(pk=letter.pk, sent_at__isnull=True, failed=True)
    if not tried.update(failed=False, held=False, tries=0, not_before=at, last_error=""):
        raise Refused(_("Only a letter that was given up can be sent again."))
