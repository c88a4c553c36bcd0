"""Letter: one mail to one person, kept as a row before it is sent; the outbox. FormerWords: what it said before."""

import secrets
import time
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


def new_id():
    """An id that grows with time (RFC 9562, version 7), so that letters of one moment keep the order of their writing."""
    millis, nanos = divmod(time.time_ns(), 1_000_000)
    fraction = nanos * 4096 // 1_000_000
    return uuid.UUID(int=millis << 80 | 0x7 << 76 | fraction << 64 | 0b10 << 62 | secrets.randbits(62))


class LetterQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Letters of the calendar to who handles letters; those about inputs and standings only to who may see inputs.

        Upper floors leave out what is closed to this person (Letter.HIDES).
        """
        if not user.has_perm("submissions.view_submission"):
            return self.filter(kind__startswith="forums/")
        seen = self
        for without_hidden in Letter.HIDES:
            seen = without_hidden(seen, user)
        return seen

    def waiting(self):
        """Not sent, not held, not given up."""
        return self.filter(sent_at__isnull=True, held=False, failed=False)

    def for_reader(self, email, at):
        """What was written to this address and is not for later: as it was mailed, or is about to be.

        Never those that carry a code or open a page by themselves, nor what the desk holds back.
        """
        readable = self.filter(to=email, private=False, held=False, not_before__lte=at)
        return readable.exclude(key__startswith=Letter.SUPERSEDED)

    def due(self, at):
        """Waiting, and not for a later try."""
        return self.waiting().filter(not_before__lte=at)


class Letter(models.Model):
    """Written in the transaction of what it tells about; sent by a sweep; its key makes it unique."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    key = models.CharField(max_length=200, unique=True)  # what it tells, about which step, to whom
    kind = models.CharField(_("kind of letter"), max_length=80)
    to = models.EmailField(_("to"))
    language = models.CharField(_("language"), max_length=10)
    subject = models.CharField(_("subject"), max_length=300)
    text = models.TextField()
    html = models.TextField(blank=True)
    private = models.BooleanField(default=False)  # carries a code or a sign-in link: never shown, erased once sent
    written_at = models.DateTimeField()
    not_before = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    held = models.BooleanField(default=False)
    failed = models.BooleanField(_("given up"), default=False)
    claimed_until = models.DateTimeField(null=True, blank=True)  # a worker sends it now; a dead one's claim runs out
    refused_since = models.DateTimeField(null=True, blank=True)  # the first time the mail server said "not now" to it
    own_refusals = models.PositiveSmallIntegerField(default=0)  # how often its content, not its address, was refused
    settled = models.BooleanField(_("dealt with"), default=False)  # given up or came back, and the desk has seen to it
    bounced_at = models.DateTimeField(_("came back"), null=True, blank=True)
    bounce = models.TextField(_("why it came back"), blank=True)
    forum = models.ForeignKey(
        "forums.Forum", models.SET_NULL, null=True, blank=True, related_name="letters", verbose_name=_("forum")
    )
    rewritten_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("rewritten by")
    )
    last_error = models.TextField(_("last error"), blank=True)

    objects = LetterQuerySet.as_manager()
    HIDES = []  # functions of upper floors: (letters, user) -> those that this person may see
    VEILS = []  # functions of upper floors: (letter) -> None, or what takes out of a text what the desk may not read in it
    SUPERSEDED = "superseded:"  # how its key begins when what it says holds no longer: it never goes out
    WITHHELD = "withheld:"  # how its key begins when the desk decided with the act that it does not go out

    class Meta:
        ordering = ["-written_at", "id"]
        indexes = [
            models.Index(
                fields=["not_before", "written_at"],
                condition=Q(sent_at__isnull=True, failed=False),
                name="letters_to_send",
            ),
            models.Index(
                fields=["to", "written_at"], condition=Q(sent_at__isnull=True, failed=False), name="letters_of_an_address"
            ),
            models.Index(fields=["to", "-not_before"], name="letters_to_an_address"),
        ]
        verbose_name = _("letter")
        verbose_name_plural = _("letters")

    def __str__(self):
        return f"{self.subject} → {self.to}"

    def as_read(self, text):
        """A text of this letter as it is read at the desk: what was sealed after it was written is taken out."""
        if not hasattr(self, "_veils"):
            self._veils = [veil for find in self.VEILS if (veil := find(self)) is not None]
        for veil in self._veils:
            text = veil(text)
        return text

    @property
    def is_superseded(self):
        return self.key.startswith(self.SUPERSEDED)

    @property
    def is_withheld(self):
        return self.key.startswith(self.WITHHELD)

    @property
    def message_id(self):
        """The same at every try, so that a mail sent twice after a crash is recognised as one."""
        return f"<{self.id}@letters.imrf-inputs>"


class LettersSeen(models.Model):
    """Up to which moment a person has looked at the letters to them on their own pages."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", primary_key=True)
    up_to = models.DateTimeField()

    class Meta:
        verbose_name = _("letters seen")
        verbose_name_plural = _("letters seen")

    def __str__(self):
        return f"{self.person_id}"


class FormerWords(models.Model):
    """What a letter said before the desk rewrote it; it never went out."""

    letter = models.ForeignKey(Letter, models.CASCADE, related_name="former_words")
    subject = models.CharField(_("subject"), max_length=300)
    text = models.TextField(_("text"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("rewritten by"))
    at = models.DateTimeField(_("rewritten at"))

    class Meta:
        ordering = ["letter", "-at", "-pk"]
        verbose_name = _("former words of a letter")
        verbose_name_plural = _("former words of letters")

    def __str__(self):
        return self.subject
