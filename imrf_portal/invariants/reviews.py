"""Rules about who reviews what: nobody what they declared to keep away from."""

from django.db.models import Exists, F, OuterRef, Q

from accreditation.models import Membership
from submissions.models import Assignment, Conflict, Review, Submission


def of_members(**organisation):
    """Readings saved by somebody who acted at that moment for such an organisation."""
    then = Membership.objects.filter(
        Q(until__isnull=True) | Q(until__gt=OuterRef("saved_at")),
        user=OuterRef("reviewer"),
        since__lte=OuterRef("saved_at"),
        **organisation,
    )
    return Review.objects.filter(Exists(then)).values_list("pk", flat=True)


def _declared(person, submission, organisation):
    """Conflicts that the person of the row declared with its input, or with the body that wrote it."""
    about = Q(submission=OuterRef(submission)) | Q(organisation=OuterRef(organisation))
    return Conflict.objects.filter(about, user=OuterRef(person))


def nobody_holds_an_input_that_they_declared():
    """No input that waits for a decision is with a reviewer who declared a conflict of interest with it or its author."""
    standing = _declared("reviewer", "pk", "organisation").standing()
    return Submission.objects.filter(Exists(standing), status__in=Submission.GIVEN_OUT).values_list("reference", flat=True)


def nobody_reviewed_what_they_declared():
    """No reading was saved by somebody while a conflict of interest that they declared was standing."""
    then = _declared("reviewer", "submission", "submission__organisation").filter(
        Q(ended_at=None) | Q(ended_at__gt=OuterRef("saved_at")), at__lt=OuterRef("saved_at")
    )
    return Review.objects.filter(Exists(then)).values_list("pk", flat=True)


def an_assignment_changes_the_reviewer():
    """No input was given to whoever had it already, and nothing was taken from nobody."""
    return Assignment.objects.filter(Q(to=F("was")) | Q(to=None, was=None)).values_list("pk", flat=True)


RULES = [nobody_holds_an_input_that_they_declared, nobody_reviewed_what_they_declared, an_assignment_changes_the_reviewer]
