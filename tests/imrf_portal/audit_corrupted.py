"""How the rules of the audit are turned red."""

from datetime import timedelta

from django.db import connection
from django.utils.timezone import now

from accreditation.audit.sealing import seal
from accreditation.models import AuditEntry, Reading
from forums.models import Forum
from tests.tampering import past_the_triggers


def switch_guards_off(cursor):
    """What guards refuse is let through, to see the rule behind them."""
    cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'portal_guard'")
    for (table,) in cursor.fetchall():
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER portal_guard")


def change_a_sealed_entry():
    seal(at=now())
    AuditEntry.objects.filter(pk=AuditEntry.objects.order_by("pk").first().pk).update(changes='{"title": "Another"}')


def let_an_entry_wait():
    Forum.objects.update(venue="Another hall")
    AuditEntry.objects.filter(pk=AuditEntry.objects.order_by("-pk").first().pk).update(at=now() - timedelta(hours=1))


def write_other_words():
    AuditEntry.objects.filter(pk=AuditEntry.objects.exclude(words="").first().pk).update(words='{"note": "Never said."}')


def read_past_the_audit():
    by = AuditEntry.objects.exclude(by=None).first().by_id
    with past_the_triggers():
        Reading.objects.create(what="list", of="1", label="A list", by_id=by, at=now())


def switch_a_trigger_off():
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE accreditation_user_groups DISABLE TRIGGER portal_audit")


RED = {
    "the_audit_is_as_it_was_sealed": change_a_sealed_entry,
    "the_audit_is_sealed_in_time": let_an_entry_wait,
    "words_of_the_audit_are_those_that_were_written": write_other_words,
    "records_are_as_they_were_written": read_past_the_audit,
    "everything_is_audited": switch_a_trigger_off,
}
