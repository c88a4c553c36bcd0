"""CoSponsor: a body under somebody else's input: asked and agreed, or named by the lead as one it speaks for as well."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accreditation.models import Organisation
from forums.models import Step


class CoSponsorQuerySet(models.QuerySet):
    def standing(self):
        """Those that were neither dropped nor taken out, and did not leave."""
        return self.filter(ended="")

    def bodies(self):
        """Those that are asked, and answer for themselves."""
        return self.standing().filter(on_behalf=False)

    def asked_now(self):
        """Bodies that have a word about the text in hand: not those that its lead takes out with a correction."""
        return self.bodies().filter(leaves_with__isnull=True)

    def named(self):
        """Those that agreed, to whatever text, and stand under the input."""
        return self.bodies().filter(answer=CoSponsor.Answer.AGREED)

    def of(self, user):
        """Rows of the organisations for which this person acts today, as long as anybody there may know of them."""
        own = self.filter(organisation__in=Organisation.objects.represented_by(user))
        return own.exclude(ended=CoSponsor.Ended.TAKEN_OUT)


class CoSponsor(models.Model):
    """What was asked, answered and became of it are instants; the state is computed at each look.

    An agreement is to one text (submissions/agreed_text.py): it counts as long as the input has that text.
    """

    class Answer(models.TextChoices):
        AGREED = "agreed", _("Agreed")
        DECLINED = "declined", _("Declined")

    class Ended(models.TextChoices):
        DROPPED = "dropped", _("Dropped: no answer when it was sent")
        TAKEN_OUT = "taken_out", _("Taken out by the lead")
        LEFT = "left", _("Left")

    class State(models.TextChoices):
        ON_BEHALF = "on_behalf", _("Named by the lead")
        INVITED = "invited", _("Asked, no answer yet")
        OTHER_TEXT = "other_text", _("Agreed to an earlier text")
        AGREED = "agreed", _("Agreed")
        DECLINED = "declined", _("Declined")
        DROPPED = "dropped", _("Dropped: no answer when it was sent")
        TAKEN_OUT = "taken_out", _("Taken out by the lead")
        LEFT = "left", _("Left")
        LEAVING = "leaving", _("Taken out once the correction is approved")

    submission = models.ForeignKey(
        "submissions.Submission", models.CASCADE, related_name="co_sponsors", verbose_name=_("input")
    )  # never the draft of a change to it
    organisation = models.ForeignKey(
        "accreditation.Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="co_sponsored",
        verbose_name=_("organisation"),
    )  # empty where the lead names a body itself, or asked one by a name that nobody here has
    name = models.CharField(_("name as the lead wrote it"), max_length=250)
    folded = models.CharField(max_length=400, editable=False)  # accreditation/names.py
    on_behalf = models.BooleanField(_("named by the lead, without being asked"), default=False)
    address = models.CharField(_("address or web page"), max_length=300, blank=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("asked or named by")
    )
    invited_at = models.DateTimeField(_("asked or named"))
    answer = models.CharField(_("answer"), max_length=10, choices=Answer, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("answered by")
    )
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    agreed_text = models.JSONField(null=True, blank=True)  # submissions/agreed_text.py
    agreed_mark = models.CharField(_("mark of the text agreed to"), max_length=64, blank=True)
    agreed_edition = models.PositiveIntegerField(_("edition agreed to"), null=True, blank=True)
    told_mark = models.CharField(max_length=64, blank=True)  # the changed text of which its people were told last
    told_at = models.DateTimeField(null=True, blank=True)
    ended = models.CharField(_("how it ended"), max_length=10, choices=Ended, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("ended by")
    )
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    leaves_with = models.ForeignKey(  # the correction without it: what is public names it until that is approved
        "submissions.Proposal", models.SET_NULL, null=True, blank=True, related_name="leaving", editable=False
    )

    objects = CoSponsorQuerySet.as_manager()

    class Meta:
        ordering = ["submission", "invited_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["submission", "organisation"], name="a_body_is_asked_once_for_an_input"),
            models.UniqueConstraint(fields=["submission", "folded"], name="a_name_stands_once_under_an_input"),
            models.CheckConstraint(
                condition=(Q(answer="") & Q(answered_at=None)) | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="an_answer_has_its_time",
            ),
            models.CheckConstraint(
                condition=~Q(answer="agreed") | (~Q(agreed_mark="") & Q(organisation__isnull=False, on_behalf=False)),
                name="an_agreement_is_a_bodys_to_a_text",
            ),
            models.CheckConstraint(
                condition=(Q(ended="") & Q(ended_at=None)) | (~Q(ended="") & Q(ended_at__isnull=False)),
                name="an_end_has_its_time",
            ),
        ]
        indexes = [models.Index(fields=["organisation"], condition=Q(ended=""), name="co_sponsored_by")]
        verbose_name = _("co-sponsor")
        verbose_name_plural = _("co-sponsors")

    def __str__(self):
        return self.public_name

    @property
    def public_name(self) -> str:
        """Its official name once it agreed; before that only what the lead wrote, whether or not it is here."""
        return self.organisation.name if self.organisation_id and self.answer == self.Answer.AGREED else self.name

    @property
    def language(self) -> str:
        return self.organisation.name_language if self.organisation_id and self.answer == self.Answer.AGREED else "und"

    def state(self, mark) -> "CoSponsor.State":
        """Where it stands while the input has the text of that mark."""
        if self.ended:
            return self.State(self.ended)
        if self.leaves_with_id:
            return self.State.LEAVING
        if self.on_behalf:
            return self.State.ON_BEHALF
        if self.answer == self.Answer.AGREED:
            return self.State.AGREED if self.agreed_mark == mark else self.State.OTHER_TEXT
        return self.State.DECLINED if self.answer else self.State.INVITED


class CoSponsorStep(Step):
    co_sponsor = models.ForeignKey(CoSponsor, models.CASCADE, related_name="steps")

    class Meta(Step.Meta):
        indexes = [models.Index(fields=["at"], condition=Q(announced_at__isnull=True), name="co_sponsor_steps_pending")]
        verbose_name = _("step of a co-sponsor")
        verbose_name_plural = _("steps of co-sponsors")
