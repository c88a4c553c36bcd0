"""What an application says and shows: answers, private files, what the desk asked for; who read what is private."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accreditation.sealed_files import SealedFiles


class Answer(models.Model):
    """What the application says to one point of its basis."""

    accreditation = models.ForeignKey("accreditation.Accreditation", models.CASCADE, related_name="answers")
    point = models.ForeignKey("accreditation.BasisPoint", models.PROTECT, related_name="+", verbose_name=_("point"))
    text = models.TextField(_("answer"), blank=True)

    class Meta:
        ordering = ["accreditation", "point__position", "pk"]
        constraints = [models.UniqueConstraint(fields=["accreditation", "point"], name="one_answer_per_point")]
        verbose_name = _("answer of an application")
        verbose_name_plural = _("answers of applications")

    def __str__(self):
        return self.text[:80]


class EvidenceFileQuerySet(models.QuerySet):
    def kept(self):
        """Files that belong to the application today and whose bytes are still there."""
        return self.filter(removed_at__isnull=True, erased_at__isnull=True)

    def to_scan(self):
        return self.kept().filter(verdict="waiting")


class EvidenceFile(models.Model):
    """A private file: quarantined until scanned, at no public address, each reading logged, erased after the decision."""

    class Purpose(models.TextChoices):
        EVIDENCE = "evidence", _("Evidence")
        REPRESENTATION = "representation", _("Letter of representation")

    class Verdict(models.TextChoices):
        WAITING = "waiting", _("Waits for the virus scanner")
        CLEAN = "clean", _("Clean")
        INFECTED = "infected", _("Refused by the virus scanner")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    accreditation = models.ForeignKey(
        "accreditation.Accreditation", models.PROTECT, related_name="files", verbose_name=_("accreditation")
    )
    purpose = models.CharField(_("what it is for"), max_length=16, choices=Purpose, default=Purpose.EVIDENCE)
    point = models.ForeignKey(
        "accreditation.BasisPoint", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("point")
    )
    name = models.CharField(_("file name"), max_length=200)
    file = models.FileField(upload_to="evidence/", storage=SealedFiles, blank=True)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    media_type = models.CharField(_("media type"), max_length=120)
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    verdict = models.CharField(_("verdict of the scanner"), max_length=10, choices=Verdict, default=Verdict.WAITING)
    verdict_note = models.CharField(_("note of the scanner"), max_length=200, blank=True)
    scan_tries = models.PositiveIntegerField(_("tries to scan"), default=0)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    added_at = models.DateTimeField(_("added at"))
    removed_at = models.DateTimeField(null=True, blank=True)
    erased_at = models.DateTimeField(_("erased at"), null=True, blank=True)

    objects = EvidenceFileQuerySet.as_manager()

    class Meta:
        ordering = ["added_at", "pk"]
        indexes = [
            models.Index(
                fields=["added_at"],
                condition=Q(verdict="waiting", removed_at__isnull=True, erased_at__isnull=True),
                name="evidence_to_scan",
            )
        ]
        verbose_name = _("private file")
        verbose_name_plural = _("private files")

    def __str__(self):
        return self.name

    @property
    def is_clean(self) -> bool:
        return self.verdict == self.Verdict.CLEAN


class Enquiry(models.Model):
    """More information asked for: which points, in which words, until when; answered when the application comes back."""

    accreditation = models.ForeignKey("accreditation.Accreditation", models.CASCADE, related_name="enquiries")
    points = models.ManyToManyField("accreditation.BasisPoint", related_name="+", blank=True, verbose_name=_("points"))
    question = models.TextField(_("question"))
    answer_by = models.DateTimeField(_("answer by"), null=True, blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("asked by"))
    asked_at = models.DateTimeField(_("asked at"))
    reminded_at = models.DateTimeField(_("reminded at"), null=True, blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    reply = models.TextField(_("reply"), blank=True)

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["accreditation"], condition=Q(answered_at__isnull=True), name="one_open_enquiry_per_application"
            )
        ]
        verbose_name = _("request for more information")
        verbose_name_plural = _("requests for more information")

    def __str__(self):
        return self.question[:80]


class Reading(models.Model):
    """Somebody read something private, or acted in another person's name: who, what, when, why. Never changed."""

    class What(models.TextChoices):
        EVIDENCE = "evidence", _("Private file")
        OBJECTION = "objection", _("Objection")
        LIST = "list", _("Non-objection list")
        NEEDS = "needs", _("Access needs")
        PERSON = "person", _("Acted as another person")
        EXPORT = "export", _("List taken out as a file")
        COMPILATION = "compilation", _("Compilation with texts that are not public")
        ORIGINAL = "original", _("Original of what was redacted")
        AUDIT = "audit", _("Export of the audit")

    what = models.CharField(_("what was read"), max_length=12, choices=What)
    of = models.CharField(_("of what"), max_length=80)  # the key of the row read
    label = models.CharField(_("named"), max_length=250, blank=True)
    accreditation = models.ForeignKey(
        "accreditation.Accreditation", models.SET_NULL, null=True, blank=True, related_name="readings"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"))
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        permissions = [("export_lists", "Takes lists of the desk out as files")]
        verbose_name = _("reading of something private")
        verbose_name_plural = _("readings of private things")

    def __str__(self):
        return f"{self.get_what_display()} · {self.label}"
