"""The path of an input, written out here and not read from the code; and the one door through which it moves."""

import pytest

from accreditation.models import Accreditation
from forums.refusals import IllegalMove, MovedMeanwhile
from submissions.models import Submission
from tests.factories import NOW, make_submission

AGREED_MOVES = {
    ("draft", "submitted"),
    ("submitted", "submitted"),  # amended while its call is open
    ("submitted", "under_review"),
    ("submitted", "withdrawn"),
    ("under_review", "submitted"),  # the same
    ("under_review", "clarification_asked"),
    ("under_review", "accepted"),
    ("under_review", "not_admissible"),
    ("under_review", "withdrawn"),
    ("clarification_asked", "submitted"),
    ("clarification_asked", "withdrawn"),
    ("clarification_asked", "not_admissible"),
    ("accepted", "published"),
    ("accepted", "under_review"),
    ("accepted", "withdrawn"),
    ("published", "accepted"),
    ("published", "withdrawn"),
    ("not_admissible", "under_review"),
    ("withdrawn", "submitted"),
}
AGREED_ACCREDITATION_MOVES = {
    ("draft", "submitted"),
    ("draft", "withdrawn"),
    ("submitted", "screening"),
    ("submitted", "withdrawn"),
    ("screening", "more_asked"),
    ("screening", "recognised"),
    ("screening", "put_forward"),
    ("screening", "not_accredited"),
    ("screening", "withdrawn"),
    ("more_asked", "submitted"),
    ("more_asked", "withdrawn"),
    ("more_asked", "expired"),
    ("put_forward", "accredited"),
    ("put_forward", "not_accredited"),
    ("put_forward", "withdrawn"),
    ("recognised", "expired"),
    ("recognised", "withdrawn"),
    ("accredited", "expired"),
    ("accredited", "withdrawn"),
    ("not_accredited", "screening"),
    ("withdrawn", "draft"),
}


@pytest.mark.parametrize("was", Submission.Status.values)
@pytest.mark.parametrize("to", Submission.Status.values)
def test_only_the_agreed_moves_of_an_input_are_possible(was, to):
    assert Submission(status=was).may_move(to) is ((was, to) in AGREED_MOVES)


@pytest.mark.parametrize("was", Accreditation.Status.values)
@pytest.mark.parametrize("to", Accreditation.Status.values)
def test_only_the_agreed_moves_of_an_accreditation_are_possible(was, to):
    assert Accreditation(status=was).may_move(to) is ((was, to) in AGREED_ACCREDITATION_MOVES)


@pytest.mark.django_db
def test_a_move_writes_who_when_from_where_to_where_and_why(ravi):
    submission = make_submission()
    step = submission.move("under_review", by=ravi, at=NOW, note="Mine.")
    assert (step.was, step.became, step.by, step.at, step.note) == ("submitted", "under_review", ravi, NOW, "Mine.")
    assert Submission.objects.get(pk=submission.pk).status == "under_review"


@pytest.mark.django_db
def test_an_illegal_move_changes_nothing_and_leaves_no_step(ravi):
    submission = make_submission()
    steps = submission.steps.count()
    with pytest.raises(IllegalMove):
        submission.move("published", by=ravi, at=NOW)
    assert Submission.objects.get(pk=submission.pk).status == "submitted"
    assert submission.steps.count() == steps


@pytest.mark.django_db
def test_whoever_comes_second_overwrites_nothing(ravi, elena):
    submission = make_submission()
    mine, theirs = Submission.objects.get(pk=submission.pk), Submission.objects.get(pk=submission.pk)
    mine.move("under_review", by=ravi, at=NOW)
    with pytest.raises(MovedMeanwhile):
        theirs.move("withdrawn", by=elena, at=NOW)
    assert [step.became for step in submission.steps.all()] == ["submitted", "under_review"]
