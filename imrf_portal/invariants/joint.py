"""Rules of joint inputs and of what authors agreed to: no name without its word, nothing public against a choice."""

from django.db import connection
from django.db.models import F, OuterRef, Q

from imrf_portal.invariants.reviews import of_members
from submissions.models import CoSponsor, PublishedInput


def nobody_is_named_without_having_agreed():
    """Every body named in what was sent is a row of that input that had agreed to that text by then."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT version.content ->> 'reference' FROM submissions_version version
            CROSS JOIN LATERAL jsonb_array_elements(version.content -> 'co_sponsors') named(body)
            LEFT JOIN submissions_cosponsor asked
                ON asked.id::text = named.body ->> 'id' AND asked.submission_id = version.submission_id
            WHERE asked.id IS NULL OR asked.organisation_id IS NULL OR asked.on_behalf
                OR coalesce(named.body ->> 'agreed_to', '') = ''
                OR (named.body ->> 'agreed_at')::timestamptz > version.sent_at
                OR NOT EXISTS (
                    SELECT 1 FROM submissions_cosponsorstep step WHERE step.co_sponsor_id = asked.id
                    AND step.became = 'agreed' AND step.by_id IS NOT NULL AND step.at <= version.sent_at
                )
            """
        )
        return [reference for (reference,) in cursor.fetchall()]


def the_public_sees_only_bodies_that_stand_under_it():
    """Every body on a public page agreed, is named in that version and has not left."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT DISTINCT public.reference FROM submissions_publishedinput public
            JOIN submissions_version version ON version.id = public.version_id
            CROSS JOIN LATERAL unnest(public.co_sponsor_keys) named(key)
            LEFT JOIN submissions_cosponsor asked ON asked.submission_id = public.submission_id
                AND asked.organisation_id = named.key AND asked.answer = 'agreed' AND asked.ended <> 'left'
            WHERE public.taken_down_at IS NULL AND (asked.id IS NULL OR NOT jsonb_path_exists(
                version.content, '$.co_sponsors[*].id ? (@ == $row)', jsonb_build_object('row', asked.id)))
            """
        )
        return [reference for (reference,) in cursor.fetchall()]


def co_sponsors_stand_under_what_was_begun_first():
    """No co-sponsor stands under the draft of a change, or under an input of its own organisation."""
    wrong = CoSponsor.objects.filter(submission__amends__isnull=False)
    own = CoSponsor.objects.filter(organisation=F("submission__organisation"))
    return [*wrong.values_list("pk", flat=True), *own.values_list("pk", flat=True)]


def nobody_leaves_with_what_is_settled():
    """A body that its lead takes out with a correction leaves with one of that very input that is not decided."""
    settled = ~Q(leaves_with__status__in=("draft", "proposed")) | ~Q(leaves_with__act="correction")
    wrong = settled | ~Q(leaves_with__submission=F("submission"))
    return CoSponsor.objects.filter(wrong, leaves_with__isnull=False).values_list("pk", flat=True)


def nothing_is_public_against_its_author():
    """No visible input is shown against what its author declared when it was sent, or was granted since."""
    visible = PublishedInput.objects.filter(taken_down_at__isnull=True)
    declared = Q(version__content__has_key="publish_as") & ~Q(version__content__publish_as="named")
    return visible.filter(declared | ~Q(submission__publish_as="named")).values_list("reference", flat=True)


def nobody_reviews_what_their_organisation_stands_under():
    """No reviewer acted for a body that stood under the input when the review was saved."""
    return of_members(
        organisation__co_sponsored__submission=OuterRef("submission"),
        organisation__co_sponsored__answer="agreed",
        organisation__co_sponsored__ended="",
        organisation__co_sponsored__answered_at__lte=OuterRef("saved_at"),
    )


RULES = [
    nobody_is_named_without_having_agreed,
    the_public_sees_only_bodies_that_stand_under_it,
    co_sponsors_stand_under_what_was_begun_first,
    nobody_leaves_with_what_is_settled,
    nothing_is_public_against_its_author,
    nobody_reviews_what_their_organisation_stands_under,
]
