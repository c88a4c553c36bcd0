"""Persons who come, speakers, representatives, support for participation (A/RES/73/326, paragraphs 4 to 7, 15 to 17)."""

import uuid

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from forums.history import history_of
from forums.models import Procedure, Step


class Gender(models.TextChoices):
    NOT_SAID = "", _("Not said")
    WOMAN = "woman", _("Woman")
    MAN = "man", _("Man")
    OTHER = "other", _("Other")


class Event(models.TextChoices):
    HEARING = "hearing", _("Multi-stakeholder hearing")
    FORUM = "forum", _("Forum")


class RegistrationQuerySet(models.QuerySet):
    def standing(self):
        return self.filter(cancelled_at__isnull=True)


@pghistory.track(**history_of("Registration"), fields=["event", "registered_at", "cancelled_at"])
class Registration(models.Model):
    """One person of an accredited organisation at the hearing or at the forum."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    accreditation = models.ForeignKey(
        "accreditation.Accreditation", models.PROTECT, related_name="registrations", verbose_name=_("accreditation")
    )
    event = models.CharField(_("event"), max_length=8, choices=Event)
    name = models.CharField(_("name, as in the passport"), max_length=150)
    function = models.CharField(_("function"), max_length=150, blank=True)
    email = models.EmailField(_("e-mail address"))
    country = models.ForeignKey(
        "forums.Country", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("country of residence")
    )
    gender = models.CharField(_("gender"), max_length=6, choices=Gender, blank=True, default="")
    access_needs = models.TextField(_("access needs"), blank=True)
    name_public = models.BooleanField(_("agrees that the name is public"), default=False)
    registered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    registered_at = models.DateTimeField(_("registered at"))
    form_key = models.UUIDField(null=True, blank=True, unique=True)
    cancelled_at = models.DateTimeField(_("cancelled at"), null=True, blank=True)
    cancelled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    cancelled_because = models.CharField(_("cancelled, because"), max_length=300, blank=True)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        ordering = ["accreditation", "event", "name", "pk"]
        constraints = [
            models.UniqueConstraint(
                "accreditation",
                "event",
                models.functions.Lower("email"),
                condition=Q(cancelled_at__isnull=True),
                name="a_person_is_registered_once",
            )
        ]
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")

    def __str__(self):
        return self.name


class SpeakingRequest(Procedure):
    """A wish to speak in one session. Staff choose with the balance beside the list; nothing ranks them."""

    class Status(models.TextChoices):
        REQUESTED = "requested", _("Requested")
        CHOSEN = "chosen", _("Chosen")
        RESERVE = "reserve", _("On the reserve list")
        NOT_CHOSEN = "not_chosen", _("Not chosen")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    MOVES = {
        Status.REQUESTED: {Status.CHOSEN, Status.RESERVE, Status.NOT_CHOSEN, Status.WITHDRAWN},
        Status.RESERVE: {Status.CHOSEN, Status.NOT_CHOSEN, Status.WITHDRAWN},
        Status.CHOSEN: {Status.WITHDRAWN},
        Status.NOT_CHOSEN: {Status.RESERVE, Status.CHOSEN},
        Status.WITHDRAWN: {Status.REQUESTED},
    }

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    session = models.ForeignKey(
        "forums.Session", models.PROTECT, related_name="speaking_requests", verbose_name=_("session")
    )
    accreditation = models.ForeignKey(
        "accreditation.Accreditation", models.PROTECT, related_name="speaking_requests", verbose_name=_("accreditation")
    )
    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.REQUESTED, editable=False)
    speaker = models.CharField(_("who would speak"), max_length=150)
    function = models.CharField(_("function"), max_length=150, blank=True)
    gender = models.CharField(_("gender"), max_length=6, choices=Gender, blank=True, default="")
    spoke_before = models.BooleanField(_("has spoken at a forum or hearing before"), default=False)
    language = models.CharField(_("language of the statement"), max_length=10, choices=settings.LANGUAGES)
    topic = models.TextField(_("what it would be about"))
    access_needs = models.TextField(_("access needs"), blank=True)
    name_public = models.BooleanField(_("agrees that the name is public if chosen"), default=False)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    requested_at = models.DateTimeField(_("requested at"))
    staged = models.CharField(
        _("to be released as"),
        max_length=12,
        blank=True,
        choices=[("chosen", _("Chosen")), ("reserve", _("On the reserve list")), ("not_chosen", _("Not chosen"))],
    )
    staged_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    staged_reason = models.CharField(_("reason (the organisation reads it)"), max_length=500, blank=True)
    reserve_position = models.PositiveSmallIntegerField(_("place on the reserve list"), null=True, blank=True)

    class Meta:
        ordering = ["session", "accreditation__organisation__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "accreditation"], condition=~Q(status="withdrawn"), name="one_wish_per_session"
            )
        ]
        verbose_name = _("speaking request")
        verbose_name_plural = _("speaking requests")

    def __str__(self):
        return f"{self.speaker} · {self.session}"


class SpeakingRequestStep(Step):
    request = models.ForeignKey(SpeakingRequest, models.CASCADE, related_name="steps")

    class Meta(Step.Meta):
        verbose_name = _("step of a speaking request")
        verbose_name_plural = _("steps of speaking requests")


class SpeakerRelease(models.Model):
    """The choice of speakers of one session as it was released: who, when; everybody was answered with it."""

    session = models.ForeignKey("forums.Session", models.PROTECT, related_name="speaker_releases", verbose_name=_("session"))
    number = models.PositiveSmallIntegerField(_("number"))
    at = models.DateTimeField(_("released"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("released by"))
    note = models.TextField(_("note"), blank=True)

    class Meta:
        ordering = ["session", "-number"]
        constraints = [models.UniqueConstraint(fields=["session", "number"], name="one_speaker_release_per_number")]
        verbose_name = _("release of speakers")
        verbose_name_plural = _("releases of speakers")

    def __str__(self):
        return f"{self.session} · {self.number}"


@pghistory.track(**history_of("Representative"))
class Representative(models.Model):
    """Who presents the hearing's summary in the opening segment (paragraph 15), and who chose them."""

    class Voice(models.TextChoices):
        CIVIL_SOCIETY = "civil_society", _("Representative of civil society")
        MIGRANTS = "migrants", _("Representative of migrant communities")

    forum = models.ForeignKey("forums.Forum", models.PROTECT, related_name="representatives", verbose_name=_("forum"))
    voice = models.CharField(_("for whom they speak"), max_length=16, choices=Voice, default=Voice.CIVIL_SOCIETY)
    name = models.CharField(_("name"), max_length=150)
    organisation = models.ForeignKey(
        "accreditation.Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("organisation"),
    )
    chosen_by = models.CharField(_("chosen by"), max_length=200)
    chosen_on = models.DateField(_("chosen on"))
    evidence = models.CharField(_("evidence"), max_length=500)
    public = models.BooleanField(_("shown to the public"), default=False)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    recorded_at = models.DateTimeField(_("recorded at"), editable=False)
    replaced_at = models.DateTimeField(_("replaced at"), null=True, blank=True, editable=False)

    class Meta:
        ordering = ["forum", "voice", "-chosen_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["forum", "voice"], condition=Q(replaced_at__isnull=True), name="one_representative_per_voice"
            )
        ]
        verbose_name = _("representative in the opening segment")
        verbose_name_plural = _("representatives in the opening segment")

    def __str__(self):
        return self.name


