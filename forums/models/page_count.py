"""PageCount: how often a kind of public page was read in a day; of readers nothing is kept, not even that there was one."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class PageKind(models.TextChoices):
    HOME = "home", _("Front page")
    LIST = "list", _("Lists of inputs")
    SEARCH = "search", _("Searches")
    INPUT = "input", _("Pages of inputs")
    FILE = "file", _("Files of inputs")
    FORM = "form", _("Inputs as documents, data or citations")
    ORGANISATION = "organisation", _("Organisations")
    FORUM = "forum", _("Forums, programme and calendar")
    REVIEW = "review", _("Reviews, reports and objectives")
    FIGURES = "figures", _("Figures")
    DATA = "data", _("Open data")
    OTHER = "other", _("Other public pages")


class PageCount(models.Model):
    day = models.DateField(_("day (UTC)"))
    page = models.CharField(_("kind of page"), max_length=20, choices=PageKind)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    number = models.PositiveBigIntegerField(_("times read"), default=0)

    class Meta:
        ordering = ["-day", "page", "language"]
        constraints = [models.UniqueConstraint(fields=["day", "page", "language"], name="one_count_a_day_page_language")]
        verbose_name = _("readings of public pages in a day")
        verbose_name_plural = _("readings of public pages by day")

    def __str__(self):
        return f"{self.day} {self.page} {self.language}"
