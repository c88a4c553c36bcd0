"""Looks at the audit as somebody who distrusts it: seals, entries, words and the rows that may never change. Reads only."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.db import connection

from accreditation.audit.installing import fingerprint, present, wanted
from accreditation.audit.sealing import DIGEST, FIRST_LINK, link_of
from accreditation.audit.tables import records
from accreditation.models import AuditEntry, AuditSeal

SEALED_WITHIN = timedelta(minutes=30)


@dataclass(frozen=True)
class Fault:
    """Something that was done past the portal; `what` is for people, `where` names entry, seal or row."""

    what: str
    where: str

    def __str__(self):
        return f"{self.where}: {self.what}"


def faults(*, at) -> Iterator[Fault]:
    """Everything that does not hold, cheapest first."""
    yield from broken_seals()
    yield from unsealed(at=at)
    yield from broken_words()
    yield from altered_records()
    yield from missing_triggers()


def broken_seals() -> Iterator[Fault]:
    """Seals whose entries are other than those that were sealed, or that do not follow the one before."""
    before, after = FIRST_LINK, 0
    digests = _digests()
    for seal in AuditSeal.objects.order_by("pk").iterator(chunk_size=500):
        if seal.first != after + 1:
            yield Fault("A seal before it is missing, or one was put in between.", f"seal {seal.pk}")
        if link_of(before, seal) != seal.link:
            yield Fault("It is not tied to the seal before it.", f"seal {seal.pk}")
        if digests.get(seal.pk) != (seal.entries, seal.digest):
            yield Fault(
                f"An entry from {seal.first} to {seal.last} was changed, removed or put in between.", f"seal {seal.pk}"
            )
        before, after = seal.link, seal.last


def _digests() -> dict:
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT s.id, count(e.id), {DIGEST}
            FROM accreditation_auditseal s
            LEFT JOIN ({_entries()}) e ON e.id BETWEEN s.first AND s.last
            LEFT JOIN pghistory_context c ON c.id = e.context_id
            GROUP BY s.id
            """  # noqa: S608 - no value of anybody's
        )
        return {pk: (entries, digest) for pk, entries, digest in cursor.fetchall()}


def _entries() -> str:
    return "SELECT * FROM accreditation_auditentry"


def unsealed(*, at) -> Iterator[Fault]:
    """Entries that no sweep sealed in time."""
    last = AuditSeal.objects.order_by("pk").values_list("last", flat=True).last() or 0
    late = AuditEntry.objects.filter(pk__gt=last, at__lt=at - SEALED_WITHIN).order_by("pk").values_list("pk", flat=True)
    if entries := len(late[:1000]):
        yield Fault(f"{entries} entries (or more) wait for their seal: does the worker run?", f"entry {late[0]}")


def broken_words() -> Iterator[Fault]:
    """Words other than those of their fingerprint, without an erasure that says so."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT e.id FROM accreditation_auditentry e
            WHERE e.words <> '' AND CASE
                WHEN e.salt <> '' THEN encode(sha256(convert_to(e.salt || e.words, 'UTF8')), 'hex') <> e.salted
                ELSE encode(sha256(convert_to(e.words, 'UTF8')), 'hex') IS DISTINCT FROM (
                    SELECT said.mark FROM accreditation_auditentry said
                    WHERE said.place = 'accreditation_auditentry' AND said.row = e.id::text
                    ORDER BY said.id DESC LIMIT 1
                )
            END ORDER BY e.id
            """
        )
        for (pk,) in cursor.fetchall():
            yield Fault("Its words are not those that were written.", f"entry {pk}")


def altered_records() -> Iterator[Fault]:
    """Rows of records (steps, readings, earlier states) that are other than their mark, that have none, or that are gone."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('timezone', 'UTC', true)")
        for each in records():
            said = list(each.words) + (list(each.hidden) if each.state else [])
            cursor.execute(
                RECORD.format(table=each.table, key=each.key),
                {
                    "place": each.table,
                    "ignored": list(each.ignored),
                    "words": list(each.words),
                    "hidden": list(each.hidden),
                    "what": "state" if each.state else "record",
                    "has_words": bool(said),
                },
            )
            for row, what in cursor.fetchall():
                yield Fault(SAID[what], f"{each.table} {row}")


SAID = {
    "gone": "The row was removed.",
    "new": "The row was put in past the audit.",
    "changed": "The row was changed.",
    "words": "The words of the row were changed.",
}
RECORD = """
WITH rows AS (SELECT r."{key}"::text AS key, to_jsonb(r) AS whole FROM "{table}" r),
marks AS (
    SELECT e.row, e.mark FROM accreditation_auditentry e
    WHERE e.place = %(place)s AND e.act IN ('insert', 'kept', 'found') AND e.mark <> ''
),
last_words AS (
    SELECT DISTINCT ON (e.row) e.row, e.salt, e.salted FROM accreditation_auditentry e
    WHERE e.place = %(place)s AND e.act IN ('insert', 'kept', 'found', 'erase') ORDER BY e.row, e.id DESC
)
SELECT coalesce(rows.key, marks.row), CASE
    WHEN rows.key IS NULL THEN 'gone'
    WHEN marks.row IS NULL THEN 'new'
    WHEN marks.mark <> encode(sha256(convert_to(
        portal_fixed(rows.whole, %(ignored)s::text[], %(words)s::text[], %(hidden)s::text[], %(what)s)::text, 'UTF8'
    )), 'hex') THEN 'changed'
    WHEN %(has_words)s AND last_words.salted <> CASE
        WHEN portal_words(rows.whole, %(words)s::text[], %(hidden)s::text[], %(what)s) = '{{}}' THEN ''
        ELSE encode(sha256(convert_to(
            last_words.salt || portal_words(rows.whole, %(words)s::text[], %(hidden)s::text[], %(what)s)::text, 'UTF8'
        )), 'hex')
    END THEN 'words'
END AS what
FROM rows FULL JOIN marks ON marks.row = rows.key
LEFT JOIN last_words ON last_words.row = marks.row
WHERE rows.key IS NULL OR marks.row IS NULL
    OR marks.mark <> encode(sha256(convert_to(
        portal_fixed(rows.whole, %(ignored)s::text[], %(words)s::text[], %(hidden)s::text[], %(what)s)::text, 'UTF8'
    )), 'hex')
    OR (%(has_words)s AND last_words.salted <> CASE
        WHEN portal_words(rows.whole, %(words)s::text[], %(hidden)s::text[], %(what)s) = '{{}}' THEN ''
        ELSE encode(sha256(convert_to(
            last_words.salt || portal_words(rows.whole, %(words)s::text[], %(hidden)s::text[], %(what)s)::text, 'UTF8'
        )), 'hex')
    END)
"""


def missing_triggers() -> Iterator[Fault]:
    """Triggers of the audit that are not there, are others, or were switched off."""
    with connection.cursor() as cursor:
        there = present(cursor)
    for (table, name), statement in wanted().items():
        made, enabled = there.get((table, name), ("", False))
        if not made:
            yield Fault(f"Its trigger {name} is not there.", table)
        elif not enabled:
            yield Fault(f"Its trigger {name} is switched off.", table)
        elif made != fingerprint(statement):
            yield Fault(f"Its trigger {name} is another one; migrate puts it right.", table)


def holds_head(link) -> bool:
    """Whether a link that was noted elsewhere (a log, an export, a backup) is one of the chain."""
    return AuditSeal.objects.filter(link=link.strip().lower()).exists()
