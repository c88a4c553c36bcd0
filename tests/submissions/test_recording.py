import pytest

from forums.refusals import Refused
from submissions import operations
from submissions.models import PublishedInput, SubmissionStep
from submissions.notifications import letters_for
from tests.factories import NOW, make_call, make_organisation

SOURCE = {"source_url": "https://example.org/paper", "source_title": "A paper", "source_seen": "2022-02"}


def record(call, **fields):
    about = {"title": "A joint paper", "language": "en", "level": "global", "objectives": [7, 8], **SOURCE}
    return operations.record_on_behalf(call=call, organisation=make_organisation(), by=None, at=NOW, **{**about, **fields})


def test_an_input_is_recorded_and_public_with_its_source_and_without_invented_text(forum):
    recorded = record(make_call(forum, recorded_by_desk_only=True))
    public = PublishedInput.objects.get(submission=recorded)
    assert public.reference == "IMRF-2026-I-00001"
    assert (public.recorded_by_desk, public.source_url, public.excerpt) == (True, SOURCE["source_url"], "")
    assert recorded.versions.get().content["objectives"] == [7, 8]
    assert [step.became for step in recorded.steps.all()] == ["submitted", "under_review", "accepted", "published"]


def test_nobody_is_written_to(forum):
    recorded = record(make_call(forum, recorded_by_desk_only=True))
    assert not SubmissionStep.objects.pending().exists()
    assert [letters_for(step, at=NOW) for step in recorded.steps.all()] == [[], [], [], []]


def test_the_desk_records_only_in_a_call_made_for_that(call):
    with pytest.raises(Refused):
        record(call)
