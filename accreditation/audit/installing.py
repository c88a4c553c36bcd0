"""Puts the triggers of the audit on every table that is watched: after each migrate, only what is missing or different."""

import hashlib

from django.db import connections, transaction

from accreditation.audit import triggers
from accreditation.audit.adding import ADDED
from accreditation.audit.tables import Watched, watched

GUARDED_WHOLE = ("accreditation_auditseal", "pghistory_context")
ENTRIES = "accreditation_auditentry"
GUARD_ADDED = f"""
CREATE TRIGGER portal_guard_added BEFORE INSERT ON "{ENTRIES}" FOR EACH STATEMENT EXECUTE FUNCTION portal_guard_entry()
"""
LOCK = 7_283_002  # of whoever installs: two at once would make the same triggers


def wanted() -> dict:
    """(table, trigger) -> its statement."""
    found = {(ENTRIES, "portal_guard"): _guard(ENTRIES, "portal_guard_entry"), (ENTRIES, "portal_guard_added"): GUARD_ADDED}
    for table in GUARDED_WHOLE:
        found[table, "portal_guard"] = _guard(table, "portal_guard", "", "")
    for each in watched():
        found[each.table, "portal_audit"] = _audit(each)
        if not each.only:
            found[each.table, "portal_audit_added"] = _added(each)
        if each.record and not each.state:  # histories have pghistory's own guard
            found[each.table, "portal_guard"] = _guard(each.table, "portal_guard", *_open(each))
    return found


def _open(each: Watched):
    return ",".join(each.mutable), ",".join(each.words)


def _guard(table, function, *arguments):
    given = ", ".join(_quoted(each) for each in arguments)
    return (
        f'CREATE TRIGGER portal_guard BEFORE UPDATE OR DELETE ON "{table}" FOR EACH ROW EXECUTE FUNCTION {function}({given})'
    )


def _audit(each: Watched):
    when = "UPDATE" if each.only else "UPDATE OR DELETE"
    return (
        f'CREATE TRIGGER portal_audit AFTER {when} ON "{each.table}" '
        f"FOR EACH ROW EXECUTE FUNCTION portal_audit({_arguments(each)})"
    )


def _added(each: Watched):
    return (
        f'CREATE TRIGGER portal_audit_added AFTER INSERT ON "{each.table}" REFERENCING NEW TABLE AS added '
        f"FOR EACH STATEMENT EXECUTE FUNCTION portal_audit_added({_arguments(each)})"
    )


def _arguments(each: Watched) -> str:
    kind = "state" if each.state else "record" if each.record else "row"
    lists = (each.ignored, each.words, each.hidden, each.only)
    given = [each.key, each.owner_table, each.owner_column, *(",".join(names) for names in lists), kind]
    return ", ".join(_quoted(each) for each in given)


def _quoted(text) -> str:
    return "'" + text.replace("'", "''") + "'"


def present(cursor) -> dict:
    """(table, trigger) -> the fingerprint of the statement that made it, and whether it is enabled."""
    cursor.execute(
        """
        SELECT c.relname, t.tgname, coalesce(obj_description(t.oid, 'pg_trigger'), ''), t.tgenabled = 'O'
        FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
        WHERE t.tgname ~ '^portal_(audit|guard)' AND c.relnamespace = current_schema()::regnamespace
        """
    )
    return {(table, name): (comment, enabled) for table, name, comment, enabled in cursor.fetchall()}


def fingerprint(statement) -> str:
    return hashlib.sha256(statement.encode()).hexdigest()[:32]


def install(using="default") -> int:
    """Make what is missing or different; returns how many triggers were made."""
    connection, made = connections[using], 0
    with transaction.atomic(using=using), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        for function in (*triggers.FUNCTIONS, ADDED):
            cursor.execute(function)
        there = present(cursor)
        every = wanted()
        for (table, name), statement in every.items():
            if there.get((table, name)) == (fingerprint(statement), True):
                continue
            cursor.execute(f'DROP TRIGGER IF EXISTS {name} ON "{table}"')
            cursor.execute(statement)
            cursor.execute(f"COMMENT ON TRIGGER {name} ON \"{table}\" IS '{fingerprint(statement)}'")
            made += 1
        for table, name in set(there) - set(every):
            cursor.execute(f'DROP TRIGGER {name} ON "{table}"')
        found = [each for each in watched() if each.record and (each.table, "portal_audit") not in there]
        _find_rows(cursor, found)
    return made


def _find_rows(cursor, tables):
    """Mark the rows that were there before the audit began."""
    cursor.execute("SELECT set_config('portal.founding', 'on', true)")
    for each in tables:
        cursor.execute(FOUND.format(table=each.table, key=each.key), _found_arguments(each))
    cursor.execute("SELECT set_config('portal.founding', '', true)")


def _found_arguments(each: Watched):
    return {
        "place": each.table,
        "ignored": list(each.ignored),
        "words": list(each.words),
        "hidden": list(each.hidden),
        "said": list(each.words) + (list(each.hidden) if each.state else []),
        "state": each.state,
        "what": "state" if each.state else "record",
        "owner": each.owner_table,
        "owner_column": each.owner_column,
    }


FOUND = """
INSERT INTO accreditation_auditentry (at, place, row, about, act, changes, words, salt, salted, mark)
SELECT clock_timestamp(), %(place)s, whole ->> '{key}',
    CASE WHEN %(owner_column)s <> '' AND whole ->> %(owner_column)s IS NOT NULL
        THEN %(owner)s || ':' || (whole ->> %(owner_column)s) ELSE '' END,
    'found', '', '',
    CASE WHEN said = '{{}}' THEN '' ELSE salt END,
    CASE WHEN said = '{{}}' THEN '' ELSE encode(sha256(convert_to(salt || said::text, 'UTF8')), 'hex') END,
    encode(sha256(convert_to(fixed::text, 'UTF8')), 'hex')
FROM (
    SELECT to_jsonb(r) AS whole, gen_random_uuid()::text AS salt,
        portal_words(to_jsonb(r), %(words)s::text[], %(hidden)s::text[], %(what)s) AS said,
        portal_fixed(to_jsonb(r), %(ignored)s::text[], %(words)s::text[], %(hidden)s::text[], %(what)s) AS fixed
    FROM "{table}" r ORDER BY r."{key}"
) rows
"""
