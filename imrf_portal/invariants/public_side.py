"""Rules of what the public sees: decided, whitelisted, newest, scanned, and nothing left on a tombstone."""

from django.db import connection
from django.db.models import Exists, F, OuterRef, Q

from submissions import publication
from submissions.models import (
    Attachment,
    Extract,
    FormerlyPublished,
    Passage,
    PublishedInput,
    Submission,
    SubmissionStep,
    Use,
    Version,
)
from submissions.operations.showing_files import MOST_FILES

STREAM = 500


def nothing_is_public_without_a_decision():
    """Every public row belongs to an input that was published by a step; a visible one is published still."""
    step = SubmissionStep.objects.filter(submission=OuterRef("submission"), became="published")
    hidden = Q(taken_down_at__isnull=True) & ~Q(submission__status="published")
    return PublishedInput.objects.filter(~Exists(step) | hidden).values_list("reference", flat=True)


def what_was_published_is_public():
    """Every published input has its public row, and that is no tombstone."""
    public = PublishedInput.objects.filter(submission=OuterRef("pk"), taken_down_at__isnull=True)
    return Submission.objects.filter(status="published").exclude(Exists(public)).values_list("reference", flat=True)


def the_public_sees_the_newest_version():
    """A visible row shows what its own input says: the newest version, or a correction that was approved."""
    newer = Version.objects.standing().filter(submission=OuterRef("submission"), number__gt=OuterRef("version__number"))
    stands = Exists(Version.objects.standing().filter(pk=OuterRef("version")))
    wrong = ~Q(version__submission=F("submission")) | Exists(newer) | ~stands
    visible = PublishedInput.objects.filter(taken_down_at__isnull=True)
    return visible.filter(wrong).values_list("reference", flat=True)


def former_versions_were_public_once():
    """A version that can still be read is an earlier one of an input that is public now, and stood in it."""
    earlier = Q(version__submission=F("published__submission"), version__number__lt=F("published__version__number"))
    stood = Exists(Version.objects.standing().filter(pk=OuterRef("version")))
    wrong = ~earlier | ~stood | Q(published__taken_down_at__isnull=False)
    return FormerlyPublished.objects.filter(wrong).values_list("published__reference", flat=True)


def public_columns_are_those_of_the_version():
    """What the public sees is what the whitelist makes of the version."""
    visible = PublishedInput.objects.filter(taken_down_at__isnull=True).defer("vector", "call_name", "submission__text")
    for row in visible.select_related("submission", "version").iterator(STREAM):
        columns = publication.sent_columns(row.submission, row.version)
        if any(getattr(row, name) != value for name, value in columns.items()):
            yield row.reference


def public_rows_stand_in_their_regions():
    """A public row is looked for in the regions that it names; where it names none, in those of its countries."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT reference FROM submissions_publishedinput WHERE in_regions IS DISTINCT FROM
                CASE WHEN cardinality(regions) > 0 THEN regions ELSE (
                    SELECT coalesce(array_agg(DISTINCT region_id ORDER BY region_id), '{}') FROM forums_country_regions
                    WHERE country_id = ANY (countries)) END
            """
        )
        return [reference for (reference,) in cursor.fetchall()]


def public_rows_stand_in_their_year():
    """A public row is looked for in the year in which it was received where its forum meets."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT reference FROM submissions_publishedinput row JOIN forums_forum forum ON forum.id = row.forum_id
            WHERE received_in IS DISTINCT FROM extract(year FROM received_at AT TIME ZONE time_zone)
            """
        )
        return [reference for (reference,) in cursor.fetchall()]


def bits_of_facets_are_those_of_the_rows():
    """What lists count their filters over says of every public row under which codes it is filed, and of no other."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT facet, code, chunk FROM submissions_facetbits kept
            FULL JOIN submissions_bits_of_rows() made USING (facet, code, chunk)
            WHERE coalesce(kept.bits, 0::bit(4096)) <> coalesce(made.bits, 0::bit(4096)) ORDER BY facet, code, chunk
            """
        )
        return [f"{facet or 'all'} {code} {chunk}" for facet, code, chunk in cursor.fetchall()]


def what_is_visible_can_be_found():
    """Every visible row has its search vector."""
    visible = PublishedInput.objects.filter(taken_down_at__isnull=True, vector__isnull=True)
    return visible.values_list("reference", flat=True)


