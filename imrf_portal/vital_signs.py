"""How the parts of the portal are doing: asked by the probes, by /metrics and by `doctor`."""

from functools import cache

import redis
from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Count, Min

from accreditation.models import AccreditationStep
from forums.models import Letter, Sweep
from submissions.models import Attachment, PublishedInput, Submission, SubmissionStep

PATIENCE = 1  # seconds for a Redis that does not answer
LATE_BEAT = 180  # seconds without a heartbeat; beat asks every minute
LATE_LETTER = 600  # seconds that a letter may be due; the sweep comes every minute


def database_answers() -> bool:
    """Asks a question; raises what PostgreSQL's driver raises where it is away."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return cursor.fetchone() == (1,)


@cache
def _newest_migrations() -> tuple:
    return tuple(MigrationLoader(None, ignore_no_migrations=True).graph.leaf_nodes())


def migrations_waiting() -> list[str]:
    """The apps whose newest migration this database does not have."""
    applied = MigrationRecorder(connection).applied_migrations()
    return sorted({app for app, name in _newest_migrations() if (app, name) not in applied})


def redis_answers() -> bool:
    client = redis.Redis.from_url(settings.REDIS_URL, socket_connect_timeout=PATIENCE, socket_timeout=PATIENCE)
    try:
        return client.ping()
    except (redis.exceptions.RedisError, OSError):
        return False
    finally:
        client.close()


def heartbeat_age(at) -> float | None:
    """Seconds since beat asked and a worker answered; None if that never happened."""
    ran_at = Sweep.objects.filter(name="heartbeat").values_list("ran_at", flat=True).first()
    return ran_at and max(0.0, (at - ran_at).total_seconds())


def oldest_due_letter_age(at) -> float:
    """For how many seconds the letter that waits longest has been due."""
    due = Letter.objects.due(at).aggregate(oldest=Min("not_before"))["oldest"]
    return (at - due).total_seconds() if due else 0.0


def ailments(at) -> tuple[dict, list[str]]:
    """What the probe says beside the database's answer, and the names of the parts that fail or lag.

    A database that waits for migrations may lack the tables, so it is asked nothing more.
    """
    waiting, broker = migrations_waiting(), redis_answers()
    found = {"migrations_waiting": waiting, "redis": "ok" if broker else "away"}
    bad = {"migrations": bool(waiting), "redis": not broker}
    if not waiting:
        beat, letter = heartbeat_age(at), oldest_due_letter_age(at)
        found["heartbeat_age_seconds"] = None if beat is None else round(beat, 1)
        found["oldest_due_letter_seconds"] = round(letter, 1)
        bad["beat"] = beat is None or beat > LATE_BEAT
        bad["letters"] = letter > LATE_LETTER
    return found, [name for name, is_bad in bad.items() if is_bad]


def gauges(at) -> dict[str, dict[str, float]]:
    """Name of the gauge -> label -> value, as they are now; an empty label is none."""
    beat = heartbeat_age(at)
    statuses = Submission.objects.values_list("status").annotate(Count("pk")).order_by("status")
    sweeps = list(Sweep.objects.all())
    return {
        "imrf_redis_up": {"": float(redis_answers())},
        "imrf_heartbeat_age_seconds": {} if beat is None else {"": beat},
        "imrf_oldest_due_letter_seconds": {"": oldest_due_letter_age(at)},
        "imrf_letters_due": {"": Letter.objects.due(at).count()},
        "imrf_letters_given_up": {"": Letter.objects.filter(failed=True).count()},
        "imrf_steps_unannounced": {
            'app="accreditation"': AccreditationStep.objects.pending().count(),
            'app="submissions"': SubmissionStep.objects.pending().count(),
        },
        "imrf_files_in_quarantine": {"": Attachment.objects.to_scan().count()},
        "imrf_inputs": {f'status="{status}"': count for status, count in statuses},
        "imrf_inputs_visible": {"": PublishedInput.objects.visible(at).count()},
        "imrf_sweep_age_seconds": {f'sweep="{one.name}"': (at - one.ran_at).total_seconds() for one in sweeps},
        "imrf_sweep_failing": {f'sweep="{one.name}"': float(bool(one.error)) for one in sweeps},
    }
