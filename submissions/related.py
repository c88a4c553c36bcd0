"""Inputs that an input's reader may want next: the nearest that a sweep found, as far as they are visible at that moment.

Until the sweep has come to an input (within a minute of its publication, later after an upgrade) it is those of the newest
that share its objectives, the likest in words first. So it costs the same however many inputs there are.
"""

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import Case, Exists, F, IntegerField, OuterRef, Value, When
from django.db.models.functions import Upper

from forums.kept_statements import KeptStatement
from submissions import publication
from submissions.models import Likeness

LOOKED_AT, SHOWN = 40, 5
MOST_LIKE = 200  # of the title, what is compared
COPY = 0.8  # of the shingles: the same text but for names and numbers; its card says so


def related_to(published, at) -> list:
    """At most five, of the row of its page; one statement. None that is not visible, whatever was found before."""
    if published.related is not None:
        told = {"at": at, "keys": published.related, "version": published.version_id}
        found = {row.pk: row for row in THESE.rows(**told)} if published.related else {}
        return [found[key] for key in published.related if key in found][:SHOWN]
    told = {"at": at, "key": published.pk, "title": published.title.upper()[:MOST_LIKE], "language": published.language}
    if published.objectives:
        return SHARING.rows(**told, objectives=published.objectives)
    return NEAR_BY.rows(**told, forum=published.forum_id, level=published.level)


def these(*, at, keys, version):
    copies = Likeness.objects.filter(version=version, other=OuterRef("version"), share__gte=COPY)
    return publication.visible(at).filter(pk__in=keys).order_by().for_cards().annotate(is_copy=Exists(copies))


def sharing_objectives(*, at, key, objectives, **told):
    return _likest(publication.visible(at).exclude(pk=key).filter(objectives__overlap=objectives), at=at, **told)


def of_the_same_place(*, at, key, forum, level, **told):
    """An input without objectives is near those of its forum and level."""
    return _likest(publication.visible(at).exclude(pk=key).filter(forum=forum, level=level), at=at, **told)


def _likest(others, *, at, title, language):
    near = others.newest_first().values("pk")[:LOOKED_AT]
    alike = TrigramWordSimilarity(title, Upper("title"))
    own_language = Case(When(language=language, then=Value(1)), default=Value(0), output_field=IntegerField())
    rows = publication.visible(at).filter(pk__in=near).annotate(alike=alike, own_language=own_language)
    return rows.order_by(F("alike").desc(), "-own_language", "-visible_at", "-pk").lean()[:SHOWN]


THESE, SHARING, NEAR_BY = map(KeptStatement, (these, sharing_objectives, of_the_same_place))
