"""A joint input that is public, and how each rule about such inputs is turned red."""

from datetime import timedelta

from submissions import operations
from submissions.models import CoSponsor, CoSponsorStep, PublishedInput, Review, Submission, Version
from submissions.operations import joining
from tests.factories import NOW, PATHS, make_draft, make_organisation, make_user


def make_joint(call):
    """One that was published, with a body that agreed and one that the lead named."""
    draft, nora = make_draft(call=call), make_user("nora")
    row = operations.ask_co_sponsor(draft, make_organisation("Northern Bridge", focal_point=nora), by=draft.begun_by, at=NOW)
    operations.agree(row, by=nora, at=NOW, seen=joining.mark_now(draft))
    operations.name_on_behalf(draft, "Alpha Village", by=draft.begun_by, at=NOW)
    operations.submit(draft, by=draft.begun_by, at=NOW)
    submission, elena = Submission.objects.get(pk=draft.pk), make_user(staff=True)
    for act in PATHS["published"]:
        act(submission, elena, NOW)


def agreed():
    return CoSponsor.objects.filter(answer="agreed")


def show_it_against_its_author():
    version = Version.objects.get(pk=PublishedInput.objects.filter(taken_down_at=None).first().version_id)
    version.content["publish_as"] = "statistics"
    version.save()


def review_what_ones_own_stands_under():
    row = agreed().get()
    review = Review.objects.get(submission=row.submission)
    early = NOW - timedelta(days=400)
    row.organisation.memberships.create(user=review.reviewer, role="viewer", asked_at=early, since=early)


def leave_with_an_addition():
    submission = agreed().get().submission
    draft = operations.add(submission, by=submission.begun_by, at=NOW)
    agreed().update(leaves_with=draft.proposal)


RED = {
    "nobody_is_named_without_having_agreed": lambda: CoSponsorStep.objects.filter(became="agreed").delete(),
    "the_public_sees_only_bodies_that_stand_under_it": lambda: agreed().update(ended="left", ended_at=NOW),
    "co_sponsors_stand_under_what_was_begun_first": lambda: agreed().update(
        organisation=agreed().get().submission.organisation
    ),
    "nobody_leaves_with_what_is_settled": leave_with_an_addition,
    "nothing_is_public_against_its_author": show_it_against_its_author,
    "nobody_reviews_what_their_organisation_stands_under": review_what_ones_own_stands_under,
}
