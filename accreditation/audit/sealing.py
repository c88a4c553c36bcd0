"""Seals: a sweep takes the entries that are settled, in their order, and ties them to the seal before. Reads; adds one row.

No request waits for it. An entry gets its number while its transaction runs, so a number may still be on its way when a
later one is there: a seal ends at the last number drawn before a moment at which every transaction of that moment is over.
"""

import hashlib
import time

import structlog
from django.db import connection, transaction

from accreditation.models import AuditEntry, AuditSeal

FIRST_LINK = "0" * 64
MOST = 2000  # entries of one seal
TRIES, WAIT = 20, 0.1  # how long the sweep waits for transactions that are under way, in seconds
LOCK = 7_283_001  # of the one sweep that seals

# What is sealed of an entry: what it says itself, who and in which request; its words by the fingerprint that outlives them.
SAID = """
    jsonb_build_array(
        e.id, extract(epoch FROM e.at)::text, e.place, e.row, e.about, e.act, e.by_id, e.changes, e.salted, e.mark,
        e.context_id, c.metadata
    )::text
"""
DIGEST = f"encode(sha256(convert_to(coalesce(string_agg({SAID}, E'\\n' ORDER BY e.id), ''), 'UTF8')), 'hex')"
JOINED = "accreditation_auditentry e LEFT JOIN pghistory_context c ON c.id = e.context_id"

log = structlog.get_logger(__name__)


def link_of(before, seal) -> str:
    """What ties a seal to the one before it."""
    said = f"{before}|{seal.first}|{seal.last}|{seal.entries}|{seal.digest}"
    return hashlib.sha256(said.encode()).hexdigest()


def seal(*, at) -> int:
    """Seal what is settled; returns how many entries. A second sweep at the same time does nothing."""
    last = _settled()
    done = 0
    while last is not None and (some := _seal_some(last, at)):
        done += some
    return done


# Writers of this database only: others on the same server, whose transactions may run for hours, draw none of its numbers.
WRITERS = """
    SELECT l.transactionid::text FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
    WHERE l.locktype = 'transactionid' AND l.mode = 'ExclusiveLock' AND l.granted AND l.pid <> pg_backend_pid()
        AND a.datname = current_database()
    UNION ALL SELECT transaction::text FROM pg_prepared_xacts WHERE database = current_database()
"""


def _settled() -> int | None:
    """The last number that no transaction under way can still have drawn; None where one runs on and on.

    Whoever draws a number has changed a row before, and so holds a transaction id by then.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(id) FROM accreditation_auditentry")
        (last,) = cursor.fetchone()
        under_way = _writers(cursor)
        for _try in range(TRIES):
            if not under_way:
                return last
            time.sleep(WAIT)
            under_way &= _writers(cursor)
    return None if under_way else last


def _writers(cursor) -> set:
    cursor.execute(WRITERS)
    return {number for (number,) in cursor.fetchall()}


@transaction.atomic
def _seal_some(until, at) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            return 0
        before = AuditSeal.objects.order_by("pk").last()
        first = before.last + 1 if before else 1
        rest = AuditEntry.objects.filter(pk__gte=first, pk__lte=until).order_by("pk")
        last = rest.values_list("pk", flat=True)[MOST - 1 : MOST].first() or rest.values_list("pk", flat=True).last()
        if last is None:
            return 0
        cursor.execute(f"SELECT count(*), {DIGEST} FROM {JOINED} WHERE e.id BETWEEN %s AND %s", [first, last])  # noqa: S608
        entries, digest = cursor.fetchone()
    made = AuditSeal(first=first, last=last, entries=entries, digest=digest, at=at)
    made.link = link_of(before.link if before else FIRST_LINK, made)
    made.save()
    log.info("audit sealed", seal=made.pk, entries=entries, last=last, link=made.link)
    return entries
