"""Expressions that are put together once say what they say when put together anew."""

import pytest
from django.db.models import F, OuterRef, Subquery
from django.utils.translation import override

from submissions import operations
from submissions.admin import hanging, surroundings
from submissions.admin.put_together import put_together
from submissions.models import Submission
from submissions.shown_titles import retitled
from tests.factories import NOW, make_proposal, make_standing, make_submission

pytestmark = pytest.mark.django_db
MAKERS = {
    "sent": surroundings._sent,
    "retitled": retitled,
    "standing": surroundings._standing,
    "since": surroundings._since,
    "told": surroundings._told,
    "asked": surroundings._question,
    "staged": surroundings._staged,
    "noted": hanging._noted,
    "proposed": hanging._proposed,
}


@pytest.fixture
def inputs(call, organisation, amina, elena):
    """One that says much, one that its author is asked about, one of which nothing is known."""
    make_standing(organisation, call.forum)
    much = make_submission(call=call, organisation=organisation, by=amina, status="published")
    make_proposal(much, by=amina)
    asked = make_submission(call=call, organisation=organisation, by=amina, status="under_review", reviewer=elena)
    operations.add_note(asked, by=elena, at=NOW, text="Look at the figures.")
    operations.ask_for_clarification(asked, by=elena, at=NOW, question="Which year?")
    return [much, asked, make_submission(call=call, by=amina)]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_each_says_what_it_says_when_it_is_put_together_anew(inputs, language):
    with override(language):
        for name, make in MAKERS.items():
            anew = Submission.objects.annotate(said=make()).order_by("pk").values_list("pk", "said")
            once = Submission.objects.annotate(said=put_together(make)).order_by("pk").values_list("pk", "said")
            assert list(once) == list(anew), name


def test_it_may_stand_deeper_in_another_query(inputs):
    inner = Submission.objects.filter(pk=OuterRef("pk")).annotate(since=put_together(surroundings._since))
    found = Submission.objects.annotate(deep=Subquery(inner.values("since")), flat=surroundings._since())
    assert found.exclude(deep=F("flat")).count() == 0
    assert found.filter(deep=F("flat")).count() == len(inputs)


def _joins():
    return F("organisation__name")


def test_what_needs_more_than_the_input_is_refused():
    with pytest.raises(ValueError, match="more than the input"):
        put_together(_joins)