class SupportRequest(Procedure):
    """A request for support to take part (paragraphs 16 and 17). Staff record what was decided and what was provided."""

    class Status(models.TextChoices):
        REQUESTED = "requested", _("Requested")
        GRANTED = "granted", _("Granted")
        NOT_GRANTED = "not_granted", _("Not granted")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    class Need(models.TextChoices):
        TRAVEL = "travel", _("Travel")
        LODGING = "lodging", _("Lodging")
        VISA = "visa", _("Letter for a visa")
        INTERPRETATION = "interpretation", _("Interpretation, sign language too")
        ACCESSIBILITY = "accessibility", _("Accessibility")
        CONNECTION = "connection", _("Taking part from afar")
        OTHER = "other", _("Something else")

    MOVES = {
        Status.REQUESTED: {Status.GRANTED, Status.NOT_GRANTED, Status.WITHDRAWN},
        Status.GRANTED: {Status.WITHDRAWN},
        Status.NOT_GRANTED: {Status.REQUESTED},
        Status.WITHDRAWN: {Status.REQUESTED},
    }

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    forum = models.ForeignKey("forums.Forum", models.PROTECT, related_name="support_requests", verbose_name=_("forum"))
    organisation = models.ForeignKey(
        "accreditation.Organisation", models.PROTECT, related_name="support_requests", verbose_name=_("organisation")
    )
    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.REQUESTED, editable=False)
    person = models.CharField(_("for whom"), max_length=150)
    country = models.ForeignKey(
        "forums.Country", models.PROTECT, related_name="+", verbose_name=_("country from which they come")
    )
    needs = ArrayField(models.CharField(max_length=16, choices=Need), verbose_name=_("what is needed"))
    words = models.TextField(_("in your words"), blank=True)
    eligible_as = ArrayField(models.CharField(max_length=12), default=list, blank=True, editable=False)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    requested_at = models.DateTimeField(_("requested at"))
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    decided_by = models.CharField(_("decided by"), max_length=160, blank=True)
    provided = models.TextField(_("what was provided"), blank=True)
    provided_by = models.CharField(_("provided by"), max_length=160, blank=True)

    class Meta:
        ordering = ["-requested_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                "forum",
                "organisation",
                models.functions.Lower("person"),
                condition=~Q(status="withdrawn"),
                name="one_support_request_per_person",
            )
        ]
        verbose_name = _("request for support")
        verbose_name_plural = _("requests for support")

    def __str__(self):
        return f"{self.person} · {self.organisation}"


class SupportRequestStep(Step):
    request = models.ForeignKey(SupportRequest, models.CASCADE, related_name="steps")

    class Meta(Step.Meta):
        verbose_name = _("step of a request for support")
        verbose_name_plural = _("steps of requests for support")
