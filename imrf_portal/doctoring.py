"""The self-test of every part: one finding each, with what to do about it. `manage.py doctor` prints them."""

import uuid
from dataclasses import asdict, dataclass
from datetime import timedelta
from enum import Enum
from pathlib import Path

import clamd
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.mail import get_connection
from django.db import connection
from django.utils.timezone import now

from forums.clock import database_now
from forums.scanning import scanner
from imrf_portal import vital_signs

MOST_SKEW = timedelta(seconds=2)
EXTENSIONS = {"pg_trgm", "unaccent", "btree_gist"}


class Verdict(Enum):
    OK = "ok"
    WARNING = "warning"
    FAILED = "failed"


@dataclass(frozen=True)
class Finding:
    """One part, how it is, what was seen and, unless it is well, what to do."""

    part: str
    verdict: Verdict
    seen: str
    remedy: str = ""

    def as_dict(self) -> dict:
        return {**asdict(self), "verdict": self.verdict.value}


def ok(part, seen):
    return Finding(part, Verdict.OK, seen)


def warning(part, seen, remedy):
    return Finding(part, Verdict.WARNING, seen, remedy)


def failed(part, seen, remedy):
    return Finding(part, Verdict.FAILED, seen, remedy)


def examine() -> list[Finding]:
    """Ask every part; what needs the database is left out when it is away. Writes and deletes one small file."""
    findings = [database()]
    if findings[0].verdict is not Verdict.FAILED:
        findings += [_safely(ask) for ask in (letters_and_case, extensions, migrations, durability, clock, beat, outbox)]
    return findings + [_safely(ask) for ask in (redis, mail, storage, virus_scanner)]


def _safely(ask) -> Finding:
    """A part whose examination itself breaks has failed; the others are still examined."""
    try:
        return ask()
    except Exception as why:
        return failed(ask.__name__.replace("_", " "), _first_line(why), "Look at the error; it is unexpected.")


def _first_line(why) -> str:
    return f"{type(why).__name__}: {why}".strip().splitlines()[0][:200]


def _value(question, *values):
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        return cursor.fetchone()[0]


def database() -> Finding:
    try:
        version = _value("SHOW server_version").split(" ")[0]
    except Exception as why:
        return failed("database", _first_line(why), "Start PostgreSQL, or correct DATABASE_URL.")
    if int(version.split(".")[0]) < 15:
        return failed("database", f"PostgreSQL {version}", "Use PostgreSQL 15 or newer.")
    return ok("database", f"PostgreSQL {version}")


def letters_and_case() -> Finding:
    """A cluster made with locale C knows no letters beyond ASCII: no lower case, no trigrams, no search."""
    part = "character type"
    encoding, made_as = (
        _value("SHOW server_encoding"),
        _value("SELECT datctype FROM pg_database WHERE datname = current_database()"),
    )
    if encoding != "UTF8":
        return failed(part, f"encoding {encoding}", "Make the database anew with -E UTF8 and restore a backup into it.")
    lower = _value("SELECT lower(%s)", "МИГРАЦИЯ") == "миграция"
    trigrams = all(_value("SELECT cardinality(show_trgm(%s))", word) for word in ("الهجرة", "移民", "миграция"))
    if not (lower and trigrams):
        remedy = "Make the database anew with a UTF-8 locale (initdb --locale=C.UTF-8) and restore a backup into it."
        return failed(part, f"{made_as} knows no Arabic, Chinese or Cyrillic letters", remedy)
    return ok(part, f"UTF8, {made_as}; lower case and trigrams work in all scripts")


def extensions() -> Finding:
    with connection.cursor() as cursor:
        cursor.execute("SELECT extname FROM pg_extension")
        missing = sorted(EXTENSIONS - {name for (name,) in cursor.fetchall()})
    if missing:
        return failed(
            "extensions", f"missing: {', '.join(missing)}", "Run manage.py migrate as a role that may create them."
        )
    return ok("extensions", ", ".join(sorted(EXTENSIONS)))


