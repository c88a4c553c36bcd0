"""A few figures about everything that is public: counted in one statement, kept while nothing changes."""

# ruff: noqa: S608 the statement holds no value of anybody; every value stays a parameter

from dataclasses import dataclass

from django.contrib.postgres.expressions import ArraySubquery
from django.core.cache import caches
from django.db import connection
from django.db.models import OuterRef

from submissions.models import Submission
from submissions.publication import counted, last_change
from submissions.search.counting import KEPT_SECONDS


@dataclass(frozen=True)
class Figures:
    inputs: int = 0
    organisations: int = 0
    countries: int = 0
    on_ldcs: int = 0  # inputs about at least one least developed country
    objectives: int = 0
    unseen: int = 0  # of the inputs: counted by the wish of their authors, and shown nowhere

    @property
    def ldc_share(self) -> int:
        """In whole per cent of all inputs."""
        return round(100 * self.on_ldcs / self.inputs) if self.inputs else 0


def figures(at) -> Figures:
    """What is published by that instant; counted anew when Redis is away."""
    changed = last_change(at)
    name = f"figures:{changed.at.timestamp()}:{changed.newest}" if changed else "figures:none"
    if kept := caches["pages"].get(name):
        return kept
    shown, unseen = counted(at)
    seen, params = shown.order_by().values_list("organisation_id", "countries", "objectives").query.sql_with_params()
    lists = [codes_of(Submission.countries, "country"), codes_of(Submission.objectives, "objective")]
    other, more = unseen.order_by().values_list("organisation_id", *lists).query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            WITH seen (organisation, countries, objectives) AS MATERIALIZED ({seen} UNION ALL {other}),
                 ldcs AS (SELECT array_agg(iso3::text) AS codes FROM forums_country WHERE ldc)
            SELECT (SELECT count(*) FROM seen),
                   (SELECT count(DISTINCT organisation) FROM seen),
                   (SELECT count(DISTINCT code) FROM seen, unnest(countries) AS code),
                   (SELECT count(*) FROM seen, ldcs WHERE countries::text[] && codes),
                   (SELECT count(DISTINCT number) FROM seen, unnest(objectives) AS number),
                   (SELECT count(*) FROM ({other}) AS unseen)
            """,
            [*params, *more, *more],
        )
        figures = Figures(*cursor.fetchone())
    caches["pages"].set(name, figures, KEPT_SECONDS)
    return figures


def codes_of(link, column):
    """The keys of one list of an input that has no public row, as an array."""
    return ArraySubquery(link.through.objects.filter(submission=OuterRef("pk")).values(column))
