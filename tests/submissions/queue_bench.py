"""Twenty thousand inputs at the desk, inserted in bulk, and what its pages cost then; used by test_queue_at_20000.py."""

import os
import time
from datetime import timedelta
from itertools import cycle, pairwise
from pathlib import Path
from random import Random
from statistics import median

from django.db import connection
from django.test.utils import CaptureQueriesContext

from accreditation.models import Accreditation
from forums.models import Letter
from submissions.models import Submission, SubmissionStep, Version
from tests.factories import NOW, make_call, make_forum, make_organisation, make_user

KINDS = ("civil_society", "nhri", "academia", "local_government", "member_state")
STATUSES = (
    *("submitted",) * 6,
    *("under_review",) * 6,
    "clarification_asked",
    "accepted",
    *("published",) * 5,
    "not_admissible",
)
WORDS = ("migration", "corridor", "wages", "seasonal", "schools", "housing", "consular", "border", "health", "return")
BATCH = 1000


def fill(count):
    """So many inputs of 400 organisations in two calls, with texts of 300 words, versions, steps and chosen lists."""
    dice, forum, by = Random(7), make_forum(), make_user()
    calls = [make_call(forum), make_call(forum)]
    reviewers = [make_user(f"reader{n}", staff=True, roles=["reviewer"]) for n in range(20)]
    bodies = [make_organisation(f"Body {n} of {dice.choice(WORDS)}", kind=dice.choice(KINDS)) for n in range(400)]
    Accreditation.objects.bulk_create(
        Accreditation(
            organisation=one, forum=forum, basis_id="ecosoc", status="recognised", begun_at=NOW, decided_on=NOW.date(),
            decided_by="DESA", evidence="x",
        )
        for one in bodies[::2]
    )  # fmt: skip
    statuses = cycle(STATUSES)
    for first in range(1, count + 1, BATCH):
        made = [_input(n, next(statuses), calls, bodies, reviewers, by, dice) for n in range(first, first + BATCH)]
        Submission.objects.bulk_create(made)
        Version.objects.bulk_create(_version(one, forum, by) for one in made)
        SubmissionStep.objects.bulk_create(step for one in made for step in _steps(one, by))
        _link("objectives", "objective_id", made, lambda: dice.sample(range(1, 24), 2))
        _link("countries", "country_id", made, lambda: [dice.choice(("KEN", "NPL"))])
        _link("regions", "region_id", made, lambda: ["ECA"] if dice.random() < 0.2 else [])
        Letter.objects.bulk_create(_letter(one) for one in made)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return reviewers


def _input(number, status, calls, bodies, reviewers, by, dice):
    received = NOW - timedelta(minutes=dice.randrange(60 * 24 * 60))
    read = status not in ("submitted", "withdrawn")
    return Submission(
        call=dice.choice(calls), organisation=dice.choice(bodies), status=status, reference=f"IMRF-2026-I-{number:05}",
        title=f"On {dice.choice(WORDS)} and {dice.choice(WORDS)}", summary="What was done.",
        text=" ".join(dice.choices(WORDS, k=300)), language=dice.choice(("en", "en", "fr", "es", "ar")),
        level=dice.choice(("local", "national", "national", "regional", "global")), saved_at=received, begun_by=by,
        begun_at=received, received_at=received, received_late=number % 50 == 0,
        reviewer=dice.choice(reviewers) if read else None,
    )  # fmt: skip


def _version(one, forum, by):
    place = int(one.reference[-5:])
    content = {
        "reference": one.reference, "title": one.title, "language": one.language, "level": one.level, "text": one.text,
        "summary": one.summary, "countries": ["KEN"], "regions": [], "objectives": [7], "files": [],
    }  # fmt: skip
    return Version(
        submission=one, number=1, content=content, sha256=f"{place:064}", link=f"{place:064}", sent_at=one.received_at,
        sent_by=by, words=300 + place % 500, forum=forum, place=place,
    )  # fmt: skip


def _steps(one, by):
    path = ["draft", "submitted", *(["under_review"] if one.reviewer_id else [])]
    path += [one.status] if one.status not in path else []
    for hours, (was, became) in enumerate(pairwise(path)):
        at = one.received_at + timedelta(hours=hours * 20)
        yield SubmissionStep(submission=one, was=was, became=became, by=by, at=at, announced_at=at)


def _letter(one):
    place = int(one.reference[-5:])
    return Letter(
        key=f"input-step:{place}", kind="submissions/received", to=f"person{place % 900}@example.org", language="en",
        subject="Received", text="It came. " * 60, written_at=one.received_at, not_before=one.received_at,
        sent_at=one.received_at, held=False,
    )  # fmt: skip


def _link(name, column, made, choose):
    through = getattr(Submission, name).through
    through.objects.bulk_create(through(submission_id=one.pk, **{column: key}) for one in made for key in choose())


def worked():
    """Seconds of processor that this process and its PostgreSQL have used; on a busy machine the clock says less."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        [pid] = cursor.fetchone()
    try:
        used = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:  # a PostgreSQL on another machine
        used = ["0"] * 13
    return time.process_time() + (int(used[11]) + int(used[12])) / os.sysconf("SC_CLK_TCK")


def cost(act, rounds=5):
    """Milliseconds by the clock (median) and of processor (mean), after one round that warms up; statements, the slowest."""
    act()
    with CaptureQueriesContext(connection) as asked:
        act()
        sent = list(asked)
    clock, before = [], worked()
    for _ in range(rounds):
        began = time.perf_counter()
        act()
        clock.append((time.perf_counter() - began) * 1000)
    work = (worked() - before) * 1000 / rounds
    return median(clock), work, len(sent), max(sent, key=lambda query: float(query["time"]))
