"""Attachment: a file of an input; quarantined until a scanner called it clean."""

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

PLAIN = ("text/plain", "text/csv", "image/png", "image/jpeg")  # carry nothing that their reading would hold


class AttachmentQuerySet(models.QuerySet):
    def stored(self):
        """Files that were not taken out, of the input itself and of what is proposed beside it."""
        return self.filter(removed_at__isnull=True)

    def kept(self):
        """Files that belong to the input today; a file taken out of a draft stays only if a version names it."""
        return self.stored().filter(proposal__isnull=True)

    def to_scan(self):
        return self.stored().filter(verdict=Attachment.Verdict.WAITING)

    def to_read(self):
        """Files whose text was not taken out yet; what the scanner refused is never opened."""
        waiting = Attachment.Reading.WAITING
        return self.stored().filter(reading=waiting).exclude(verdict=Attachment.Verdict.INFECTED)

    def servable(self):
        """Whose bytes may be handed out to anybody who may see the input: found clean, and held back for no reason."""
        return self.filter(verdict=Attachment.Verdict.CLEAN, is_held=False)

    def presentable(self):
        """What the public may get: servable, and read, or a person answers for it. Until it is read it may yet be held."""
        unread = Q(reading=Attachment.Reading.WAITING, released_at__isnull=True) & ~Q(media_type__in=PLAIN)
        return self.servable().exclude(unread)

    def awaited(self):
        """Files that may become presentable: neither that yet nor refused by the scanner."""
        presentable = self.model.objects.presentable().values("pk")
        return self.exclude(verdict=Attachment.Verdict.INFECTED).exclude(pk__in=presentable)


class Attachment(models.Model):
    class Verdict(models.TextChoices):
        WAITING = "waiting", _("Waits for the virus scanner")
        CLEAN = "clean", _("Clean")
        INFECTED = "infected", _("Refused by the virus scanner")

    class Reading(models.TextChoices):
        WAITING = "waiting", _("Not yet read")
        READ = "read", _("Read")
        FAILED = "failed", _("Could not be read")

    class Translation(models.TextChoices):
        OFFICIAL = "official", _("Official translation")
        UNOFFICIAL = "unofficial", _("Unofficial translation")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    submission = models.ForeignKey(
        "submissions.Submission", models.PROTECT, related_name="attachments", verbose_name=_("input")
    )
    name = models.CharField(_("file name"), max_length=200)  # as its sender called it, cleaned; never used as a path
    file = models.FileField(upload_to="attachments/")  # the name in the store is made by the server (uploads.py)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    media_type = models.CharField(_("media type"), max_length=120)
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES, blank=True)
    translates = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="translations", verbose_name=_("is a translation of")
    )
    translation = models.CharField(_("translation"), max_length=10, choices=Translation, blank=True)
    pages = models.PositiveIntegerField(_("pages"), null=True, blank=True)
    verdict = models.CharField(_("verdict of the scanner"), max_length=10, choices=Verdict, default=Verdict.WAITING)
    verdict_note = models.CharField(_("note of the scanner"), max_length=200, blank=True)
    scanned_at = models.DateTimeField(_("scanned at"), null=True, blank=True)
    scan_tries = models.PositiveIntegerField(_("tries to scan"), default=0)
    reading = models.CharField(_("reading"), max_length=10, choices=Reading, default=Reading.WAITING)
    read_tries = models.PositiveSmallIntegerField(_("tries to read"), default=0)
    cleaned_of = ArrayField(models.CharField(max_length=12), default=list, blank=True, verbose_name=_("what was taken out"))
    is_held = models.BooleanField(_("held until a person releases it"), default=False)
    released_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    released_at = models.DateTimeField(_("released"), null=True, blank=True)
    release_note = models.CharField(_("why it was released"), max_length=300, blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    added_at = models.DateTimeField(_("added at"))
    removed_at = models.DateTimeField(null=True, blank=True)
    public = models.BooleanField(_("may be published"), default=True)  # its author's choice; else for the desk only
    proposal = models.ForeignKey(  # a file of an addition, or of a correction that is not approved
        "submissions.Proposal", models.PROTECT, null=True, blank=True, related_name="attachments", editable=False
    )

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        ordering = ["added_at", "pk"]
        indexes = [
            models.Index(fields=["added_at"], condition=Q(verdict="waiting", removed_at__isnull=True), name="to_scan"),
            models.Index(fields=["added_at"], condition=Q(reading="waiting", removed_at__isnull=True), name="to_read"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(translates__isnull=True) | ~Q(translation=""), name="a_translation_is_official_or_not"
            ),
            models.CheckConstraint(condition=~Q(translates=F("pk")), name="no_file_translates_itself"),
        ]
        permissions = [("release_attachment", "Releases files that no scanner passed")]
        verbose_name = _("file")
        verbose_name_plural = _("files")

    def __str__(self):
        return self.name

    @property
    def is_clean(self) -> bool:
        return self.verdict == self.Verdict.CLEAN

    @property
    def is_servable(self) -> bool:
        return self.is_clean and not self.is_held

    @property
    def is_unread(self) -> bool:
        """Not read yet, where reading may find what holds it and nobody answered for it."""
        waits = self.reading == self.Reading.WAITING and self.released_at is None
        return waits and self.media_type not in PLAIN

    @property
    def is_awaited(self) -> bool:
        """See the query of that name."""
        return self.verdict != self.Verdict.INFECTED and (not self.is_servable or self.is_unread)
