"""So many published inputs in six languages, and a tenth as many that wait at the desk.

The first ones are those of `seed_demo --size`; the rest are copied from them inside PostgreSQL, each with a reference, a
date and a rare word of its own. While it copies no trigger fires and no key is checked: this database is for measuring.
"""

from django.db import connection, transaction

from submissions.models import PublishedInput
from tests.bench.filing import file_some

MOST = 2000  # that are copied
RARE = 2000  # rare words: each stands in one of so many inputs
HEAVY = {  # indexes that cost less when they are made at the end
    "findable_by_words": "CREATE INDEX findable_by_words ON submissions_findable USING gin (vector)",
    "published_titles_by_trigram": (
        "CREATE INDEX published_titles_by_trigram ON submissions_publishedinput USING gin (upper(title) gin_trgm_ops)"
    ),
}
WORD = f"'zaq' || (made.number %% {RARE})"
REFERENCE = "'IMRF-2090-I-' || lpad(made.number::text, 6, '0')"
DATE = "interval '1 second' * (made.number %% 3000000)"
PLAN = """
    CREATE TEMP TABLE made ON COMMIT DROP AS
    SELECT base.*, gen_random_uuid() AS submission, nextval(pg_get_serial_sequence('submissions_version', 'id')) AS version,
        gen_random_uuid() AS file, nextval(pg_get_serial_sequence('submissions_extract', 'id')) AS extract,
        %(first)s + row_number() OVER () AS number
    FROM (
        SELECT p.submission_id AS was, p.version_id AS was_version, f.id AS was_file, e.id AS was_extract
        FROM submissions_publishedinput p
        LEFT JOIN submissions_attachment f ON f.submission_id = p.submission_id
        LEFT JOIN submissions_extract e ON e.attachment_id = f.id
        WHERE p.forum_id = %(forum)s AND p.taken_down_at IS NULL ORDER BY p.id LIMIT %(most)s
    ) base CROSS JOIN generate_series(1, %(times)s) LIMIT %(missing)s
"""
# As many as the sweep keeps; not those that it would find, which takes half an hour. It has been everywhere since.
RELATED = """
    INSERT INTO submissions_relatedinputs (published_id, others, made_at)
    SELECT published_id, coalesce(array_agg(published_id) OVER eight, '{}'), now() + interval '1 day'
    FROM submissions_findable WINDOW eight AS (ORDER BY published_id ROWS BETWEEN 8 PRECEDING AND 1 PRECEDING)
    ON CONFLICT (published_id) DO UPDATE SET others = EXCLUDED.others, made_at = EXCLUDED.made_at
"""
WAITING = """CASE made.number %% 4 WHEN 0 THEN 'submitted' WHEN 1 THEN 'accepted' ELSE 'under_review' END"""
CHAINED = "encode(sha256(made.submission::text::bytea), 'hex')"


