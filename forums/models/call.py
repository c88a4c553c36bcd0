"""Call: an invitation to send inputs or to apply, its window, its limits, who may answer; Extension: its moved closing."""

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from forums.history import history_of
from forums.windows import Phase, Window


class Level(models.TextChoices):
    LOCAL = "local", _("Local")
    NATIONAL = "national", _("National")
    REGIONAL = "regional", _("Regional")
    GLOBAL = "global", _("Global")


class CallQuerySet(models.QuerySet):
    def for_inputs(self):
        return self.filter(purpose=Call.Purpose.INPUT)

    def open(self, at):
        return self.filter(opens_at__lte=at).filter(Q(closes_at__isnull=True) | Q(closes_at__gt=at))

    def not_yet_open(self, at):
        return self.filter(Q(opens_at__isnull=True) | Q(opens_at__gt=at))

    def closing(self, at, *, within):
        """Calls that are open at that moment and close within the time given."""
        return self.open(at).filter(closes_at__lte=at + within)


@pghistory.track(
    **history_of("Call"),
    fields=[
        *("opens_at", "closes_at", "audience", "bases", "most_objectives", "most_words", "most_files", "most_megabytes"),
        *("joint_rule", "one_own_input"),
    ],
)
class Call(models.Model):
    """Whether it is open is computed from its two instants at each look; nothing opens or closes it."""

    class Purpose(models.TextChoices):
        INPUT = "input", _("Inputs")
        ACCREDITATION = "accreditation", _("Special accreditation")
        REGISTRATION = "registration", _("Registration of persons")
        SPEAKING = "speaking", _("Speaking")

    class Kind(models.TextChoices):
        """What kind of input is asked for."""

        NATIONAL_REVIEW = "national_review", _("Voluntary national GCM review")
        LOCAL_GOVERNMENT = "local_government", _("Input of a local or regional government")
        REGIONAL_REVIEW = "regional_review", _("Outcome of a regional review")
        STAKEHOLDER = "stakeholder", _("Stakeholder input")
        UN_SYSTEM = "un_system", _("Input of the UN system")
        ROUND_TABLE = "round_table", _("Input to a round table")
        REPORT = "report", _("Input to the report of the Secretary-General")

    class Audience(models.TextChoices):
        ANYBODY = "any", _("Any organisation")
        BASES = "bases", _("Organisations on certain bases")
        ACCREDITED = "accredited", _("Accredited organisations only")

    class JointRule(models.TextChoices):
        WAIT = "wait", _("The input is sent only once all that were asked have answered")
        DROP = "drop", _("They are dropped when the input is sent, and told so")

    forum = models.ForeignKey("forums.Forum", models.PROTECT, related_name="calls", verbose_name=_("forum"))
    slug = models.SlugField(_("address"), max_length=60)
    purpose = models.CharField(_("purpose"), max_length=16, choices=Purpose, default=Purpose.INPUT)
    kind = models.CharField(_("kind of input"), max_length=20, choices=Kind, blank=True)
    name = models.CharField(_("name"), max_length=200)
    guidance = models.TextField(_("guidance for those who answer"), blank=True)
    questions = models.TextField(_("guiding questions, one a line"), blank=True)
    contact = models.EmailField(_("whom to ask"), blank=True)
    opens_at = models.DateTimeField(_("opens"), null=True, blank=True)
    closes_at = models.DateTimeField(_("closes (this instant is already outside)"), null=True, blank=True)
    audience = models.CharField(_("who may answer"), max_length=12, choices=Audience, default=Audience.ANYBODY)
    bases = ArrayField(models.CharField(max_length=30), default=list, blank=True, verbose_name=_("bases that may answer"))
    levels = ArrayField(models.CharField(max_length=10, choices=Level), default=list, blank=True, verbose_name=_("levels"))
    round_table = models.ForeignKey(
        "forums.RoundTable", models.SET_NULL, null=True, blank=True, related_name="calls", verbose_name=_("round table")
    )
    feeds = models.ForeignKey(
        "forums.Milestone",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="calls",
        verbose_name=_("duty that it feeds"),
        help_text=_("A call that feeds the report or a background note closes before that duty is due."),
    )
    most_objectives = models.PositiveSmallIntegerField(_("objectives at most"), default=5)
    most_words = models.PositiveIntegerField(_("words at most"), default=1500)
    most_files = models.PositiveSmallIntegerField(_("files at most"), default=5)
    most_megabytes = models.PositiveIntegerField(_("megabytes of all files at most"), default=100)
    joint_rule = models.CharField(
        _("joint inputs: co-sponsors that have not answered"), max_length=10, choices=JointRule, default=JointRule.WAIT
    )
    one_own_input = models.BooleanField(
        _("one own input for each organisation"),
        default=False,
        help_text=_("Beside it an organisation may lead any number of joint inputs."),
    )
    sequence = models.PositiveIntegerField(default=0, editable=False)
    recorded_by_desk_only = models.BooleanField(_("only the desk records inputs here"), default=False)

    objects = CallQuerySet.as_manager()

    class Meta:
        ordering = ["forum", F("closes_at").asc(nulls_last=True), "slug"]
        constraints = [
            models.UniqueConstraint(fields=["forum", "slug"], name="one_call_per_address"),
            models.CheckConstraint(
                condition=Q(opens_at__isnull=True) | Q(closes_at__isnull=True) | Q(closes_at__gt=F("opens_at")),
                name="a_call_closes_after_it_opens",
            ),
        ]
        verbose_name = _("call")
        verbose_name_plural = _("calls")

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("forums:forum", args=[self.forum.slug]) + f"#call-{self.slug}"

    @property
    def most_bytes(self) -> int:
        """How much all files of an input may hold together."""
        return self.most_megabytes * 1024 * 1024

    @property
    def guiding_questions(self) -> list[str]:
        """The questions in the reader's language, one each."""
        return [line.strip() for line in self.questions.splitlines() if line.strip()]

    @property
    def window(self) -> Window:
        return Window(self.opens_at, self.closes_at)

    def phase(self, at) -> Phase:
        return self.window.phase(at)

    def clean(self):
        if self.opens_at and self.closes_at and self.closes_at <= self.opens_at:
            raise ValidationError({"closes_at": _("The call closes before it opens. Check both instants.")})


