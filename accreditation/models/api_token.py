"""ApiToken: lets a program of an organisation read and write what is its own. ApiAnswer: what a request got, given again."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accreditation.models.membership import Membership

SPEAKS = (Membership.Role.FOCAL_POINT, Membership.Role.ALTERNATE)


class ApiTokenQuerySet(models.QuerySet):
    def standing(self, at):
        """Neither revoked nor expired; whether its maker still may is another question (`of_speakers`)."""
        return self.filter(revoked_at__isnull=True, expires_at__gt=at)

    def of_speakers(self):
        """Whose maker may sign in and speaks for the organisation today, and whose organisation is not merged away."""
        speaks = Membership.objects.standing().filter(
            organisation=models.OuterRef("organisation"), user=models.OuterRef("made_by"), role__in=SPEAKS
        )
        living = self.filter(made_by__is_active=True, organisation__merged_into__isnull=True)
        return living.filter(models.Exists(speaks))


class ApiToken(models.Model):
    """Only its fingerprint is kept; what it may do is never more than what its maker may do today."""

    class Scope(models.TextChoices):
        READ = "read", _("Read drafts, inputs and receipts")
        WRITE = "write", _("Begin, change and discard drafts, with their files")
        SEND = "send", _("Send and withdraw inputs in the name of the organisation")

    organisation = models.ForeignKey(
        "accreditation.Organisation", models.CASCADE, related_name="api_tokens", verbose_name=_("organisation")
    )
    name = models.CharField(_("name"), max_length=80)
    scopes = ArrayField(models.CharField(max_length=10, choices=Scope), verbose_name=_("what it may do"))
    fingerprint = models.CharField(max_length=64, unique=True)  # SHA-256; the word has 238 bits, so nothing slower is needed
    ending = models.CharField(_("last letters"), max_length=4)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("made by"))
    made_at = models.DateTimeField(_("made at"))
    expires_at = models.DateTimeField(_("expires"))
    first_used_at = models.DateTimeField(_("first used"), null=True, blank=True)
    last_used_at = models.DateTimeField(_("last used"), null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)  # when the people were told that it expires soon
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("revoked by")
    )
    form_key = models.UUIDField(unique=True)  # one form sent twice makes one token

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("made_at")), name="a_token_expires_after_it_was_made"),
        ]
        indexes = [models.Index(fields=["expires_at"], condition=Q(revoked_at__isnull=True), name="tokens_by_expiry")]
        verbose_name = _("token of the API")
        verbose_name_plural = _("tokens of the API")

    def __str__(self):
        return f"{self.name} · {self.organisation}"

    @property
    def scopes_in_words(self) -> list:
        return [label for code, label in self.Scope.choices if code in self.scopes]


class ApiAnswer(models.Model):
    """What a request under an Idempotency-Key got, written in the transaction of what it did."""

    token = models.ForeignKey(ApiToken, models.CASCADE, related_name="answers")
    key = models.CharField(max_length=255)
    asked = models.CharField(max_length=64)  # SHA-256 of method, address and body
    status = models.PositiveSmallIntegerField()
    headers = models.JSONField(default=dict)
    body = models.TextField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [models.UniqueConstraint(fields=["token", "key"], name="one_answer_to_a_key")]
        indexes = [models.Index(fields=["at"], name="api_answers_by_age")]
        verbose_name = _("answer of the API")
        verbose_name_plural = _("answers of the API")

    def __str__(self):
        return f"{self.status} · {self.asked[:8]}"
