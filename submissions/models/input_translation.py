"""InputTranslation: title and summary of an input in another language, with who made it and who vouches for it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class InputTranslationQuerySet(models.QuerySet):
    def shown(self):
        return self.filter(state=InputTranslation.State.SHOWN)


class InputTranslation(models.Model):
    """Where it comes from never changes; that somebody checked what a machine made is said beside it."""

    class Origin(models.TextChoices):
        AUTHOR = "author", _("Translation by its author")
        OFFICIAL = "official", _("Translation by the Network")
        MACHINE = "machine", _("Translation by a machine")

    class State(models.TextChoices):
        ASKED = "asked", _("Asked of the machine")
        OFFERED = "offered", _("Offered by its author")
        SHOWN = "shown", _("Public")
        ASIDE = "aside", _("Set aside")

    submission = models.ForeignKey(
        "submissions.Submission", models.PROTECT, related_name="translations", verbose_name=_("input")
    )
    version = models.ForeignKey(
        "submissions.Version", models.PROTECT, related_name="+", verbose_name=_("version that was translated")
    )
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    title = models.CharField(_("title"), max_length=300, blank=True)
    summary = models.TextField(_("summary"), blank=True)
    origin = models.CharField(_("origin"), max_length=10, choices=Origin)
    state = models.CharField(_("state"), max_length=10, choices=State)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("written or asked for by")
    )
    at = models.DateTimeField(_("at"))
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("checked by")
    )
    checked_at = models.DateTimeField(_("checked at"), null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0, editable=False)
    trouble = models.CharField(_("why the machine could not"), max_length=300, blank=True)

    objects = InputTranslationQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "language", "state"], condition=~Q(state="aside"), name="one_translation_in_a_state"
            ),
            models.CheckConstraint(
                condition=Q(checked_by__isnull=True, checked_at__isnull=True)
                | Q(checked_by__isnull=False, checked_at__isnull=False),
                name="a_check_has_a_person_and_a_moment",
            ),
        ]
        indexes = [models.Index(fields=["at"], condition=Q(state="asked"), name="translations_to_make")]
        verbose_name = _("translation of an input")
        verbose_name_plural = _("translations of inputs")

    def __str__(self):
        return f"{self.submission.reference} · {self.get_language_display()}"
