"""The programme of the days: Session, its Slots, the MeetingRoom; Release: the programme as it was published at one time."""

import pghistory
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateTimeRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from forums.history import history_of


class Duration(Func):
    """From the beginning to the end, the end already outside: two sessions may follow each other in one room."""

    function = "TSTZRANGE"
    output_field = DateTimeRangeField()


class MeetingRoom(models.Model):
    forum = models.ForeignKey("forums.Forum", models.CASCADE, related_name="meeting_rooms", verbose_name=_("forum"))
    name = models.CharField(_("name"), max_length=120)
    seats = models.PositiveIntegerField(_("seats"), null=True, blank=True)
    access = models.TextField(_("how it is reached, also with a wheelchair"), blank=True)

    class Meta:
        ordering = ["forum", "name"]
        verbose_name = _("meeting room")
        verbose_name_plural = _("meeting rooms")

    def __str__(self):
        return self.name


@pghistory.track(**history_of("Session"), fields=["title", "starts_at", "ends_at", "room", "cancelled_at"])
class Session(models.Model):
    """One sitting of the hearing or of the forum. The public sees it as it stood at the last release."""

    class Kind(models.TextChoices):
        HEARING = "hearing", _("Multi-stakeholder hearing")
        OPENING = "opening", _("Opening segment")
        ROUND_TABLE = "round_table", _("Round table")
        POLICY_DEBATE = "policy_debate", _("Policy debate")
        GENERAL_DEBATE = "general_debate", _("General debate")
        CLOSING = "closing", _("Closing with the Progress Declaration")
        SIDE_EVENT = "side_event", _("Side event")
        OTHER = "other", _("Other session")

    forum = models.ForeignKey("forums.Forum", models.CASCADE, related_name="sessions", verbose_name=_("forum"))
    slug = models.SlugField(_("address"), max_length=60)
    kind = models.CharField(_("kind of session"), max_length=16, choices=Kind)
    title = models.CharField(_("title"), max_length=300)
    description = models.TextField(_("what it is about"), blank=True)
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends (this instant is already outside)"))
    room = models.ForeignKey(
        MeetingRoom, models.PROTECT, null=True, blank=True, related_name="sessions", verbose_name=_("room")
    )
    link = models.URLField(_("link to follow it"), max_length=500, blank=True)
    interpretation = ArrayField(
        models.CharField(max_length=10, choices=settings.LANGUAGES),
        default=list,
        blank=True,
        verbose_name=_("languages of interpretation"),
    )
    round_table = models.ForeignKey(
        "forums.RoundTable", models.PROTECT, null=True, blank=True, related_name="sessions", verbose_name=_("round table")
    )
    chairs = models.TextField(_("chair or co-chairs, one a line"), blank=True)
    facilitator = models.CharField(_("facilitator"), max_length=200, blank=True)
    cancelled_at = models.DateTimeField(_("cancelled"), null=True, blank=True)
    cancelled_because = models.TextField(_("cancelled, because"), blank=True)
    sequence = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        ordering = ["forum", "starts_at", "ends_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["forum", "slug"], name="one_session_per_address"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="a_session_ends_after_it_begins"),
            ExclusionConstraint(
                name="a_room_holds_one_session_at_a_time",
                expressions=[
                    ("room", RangeOperators.EQUAL),
                    (Duration("starts_at", "ends_at", RangeBoundary()), RangeOperators.OVERLAPS),
                ],
                condition=Q(room__isnull=False, cancelled_at__isnull=True),
                violation_error_message=_(
                    "Another session is in this room at that time. Choose another room or another time."
                ),
            ),
        ]
        verbose_name = _("session")
        verbose_name_plural = _("sessions")

    def __str__(self):
        return self.title

    def validate_constraints(self, exclude=None):
        """As Django's; whether the session is cancelled is looked at, also where a form does not show it."""
        super().validate_constraints(exclude=set(exclude or ()) - {"cancelled_at"})


class Slot(models.Model):
    """A place in a session that a resolution or the chair gives to somebody: the opening segment has five."""

    class Role(models.TextChoices):
        PRESIDENT = "president", _("President of the General Assembly")
        SECRETARY_GENERAL = "secretary_general", _("Secretary-General")
        DIRECTOR_GENERAL = "director_general", _("Director General of IOM")
        MIGRANTS = "migrants", _("Representative of migrants")
        CIVIL_SOCIETY = "civil_society", _("Representative of civil society, with the summary of the hearing")
        OTHER = "other", _("Other speaker")

    session = models.ForeignKey(Session, models.CASCADE, related_name="slots", verbose_name=_("session"))
    position = models.PositiveSmallIntegerField(_("position"), default=1)
    role = models.CharField(_("role"), max_length=20, choices=Role)
    name = models.CharField(_("name"), max_length=200, blank=True)
    body = models.CharField(_("organisation or State"), max_length=300, blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes"), null=True, blank=True)

    class Meta:
        ordering = ["session", "position", "pk"]
        verbose_name = _("slot")
        verbose_name_plural = _("slots")

    def __str__(self):
        return f"{self.get_role_display()} · {self.name}".strip(" ·")


class Release(models.Model):
    """What the public reads: the sessions as they stood, and what became different since the release before."""

    forum = models.ForeignKey("forums.Forum", models.CASCADE, related_name="releases", verbose_name=_("forum"))
    number = models.PositiveSmallIntegerField(_("number"))
    sessions = models.JSONField(_("sessions"), default=list)
    changes = models.JSONField(_("changes"), default=list)
    note = models.TextField(_("note"), blank=True)
    released_at = models.DateTimeField(_("released"))
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("released by")
    )

    class Meta:
        ordering = ["forum", "-number"]
        constraints = [models.UniqueConstraint(fields=["forum", "number"], name="one_release_per_number")]
        verbose_name = _("release of the programme")
        verbose_name_plural = _("releases of the programme")

    def __str__(self):
        return f"{self.forum.slug} · {self.number}"
