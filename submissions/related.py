"""Inputs that an input's reader may want next: those that share its objectives, the likest in words first.

Of the newest that share an objective only so many are looked at; so it costs the same however many there are.
"""

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import Case, F, IntegerField, Value, When
from django.db.models.functions import Upper

from submissions import publication

LOOKED_AT, SHOWN = 40, 5
MOST_LIKE = 200  # of the title, what is compared


def related_to(published, at) -> list:
    """At most five; one statement, along the index of the newest."""
    others = publication.visible(at).exclude(pk=published.pk)
    shared = (
        others.filter(objectives__overlap=published.objectives) if published.objectives else _same_place(others, published)
    )
    near = shared.newest_first().values("pk")[:LOOKED_AT]
    alike = TrigramWordSimilarity(published.title.upper()[:MOST_LIKE], Upper("title"))
    own_language = Case(When(language=published.language, then=Value(1)), default=Value(0), output_field=IntegerField())
    rows = publication.visible(at).filter(pk__in=near).annotate(alike=alike, own_language=own_language)
    return list(rows.order_by(F("alike").desc(), "-own_language", "-visible_at", "-pk").lean()[:SHOWN])


def _same_place(others, published):
    """An input without objectives is near those of its forum and level."""
    return others.filter(forum=published.forum_id, level=published.level)
