"""FilePreview: the picture of one of the first pages of a file, for the desk, as long as the input waits there."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class FilePreview(models.Model):
    """Made by the child process that reads files; kept in the database, removed after review."""

    attachment = models.ForeignKey("submissions.Attachment", models.CASCADE, related_name="previews")
    page = models.PositiveSmallIntegerField(_("page"))
    sha256 = models.CharField(max_length=64)  # of the bytes from which it was made
    picture = models.BinaryField()  # JPEG, at most 1000 dots wide
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["attachment", "page"]
        constraints = [models.UniqueConstraint(fields=["attachment", "page"], name="one_picture_a_page")]
        verbose_name = _("preview of a file")
        verbose_name_plural = _("previews of files")

    def __str__(self):
        return f"{self.attachment_id}/{self.page}"
