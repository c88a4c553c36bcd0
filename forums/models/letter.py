"""Letter: one mail to one person, kept as a row before it is sent; the outbox."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class LetterQuerySet(models.QuerySet):
    def due(self, at):
        """Not sent, not held, not given up, and not waiting for a later try."""
        return self.filter(sent_at__isnull=True, held=False, failed=False, not_before__lte=at)


class Letter(models.Model):
    """Written in the transaction of what it tells about; sent by a sweep; its key makes it unique."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
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
    last_error = models.TextField(_("last error"), blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        ordering = ["-written_at", "id"]
        indexes = [
            models.Index(
                fields=["not_before", "written_at"],
                condition=Q(sent_at__isnull=True, failed=False),
                name="letters_to_send",
            )
        ]
        verbose_name = _("letter")
        verbose_name_plural = _("letters")

    def __str__(self):
        return f"{self.subject} → {self.to}"

    @property
    def message_id(self):
        """The same at every try, so that a mail sent twice after a crash is recognised as one."""
        return f"<{self.id}@letters.imrf-inputs>"
