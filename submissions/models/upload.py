"""Upload: a file on its way in pieces. They lie in PostgreSQL until it is complete: any web process may go on with it."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class UploadQuerySet(models.QuerySet):
    def under_way(self):
        return self.filter(attachment__isnull=True)


class Upload(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    submission = models.ForeignKey("submissions.Submission", models.CASCADE, related_name="uploads")
    name = models.CharField(_("file name"), max_length=200)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    mark = models.CharField(max_length=64)  # what the browser knows of the file: a changed file begins anew
    arrived = models.PositiveBigIntegerField(_("bytes that arrived"), default=0)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    begun_at = models.DateTimeField(_("begun"))
    touched_at = models.DateTimeField(_("last piece"))
    attachment = models.OneToOneField(  # what it became; kept for a while, so that an answer that was lost is given again
        "submissions.Attachment", models.CASCADE, null=True, blank=True, related_name="upload"
    )

    objects = UploadQuerySet.as_manager()

    class Meta:
        ordering = ["begun_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "by", "name", "size", "mark"],
                condition=Q(attachment__isnull=True),
                name="one_upload_of_a_file_at_a_time",
            ),
            models.CheckConstraint(condition=Q(arrived__lte=F("size")), name="no_more_arrives_than_was_said"),
        ]
        indexes = [models.Index(fields=["touched_at"], name="uploads_by_age")]
        verbose_name = _("upload")
        verbose_name_plural = _("uploads")

    def __str__(self):
        return self.name


class UploadPiece(models.Model):
    upload = models.ForeignKey(Upload, models.CASCADE, related_name="pieces")
    offset = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()

    class Meta:
        ordering = ["offset"]
        constraints = [models.UniqueConstraint(fields=["upload", "offset"], name="one_piece_at_a_place")]

    def __str__(self):
        return f"{self.upload_id}+{self.offset}"
