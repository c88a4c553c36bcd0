"""InputsFollowing: an address that hears by mail what is new in a list of inputs; ToldInput: what it was told of."""

import uuid

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from forums.models import HearsByMail, StoppedMail

TOPIC = "new_inputs"
LONGEST_QUESTION = 2000


class InputsFollowingQuerySet(models.QuerySet):
    def standing(self):
        """Those whose address was confirmed."""
        return self.filter(confirmed_at__isnull=False)

    def listening(self):
        """Of those the ones that did not stop all letters about new inputs."""
        return self.standing().exclude(Exists(_stopped()))

    def of(self, email):
        return self.filter(email__iexact=email)

    def stopped_by(self, until):
        """Those whose address stopped all letters about new inputs before then."""
        return self.filter(Exists(_stopped().filter(at__lte=until)))


def _stopped():
    stopped = StoppedMail.objects.annotate(whose=Lower("email"))
    return stopped.filter(topic=TOPIC, whose=Lower(OuterRef("email")))


class InputsFollowing(HearsByMail):
    """One list that one address follows. Each asking makes a row; who confirms keeps one row a list.

    Of the word in the letter that confirms it only a hash is kept. `name` with the secret of this portal makes the address
    of the page on which its reader changes and ends it.
    """

    class Pace(models.TextChoices):
        DAILY = "daily", _("Once a day")
        WEEKLY = "weekly", _("Once a week")

    query = models.TextField(_("list"), blank=True, max_length=LONGEST_QUESTION)  # as Filters.whole_query; empty: all inputs
    pace = models.CharField(_("how often"), max_length=10, choices=Pace, default=Pace.WEEKLY)
    token_hash = models.CharField(max_length=64, db_index=True, editable=False)
    name = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    objects = InputsFollowingQuerySet.as_manager()

    class Meta:
        ordering = ["email", "pk"]
        indexes = [
            models.Index(fields=["pace", "told_until"], condition=Q(confirmed_at__isnull=False), name="followings_to_tell")
        ]
        constraints = [
            models.UniqueConstraint(
                Lower("email"), "query", condition=Q(confirmed_at__isnull=False), name="an_address_follows_a_list_once"
            )
        ]
        verbose_name = _("list of inputs followed by mail")
        verbose_name_plural = _("lists of inputs followed by mail")


class ToldInput(models.Model):
    """An input that a letter to this follower told of; it is never told twice, whatever becomes of it."""

    following = models.ForeignKey(InputsFollowing, models.CASCADE, related_name="told")
    published = models.ForeignKey("submissions.PublishedInput", models.CASCADE, related_name="+")
    letter = models.ForeignKey("forums.Letter", models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["following", "pk"]
        constraints = [models.UniqueConstraint(fields=["following", "published"], name="an_input_is_told_once")]
        verbose_name = _("input told by mail")
        verbose_name_plural = _("inputs told by mail")

    def __str__(self):
        return f"{self.published_id}"
