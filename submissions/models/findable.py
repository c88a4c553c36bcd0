"""Findable: what the search reads of an input that is public or is to be, in rows so narrow that many of them cost little.

Both tables are kept by PostgreSQL with the public row (migration 0006); nothing else writes them.
"""

from datetime import timedelta

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Value
from django.utils.translation import gettext_lazy as _

from submissions.models.related_inputs import WITH_FINDABLE

# Beside the public row, in the same transaction, also where a later author of code forgot it; written anew only where
# something changes that searches read, or where it is missing.
FOUND = """
IF NEW.taken_down_at IS NOT NULL OR NEW.vector IS NULL THEN
    DELETE FROM submissions_findable WHERE published_id = NEW.id;
ELSIF TG_OP = 'INSERT' OR (
    NEW.submission_id, NEW.visible_at, NEW.language, NEW.vector, NEW.taken_down_at, submissions_filed_under(NEW)
) IS DISTINCT FROM (
    OLD.submission_id, OLD.visible_at, OLD.language, OLD.vector, OLD.taken_down_at, submissions_filed_under(OLD)
) OR NOT EXISTS (SELECT FROM submissions_findable WHERE published_id = NEW.id) THEN
    PERFORM submissions_make_findable(NEW);
END IF;
RETURN NULL;
"""


class FindableQuerySet(models.QuerySet):
    def seen(self, at):
        """Those that are visible at that instant, as no index has it (PublishedInputQuerySet.visible_by_words)."""
        return self.alias(appears=F("visible_at") + Value(timedelta(0), models.DurationField())).filter(appears__lte=at)


class Findable(models.Model):
    """There is one only while its input is not taken down. The vector lies beside the row, so counting never unpacks it."""

    published = models.OneToOneField("submissions.PublishedInput", models.CASCADE, primary_key=True, related_name="findable")
    submission_id = models.UUIDField()  # by which passages of its files are known
    visible_at = models.DateTimeField()
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    filed = models.TextField()  # a FiledSign for each value that it is filed under
    vector = SearchVectorField()

    objects = FindableQuerySet.as_manager()

    class Meta:
        indexes = [GinIndex(fields=["vector"], name="findable_by_words")]
        triggers = [WITH_FINDABLE]

    def __str__(self):
        return str(self.published_id)


class FiledSign(models.Model):
    """One letter that stands for a value under which inputs are filed: a level, a country. Once given it stays."""

    sign = models.CharField(max_length=1, primary_key=True)
    value = models.CharField(max_length=60, unique=True)  # “level:national”: a facet, and its code as rows carry it

    def __str__(self):
        return self.value
