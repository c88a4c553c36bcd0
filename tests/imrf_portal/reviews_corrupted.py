"""An input that was given to somebody, and how each rule about who reviews what is turned red."""

from datetime import timedelta

from submissions import operations
from submissions.models import Assignment, Conflict, Review, Submission
from tests.factories import NOW, make_submission, make_user


def make_given(call):
    """One that was given out, and a conflict of interest of somebody else that has ended."""
    giver, reader = make_user(staff=True), make_user("nils", staff=True, roles=["reviewer"])
    submission = make_submission(call=call)
    operations.assign(submission, to=reader, by=giver, at=NOW)
    declare(make_user(staff=True), submission=submission, ended_at=NOW)


def declare(person, **about):
    why = {"ground": "other", "reason": "It was said.", "by": person, "at": NOW - timedelta(days=1)}
    Conflict.objects.create(user=person, **about, **why)


def declare_what_one_holds():
    held = Submission.objects.filter(status="submitted", reviewer__isnull=False).first()
    declare(held.reviewer, organisation=held.organisation)


def declare_what_one_read():
    review = Review.objects.filter(submission__status="published").first()
    declare(review.reviewer, submission=review.submission)


RED = {
    "nobody_holds_an_input_that_they_declared": declare_what_one_holds,
    "nobody_reviewed_what_they_declared": declare_what_one_read,
    "an_assignment_changes_the_reviewer": lambda: Assignment.objects.update(to=None, was=None),
}
