"""Version: the text and its particulars as they stood at one sending; never changed afterwards. Beside it what is shown."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from submissions import public_form


class Act(models.TextChoices):
    """What a sending does to what was sent before, as symbols of UN documents say it."""

    ORIGINAL = "original", _("Original")
    REVISION = "revision", _("Revision")  # replaces
    CORRECTION = "correction", _("Correction")  # corrects what is public
    ADDITION = "addition", _("Addition")  # a further document beside it


MARKS = {Act.REVISION: "Rev", Act.CORRECTION: "Corr", Act.ADDITION: "Add"}


def symbol_of(reference, act, number) -> str:
    """IMRF-2026-I-00042, or with what was done to it: IMRF-2026-I-00042/Rev.1, /Corr.1, /Add.1."""
    return reference if act == Act.ORIGINAL else f"{reference}/{MARKS[Act(act)]}.{number}"


class VersionQuerySet(models.QuerySet):
    def standing(self):
        """What an input says or said: not additions, and not corrections that were not approved."""
        approved = Q(act=Act.CORRECTION, proposal__status="approved")
        return self.filter(Q(act__in=[Act.ORIGINAL, Act.REVISION]) | approved)


class Version(models.Model):
    submission = models.ForeignKey("submissions.Submission", models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()  # 1, 2, 3 ... of everything that was sent under one reference
    act = models.CharField(_("what it does"), max_length=10, choices=Act, default=Act.ORIGINAL)
    act_number = models.PositiveSmallIntegerField(default=0)  # 1, 2, 3 ... of its act: Rev.1, Rev.2, Corr.1
    content = models.JSONField()  # canonical content: what the fingerprint is taken over (submissions/receipts.py)
    changes = models.JSONField(default=dict)  # what is shown otherwise than sent, and why: submissions/public_form.py
    sha256 = models.CharField(_("SHA-256 over the canonical content"), max_length=64)
    sent_at = models.DateTimeField()  # PostgreSQL's clock
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    words = models.PositiveIntegerField(default=0)
    sent_from = models.UUIDField(null=True, blank=True, unique=True)  # the draft of an amendment, which is gone since
    forum = models.ForeignKey("forums.Forum", models.PROTECT, related_name="+")
    place = models.PositiveIntegerField(_("place in the chain of its forum"))  # 1, 2, 3 ... in the order of receipt
    link = models.CharField(_("link of the chain"), max_length=64)  # submissions/receipts.py

    objects = VersionQuerySet.as_manager()

    class Meta:
        ordering = ["submission", "number"]
        constraints = [
            models.UniqueConstraint(fields=["submission", "number"], name="versions_are_numbered_once"),
            models.UniqueConstraint(fields=["submission", "act", "act_number"], name="a_symbol_is_given_once"),
            models.UniqueConstraint(fields=["forum", "place"], name="places_in_the_chain_are_given_once"),
            models.CheckConstraint(
                condition=Q(act="original", act_number=0, number=1)
                | (~Q(act="original") & Q(act_number__gte=1, act_number__lt=F("number"))),
                name="what_was_sent_first_is_the_original",
            ),
        ]
        indexes = [models.Index(fields=["submission"], condition=~Q(changes={}), name="versions_shown_otherwise")]
        verbose_name = _("version")
        verbose_name_plural = _("versions")

    def __str__(self):
        return f"{self.submission} · {self.number}"

    @property
    def shown(self) -> dict:
        """The content as everybody but its author reads it."""
        return public_form.shown(self.content, self.changes)

    @property
    def corrected(self) -> dict:
        """The content with the particulars that staff corrected."""
        return public_form.corrected(self.content, self.changes)

    @property
    def symbol(self) -> str:
        """The reference with what was done to it, as UN documents are marked: IMRF-2026-I-00042/Rev.1."""
        return symbol_of(self.content["reference"], self.act, self.act_number)