def searches_read_what_is_public():
    """What searches read of an input is what its public row says, and there is none of what was taken down."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT shown.reference FROM submissions_publishedinput shown
            LEFT JOIN submissions_findable found ON found.published_id = shown.id
            WHERE (shown.taken_down_at IS NULL AND shown.vector IS NOT NULL) <> (found.published_id IS NOT NULL)
                OR (found.published_id IS NOT NULL AND (
                    found.submission_id, found.visible_at, found.language, found.vector, found.filed, length(found.filed)
                ) IS DISTINCT FROM (
                    shown.submission_id, shown.visible_at, shown.language, shown.vector, submissions_signs_of(shown),
                    cardinality(submissions_filed_under(shown))
                ))
            """
        )
        return [reference for (reference,) in cursor.fetchall()]


def only_public_files_are_searched():
    """Every passage is of a file that everybody may read, and of an input that is public or is to be."""
    public = PublishedInput.objects.filter(submission=OuterRef("submission"), taken_down_at__isnull=True)
    free = Attachment.objects.presentable().filter(pk=OuterRef("extract__attachment"))
    wrong = Passage.objects.filter(~Exists(public) | ~Exists(free))
    return wrong.order_by().values_list("submission__reference", flat=True).distinct()


def public_files_are_searched():
    """Every file that everybody may read has its passages, where its text was taken out."""
    for row in (
        PublishedInput.objects.filter(taken_down_at__isnull=True, files__gt=0).select_related("version").iterator(STREAM)
    ):
        files = publication.clean_files(row.version)[:MOST_FILES]
        read = Extract.objects.filter(attachment__in=files, texts__isnull=False, words__gt=0)
        if read.exclude(passages__isnull=False).exists():
            yield row.reference


def tombstones_hold_nothing():
    """A row that was taken down holds its reason and none of the copied words."""
    down = PublishedInput.objects.filter(taken_down_at__isnull=False)
    kept = Q(taken_down_because="")
    for name, empty in publication.ERASED.items():
        kept |= Q(**{f"{name}__isnull": False}) if empty is None else ~Q(**{name: empty})
    return down.filter(kept).values_list("reference", flat=True)


def what_is_said_of_uses_was_recorded():
    """A visible row names exactly the official documents and places that the desk recorded for its input."""
    uses = Use.objects.standing().order_by("submission").values_list("submission", "document", "place")
    recorded = {}
    for submission, document, place in uses.iterator(chunk_size=STREAM):
        recorded.setdefault(submission, set()).add((document, place))
    rows = PublishedInput.objects.filter(taken_down_at__isnull=True).exclude(used_in=[], submission__uses=None)
    for row in rows.distinct().only("reference", "submission", "used_in").order_by("pk"):
        if {(use["document"], use["place"]) for use in row.used_in} != recorded.get(row.submission_id, set()):
            yield row.reference


def no_refused_file_is_public():
    """Every file that a visible version names is there, belongs to the input, and was not refused when that was decided.

    An input may be published ahead of its files (files_may_follow), and a file may be refused when it is scanned again: what
    is not clean, read and held by nobody is given to nobody (publication.public_files), whatever a version names.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT DISTINCT public.reference FROM submissions_publishedinput public
            JOIN submissions_version version ON version.id = public.version_id
            CROSS JOIN LATERAL jsonb_array_elements(version.content -> 'files') named(doc)
            LEFT JOIN submissions_attachment stored
                ON stored.id::text = named.doc ->> 'id' AND stored.submission_id = public.submission_id
            WHERE public.taken_down_at IS NULL AND coalesce(named.doc ->> 'public', 'true') <> 'false'
                AND (stored.id IS NULL OR (stored.verdict = 'infected' AND stored.scanned_at <= coalesce(
                    public.corrected_at,
                    (SELECT max(step.at) FROM submissions_submissionstep step
                        WHERE step.submission_id = public.submission_id AND step.became = 'published'),
                    'infinity'
                )))
            """
        )
        return [reference for (reference,) in cursor.fetchall()]


RULES = [
    nothing_is_public_without_a_decision,
    what_was_published_is_public,
    the_public_sees_the_newest_version,
    former_versions_were_public_once,
    public_columns_are_those_of_the_version,
    public_rows_stand_in_their_regions,
    public_rows_stand_in_their_year,
    bits_of_facets_are_those_of_the_rows,
    what_is_visible_can_be_found,
    searches_read_what_is_public,
    only_public_files_are_searched,
    public_files_are_searched,
    tombstones_hold_nothing,
    what_is_said_of_uses_was_recorded,
    no_refused_file_is_public,
]