class Extension(models.Model):
    """A moved closing: what it was, what it is now, why and by whose authority. Shown publicly."""

    class Kind(models.TextChoices):
        EXTENDED = "extended", _("Extended")
        REOPENED = "reopened", _("Reopened")
        MOVED = "moved", _("Moved with the forum")

    class Told(models.TextChoices):
        NOBODY = "nobody", _("Nobody")
        CONCERNED = "concerned", _("Those with a draft, and those who were told the former closing")
        EVERYBODY = "everybody", _("These, and everybody who follows the calendar")

    call = models.ForeignKey(Call, models.CASCADE, related_name="extensions")
    was = models.DateTimeField()
    became = models.DateTimeField()
    reason = models.TextField(_("reason"))
    authority = models.CharField(_("authority"), max_length=200)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.EXTENDED)
    told = models.CharField(_("who is told"), max_length=10, choices=Told, default=Told.CONCERNED)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("by")
    )
    at = models.DateTimeField()
    corrected_at = models.DateTimeField(null=True, blank=True)  # those who were told an older closing have heard

    class Meta:
        ordering = ["call", "at"]
        constraints = [
            models.CheckConstraint(condition=Q(kind="moved") | Q(became__gt=F("was")), name="an_extension_extends")
        ]
        verbose_name = _("extension")
        verbose_name_plural = _("extensions")

    def __str__(self):
        return f"{self.call}: {self.was} → {self.became}"
