"""PublishedInput: what the public sees of an input, copied at publication through one whitelist (publication.py).

Every public page, count, feed and API answer reads this table and nothing else, so what was never copied cannot leak.
"""

from datetime import UTC, datetime, timedelta

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Value
from django.db.models.functions import Coalesce, Upper
from django.utils.translation import gettext_lazy as _

from accreditation.models.organisation import Kind
from forums.addresses import address
from forums.models.call import Level
from submissions.models.findable import FOUND

NEVER = datetime(9999, 1, 1, tzinfo=UTC)
ON_CARDS = (
    *("submission_id", "reference", "forum_id", "organisation_name", "organisation_slug", "organisation_language"),
    *("co_sponsors", "kind", "basis", "title", "title_is_described", "excerpt", "language", "level", "objectives"),
    *("countries", "regions", "files", "translations", "visible_at"),
)


class PublishedInputQuerySet(models.QuerySet):
    def visible(self, at):
        """Published and due to be seen at that instant, tombstones left out."""
        return self.filter(visible_at__lte=at, taken_down_at__isnull=True)

    def visible_by_words(self, at):
        """The same rows by conditions that no index has: whoever asks for words shall be answered by the index of words.

        PostgreSQL takes unpacking a vector for cheap, and would compare that of each row along the index of dates.
        """
        appears = F("visible_at") + Value(timedelta(0), models.DurationField())
        return self.alias(appears=appears, gone=Coalesce("taken_down_at", Value(NEVER))).filter(appears__lte=at, gone=NEVER)

    def newest_first(self):
        return self.order_by("-visible_at", "-pk")

    def lean(self):
        """Without the columns no list shows; the search vector alone is longer than all others together."""
        return self.defer("vector", "call_name", "taken_down_because", "in_regions", "received_in")

    def for_cards(self):
        """With nothing but what a line of a list says of an input (submissions/cards.py)."""
        return self.only(*ON_CARDS)


# Whatever changes what the public sees is stamped by PostgreSQL, also what a later author of code forgot to stamp. An input
# that is public later counts as changed when it appears. A stamp that is given is kept.
STAMPED = """
IF NEW.stamp IS NULL OR (
    TG_OP = 'UPDATE' AND NEW.stamp = OLD.stamp
    AND (to_jsonb(NEW) - 'vector') IS DISTINCT FROM (to_jsonb(OLD) - 'vector')
) THEN
    NEW.stamp := greatest(clock_timestamp(), NEW.visible_at);
END IF;
RETURN NEW;
"""


# The figures of public and desk count by the same rule. What a country belongs to may change, too, and the zone of
# a forum: then the rows about it are touched (migrations 0004 and 0005), and this fills them anew.
PLACED = """
NEW.in_regions := CASE WHEN cardinality(NEW.regions) > 0 THEN NEW.regions ELSE (
    SELECT coalesce(array_agg(DISTINCT region_id ORDER BY region_id), '{}') FROM forums_country_regions
    WHERE country_id = ANY (NEW.countries)
) END;
NEW.received_in := (
    SELECT extract(year FROM NEW.received_at AT TIME ZONE time_zone) FROM forums_forum WHERE id = NEW.forum_id
);
RETURN NEW;
"""


