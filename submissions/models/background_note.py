"""BackgroundNote: the writing room of one background note; NoteVersion: how it stood at each saving, who signed it off."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class BackgroundNote(models.Model):
    """One for a duty. `content` is its outline and its inputs as last saved; every saving is a version that stays."""

    milestone = models.OneToOneField(
        "forums.Milestone", models.PROTECT, related_name="writing_room", verbose_name=_("duty that it meets")
    )
    content = models.JSONField(_("outline and inputs"), default=dict)  # sections, each a heading, notes and paragraphs
    most_words = models.PositiveIntegerField(_("words at most"), default=8500)
    edition = models.PositiveIntegerField(default=0, editable=False)  # the number of its newest version
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("opened by"))
    opened_at = models.DateTimeField(_("opened at"))

    class Meta:
        ordering = ["milestone"]
        permissions = [("sign_backgroundnote", "Signs off background notes that somebody else wrote")]
        verbose_name = _("background note")
        verbose_name_plural = _("background notes")

    def __str__(self):
        return str(self.milestone)


class NoteVersion(models.Model):
    """What a note said at one saving. Never changed but for its signing off, by somebody who did not write it."""

    note = models.ForeignKey(BackgroundNote, models.CASCADE, related_name="versions", verbose_name=_("background note"))
    number = models.PositiveIntegerField(_("number"))
    content = models.JSONField(default=dict)
    words = models.PositiveIntegerField(_("words"), default=0)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("saved at"))
    restores = models.PositiveIntegerField(_("puts back version"), null=True, blank=True)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("signed off by")
    )
    signed_at = models.DateTimeField(_("signed off at"), null=True, blank=True)

    class Meta:
        ordering = ["note", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["note", "number"], name="versions_of_a_note_are_numbered_once"),
            models.CheckConstraint(
                condition=Q(signed_by__isnull=True) | ~Q(signed_by=F("by")), name="a_note_is_signed_off_by_a_second_person"
            ),
            models.CheckConstraint(
                condition=Q(signed_by__isnull=True, signed_at__isnull=True)
                | Q(signed_by__isnull=False, signed_at__isnull=False),
                name="a_note_is_signed_off_wholly",
            ),
        ]
        verbose_name = _("version of a background note")
        verbose_name_plural = _("versions of background notes")

    def __str__(self):
        return f"{self.note} · {self.number}"
