"""Sketch: the least hashes of the word shingles of a version. Likeness: two versions that are much alike."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _


class Sketch(models.Model):
    """Made by a sweep from what was sent; holds no word, only how many two texts share (submissions/alike.py)."""

    version = models.OneToOneField("submissions.Version", models.CASCADE, primary_key=True, related_name="sketch")
    least = ArrayField(models.BigIntegerField(), default=list)  # in their order; empty: too short to be likened
    made_at = models.DateTimeField()

    class Meta:
        indexes = [GinIndex(fields=["least"], name="sketches_by_hash")]
        verbose_name = _("sketch of a text")
        verbose_name_plural = _("sketches of texts")

    def __str__(self):
        return str(self.version_id)


class Likeness(models.Model):
    """Of a version, one that is like it; both ways are kept, the nearest of each only."""

    version = models.ForeignKey("submissions.Version", models.CASCADE, related_name="likenesses")
    other = models.ForeignKey("submissions.Version", models.CASCADE, related_name="+")
    share = models.FloatField(_("share of their shingles in common"))

    class Meta:
        ordering = ["version", "-share", "pk"]
        indexes = [models.Index(fields=["version", "-share"], name="likenesses_nearest_first")]
        constraints = [
            models.UniqueConstraint(fields=["version", "other"], name="two_versions_are_likened_once"),
            models.CheckConstraint(condition=~models.Q(version=models.F("other")), name="nothing_is_like_itself"),
        ]
        verbose_name = _("likeness of two texts")
        verbose_name_plural = _("likenesses of texts")

    def __str__(self):
        return f"{self.version_id} ~ {self.other_id}"
