"""Which public inputs are nearest to one: by words of its title and summary that few others have, and by what both are on.

Nothing is read of all inputs: words are looked up in their index, codes in the bits of facets, of each a bounded number.
"""

from dataclasses import dataclass

from django.db import connection

from submissions import publication
from submissions.search.by_bits import keys_of
from submissions.search.querying import by_index

COUNTED = 60  # words of one input, those of titles first, the longest first
RAREST = 15  # of them, by which others are looked for
MOST_COMMON = 1000  # inputs: a word that more of them have tells nothing
LOOKED_AT = 200  # others that share the most of these words; and the newest that share an objective
FILED_ALIKE = 100  # others of all years, under all of its objectives and in one of its places
ASIDE = 0.3  # what a word counts that the other one has only in its text, its files or its names
ENOUGH = 3  # words that nobody else has: only by sharing so much are two inputs the same in words
LEAST = 0.1  # share of words, where no objective is shared
OF_WORDS, OF_OBJECTIVES, OF_COUNTRIES, OF_REGIONS, OF_THE_REST = 3, 1, 0.5, 0.25, 0.1
BOUNDS = {
    **{"counted": COUNTED, "most_common": MOST_COMMON, "rarest": RAREST, "looked_at": LOOKED_AT},
    **{"aside": ASIDE, "enough": ENOUGH},
}
FACTS = ("id", "objectives", "round_tables", "countries", "in_regions", "level", "language", "forum_id", "visible_at")

# A lexeme between quotes is a tsquery that asks for it. Its reference is no word of its title, and numbers alone are years.
WORDS = r"""
WITH spoken AS (
    SELECT lexeme, ('''' || replace(replace(lexeme, '\', '\\'), '''', '''''') || '''')::tsquery AS asked
    FROM submissions_findable own, unnest(ts_filter(own.vector, '{a,c}'))
    WHERE own.published_id = %(key)s AND lexeme ~ '[[:alpha:]]'
        AND lexeme <> ALL (tsvector_to_array(to_tsvector('portal_plain', %(reference)s)))
    ORDER BY 'A' = ANY (weights) DESC, length(lexeme) DESC, lexeme LIMIT %(counted)s
), counted AS MATERIALIZED (
    SELECT lexeme, asked, (
        SELECT count(*) FROM (
            SELECT FROM submissions_findable other WHERE other.vector @@ asked LIMIT %(most_common)s + 1
        ) some_others
    ) AS has FROM spoken
), everything AS MATERIALIZED (
    SELECT greatest(2, sum(bit_count(bits)))::float8 AS inputs FROM submissions_facetbits WHERE facet = ''
), rare AS MATERIALIZED (
    SELECT lexeme, asked, ln(greatest(1, inputs / has)) AS worth FROM counted, everything
    WHERE has BETWEEN 2 AND %(most_common)s ORDER BY has, lexeme LIMIT %(rarest)s
), sharing AS MATERIALIZED (
    SELECT published_id, array_agg(lexeme) AS words FROM rare CROSS JOIN LATERAL (
        SELECT published_id, visible_at FROM submissions_findable other
        WHERE other.vector @@ asked AND visible_at + interval '0' <= %(at)s AND published_id <> %(key)s
    ) others
    GROUP BY published_id, visible_at ORDER BY sum(worth) DESC, visible_at DESC, published_id DESC LIMIT %(looked_at)s
)
SELECT published_id, (
    SELECT sum(CASE WHEN lexeme = ANY (said) THEN worth ELSE %(aside)s * worth END) FROM rare WHERE lexeme = ANY (words)
) / (SELECT greatest(sum(worth), %(enough)s * ln((SELECT inputs FROM everything))) FROM rare)
FROM sharing JOIN submissions_findable USING (published_id)
CROSS JOIN LATERAL (SELECT tsvector_to_array(ts_filter(vector, '{a,c}')) AS said OFFSET 0) its
"""
FILED = """
SELECT chunk, (bit_and(bits) FILTER (WHERE facet = 'objective') & bit_or(bits) FILTER (WHERE facet = %(facet)s))::text
FROM submissions_facetbits
WHERE (facet = 'objective' AND code = ANY (%(objectives)s)) OR (facet = %(facet)s AND code = ANY (%(places)s))
GROUP BY chunk HAVING count(*) FILTER (WHERE facet = 'objective') = cardinality(%(objectives)s)
    AND bool_or(facet = %(facet)s) ORDER BY chunk DESC
"""


@dataclass(frozen=True)
class Facts:
    """What is compared of an input beside its words."""

    objectives: frozenset
    round_tables: frozenset
    countries: frozenset
    regions: frozenset
    level: str
    language: str
    forum: int

    @classmethod
    def of(cls, row):
        lists = (row.objectives, row.round_tables, row.countries, row.in_regions)
        return cls(*map(frozenset, lists), row.level, row.language, row.forum_id)


def nearest_to(published, at, *, most) -> list:
    """Keys of the public inputs that are nearest to a visible one, the nearest first; four statements."""
    with by_index():
        words = _sharing_words(published, at)
    keys = {*words, *_filed_alike(published), *_newest_alike(published, at)} - {published.pk}
    own = Facts.of(published)
    scored = []
    for row in publication.visible(at).filter(pk__in=keys).values_list(*FACTS, named=True):
        score = nearness(own, Facts.of(row), words.get(row.id, 0))
        if score:
            scored.append((score, row.visible_at, row.id))
    return [key for _score, _visible_at, key in sorted(scored, reverse=True)[:most]]


def nearness(own, other, words) -> float:
    """How near another is, of which that share of the rare words is known; 0 where it has nothing to do with this one."""
    shared = own.objectives & other.objectives
    if not shared and words < LEAST and (own.objectives or (own.forum, own.level) != (other.forum, other.level)):
        return 0
    objectives = len(shared) / len(own.objectives | other.objectives) if shared else 0
    rest = (own.round_tables & other.round_tables, own.level == other.level, own.language == other.language)
    return (
        OF_WORDS * words
        + OF_OBJECTIVES * objectives
        + OF_COUNTRIES * bool(own.countries & other.countries)
        + OF_REGIONS * bool(own.regions & other.regions)
        + OF_THE_REST * sum(map(bool, rest))
    )


def _sharing_words(published, at) -> dict:
    """Key -> which share of the rare words of this input another one has, each counted by its rarity."""
    with connection.cursor() as cursor:
        cursor.execute(WORDS, {"key": published.pk, "reference": published.reference, "at": at, **BOUNDS})
        return dict(cursor.fetchall())


def _newest_alike(published, at):
    """The newest that share an objective; of an input without any, those of its forum and level."""
    others = publication.visible(at)
    if published.objectives:
        others = others.filter(objectives__overlap=published.objectives)
    else:
        others = others.filter(forum=published.forum_id, level=published.level)
    return others.newest_first().values_list("pk", flat=True)[:LOOKED_AT]


def _filed_alike(published) -> list:
    """Of all years those under all of its objectives in one of its places, in whatever language: the latest keys."""
    if not published.objectives:
        return []
    facet, places = ("country", published.countries) if published.countries else ("region", published.in_regions)
    told = {"objectives": list(map(str, published.objectives)), "facet": facet, "places": list(places)}
    if not places:
        told |= {"facet": "level", "places": [published.level]}
    found = []
    with connection.cursor() as cursor:
        cursor.execute(FILED, told)
        for chunk, bits in cursor.fetchall():
            found += sorted(keys_of(bits, chunk), reverse=True)
    return found[:FILED_ALIKE]
