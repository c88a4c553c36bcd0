"""Rules of what hangs on a sent text: its files, answers, what is shown of it, how it is read at the desk."""

from django.db import connection
from django.db.models import F, OuterRef, Q

from imrf_portal.invariants.reviews import of_members
from submissions.models import Attachment, CallForm, QueueChoice, Review, Submission
from submissions.operations.showing_anew import changes_by_version


def versions_name_files_as_they_were():
    """Every file that a version names has its row, with the same size and hash."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT version.content ->> 'reference' FROM submissions_version version
            CROSS JOIN LATERAL jsonb_array_elements(version.content -> 'files') named(doc)
            LEFT JOIN submissions_attachment stored
                ON stored.id::text = named.doc ->> 'id' AND stored.submission_id = version.submission_id
            WHERE stored.id IS NULL OR stored.sha256 <> named.doc ->> 'sha256' OR stored.size::text <> named.doc ->> 'size'
            """
        )
        return [reference for (reference,) in cursor.fetchall()]


def a_verdict_was_asked_for():
    """A file has a verdict exactly when a scanner looked at it."""
    waiting = Q(verdict="waiting")
    wrong = (waiting & Q(scanned_at__isnull=False)) | (~waiting & Q(scanned_at__isnull=True))
    return Attachment.objects.filter(wrong).values_list("pk", flat=True)


def a_review_is_of_a_version_of_its_input():
    """Every review is of a version of the same input."""
    return Review.objects.exclude(version__submission=F("submission")).values_list("pk", flat=True)


def nobody_reviews_their_own_organisation():
    """No reviewer acted for the organisation of the input when the review was saved."""
    return of_members(organisation=OuterRef("submission__organisation"))


def what_was_answered_can_be_read_as_it_was_asked():
    """Every form that a version names was published and has each answered question, seen by whom it was promised."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT version.content ->> 'reference' FROM submissions_version version
            CROSS JOIN LATERAL jsonb_array_elements(version.content -> 'answers') answered(doc)
            LEFT JOIN submissions_formversion form
                ON form.id::text = version.content -> 'form' ->> 'id' AND form.published_at IS NOT NULL
            LEFT JOIN submissions_question question
                ON question.version_id = form.id AND question.key = answered.doc ->> 'key'
            WHERE version.content ? 'form'
                AND (question.id IS NULL OR question.seen_by <> answered.doc ->> 'seen_by')
            """
        )
        return [reference for (reference,) in cursor.fetchall()]


def what_is_shown_otherwise_has_its_reasons():
    """What is shown of a version is what was sent, changed by the corrections and redactions that stand, by nothing else."""
    touched = Q(reclassifications__isnull=False) | Q(redactions__isnull=False) | ~Q(versions__changes={})
    for submission in Submission.objects.filter(touched).distinct().iterator(500):
        changed = changes_by_version(submission).items()
        yield from (version.symbol for version, changes in changed if version.changes != changes)


def inputs_have_forms_that_were_published():
    """No input was given a form that is still being written, and no call asks one that was never published."""
    unpublished = Submission.objects.filter(form_version__published_at=None, form_version__isnull=False)
    asked = CallForm.objects.exclude(template__versions__published_at__isnull=False)
    return [*unpublished.values_list("pk", flat=True), *asked.values_list("template__code", flat=True)]


def the_queue_opens_with_a_view_one_may_open():
    """Nobody's queue opens with a view that is neither their own nor shared."""
    strange = QueueChoice.objects.filter(start__shared=False).exclude(start__owner=F("user"))
    return strange.values_list("user_id", flat=True)


RULES = [
    versions_name_files_as_they_were,
    what_was_answered_can_be_read_as_it_was_asked,
    inputs_have_forms_that_were_published,
    what_is_shown_otherwise_has_its_reasons,
    a_verdict_was_asked_for,
    a_review_is_of_a_version_of_its_input,
    nobody_reviews_their_own_organisation,
    the_queue_opens_with_a_view_one_may_open,
]
