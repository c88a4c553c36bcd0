"""What a person chose for their queue, and the views they saved: a search line with filters, order and columns."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


class SavedViewQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own, and those that are shared with the team. What a view lists is decided by who opens it, never by it."""
        return self.filter(Q(owner=user.pk) | Q(shared=True)) if user.is_authenticated else self.none()


class SavedView(models.Model):
    """A name for a way to look at the queue. It only narrows: each reader sees through it what they see without it."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("owner"))
    name = models.CharField(_("name of the view"), max_length=60)
    query = models.CharField(_("search line, filters and order"), max_length=3000, blank=True)  # as in the address
    columns = models.JSONField(_("columns"), default=list)  # empty: the columns of the reader
    shared = models.BooleanField(_("shared with the team"), default=False)
    saved_at = models.DateTimeField(_("last saved"))

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint("owner", Lower("name"), name="names_of_views_are_unique_per_owner")]
        verbose_name = _("saved view of the queue")
        verbose_name_plural = _("saved views of the queue")

    def __str__(self):
        return self.name


class QueueChoice(models.Model):
    """Columns, keys and start view of one person. No row: the usual columns, keys on, no start view."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("person"))
    columns = models.JSONField(_("columns"), default=list)  # in their order; empty: the usual ones
    keys = models.BooleanField(_("single keys act on the desk"), default=True)
    start = models.ForeignKey(SavedView, models.SET_NULL, null=True, related_name="+", verbose_name=_("first view"))

    class Meta:
        verbose_name = _("choice for the queue")
        verbose_name_plural = _("choices for the queue")

    def __str__(self):
        return str(self.user_id)
