"""OfficialDocument: a document of a forum with its symbol, its dates and the duty it meets."""

import re
from pathlib import PurePosixPath
from urllib.parse import quote

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class OfficialDocument(models.Model):
    class Kind(models.TextChoices):
        REPORT = "sg_report", _("Report of the Secretary-General")
        NOTE = "background_note", _("Background note")
        RESOLUTION = "resolution", _("Resolution")
        DECLARATION = "declaration", _("Progress Declaration")
        AGENDA = "agenda", _("Agenda or programme")
        SUMMARY = "summary", _("Summary")
        TECHNICAL_SUMMARY = "technical", _("Technical summary of a round table")
        CONCEPT_NOTE = "concept_note", _("Concept note")
        OTHER = "other", _("Other document")

    forum = models.ForeignKey(
        "forums.Forum", models.CASCADE, null=True, blank=True, related_name="documents", verbose_name=_("forum")
    )
    kind = models.CharField(_("kind of document"), max_length=20, choices=Kind)
    symbol = models.CharField(_("symbol"), max_length=60, blank=True)
    title = models.CharField(_("title"), max_length=400)
    dated_on = models.DateField(_("dated"), null=True, blank=True)
    available_on = models.DateField(
        _("available"), null=True, blank=True, help_text=_("The day on which it could be read; a duty is met on this day.")
    )
    late_because = models.TextField(_("recorded as late, because"), blank=True)
    date_is = models.CharField(_("what the date is"), max_length=60, blank=True)
    url = models.URLField(_("web address"), max_length=500, blank=True)
    note = models.TextField(_("note"), blank=True)
    source = models.TextField(_("source"), blank=True)
    meets = models.ForeignKey(
        "forums.Milestone",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="documents",
        verbose_name=_("duty that it meets"),
    )

    session = models.ForeignKey(
        "forums.Session", models.SET_NULL, null=True, blank=True, related_name="documents", verbose_name=_("session")
    )
    modifies = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="modified_by", verbose_name=_("changes or adds to")
    )

    inputs_used = models.PositiveIntegerField(
        _("inputs used"), default=0, editable=False
    )  # visible ones; an upper floor counts

    class Meta:
        ordering = ["dated_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["symbol"], condition=~models.Q(symbol=""), name="a_symbol_is_used_once")
        ]
        verbose_name = _("official document")
        verbose_name_plural = _("official documents")

    def __str__(self):
        return f"{self.symbol} {self.title}".strip()

    @property
    def is_available(self) -> bool:
        """Whether it can be read: kept files are shown to everybody from this day on, and to nobody before."""
        return self.available_on is not None

    @property
    def readable(self) -> list:
        """Its languages that everybody can read today: a link, or a kept file that was found clean."""
        return [one for one in self.languages.all() if one.url or (self.is_available and one.is_clean)]

    @property
    def link(self):
        """Where the document is read: its UN address by symbol, else the address where it was seen."""
        return f"https://undocs.org/{quote(self.symbol)}" if self.symbol else self.url


class DocumentFileQuerySet(models.QuerySet):
    def to_scan(self):
        return self.exclude(file="").filter(verdict=DocumentFile.Verdict.WAITING)


class DocumentFile(models.Model):
    """One language of a document: an address where it is read, or a kept file, in quarantine until it was scanned."""

    class Verdict(models.TextChoices):
        WAITING = "waiting", _("Waits for the virus scanner")
        CLEAN = "clean", _("Clean")
        INFECTED = "infected", _("Refused by the virus scanner")

    document = models.ForeignKey(
        OfficialDocument, models.CASCADE, related_name="languages", verbose_name=_("official document")
    )
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    url = models.URLField(_("web address"), max_length=500, blank=True)
    file = models.FileField(_("file"), upload_to="documents/", blank=True)
    size = models.PositiveIntegerField(null=True, blank=True, editable=False)
    sha256 = models.CharField(max_length=64, blank=True, editable=False)
    verdict = models.CharField(
        _("verdict of the scanner"), max_length=10, choices=Verdict, default=Verdict.WAITING, editable=False
    )
    verdict_note = models.CharField(_("note of the scanner"), max_length=200, blank=True, editable=False)
    scan_tries = models.PositiveIntegerField(_("tries to scan"), default=0, editable=False)

    objects = DocumentFileQuerySet.as_manager()

    class Meta:
        ordering = ["document", "language"]
        constraints = [
            models.UniqueConstraint(fields=["document", "language"], name="one_file_per_language"),
            models.CheckConstraint(condition=~models.Q(url="", file=""), name="a_language_of_a_document_is_somewhere"),
        ]
        verbose_name = _("language of a document")
        verbose_name_plural = _("languages of a document")

    def __str__(self):
        return f"{self.document} · {self.language}"

    def get_absolute_url(self):
        """Where this language is read; the address of a kept file never changes."""
        return self.url or reverse("document_file", args=[self.document_id, self.language])

    @property
    def is_clean(self) -> bool:
        return bool(self.file) and self.verdict == self.Verdict.CLEAN

    @property
    def extension(self) -> str:
        return PurePosixPath(self.file.name).suffix

    @property
    def download_name(self) -> str:
        """A-76-642_en.pdf: made by the server from symbol and language, never from what somebody called the file."""
        symbol = re.sub(r"[^A-Za-z0-9.]+", "-", self.document.symbol).strip("-.")
        return f"{symbol or f'document-{self.document_id}'}_{self.language}{self.extension}"
