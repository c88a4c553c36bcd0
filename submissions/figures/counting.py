"""Everything that a page of figures counts, in one statement over what the public sees and what is counted only.

An input that names regions counts in those; another in the regions of its countries, as on the desk. What is counted only
stands in figures of one feature, never where two cross: a crossing could tell whose it is (docs/decisions, 0039).
"""

# ruff: noqa: S608 only names written here are put into the statement; every value stays a parameter

import hashlib
from dataclasses import dataclass, field

from django.core.cache import caches
from django.db import connection
from django.db.models import F, Value

from submissions.figures.few import codes_of
from submissions.models import Submission
from submissions.publication import counted, last_change
from submissions.search.counting import KEPT_SECONDS

COLUMNS = ("lead", "forum", "level", "kind", "language", "received", "countries", "regions", "objectives", "is_shown")
BOTH = "count(*) FILTER (WHERE is_shown), count(*) FILTER (WHERE NOT is_shown)"
SUMS = (
    "coalesce(sum(inputs) FILTER (WHERE is_shown), 0)::bigint, coalesce(sum(inputs) FILTER (WHERE NOT is_shown), 0)::bigint"
)
ONE_FEATURE = {
    "total": "SELECT 'total', '', '', {both} FROM here",
    "forum": "SELECT 'forum', forum::text, '', {both} FROM here GROUP BY forum",
    "level": "SELECT 'level', level, '', {both} FROM here GROUP BY level",
    "kind": "SELECT 'kind', kind, '', {both} FROM here GROUP BY kind",
    "language": "SELECT 'language', language, '', {both} FROM here GROUP BY language",
    "objective": "SELECT 'objective', goal::text, '', {sums} FROM goals GROUP BY goal",
    "region": "SELECT 'region', code, '', {both} FROM placed GROUP BY code",
    "country": "SELECT 'country', code::text, '', {both} FROM here, unnest(countries) AS code GROUP BY code",
    "time": "SELECT 'time', begins::text, '', {both} FROM timed GROUP BY begins",
}
CROSSED = {
    "level": "SELECT 'level by objective', goal::text, level, sum(inputs)::bigint, 0 FROM goals",
    "kind": "SELECT 'kind by objective', goal::text, kind, sum(inputs)::bigint, 0 FROM goals",
    "region": "SELECT 'region by objective', goal::text, code, count(*), 0 FROM placed, unnest(objectives) AS goal",
}
# Whoever gave an input to an earlier forum is no newcomer; the demonstration is a world of its own.
NEWCOMERS = """
    SELECT 'newcomers', forum::text, '', count(*) FILTER (WHERE day = earliest), count(*) FILTER (WHERE day > earliest)
    FROM (SELECT forum, day, min(day) OVER (PARTITION BY lead, demonstration) AS earliest
          FROM (SELECT DISTINCT lead, forum, coalesce(first_day, 'infinity') AS day, demonstration
                FROM seen JOIN forums_forum ON forums_forum.id = forum) AS given) AS gave
    WHERE forum IN (SELECT forum FROM here) GROUP BY forum
"""
LEADS = "SELECT 'organisations', '', '', count(DISTINCT lead), 0 FROM here"
# Distinct countries: least developed ones, and the others.
LDC = "count(DISTINCT iso3) FILTER (WHERE ldc), count(DISTINCT iso3) FILTER (WHERE NOT ldc)"
COUNTRIES = """
    SELECT 'ldc', 'states', '', {ldc} FROM here JOIN accreditation_organisation AS body ON body.id = lead
        JOIN forums_country ON iso3 = body.country_id WHERE here.kind = 'member_state'
    UNION ALL
    SELECT 'ldc', 'organisations', '', {ldc} FROM here JOIN accreditation_organisation AS body ON body.id = lead
        JOIN forums_country ON iso3 = body.country_id
    UNION ALL
    SELECT 'ldc', 'about', '', {ldc} FROM here, unnest(countries) AS code JOIN forums_country ON iso3 = code
"""
ACROSS = tuple(CROSSED)