def grow(forum, size, reviewers):
    """Until so many are published at that forum. Returns how many were added."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica; SET LOCAL maintenance_work_mem = '512MB'")
        _put_rare_words(cursor)
        file_some(forum)
        cursor.execute("UPDATE submissions_searchednames SET due = false WHERE names IS NOT NULL")  # as the sweep finds them
        missing = size - PublishedInput.objects.filter(forum=forum, taken_down_at=None).count()
        heavy = HEAVY if missing > 50_000 else {}
        for name in heavy:
            cursor.execute(f"DROP INDEX {name}")
        if missing > 0:
            _copy(cursor, forum, missing, published=True)
            _copy(cursor, forum, missing // 10, published=False, reviewers=reviewers)
        cursor.execute("SELECT submissions_make_all_findable()")  # as its migration does
        for statement in heavy.values():
            cursor.execute(statement)
        cursor.execute("SELECT submissions_fill_facet_bits()")
        cursor.execute(RELATED)
        cursor.execute(
            "INSERT INTO submissions_sketch (version_id, least, made_at) "
            "SELECT v.id, '{}', now() FROM submissions_version v "
            "WHERE NOT EXISTS (SELECT FROM submissions_sketch s WHERE s.version_id = v.id)"
        )
        cursor.execute("SET LOCAL session_replication_role = origin")  # a test goes on in the same transaction
    return max(0, missing)


def _put_rare_words(cursor):
    """Into those that seed_demo made; copies get theirs as they are made."""
    cursor.execute(
        "UPDATE submissions_publishedinput SET vector = vector || to_tsvector('portal_plain', 'zaq' || (id %% %s)) "
        "WHERE vector IS NOT NULL AND NOT vector @@ 'zaq:*'",
        [RARE],
    )


def _copy(cursor, forum, missing, *, published, reviewers=()):
    cursor.execute("SELECT coalesce(max(place), 0) FROM submissions_version WHERE forum_id = %s", [forum.pk])
    (first,) = cursor.fetchone()
    there = PublishedInput.objects.filter(forum=forum, taken_down_at=None).count()
    values = {"first": first, "forum": forum.pk, "missing": missing, "times": missing // min(there, MOST) + 1, "most": MOST}
    cursor.execute(PLAN, values)
    reviewer = f"({_list(reviewers)})[1 + made.number %% {len(reviewers)}]" if reviewers else "NULL::bigint"
    status = "'published'" if published else WAITING
    _insert(cursor, "submissions_submission", "r.id = made.was", {
        "id": "made.submission", "reference": REFERENCE, "title": f"r.title || ' ' || {WORD}", "form_key": "NULL",
        "text": f"r.text || ' ' || {WORD}", "status": status, "received_at": f"r.received_at - {DATE}",
        "reviewer_id": f"CASE WHEN {status} = 'submitted' THEN NULL ELSE {reviewer} END",
    })  # fmt: skip
    for name, column in (("countries", "country"), ("regions", "region"), ("objectives", "objective")):
        table, _ = f"submissions_submission_{name}", column
        _insert(cursor, table, "r.submission_id = made.was", {"submission_id": "made.submission"})
    content = f"r.content || jsonb_build_object('reference', {REFERENCE}, 'text', (r.content ->> 'text') || ' ' || {WORD})"
    _insert(cursor, "submissions_version", "r.id = made.was_version", {
        "id": "made.version", "submission_id": "made.submission", "content": content, "sha256": CHAINED, "link": CHAINED,
        "place": "made.number", "sent_from": "NULL", "sent_at": f"r.sent_at - {DATE}",
    })  # fmt: skip
    steps = "" if published else " AND r.was IN ('draft', 'submitted')"
    moved = {"submission_id": "made.submission", "at": f"r.at - {DATE}"}
    _insert(cursor, "submissions_submissionstep", f"r.submission_id = made.was{steps}", moved)
    if published:
        moved = {name: f"r.{name} - {DATE}" for name in ("visible_at", "received_at")}
        _insert(cursor, "submissions_publishedinput", "r.submission_id = made.was", {
            "submission_id": "made.submission", "version_id": "made.version", "reference": REFERENCE, "symbol": REFERENCE,
            "title": f"r.title || ' ' || {WORD}", "vector": f"r.vector || to_tsvector('portal_plain', {WORD})", **moved,
        })  # fmt: skip
        named = {"submission_id": "made.submission", "due": "false"}
        _insert(cursor, "submissions_searchednames", "r.submission_id = made.was", named)
        _copy_files(cursor)
    counters = "last_input_number = last_input_number + %(missing)s, last_version_number = %(first)s + %(missing)s"
    cursor.execute(f"UPDATE forums_forum SET {counters} WHERE id = %(forum)s", values)
    cursor.execute("DROP TABLE made")


def _copy_files(cursor):
    """Of filing.py: the file beside an input, its reading and the passages of it."""
    _insert(cursor, "submissions_attachment", "r.id = made.was_file", {
        "id": "made.file", "submission_id": "made.submission",
    })  # fmt: skip
    _insert(cursor, "submissions_extract", "r.id = made.was_extract", {"id": "made.extract", "attachment_id": "made.file"})
    _insert(cursor, "submissions_passage", "r.extract_id = made.was_extract", {
        "extract_id": "made.extract", "submission_id": "made.submission",
    })  # fmt: skip


def _list(keys):
    return f"ARRAY[{', '.join(map(str, keys))}]::bigint[]"


def _insert(cursor, table, joined, other):
    """Copies of the rows of `made`, with these columns otherwise and keys that PostgreSQL gives."""
    cursor.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_name = %s AND table_schema = current_schema() "
        "AND (is_identity = 'NO' OR column_name = ANY(%s)) ORDER BY ordinal_position",
        [table, list(other)],
    )
    columns = [name for (name,) in cursor.fetchall()]
    taken = ", ".join(other.get(name, f'r."{name}"') for name in columns)
    named = ", ".join(f'"{name}"' for name in columns)
    over = " OVERRIDING SYSTEM VALUE" if "id" in other else ""
    cursor.execute(f"INSERT INTO {table} ({named}){over} SELECT {taken} FROM made JOIN {table} r ON {joined}", [])
