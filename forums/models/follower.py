"""Who hears by mail: Follower, an address that asked to hear of changes; StoppedMail, a topic an address does not want."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


def new_key():
    """192 random bits for an address that only its holder knows."""
    return secrets.token_urlsafe(24)


class HearsByMail(models.Model):
    """An address without an account that asked for letters; it is told nothing before it is confirmed by one."""

    email = models.EmailField(_("e-mail address"))
    language = models.CharField(_("language of letters"), max_length=10, choices=settings.LANGUAGES, default="en")
    asked_at = models.DateTimeField(_("asked"))
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    told_until = models.DateTimeField(null=True, blank=True)  # what became different up to here was told

    class Meta:
        abstract = True

    def __str__(self):
        return self.email


class FollowerQuerySet(models.QuerySet):
    def standing(self):
        """Those who confirmed their address and have not stopped."""
        return self.filter(confirmed_at__isnull=False, stopped_at__isnull=True)

    def of(self, forum):
        """Those who follow this forum or all of them."""
        return self.filter(Q(forum=forum) | Q(forum__isnull=True))


class Follower(HearsByMail):
    """Follows one forum or the whole calendar by mail; told nothing before the address is confirmed."""

    class Pace(models.TextChoices):
        AT_ONCE = "at_once", _("At once")
        WEEKLY = "weekly", _("Once a week")

    forum = models.ForeignKey(
        "forums.Forum", models.CASCADE, null=True, blank=True, related_name="followers", verbose_name=_("forum")
    )
    pace = models.CharField(_("how often"), max_length=10, choices=Pace, default=Pace.AT_ONCE)
    key = models.CharField(max_length=40, unique=True, default=new_key, editable=False)
    stopped_at = models.DateTimeField(_("stopped"), null=True, blank=True)

    objects = FollowerQuerySet.as_manager()

    class Meta:
        ordering = ["email", "pk"]
        constraints = [
            models.UniqueConstraint(Lower("email"), "forum", name="an_address_follows_a_forum_once", nulls_distinct=False)
        ]
        verbose_name = _("follower of the calendar")
        verbose_name_plural = _("followers of the calendar")


class StoppedMail(models.Model):
    """An address that stopped a topic of letters; legal notices have no topic and cannot be stopped."""

    email = models.EmailField(_("e-mail address"))
    topic = models.CharField(_("topic"), max_length=30)
    at = models.DateTimeField(_("stopped"))

    class Meta:
        ordering = ["email", "topic"]
        constraints = [models.UniqueConstraint(Lower("email"), "topic", name="a_topic_is_stopped_once")]
        verbose_name = _("stopped topic of letters")
        verbose_name_plural = _("stopped topics of letters")

    def __str__(self):
        return f"{self.email}: {self.topic}"


class SecondLanguage(models.Model):
    """An address that asked for its letters in another language too; every letter to it then says everything twice."""

    email = models.EmailField(_("e-mail address"))
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)

    class Meta:
        ordering = ["email"]
        constraints = [models.UniqueConstraint(Lower("email"), name="an_address_has_one_second_language")]
        verbose_name = _("second language of letters")
        verbose_name_plural = _("second languages of letters")

    def __str__(self):
        return f"{self.email}: {self.language}"


class CalendarKey(models.Model):
    """The private address of one's own deadlines as a calendar; a new key makes the old address a missing one."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="calendar_key")
    key = models.CharField(max_length=40, unique=True, default=new_key, editable=False)
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("private calendar address")
        verbose_name_plural = _("private calendar addresses")

    def __str__(self):
        return str(self.user)
