"""OfficialDocument: a document of a forum with its symbol, its dates and the duty it meets."""

from urllib.parse import quote

from django.db import models
from django.utils.translation import gettext_lazy as _


class OfficialDocument(models.Model):
    class Kind(models.TextChoices):
        REPORT = "sg_report", _("Report of the Secretary-General")
        NOTE = "background_note", _("Background note")
        RESOLUTION = "resolution", _("Resolution")
        DECLARATION = "declaration", _("Progress Declaration")
        AGENDA = "agenda", _("Agenda or programme")
        SUMMARY = "summary", _("Summary")
        OTHER = "other", _("Other document")

    forum = models.ForeignKey(
        "forums.Forum", models.CASCADE, null=True, blank=True, related_name="documents", verbose_name=_("forum")
    )
    kind = models.CharField(_("kind of document"), max_length=20, choices=Kind)
    symbol = models.CharField(_("symbol"), max_length=60, blank=True)
    title = models.CharField(_("title"), max_length=400)
    dated_on = models.DateField(_("dated"), null=True, blank=True)
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
    def link(self):
        """Where the document is read: its UN address by symbol, else the address where it was seen."""
        return f"https://undocs.org/{quote(self.symbol)}" if self.symbol else self.url
