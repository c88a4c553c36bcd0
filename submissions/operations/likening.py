"""Near-duplicates: each sent text is sketched once by a sweep and likened to all that were sketched before it."""

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q

from submissions import words
from submissions.alike import share_of, sketch_of
from submissions.models import Attachment, ExtractPage, Likeness, Sketch, Version
from submissions.questions.sending import own_words_in

ALIKE = 0.25  # of the shingles; below, two texts merely use the same words of the field
NEAREST = 10  # kept of each text
CANDIDATES = 200
ENOUGH_WORDS = 60  # of the text itself; of a shorter one the files are read too
PAGES = 30
ONE_AT_A_TIME = 7_304_002  # the key of the lock; any number that nothing else takes
CANDIDATES_SQL = """
    SELECT sketch.version_id, sketch.least FROM submissions_sketch sketch
    JOIN submissions_version version ON version.id = sketch.version_id
    CROSS JOIN LATERAL (SELECT count(*) AS common FROM unnest(sketch.least) hash WHERE hash = ANY(%s)) found
    WHERE sketch.least && %s AND version.submission_id <> %s
    ORDER BY found.common DESC, sketch.version_id LIMIT %s
"""


def liken_waiting(*, at, most=300) -> int:
    """Sketch what was sent and not sketched yet, oldest first; returns how many. What is still being read waits."""
    unread = Attachment.objects.filter(submission=OuterRef("submission"), reading="waiting", removed_at=None)
    waiting = Version.objects.filter(Q(sketch=None) & (Q(words__gte=ENOUGH_WORDS) | ~Exists(unread)))
    done = 0
    for version in waiting.order_by("pk")[:most]:
        with transaction.atomic():
            done += _liken(version, at)
    return done


def _liken(version, at) -> bool:
    with connection.cursor() as cursor:  # one after the other: of two sent at one moment none misses the other
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
    least = sketch_of(_words_of(version))
    _made, new = Sketch.objects.get_or_create(version=version, defaults={"least": least, "made_at": at})
    if not new:  # another worker was faster
        return False
    found = []
    for other, theirs in _candidates(version, least) if least else ():
        share = share_of(least, theirs)
        if share >= ALIKE:
            found.append((share, other))
    for share, other in sorted(found, reverse=True)[:NEAREST]:
        Likeness.objects.bulk_create(
            [Likeness(version=version, other_id=other, share=share), Likeness(version_id=other, other=version, share=share)],
            ignore_conflicts=True,
        )
    return True


def _candidates(version, least):
    with connection.cursor() as cursor:
        cursor.execute(CANDIDATES_SQL, [least, least, version.submission_id, CANDIDATES])
        return cursor.fetchall()


def _words_of(version) -> str:
    """Summary, text and written answers as they are shown; of a short text what its files say as well."""
    content = version.shown  # of what is redacted nobody is told that it stands elsewhere too
    own = "\n".join([content["summary"], own_words_in(content)])
    if words.count(own, content["language"]) >= ENOUGH_WORDS:
        return own
    named = [file["id"] for file in content["files"]]
    pages = ExtractPage.objects.filter(extract__attachment__in=named, number__lte=PAGES).order_by("extract", "number")
    return "\n".join([own, *pages.values_list("text", flat=True)])
