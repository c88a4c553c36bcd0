"""Related inputs over 300 invented texts in six languages (tests/submissions/relevance): what the five shown are on."""

from datetime import timedelta

import pytest

from submissions import operations
from submissions.models import PublishedInput
from submissions.related import related_to
from submissions.row_of_page import row_of_page
from tests.factories import NOW
from tests.submissions.relevance.texts import store

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)
AT_LEAST = 0.75  # of the objectives of two inputs, those that both have; asked before any weight was changed


def shares(references):
    """Of each input and each shown as related: the share of their objectives that both have."""
    for reference in references:
        published = row_of_page(reference, LATER)
        own, others = set(published.objectives), [set(one.objectives) for one in related_to(published, LATER)]
        assert len(others) == 5
        yield from (len(own & theirs) / len(own | theirs) for theirs in others)


def test_those_shown_are_on_the_same_objectives_whatever_their_year_and_language():
    references = sorted(store())
    before = list(shares(references))
    while operations.inputs_to_relate(at=LATER):
        operations.relate_inputs(at=LATER)
    after = list(shares(references))
    languages = PublishedInput.objects.filter(related_inputs__others__len=8).values_list("language", flat=True).distinct()
    said = [round(sum(found) / len(found), 2) for found in (before, after)]
    print(f"share of objectives in common: {said[0]} without the sweep, {said[1]} with it")  # noqa: T201 a measurement
    assert len(languages.order_by()) == 6
    assert said[0] < AT_LEAST <= said[1]