class PublishedInput(models.Model):
    submission = models.OneToOneField("submissions.Submission", models.PROTECT, related_name="published")
    version = models.ForeignKey("submissions.Version", models.PROTECT, related_name="+")
    reference = models.CharField(_("reference"), max_length=30, unique=True)
    symbol = models.CharField(_("symbol"), max_length=60, default="")  # of the version that is shown
    forum = models.ForeignKey("forums.Forum", models.PROTECT, related_name="published_inputs", verbose_name=_("forum"))
    call_name = models.JSONField(default=dict)  # by language
    organisation = models.ForeignKey("accreditation.Organisation", models.PROTECT, related_name="published_inputs")
    organisation_name = models.CharField(max_length=250)
    organisation_slug = models.CharField(max_length=80)
    organisation_language = models.CharField(max_length=10)
    co_sponsors = models.JSONField(_("co-sponsors"), default=list, blank=True)  # publication.co_sponsor_columns
    co_sponsor_keys = ArrayField(models.BigIntegerField(), default=list, blank=True)  # organisations that agreed
    kind = models.CharField(_("kind of organisation"), max_length=20, choices=Kind)
    basis = models.CharField(
        _("basis"), max_length=30, blank=True
    )  # code of the standing held at publication; empty: none recorded
    title = models.CharField(max_length=300)
    title_is_described = models.BooleanField(default=False)
    excerpt = models.TextField(blank=True)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    level = models.CharField(_("level"), max_length=10, choices=Level)
    objectives = ArrayField(models.PositiveSmallIntegerField(), default=list, verbose_name=_("objectives"))
    round_tables = ArrayField(models.PositiveSmallIntegerField(), default=list, verbose_name=_("round tables"))
    countries = ArrayField(models.CharField(max_length=3), default=list, verbose_name=_("countries and areas"))
    regions = ArrayField(models.CharField(max_length=10), default=list, verbose_name=_("regions"))
    # Where it is looked for: the regions it names; where it names none, those of its countries. Set by a trigger.
    in_regions = ArrayField(models.CharField(max_length=10), default=list, editable=False)
    files = models.PositiveSmallIntegerField(_("files"), default=0)
    words = models.PositiveIntegerField(_("words"), default=0)
    received_at = models.DateTimeField()
    received_in = models.PositiveSmallIntegerField(editable=False)  # the year of that in the forum's zone; set by a trigger
    recorded_by_desk = models.BooleanField(_("recorded by the desk"), default=False)
    source_url = models.URLField(_("where the original stands"), max_length=500, blank=True)
    source_title = models.CharField(_("title at the source"), max_length=300, blank=True)
    source_seen = models.CharField(_("date given by the source"), max_length=10, blank=True)
    translations = models.JSONField(default=dict, blank=True)  # by language: publication.translations_of
    used_in = models.JSONField(default=list, blank=True)  # publication.used_in
    visible_at = models.DateTimeField()
    changed_at = models.DateTimeField()  # last change of what the public sees: Last-Modified, Atom's updated
    corrected_at = models.DateTimeField(_("corrected"), null=True, blank=True)  # since when a correction is shown
    taken_down_at = models.DateTimeField(null=True, blank=True)
    taken_down_because = models.TextField(
        _("public reason for taking it down"), blank=True
    )  # the public reason on the tombstone
    vector = SearchVectorField(null=True)  # searches read the copy that a trigger keeps (findable.py), which has the index
    stamp = models.DateTimeField(editable=False)  # set by a trigger: harvesters are told of changes in this order

    objects = PublishedInputQuerySet.as_manager()

    class Meta:
        ordering = ["-visible_at", "-pk"]
        indexes = [
            GinIndex(OpClass(Upper("title"), name="gin_trgm_ops"), name="published_titles_by_trigram"),
            models.Index(fields=["-visible_at", "-id"], name="published_newest_first"),
            models.Index(fields=["forum", "-visible_at", "-id"], name="published_by_forum"),
            models.Index(fields=["organisation", "-visible_at"], name="published_by_organisation"),
            models.Index(fields=["-changed_at"], name="published_by_change"),
            models.Index(fields=["stamp", "id"], name="published_by_stamp"),
            models.Index(
                fields=["title", "-visible_at", "-id"],
                condition=models.Q(taken_down_at__isnull=True),
                name="published_by_title",
            ),
            models.Index(
                fields=["organisation_name", "-visible_at", "-id"],
                condition=models.Q(taken_down_at__isnull=True),
                name="published_by_organisation_name",
            ),
            models.Index(
                fields=["countries", "-visible_at", "-id"],
                condition=models.Q(taken_down_at__isnull=True),
                name="published_by_country",
            ),
            GinIndex(fields=["objectives"], name="published_by_objective"),
            GinIndex(fields=["co_sponsor_keys"], condition=~models.Q(co_sponsor_keys=[]), name="published_by_co_sponsor"),
        ]
        triggers = [
            pgtrigger.Trigger(  # by its name before the stamp, which tells whether it changed anything
                name="placed", when=pgtrigger.Before, operation=pgtrigger.Insert | pgtrigger.Update, func=PLACED
            ),
            pgtrigger.Trigger(
                name="stamp", when=pgtrigger.Before, operation=pgtrigger.Insert | pgtrigger.Update, func=STAMPED
            ),
            pgtrigger.Trigger(name="found", when=pgtrigger.After, operation=pgtrigger.Insert | pgtrigger.Update, func=FOUND),
        ]
        verbose_name = _("published input")
        verbose_name_plural = _("published inputs")

    def __str__(self):
        return self.reference

    def get_absolute_url(self):
        return address("submissions:input", self.reference)


class FormerlyPublished(models.Model):
    """A version that was public until a correction took its place, and can still be read at its own address.

    What was taken down, withdrawn, or hidden when it was corrected has no row.
    """

    published = models.ForeignKey(PublishedInput, models.CASCADE, related_name="former")
    version = models.OneToOneField("submissions.Version", models.PROTECT, related_name="formerly_published")
    until = models.DateTimeField(_("public until"))

    class Meta:
        ordering = ["published", "until", "pk"]
        verbose_name = _("formerly published version")
        verbose_name_plural = _("formerly published versions")

    def __str__(self):
        return self.version.symbol
