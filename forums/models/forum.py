"""Forum: one edition of the International Migration Review Forum; its first day, time zone, state."""

from zoneinfo import ZoneInfo, available_timezones

import pghistory
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from forums.history import history_of


class ForumQuerySet(models.QuerySet):
    def current(self, today):
        """The forum that people come for: the one under way or next, else the last one held.

        A demonstration counts while it lasts, so that a first visitor sees a living forum.
        """
        coming = self.filter(last_day__gte=today).order_by("first_day").first()
        return coming or self.filter(last_day__lt=today).order_by("-last_day").first() or self.order_by("slug").first()


def known_zone(value):
    if value not in available_timezones():
        raise ValidationError(_("“%(zone)s” is not a time zone. Write it like America/New_York."), params={"zone": value})


@pghistory.track(**history_of("Forum"), fields=["first_day", "last_day", "city", "time_zone", "chair", "status"])
class Forum(models.Model):
    """One edition. Its address is its year (`demo` for the demonstration) and never changes."""

    EVERY = 4  # years

    class Status(models.TextChoices):
        ANNOUNCED = "announced", _("Announced with its year only")
        DATED = "dated", _("Dated")
        CONVENED = "convened", _("Convened")
        HELD = "held", _("Held")

    slug = models.SlugField(_("address"), max_length=20, unique=True)
    ordinal = models.PositiveSmallIntegerField(_("which edition"), null=True, blank=True)
    year = models.PositiveSmallIntegerField(_("year"))
    name = models.CharField(_("name"), max_length=200)
    first_day = models.DateField(_("first day"), null=True, blank=True)
    last_day = models.DateField(_("last day"), null=True, blank=True)
    city = models.CharField(_("city"), max_length=100, default="New York")
    venue = models.CharField(_("venue"), max_length=200, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=60, default="America/New_York", validators=[known_zone])
    chair = models.CharField(_("chair"), max_length=200, blank=True)
    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.ANNOUNCED)
    demonstration = models.BooleanField(_("a demonstration, all invented"), default=False)
    desk_email = models.EmailField(_("address of those responsible"), blank=True)
    managers = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        blank=True,
        related_name="managed_forums",
        verbose_name=_("managers"),
        help_text=_("They are told of every duty that nobody else answers for, and of every one that is overdue."),
    )
    # Raised each time the days move: what was told, drawn or sent for one edition of the dates is known by it.
    edition_of_dates = models.PositiveIntegerField(default=1, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    last_input_number = models.PositiveIntegerField(default=0, editable=False)
    last_version_number = models.PositiveIntegerField(default=0, editable=False)  # of the chain of what was received
    source = models.TextField(_("source"), blank=True)

    objects = ForumQuerySet.as_manager()

    class Meta:
        ordering = [F("first_day").desc(nulls_first=True)]
        constraints = [
            models.CheckConstraint(
                condition=Q(first_day__isnull=True, last_day__isnull=True) | Q(last_day__gte=F("first_day")),
                name="a_forum_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(status="announced") | Q(first_day__isnull=False), name="a_dated_forum_has_a_first_day"
            ),
        ]
        verbose_name = _("forum")
        verbose_name_plural = _("forums")

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("forums:forum", args=[self.slug])

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @property
    def series(self) -> str:
        """The part of a reference that names the forum: IMRF-2026-I-00042, IMRF-DEMO-I-00001."""
        return self.slug.upper()

    @property
    def next_year(self) -> int:
        """The year of the next forum: every four years (A/RES/73/195, paragraph 49); its days are set later."""
        return self.year + self.EVERY

    def clean(self):
        if self.first_day and self.last_day and self.last_day < self.first_day:
            raise ValidationError({"last_day": _("The last day is before the first day. Check both dates.")})
        if bool(self.first_day) != bool(self.last_day):
            raise ValidationError({"last_day": _("A dated forum has a first day and a last day. Fill in both.")})
        if self.status != self.Status.ANNOUNCED and not self.first_day:
            raise ValidationError({"first_day": _("Only an announced forum may be without dates. Fill in the first day.")})


class FormerDates(models.Model):
    """Dates a forum once had: history is kept and shown, never overwritten."""

    forum = models.ForeignKey(Forum, models.CASCADE, related_name="former_dates")
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    edition = models.PositiveIntegerField(_("edition of the dates"), default=1)
    replaced_on = models.DateField(_("replaced on"), null=True, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("by")
    )
    reason = models.TextField(_("reason"), blank=True)
    source = models.TextField(_("source"), blank=True)

    class Meta:
        ordering = ["forum", "pk"]
        constraints = [models.UniqueConstraint(fields=["forum", "edition"], name="former_dates_once")]
        verbose_name = _("former dates")
        verbose_name_plural = _("former dates")

    def __str__(self):
        return f"{self.first_day} – {self.last_day}"
