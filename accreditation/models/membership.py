"""Membership: who acts for an organisation, in which role, from when to when. Invitation: a link that lets one join."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from forums.history import history_of


class MembershipQuerySet(models.QuerySet):
    def standing(self):
        """Memberships in force: admitted and not ended."""
        return self.filter(since__isnull=False, until__isnull=True)

    def asked(self):
        """Requests to join that wait for an answer."""
        return self.filter(since__isnull=True, until__isnull=True)


@pghistory.track(**history_of("Membership"))
class Membership(models.Model):
    class Role(models.TextChoices):
        FOCAL_POINT = "focal_point", _("Focal point")
        ALTERNATE = "alternate", _("Alternate")
        DRAFTER = "drafter", _("Drafter")
        VIEWER = "viewer", _("Viewer")

    class Ended(models.TextChoices):
        TURNED_DOWN = "turned_down", _("Request turned down")
        TAKEN_BACK = "taken_back", _("Request taken back")
        LEFT = "left", _("Left")
        REMOVED = "removed", _("Removed by the organisation")
        HANDED_OVER = "handed_over", _("Handed over")
        BY_DESK = "by_desk", _("Ended by the desk")
        MERGED = "merged", _("Two records were merged")
        CLOSED = "closed", _("The account was closed")

    organisation = models.ForeignKey(
        "accreditation.Organisation", models.CASCADE, related_name="memberships", verbose_name=_("organisation")
    )
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships", verbose_name=_("person"))
    role = models.CharField(_("role"), max_length=12, choices=Role)
    asked_at = models.DateTimeField(_("asked at"))
    since = models.DateTimeField(_("admitted"), null=True, blank=True)
    until = models.DateTimeField(_("ended or turned down"), null=True, blank=True)
    ended = models.CharField(_("how it ended"), max_length=12, choices=Ended, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("ended by")
    )
    message = models.CharField(_("message to the focal point"), max_length=500, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["organisation", "role", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "user"], condition=Q(until__isnull=True), name="one_live_membership_per_person"
            )
        ]
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")

    def __str__(self):
        return f"{self.user} · {self.organisation} · {self.get_role_display()}"


class InvitationQuerySet(models.QuerySet):
    def open(self, at):
        """Neither used nor taken back nor late."""
        return self.filter(used_at__isnull=True, taken_back_at__isnull=True, expires_at__gt=at)


class Invitation(models.Model):
    """A link in a letter lets its reader join in that role, once and until a day; only its fingerprint is kept."""

    organisation = models.ForeignKey(
        "accreditation.Organisation", models.CASCADE, related_name="invitations", verbose_name=_("organisation")
    )
    email = models.EmailField(_("e-mail address"))
    role = models.CharField(_("role"), max_length=12, choices=Membership.Role)
    fingerprint = models.CharField(max_length=64, unique=True)  # SHA-256 of the word in the link
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("invited by"))
    at = models.DateTimeField(_("invited at"))
    expires_at = models.DateTimeField(_("holds until"))
    used_at = models.DateTimeField(_("used at"), null=True, blank=True)
    used_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("used by")
    )
    taken_back_at = models.DateTimeField(_("taken back at"), null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "email"],
                condition=Q(used_at__isnull=True, taken_back_at__isnull=True),
                name="one_open_invitation_per_address",
            )
        ]
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")

    def __str__(self):
        return f"{self.email} · {self.organisation}"
