"""Compilation: inputs of a forum gathered for a background note or a report; made by a sweep, kept with what made it.

CompilationFile: the same compilation as DOCX, PDF or XLSX.
"""

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

PUBLISH = "submissions.publish_submission"


class CompilationQuerySet(models.QuerySet):
    def visible_to(self, user):
        """What everybody may read, to those of the room; what holds texts that are not public, to who sees them all.

        Texts that are not public are seen by those who publish, and never by people of a body behind one of them: they do
        not learn that such a compilation exists.
        """
        if not user.has_perm("submissions.view_compilation"):
            return self.none()
        public = self.filter(unpublished=False)
        if not user.has_perm(PUBLISH):
            return public
        return public | self.filter(unpublished=True).open_to(user)

    def open_to(self, user):
        """Without those that hold an input which this person may not see, whatever else they may do."""
        return self.exclude(pk__in=self._beyond(user))

    def _beyond(self, user) -> list:
        """Those that hold an input which this person may not see: their own body's, or one that is sealed from them."""
        from .submission import Submission

        rows = dict(self.model.objects.filter(unpublished=True).values_list("pk", "holds"))
        held = {key for keys in rows.values() for key in keys}
        seen = set(Submission.objects.visible_to(user).filter(pk__in=held).values_list("pk", flat=True))
        return [pk for pk, keys in rows.items() if not seen.issuperset(keys)]


class Compilation(models.Model):
    class Extent(models.TextChoices):
        EXCERPT = "excerpt", _("Excerpts: the summary, or the beginning of the text")
        FULL = "full", _("Full texts")

    class Order(models.TextChoices):
        OBJECTIVE = "objective", _("By objective")
        ROUND_TABLE = "round_table", _("By round table")
        REGION = "region", _("By region")

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    forum = models.ForeignKey("forums.Forum", models.PROTECT, related_name="compilations", verbose_name=_("forum"))
    milestone = models.ForeignKey(
        "forums.Milestone",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="compilations",
        verbose_name=_("duty that it is for"),
    )
    chosen = models.JSONField(_("chosen"), default=dict)  # name of a filter -> list of codes
    extent = models.CharField(_("how much of each text"), max_length=10, choices=Extent, default=Extent.EXCERPT)
    order = models.CharField(_("order"), max_length=12, choices=Order, default=Order.OBJECTIVE)
    language = models.CharField(_("language of headings and tables"), max_length=10, choices=settings.LANGUAGES)
    unpublished = models.BooleanField(_("accepted inputs that are not public yet"), default=False)
    forms = ArrayField(models.CharField(max_length=4), default=list, verbose_name=_("files"))
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("asked by"))
    asked_at = models.DateTimeField(_("asked at"))  # the instant of what it holds: what was public then
    begun_at = models.DateTimeField(null=True, blank=True)  # a worker makes it; raised as it goes on; a dead one's runs out
    made_at = models.DateTimeField(_("made at"), null=True, blank=True)  # or could not be made: then `trouble` says why
    trouble = models.CharField(_("why it could not be made"), max_length=300, blank=True)
    expires_at = models.DateTimeField(_("kept until"), null=True, blank=True)
    done = models.PositiveIntegerField(default=0)  # steps of `total`
    total = models.PositiveIntegerField(default=0)
    inputs = models.PositiveIntegerField(_("inputs"), default=0)
    paragraphs = models.PositiveIntegerField(_("paragraphs"), default=0)
    words = models.PositiveIntegerField(_("words"), default=0)
    counted_only = models.PositiveIntegerField(_("counted only"), default=0)
    holds = ArrayField(models.UUIDField(), default=list, editable=False)  # keys of the inputs in it
    versions = ArrayField(models.BigIntegerField(), default=list, editable=False)  # keys of their texts
    fingerprint = models.CharField(max_length=64, blank=True, editable=False)  # of the rows that its files were made from

    objects = CompilationQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        indexes = [
            models.Index(fields=["asked_at"], condition=Q(made_at__isnull=True), name="compilations_to_make"),
            models.Index(fields=["expires_at"], condition=Q(expires_at__isnull=False), name="compilations_by_end"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(made_at__isnull=True) | Q(made_at__gte=F("asked_at")),
                name="a_compilation_is_made_after_it_is_asked",
            ),
        ]
        verbose_name = _("compilation")
        verbose_name_plural = _("compilations")

    def __str__(self):
        return f"{self.forum} · {self.asked_at:%Y-%m-%d %H:%M}"

    @property
    def state(self) -> str:
        """Asked, being made, ready, failed or gone."""
        if self.made_at is None:
            return "being_made" if self.begun_at else "asked"
        if self.trouble:
            return "failed"
        return "ready" if self.expires_at else "gone"


class CompilationFile(models.Model):
    class Form(models.TextChoices):
        DOCX = "docx", "DOCX"
        PDF = "pdf", "PDF"
        XLSX = "xlsx", "XLSX"

    compilation = models.ForeignKey(Compilation, models.CASCADE, related_name="files", verbose_name=_("compilation"))
    form = models.CharField(_("format"), max_length=4, choices=Form)
    file = models.FileField(upload_to="compilations/")
    size = models.PositiveBigIntegerField(_("size"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    made_at = models.DateTimeField(_("made at"))

    class Meta:
        ordering = ["compilation", "form"]
        constraints = [
            models.UniqueConstraint(fields=["compilation", "form"], name="a_compilation_has_one_file_of_a_format")
        ]
        verbose_name = _("file of a compilation")
        verbose_name_plural = _("files of compilations")

    def __str__(self):
        return f"{self.compilation} · {self.form}"

    @property
    def media_type(self) -> str:
        return MEDIA_TYPES[self.form]

    @property
    def name(self) -> str:
        return f"{self.compilation.forum.slug}-{self.compilation.asked_at:%Y%m%d-%H%M}.{self.form}"


MEDIA_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
