"""Figures of the reviews: how long inputs stay in each status, how many wait week by week, what each reviewer has and did.

Everything is counted among the inputs that the reader may see; one statement, however many there are.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.contrib.auth import get_user_model
from django.db import connection

from submissions.models import Submission

STAGES = ("submitted", "under_review", "clarification_asked", "accepted")
WEEKS = 26


@dataclass(frozen=True)
class Stage:
    """How long inputs stayed in a status before they left it, in days; and how many are in it now, the oldest how long."""

    status: str
    left: int
    median: float | None
    most: float | None  # 95 of 100 left within so many days
    now: int
    oldest: float | None

    @property
    def word(self):
        return Submission.Status(self.status).label


@dataclass(frozen=True)
class Reviewer:
    person: object
    open: int
    oldest: float | None
    decided: int
    median: float | None


# Each step with the moment of the next one: how long an input stood where the step led it. Read once for all figures.
STOOD = """
    WITH stood AS MATERIALIZED (
        SELECT step.submission_id, step.became, step.at AS came,
            lead(step.at) OVER story AS went, lead(step.by_id) OVER story AS moved_by, lead(step.became) OVER story AS next
        FROM submissions_submissionstep step WHERE step.submission_id IN ({visible})
        WINDOW story AS (PARTITION BY step.submission_id ORDER BY step.id)
    ),
"""
LEFT, HERE = "extract(epoch FROM (went - came)) / 86400.0", "extract(epoch FROM (%(at)s::timestamptz - came)) / 86400.0"
PARTS = f"""
    stage AS (
        SELECT 'stage', became, count(went),
            percentile_cont(0.5) WITHIN GROUP (ORDER BY {LEFT}) FILTER (WHERE went IS NOT NULL),
            percentile_cont(0.95) WITHIN GROUP (ORDER BY {LEFT}) FILTER (WHERE went IS NOT NULL),
            count(*) FILTER (WHERE went IS NULL), max({HERE}) FILTER (WHERE went IS NULL)
        FROM stood WHERE became = ANY(%(stages)s) AND next IS DISTINCT FROM became GROUP BY became
    ),
    week AS (
        SELECT 'week', change.week::date::text, sum(change.n), NULL::float, NULL::float, NULL::bigint, NULL::float FROM (
            SELECT date_trunc('week', came AT TIME ZONE 'UTC') AS week, 1 AS n FROM stood WHERE became = ANY(%(waits)s)
            UNION ALL
            SELECT date_trunc('week', went AT TIME ZONE 'UTC'), -1 FROM stood
            WHERE became = ANY(%(waits)s) AND went IS NOT NULL
        ) change GROUP BY change.week
    ),
    has AS (
        SELECT 'has', reviewer_id::text, count(*), max({HERE}), NULL::float, NULL::bigint, NULL::float FROM stood
        JOIN submissions_submission input ON input.id = stood.submission_id
        WHERE went IS NULL AND reviewer_id IS NOT NULL AND became = ANY(%(waits)s) GROUP BY reviewer_id
    ),
    did AS (
        SELECT 'did', moved_by::text, count(*), percentile_cont(0.5) WITHIN GROUP (ORDER BY {LEFT}),
            NULL::float, NULL::bigint, NULL::float
        FROM stood WHERE became = 'under_review' AND next IN ('accepted', 'not_admissible') AND moved_by IS NOT NULL
        GROUP BY moved_by
    )
    SELECT * FROM stage UNION ALL SELECT * FROM week UNION ALL SELECT * FROM has UNION ALL SELECT * FROM did
"""  # noqa: S608 - expressions of this file
NOTHING = (0, None, None, 0, None)


def told(user, at: datetime) -> dict:
    """All figures among what this person may see, in one statement: part -> {what it is of: its numbers}."""
    visible, known = Submission.objects.visible_to(user).order_by().values("pk").query.sql_with_params()
    names = {f"known_{place}": value for place, value in enumerate(known)}
    visible = visible % tuple(f"%({name})s" for name in names)
    asked = {**names, "at": at, "stages": list(STAGES), "waits": list(STAGES[:3])}
    found = {"stage": {}, "week": {}, "has": {}, "did": {}}
    with connection.cursor() as cursor:
        cursor.execute(STOOD.replace("{visible}", visible) + PARTS, asked)
        for part, of, *numbers in cursor.fetchall():
            found[part][of] = tuple(numbers)
    return found


def stages(found) -> list[Stage]:
    """One line for each status in which an input waits for the desk or for its author."""
    return [Stage(status, *found["stage"].get(status, NOTHING)) for status in STAGES]


def backlog(found, today: date, weeks: int = WEEKS) -> list[tuple[date, int]]:
    """How many inputs waited at the end of each of the last weeks: sent, under review or asked about; oldest first."""
    changes = {date.fromisoformat(week): change for week, (change, *_rest) in found["week"].items()}
    monday = today - timedelta(days=today.weekday())
    first = monday - timedelta(weeks=weeks - 1)
    level = sum(n for week, n in changes.items() if week < first)
    lines = []
    for week in (first + timedelta(weeks=n) for n in range(weeks)):
        level += changes.get(week, 0)
        lines.append((week + timedelta(days=6), int(level)))
    return lines


def reviewers(found, only=None) -> list[Reviewer]:
    """What each reviewer has and decided; `only` one person. Open: given out and not decided. Sorted by open work."""
    has, did = ({int(key): numbers[:2] for key, numbers in found[part].items()} for part in ("has", "did"))
    keys = {only.pk} if only else {*has, *did}
    people = get_user_model().objects.filter(pk__in=keys).order_by("name", "email", "pk")
    lines = [Reviewer(p, *has.get(p.pk, (0, None)), *did.get(p.pk, (0, None))) for p in people]
    return sorted(lines, key=lambda line: -line.open)