def migrations() -> Finding:
    if waiting := vital_signs.migrations_waiting():
        return failed("migrations", f"not applied: {', '.join(waiting)}", "Run manage.py migrate.")
    return ok("migrations", "all applied")


def durability() -> Finding:
    found = {name: _value(f"SHOW {name}") for name in ("fsync", "synchronous_commit", "full_page_writes")}
    seen = ", ".join(f"{name} {value}" for name, value in found.items())
    if found["fsync"] != "on" or found["full_page_writes"] != "on" or found["synchronous_commit"] in ("off", "local"):
        return failed("durability", seen, "Set these to on in postgresql.conf: a receipt is a promise about the disk.")
    return ok("durability", seen)


def clock() -> Finding:
    """Only the database's clock decides deadlines; ours shows times left and writes letters."""
    before = now()
    skew = abs(database_now() - before - (now() - before) / 2)
    seen = f"{skew.total_seconds():.2f} s from the database's"
    if skew > MOST_SKEW:
        return warning("clock", seen, "Let both machines ask the same time server.")
    return ok("clock", seen)


def beat() -> Finding:
    age = vital_signs.heartbeat_age(now())
    if age is None:
        return warning("beat", "no heartbeat yet", "Start a Celery worker and beat, or wait for the first minute.")
    if age > vital_signs.LATE_BEAT:
        return failed("beat", f"last heartbeat {age:.0f} s ago", "Start beat and a Celery worker; look at their logs.")
    return ok("beat", f"heartbeat {age:.0f} s ago")


def outbox() -> Finding:
    age = vital_signs.oldest_due_letter_age(now())
    if age > vital_signs.LATE_LETTER:
        return warning("letters", f"the oldest has been due for {age:.0f} s", "Look at the desk's letters for the error.")
    return ok("letters", "none is late")


def redis() -> Finding:
    if not vital_signs.redis_answers():
        remedy = "Start Redis, or correct REDIS_URL. Until then sweeps rest; nothing is lost."
        return failed("redis", "does not answer", remedy)
    return ok("redis", "answers")


def mail() -> Finding:
    backend = settings.EMAIL_BACKEND.rpartition(".")[0].rpartition(".")[2]
    if backend == "filebased":
        return warning("mail", f"letters are written to {settings.EMAIL_FILE_PATH}", "Name a mail server in EMAIL_URL.")
    if backend != "smtp":
        return warning("mail", f"backend {backend}", "Name a mail server in EMAIL_URL.")
    place = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
    try:
        server = get_connection()
        server.open()
        server.close()
    except Exception as why:
        return failed("mail", f"{place}: {_first_line(why)}", "Start the mail server, or correct EMAIL_URL.")
    return ok("mail", f"{place} takes the connection")


def storage() -> Finding:
    """Writes a small file, reads it back and deletes it."""
    content, place = uuid.uuid4().bytes, settings.S3_BUCKET or Path(settings.MEDIA_ROOT)
    try:
        name = default_storage.save(f"doctor/{uuid.uuid4().hex}", ContentFile(content))
        try:
            with default_storage.open(name) as file:
                same = file.read() == content
        finally:
            default_storage.delete(name)
    except Exception as why:
        return failed(
            "storage", f"{place}: {_first_line(why)}", "Make MEDIA_ROOT (or the bucket) writable for this account."
        )
    if not same:
        return failed("storage", f"{place}: what was read is not what was written", "Look at the disk or the bucket.")
    return ok("storage", f"{place}: written, read, deleted")


def virus_scanner() -> Finding:
    part, daemon = "scanner", scanner()
    if daemon is None:
        return warning(part, "none configured: files stay in quarantine", "Name ClamAV's socket in CLAMD_SOCKET.")
    try:
        daemon.ping()
    except (clamd.ConnectionError, OSError) as why:
        remedy = "Start ClamAV, or correct CLAMD_SOCKET. Until then files stay in quarantine."
        return failed(part, f"{settings.CLAMD_SOCKET}: {_first_line(why)}", remedy)
    return ok(part, f"{settings.CLAMD_SOCKET} answers")
