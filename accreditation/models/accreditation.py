"""Accreditation: an organisation's standing at one forum, on one basis. Staff record what other bodies decide."""

import uuid

import pghistory
from django.db import models
from django.db.models import Case, Q, Value, When
from django.utils.translation import gettext_lazy as _

from forums.history import history_of
from forums.models import Procedure, Step


class AccreditationQuerySet(models.QuerySet):
    def live(self):
        """Neither withdrawn nor expired; those that were recognised or granted first."""
        order = Case(When(status__in=Accreditation.STANDING, then=Value(0)), default=Value(1))
        return self.exclude(status__in=["withdrawn", "expired"]).order_by(order, "pk")

    def standing(self):
        """Recognised or granted."""
        return self.filter(status__in=Accreditation.STANDING)

    def told(self):
        """Standings that the public may know of: the outcome of a non-objection list only once its letters went out."""
        from .non_objection import ListLine

        untold = ListLine.objects.filter(list__letters_released_at__isnull=True, struck_at__isnull=True)
        return self.standing().exclude(Q(status="accredited") & Q(pk__in=untold.values("accreditation")))

    def of(self, user):
        """Those of the organisations for which this person acts today."""
        from .organisation import Organisation

        return self.filter(organisation__in=Organisation.objects.represented_by(user))

    def visible_to(self, user):
        """One's own; the desk sees what was sent, but never what its own organisation claims."""
        if not user.is_authenticated:
            return self.none()
        if user.has_perm("accreditation.screen_accreditation"):
            from .organisation import Organisation

            own = Organisation.objects.represented_by(user)
            return self.exclude(status=Accreditation.Status.DRAFT).exclude(organisation__in=own)
        return self.of(user)


@pghistory.track(**history_of("Accreditation"))
class Accreditation(Procedure):
    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SUBMITTED = "submitted", _("Submitted")
        SCREENING = "screening", _("In screening")
        MORE_ASKED = "more_asked", _("More information asked")
        PUT_FORWARD = "put_forward", _("Put to Member States")
        RECOGNISED = "recognised", _("Recognised (standing held already)")
        ACCREDITED = "accredited", _("Accredited")
        NOT_ACCREDITED = "not_accredited", _("Not accredited")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        EXPIRED = "expired", _("Expired")

    MOVES = {
        Status.DRAFT: {Status.SUBMITTED, Status.WITHDRAWN},
        Status.SUBMITTED: {Status.SCREENING, Status.WITHDRAWN},
        Status.SCREENING: {
            Status.MORE_ASKED,
            Status.RECOGNISED,
            Status.PUT_FORWARD,
            Status.NOT_ACCREDITED,
            Status.WITHDRAWN,
        },
        Status.MORE_ASKED: {Status.SUBMITTED, Status.WITHDRAWN, Status.EXPIRED},
        Status.PUT_FORWARD: {Status.ACCREDITED, Status.NOT_ACCREDITED, Status.WITHDRAWN},
        Status.RECOGNISED: {Status.EXPIRED, Status.WITHDRAWN},
        Status.ACCREDITED: {Status.EXPIRED, Status.WITHDRAWN},
        Status.NOT_ACCREDITED: {Status.SCREENING},
        Status.WITHDRAWN: {Status.DRAFT},
        Status.EXPIRED: set(),
    }
    STANDING = (Status.RECOGNISED, Status.ACCREDITED)

    organisation = models.ForeignKey(
        "accreditation.Organisation", models.PROTECT, related_name="accreditations", verbose_name=_("organisation")
    )
    forum = models.ForeignKey("forums.Forum", models.PROTECT, related_name="accreditations", verbose_name=_("forum"))
    basis = models.ForeignKey("accreditation.Basis", models.PROTECT, related_name="accreditations", verbose_name=_("basis"))
    status = models.CharField(_("status"), max_length=20, choices=Status, default=Status.DRAFT, editable=False)
    begun_at = models.DateTimeField()
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    decided_by = models.CharField(_("decided by"), max_length=160, blank=True)
    evidence = models.CharField(_("evidence of the decision"), max_length=500, blank=True)
    register_entry = models.ForeignKey(
        "accreditation.RegisterEntry", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)  # in addresses, instead of the row's number
    edition = models.PositiveIntegerField(default=1, editable=False)  # counts the changes of the draft
    terms = models.JSONField(default=dict, blank=True, editable=False)  # what the basis permitted when it was granted
    holds_until = models.DateField(_("holds until"), null=True, blank=True)
    confirms = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="confirmed_by", verbose_name=_("confirms")
    )
    # Who would represent it, as the application says; voluntary, for the balance of the list (paragraph 5)
    women = models.PositiveSmallIntegerField(_("women among its representatives"), null=True, blank=True)
    men = models.PositiveSmallIntegerField(_("men among its representatives"), null=True, blank=True)
    others = models.PositiveSmallIntegerField(_("others among its representatives"), null=True, blank=True)

    objects = AccreditationQuerySet.as_manager()

    class Meta:
        ordering = ["-begun_at", "pk"]
        indexes = [models.Index(fields=["-begun_at", "id"], name="accreditations_newest_first")]
        constraints = [
            models.UniqueConstraint(
                fields=["forum", "organisation"],
                condition=~Q(status__in=["withdrawn", "expired"]),
                name="one_live_accreditation_per_organisation",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["recognised", "accredited"])
                | (Q(decided_on__isnull=False) & ~Q(decided_by="") & ~Q(evidence="")),
                name="a_standing_names_who_decided_and_the_evidence",
            ),
        ]
        permissions = [
            ("screen_accreditation", "Screens applications"),
            ("record_outcome", "Records what other bodies decided"),
            ("read_evidence", "Reads the private files behind an application"),
            ("compile_list", "Builds, freezes and circulates non-objection lists"),
            ("register_persons", "Sees and corrects registrations of persons"),
            ("choose_speakers", "Chooses speakers and releases the choice"),
            ("decide_support", "Records decisions on support for participation"),
        ]
        verbose_name = _("accreditation")
        verbose_name_plural = _("accreditations")

    def __str__(self):
        return f"{self.organisation} · {self.forum.slug} · {self.basis_id}"


class AccreditationStep(Step):
    accreditation = models.ForeignKey(Accreditation, models.CASCADE, related_name="steps")

    class Meta(Step.Meta):
        indexes = [models.Index(fields=["at"], condition=Q(announced_at__isnull=True), name="accreditation_steps_pending")]
        verbose_name = _("step of an accreditation")
        verbose_name_plural = _("steps of accreditations")
