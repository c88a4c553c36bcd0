"""What the desk does with letters that were written: hold, release, send now, send again, rewrite, tick off."""

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from forums.letters import frame
from forums.letters.kinds import kind_of
from forums.letters.topics import stop_url
from forums.models import FormerWords, Letter
from forums.refusals import Refused
from forums.typed import without_control


def hold(letter):
    """Keep a letter back until it is released."""
    if not Letter.objects.filter(pk=letter.pk, sent_at=None, held=False, claimed_until=None).update(held=True):
        raise Refused(_("It was sent or held already, or is being sent at this moment."))


def release(letter):
    """Let a held letter go out with the next sweep."""
    _ask_whether_it_holds(letter)
    if not Letter.objects.filter(pk=letter.pk, sent_at=None, held=True).update(held=False):
        raise Refused(_("It is not held."))


def send_now(letter, *, at):
    """Let a letter that is held, or waits for its day or for a later try, go out with the next sweep."""
    _ask_whether_it_holds(letter)
    waiting = Letter.objects.filter(pk=letter.pk, sent_at=None, failed=False, claimed_until=None)
    if not waiting.update(held=False, not_before=at):
        raise Refused(_("Only a letter that waits or is held can be sent now. One that was given up is sent again."))


def send_again(letter, *, at):
    """Try a letter once more that was given up; it keeps its Message-ID, so nobody reads it twice."""
    _ask_whether_it_holds(letter)
    tried = Letter.objects.filter(pk=letter.pk, sent_at__isnull=True, failed=True)
    fresh = {"tries": 0, "own_refusals": 0, "refused_since": None, "settled": False}
    if not tried.update(failed=False, held=False, not_before=at, last_error="", **fresh):
        raise Refused(_("Only a letter that was given up can be sent again."))


def _ask_whether_it_holds(letter):
    if letter.is_withheld:
        raise Refused(_("It was decided that it does not go out; the reason stands with it."))
    if letter.is_superseded and letter.kind.startswith("submissions/"):
        raise Refused(_("What it says holds no longer, so it never goes out."))
    if letter.is_superseded:
        raise Refused(_("It names days that hold no longer, so it never goes out. A letter with the new days was written."))


def supersede(letters, *, because):
    """Hold back for good those of these letters that were not sent: what they say holds no longer; they stay as a record."""
    for letter in letters.filter(sent_at=None).exclude(key__startswith=Letter.SUPERSEDED).select_for_update():
        letter.key, letter.settled = f"{Letter.SUPERSEDED}{letter.pk}:{letter.key}"[:200], True
        letter.held, letter.last_error = True, because
        letter.save(update_fields=["key", "settled", "held", "last_error"])


def withhold(letter, *, because):
    """Keep a letter that was just written from ever going out, by a decision of the desk; the row keeps why."""
    letter.key, letter.settled = f"{Letter.WITHHELD}{letter.pk}:{letter.key}"[:200], True
    letter.held, letter.last_error = True, because
    letter.save(update_fields=["key", "settled", "held", "last_error"])


def settle(letter):
    """Take a letter that was given up or came back off the work list: the desk has seen to it."""
    lost = Letter.objects.filter(pk=letter.pk, settled=False).exclude(failed=False, bounced_at=None)
    if not lost.update(settled=True):
        raise Refused(_("Only a letter that was given up or came back waits for somebody to see to it."))


@transaction.atomic
def rewrite(letter, *, subject, text, by, at):
    """Put other words into a letter that has not gone out; the former ones are kept, and who changed them.

    `text` is what stands above its foot; why one gets it and how to stop it stay as they are.
    """
    letter = Letter.objects.select_for_update().get(pk=letter.pk)
    if letter.private:
        raise Refused(_("A letter that carries a code or a sign-in link is not rewritten: only its addressee reads it."))
    if letter.sent_at or letter.claimed_until:
        raise Refused(_("It was sent meanwhile, so its words stay as they were read."))
    words = preview_of_rewriting(letter, subject=subject, text=text)
    if (words.subject, words.text) == (letter.subject, letter.text):
        return letter
    FormerWords.objects.create(letter=letter, subject=letter.subject, text=letter.text, by=by, at=at)
    letter.subject, letter.text, letter.html, letter.rewritten_by = words.subject, words.text, words.html, by
    letter.save(update_fields=["subject", "text", "html", "rewritten_by"])
    return letter


def preview_of_rewriting(letter, *, subject, text) -> frame.Words:
    """How the letter would go out with these words; it needs some of both."""
    subject, text = without_control(subject).strip(), without_control(text).strip()
    if not subject or not text:
        raise Refused(_("A letter needs a subject and a text. Write both, or hold the letter if it should not go out."))
    kind = kind_of(letter.kind)
    with translation.override(letter.language):
        stop = stop_url(letter.to, kind.topic, letter.language) if kind and kind.topic else ""
        return frame.reworded(letter, subject, text, frame.with_site({}, stop))
