"""Figures of the reviews: how long inputs stay in each status, how many wait week by week, what each reviewer has and did.

Everything is counted among the inputs that the reader may see; four statements, however many there are.
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


# Each step with the moment of the next one: how long an input stood where the step led it.
STOOD = """
    WITH stood AS (
        SELECT step.submission_id, step.became, step.at AS came,
            lead(step.at) OVER story AS went, lead(step.by_id) OVER story AS moved_by, lead(step.became) OVER story AS next
        FROM submissions_submissionstep step WHERE step.submission_id IN ({visible})
        WINDOW story AS (PARTITION BY step.submission_id ORDER BY step.id)
    )
"""
DAYS = "extract(epoch FROM ({until} - came)) / 86400.0"


def _ask(user, question, values):
    visible, known = Submission.objects.visible_to(user).order_by().values("pk").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(STOOD.replace("{visible}", visible) + question, [*known, *values])
        return cursor.fetchall()


def stages(user, at: datetime) -> list[Stage]:
    """One line for each status in which an input waits for the desk or for its author."""
    over, now = DAYS.replace("{until}", "went"), DAYS.replace("{until}", "%s::timestamptz")
    question = f"""
        SELECT became, count(went), percentile_cont(0.5) WITHIN GROUP (ORDER BY {over}) FILTER (WHERE went IS NOT NULL),
            percentile_cont(0.95) WITHIN GROUP (ORDER BY {over}) FILTER (WHERE went IS NOT NULL),
            count(*) FILTER (WHERE went IS NULL), max({now}) FILTER (WHERE went IS NULL)
        FROM stood WHERE became = ANY(%s) AND next IS DISTINCT FROM became GROUP BY became
    """  # noqa: S608 - expressions of this file
    found = {row[0]: row for row in _ask(user, question, [at, list(STAGES)])}
    nothing = (0, None, None, 0, None)
    return [Stage(status, *(found[status][1:] if status in found else nothing)) for status in STAGES]


def backlog(user, today: date, weeks: int = WEEKS) -> list[tuple[date, int]]:
    """How many inputs waited at the end of each of the last weeks: sent, under review or asked about; oldest first."""
    question = """
        SELECT change.week::date, sum(change.n) FROM (
            SELECT date_trunc('week', came AT TIME ZONE 'UTC') AS week, 1 AS n FROM stood WHERE became = ANY(%s)
            UNION ALL
            SELECT date_trunc('week', went AT TIME ZONE 'UTC'), -1 FROM stood WHERE became = ANY(%s) AND went IS NOT NULL
        ) change GROUP BY 1 ORDER BY 1
    """
    waits = list(STAGES[:3])
    changes = dict(_ask(user, question, [waits, waits]))
    monday = today - timedelta(days=today.weekday())
    first = monday - timedelta(weeks=weeks - 1)
    level = sum(n for week, n in changes.items() if week < first)
    found = []
    for week in (first + timedelta(weeks=n) for n in range(weeks)):
        level += changes.get(week, 0)
        found.append((week + timedelta(days=6), int(level)))
    return found


def reviewers(user, at: datetime, only=None) -> list[Reviewer]:
    """What each reviewer has and decided; `only` one person. Open: given out and not decided. Sorted by open work."""
    has = """
        SELECT reviewer_id, count(*), max(extract(epoch FROM (%s::timestamptz - came)) / 86400.0) FROM stood
        JOIN submissions_submission input ON input.id = stood.submission_id
        WHERE went IS NULL AND reviewer_id IS NOT NULL AND became = ANY(%s) GROUP BY reviewer_id
    """
    did = f"""
        SELECT moved_by, count(*), percentile_cont(0.5) WITHIN GROUP (ORDER BY {DAYS.replace("{until}", "went")}) FROM stood
        WHERE became = 'under_review' AND next IN ('accepted', 'not_admissible') AND moved_by IS NOT NULL GROUP BY moved_by
    """  # noqa: S608 - expressions of this file
    open_work = {row[0]: row[1:] for row in _ask(user, has, [at, list(STAGES[:3])])}
    decided = {row[0]: row[1:] for row in _ask(user, did, [])}
    keys = ({*open_work, *decided} & {only.pk} | {only.pk}) if only else {*open_work, *decided}
    people = get_user_model().objects.filter(pk__in=keys).order_by("name", "email", "pk")
    lines = [Reviewer(p, *open_work.get(p.pk, (0, None)), *decided.get(p.pk, (0, None))) for p in people]
    return sorted(lines, key=lambda line: -line.open)