@dataclass(frozen=True)
class Numbers:
    """figures[name][code] is a pair, of what is shown and of what is counted only; of newcomers: new, and known before;
    of least developed countries: those, and others. crossed[across][objective, code] is a number of shown inputs."""

    figures: dict = field(default_factory=dict)
    crossed: dict = field(default_factory=dict)

    def pair(self, name, code="") -> tuple:
        return self.figures.get(name, {}).get(str(code), (0, 0))

    @property
    def total(self) -> int:
        return sum(self.pair("total"))

    @property
    def unseen(self) -> int:
        return self.pair("total")[1]


def numbers(at, forum=None) -> Numbers:
    """What is public of that forum, or of all, at that instant; kept for a minute while the public side is the same."""
    pages, key = caches["pages"], f"{last_change(at)}|{forum and (forum.pk, forum.time_zone)}"
    name = "numbers:" + hashlib.sha256(key.encode()).hexdigest()
    if kept := pages.get(name):
        return kept
    counted_now = count(at, forum)
    pages.set(name, counted_now, KEPT_SECONDS)
    return counted_now


def count(at, forum=None) -> Numbers:
    """The same, counted now: by weeks of the forum's zone, over all forums by months of UTC."""
    figures, crossed = {}, {across: {} for across in ACROSS}
    with connection.cursor() as cursor:
        cursor.execute(*_statement(at, forum))
        for name, code, other, one, two in cursor.fetchall():
            if other:
                crossed[name.partition(" ")[0]][code, other] = one
            elif one or two:
                figures.setdefault(name, {})[code] = (one, two)
    return Numbers(figures, crossed)


def _statement(at, forum):
    shown, unseen = counted(at)
    own = {"is_shown": Value(True), "received": F("received_at"), "lead": F("organisation_id")}
    seen = shown.order_by().annotate(**own).values_list(*_columns("forum_id", "kind", "countries", "regions", "objectives"))
    lists = [codes_of(getattr(Submission, name), column) for name, column in LISTS]
    other = unseen.order_by().annotate(**{**own, "is_shown": Value(False)})
    other = other.values_list(*_columns("call__forum_id", "organisation__kind", *lists))
    (one, params), (two, more) = (rows.query.sql_with_params() for rows in (seen, other))
    parts = [part.format(both=BOTH, sums=SUMS) for part in ONE_FEATURE.values()]
    parts += [f"{part} WHERE is_shown GROUP BY 2, 3" for part in CROSSED.values()]
    parts += [LEADS, NEWCOMERS, COUNTRIES.format(ldc=LDC)]
    sql = f"""
        WITH seen ({", ".join(COLUMNS)}) AS MATERIALIZED ({one} UNION ALL {two}),
             here AS MATERIALIZED (SELECT * FROM seen WHERE %s IS NULL OR forum = %s),
             goals AS MATERIALIZED (
                 SELECT goal, level, kind, is_shown, count(*) AS inputs FROM here, unnest(objectives) AS goal
                 GROUP BY goal, level, kind, is_shown),
             placed AS MATERIALIZED (
                 SELECT is_shown, objectives, code FROM here CROSS JOIN LATERAL (
                     SELECT unnest(regions)::text AS code UNION
                     SELECT region_id FROM forums_country_regions
                     WHERE cardinality(regions) = 0 AND country_id = ANY (countries::text[])) AS regions_of),
             timed AS (SELECT is_shown, date_trunc(%s, received AT TIME ZONE %s)::date AS begins FROM here)
        {" UNION ALL ".join(parts)}"""
    key = forum and forum.pk
    return sql, [*params, *more, key, key, *(("week", forum.time_zone) if forum else ("month", "UTC"))]


LISTS = (("countries", "country"), ("regions", "region"), ("objectives", "objective"))


def _columns(forum, kind, countries, regions, objectives):
    """The columns of COLUMNS as either table calls them."""
    return ("lead", forum, "level", kind, "language", "received", countries, regions, objectives, "is_shown")
