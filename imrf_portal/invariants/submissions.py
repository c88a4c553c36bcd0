"""Rules of the second floor: receipts, references, versions and their steps."""

from datetime import timedelta

from django.conf import settings
from django.db import connection
from django.db.models import Count, Exists, F, Max, Min, OuterRef, Q

from forums.models import Forum
from imrf_portal.invariants import paths
from submissions.models import (
    ProposalStep,
    PublishedInput,
    Submission,
    SubmissionStep,
    Version,
)
from submissions.receipts import FIRST_LINK, fingerprint, link_of

SENT = ~Q(status="draft")
STREAM = 500


def what_was_sent_has_reference_time_and_version():
    """Every input that was sent has a reference, a time of receipt and at least one version."""
    version = Version.objects.filter(submission=OuterRef("pk"))
    bare = Q(reference__isnull=True) | Q(received_at__isnull=True) | ~Exists(version)
    return Submission.objects.filter(SENT & bare).values_list("pk", flat=True)


def a_draft_has_nothing_that_sending_gives():
    """No draft has a reference, a time of receipt, a version or a public row."""
    version = Version.objects.filter(submission=OuterRef("pk"))
    public = PublishedInput.objects.filter(submission=OuterRef("pk"))
    given = Q(reference__isnull=False) | Q(received_at__isnull=False) | Exists(version) | Exists(public)
    return Submission.objects.filter(given, status="draft").values_list("pk", flat=True)


def receipts_hold():
    """The fingerprint of every version is that of its content, which names its own reference, number and moment."""
    for version in Version.objects.select_related("submission").iterator(STREAM):
        content = version.content
        said = tuple(content.get(name) for name in ("reference", "version", "sent_at"))
        meant = (version.submission.reference, version.number, version.sent_at.isoformat(timespec="microseconds"))
        if fingerprint(content) != version.sha256 or said != meant:
            yield version.symbol


def the_chain_of_receipts_is_unbroken():
    """The versions of a forum stand at places 1, 2, 3 ..., each linked to the one before it, up to the last one counted."""
    for forum in Forum.objects.filter(Q(last_version_number__gt=0) | Exists(Version.objects.filter(forum=OuterRef("pk")))):
        place, link = 0, FIRST_LINK
        for version in Version.objects.filter(forum=forum).order_by("place").select_related("submission").iterator(STREAM):
            place, link = place + 1, link_of(link, version.sha256)
            if (version.place, version.link) != (place, link):
                yield f"{version.symbol} at place {version.place}"
                break  # every later link follows from this one
        else:
            if place != forum.last_version_number:
                yield f"{forum.slug}: {forum.last_version_number} counted, {place} there"


def every_version_is_in_the_chain_of_its_forum():
    """A version stands in the chain of the forum whose call its input answered."""
    astray = Version.objects.exclude(forum=F("submission__call__forum"))
    return astray.values_list("submission__reference", flat=True)


def a_change_belongs_to_what_it_amends():
    """A draft that amends an input answers the same call for the same organisation, and that input was sent."""
    same = Q(call=F("amends__call"), organisation=F("amends__organisation")) & ~Q(amends__status="draft")
    return Submission.objects.filter(amends__isnull=False).exclude(same).values_list("pk", flat=True)


def versions_are_numbered_without_gaps():
    """The versions of an input are numbered 1, 2, 3 ..."""
    counted = Submission.objects.annotate(
        count=Count("versions"), first=Min("versions__number"), last=Max("versions__number")
    )
    return counted.filter(count__gt=0).exclude(first=1, last=F("count")).values_list("reference", flat=True)


def every_version_has_the_step_that_sent_it():
    """Every version was sent by a step of the same moment: of its input, or of the correction or addition that it is."""
    sent_at = OuterRef("sent_at")
    step = SubmissionStep.objects.filter(submission=OuterRef("submission"), became="submitted", at=sent_at)
    proposed = ProposalStep.objects.filter(proposal__version=OuterRef("pk"), became="proposed", at=sent_at)
    of_input = Q(act__in=["original", "revision"]) & Exists(step)
    return Version.objects.exclude(of_input | (~Q(act__in=["original", "revision"]) & Exists(proposed))).values_list(
        "submission__reference", flat=True
    )


def an_input_is_received_when_it_was_first_sent():
    """The time of receipt is that of the first version."""
    first = Version.objects.filter(number=1).exclude(sent_at=F("submission__received_at"))
    return first.values_list("submission__reference", flat=True)


def nothing_was_taken_outside_its_window():
    """What was sent through the form arrived after its call opened and before it closed, unless it is marked as late."""
    grace = timedelta(seconds=settings.GRACE_SECONDS)
    sent = Submission.objects.filter(SENT, recorded_by_desk=False, received_late=False)
    late = Q(received_at__gte=F("call__closes_at") + grace)
    return sent.filter(late | Q(received_at__lt=F("call__opens_at"))).values_list("reference", flat=True)


def references_name_their_forum():
    """A reference names the forum of its call, and a number that the forum's counter has reached."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT coalesce(input.reference, input.id::text) FROM submissions_submission input
            JOIN forums_call call ON call.id = input.call_id JOIN forums_forum forum ON forum.id = call.forum_id
            WHERE input.reference IS NOT NULL AND (
                input.reference !~ ('^IMRF-' || upper(forum.slug) || '-I-[0-9]{5,}$')
                OR substring(input.reference from '[0-9]+$')::int NOT BETWEEN 1 AND forum.last_input_number
            )
            """
        )
        return [reference for (reference,) in cursor.fetchall()]


def no_reference_was_skipped():
    """As many inputs have a reference as the counter of their forum says: none is missing, none is given twice."""
    given = Count("calls__submissions", filter=Q(calls__submissions__reference__isnull=False))
    return Forum.objects.annotate(given=given).exclude(given=F("last_input_number")).values_list("slug", flat=True)


def inputs_are_where_their_steps_ended():
    """The status of every input is what its last step became."""
    return paths.status_differs_from_steps(SubmissionStep)


def steps_of_inputs_follow_each_other():
    """Every step of an input begins where the one before it ended."""
    return paths.broken_chains(SubmissionStep)


def inputs_move_by_the_table():
    """Every step of an input is one that the table of moves allows."""
    return paths.moves_outside_the_table(SubmissionStep)


def letters_of_inputs_tell_of_a_step():
    """No letter tells of a step of an input that is not there."""
    return paths.letters_without_a_step(SubmissionStep, "submission-step")


RULES = [
    what_was_sent_has_reference_time_and_version,
    a_draft_has_nothing_that_sending_gives,
    receipts_hold,
    the_chain_of_receipts_is_unbroken,
    every_version_is_in_the_chain_of_its_forum,
    a_change_belongs_to_what_it_amends,
    versions_are_numbered_without_gaps,
    every_version_has_the_step_that_sent_it,
    an_input_is_received_when_it_was_first_sent,
    nothing_was_taken_outside_its_window,
    references_name_their_forum,
    no_reference_was_skipped,
    inputs_are_where_their_steps_ended,
    steps_of_inputs_follow_each_other,
    inputs_move_by_the_table,
    letters_of_inputs_tell_of_a_step,
]
