from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from forums.refusals import IllegalMove, Refused
from submissions import operations, publication
from submissions.models import Attachment, PublishedInput, Submission
from tests.factories import NOW, make_standing, make_submission, tick_everything

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=1)


def text_file(name="annex.txt", words=b"Figures of nine missions."):
    return SimpleUploadedFile(name, words)


@pytest.mark.parametrize("status", [status for status in Submission.Status.values if status != "published"])
def test_only_a_published_input_is_visible(status):
    make_submission(status=status)
    assert not publication.visible(NOW + timedelta(days=999)).exists()


def test_a_published_input_is_visible_from_its_instant_on():
    submission = make_submission(status="accepted")
    operations.publish(submission, by=submission.reviewer, at=NOW, visible_at=LATER)
    assert not publication.visible(LATER - timedelta(microseconds=1)).exists()
    assert publication.visible(LATER).get().reference == submission.reference


def test_what_becomes_public_is_exactly_the_whitelist():
    submission = make_submission(status="published", contact_email="private@example.org")
    published = submission.published
    columns = publication.columns_of(submission, submission.versions.get())
    named = {field.name for field in PublishedInput._meta.concrete_fields}
    own = {"id", "submission", "vector", "stamp", "visible_at", "changed_at", "taken_down_at", "taken_down_because"}
    by_trigger = {"in_regions", "received_in"}  # from columns of the whitelist alone
    assert set(columns) == named - own - by_trigger
    public = str(PublishedInput.objects.values().get()) + str(publication.public_content(published))
    assert "private@example.org" not in public
    assert "begun_by" not in public


def test_the_standing_shown_is_the_one_held_at_publication(forum):
    submission = make_submission(status="accepted")
    make_standing(submission.organisation, submission.call.forum)
    operations.publish(submission, by=submission.reviewer, at=NOW)
    assert submission.published.basis == "ecosoc"
    assert make_submission(status="published").published.basis == ""


def test_taking_down_erases_every_copied_word_and_leaves_a_tombstone():
    submission = make_submission(status="published")
    operations.take_down(submission, by=submission.reviewer, at=LATER, reason="Names a person.")
    row = PublishedInput.objects.get(submission=submission)
    assert not publication.visible(LATER).exists()
    assert (row.reference, row.taken_down_because, row.taken_down_at) == (submission.reference, "Names a person.", LATER)
    kept = {name: getattr(row, name) for name in publication.ERASED}
    assert kept == publication.ERASED
    assert row.in_regions == []


def test_an_author_who_withdraws_leaves_the_public_side_at_once():
    submission = make_submission(status="published")
    operations.withdraw(submission, by=submission.begun_by, at=LATER)
    assert not publication.visible(LATER).exists()


def test_publishing_needs_the_desks_acceptance():
    with pytest.raises(IllegalMove):
        operations.publish(make_submission(status="under_review"), by=None, at=NOW)


@pytest.fixture
def accepted_with_a_file(draft, amina, ravi):
    operations.attach(draft, text_file(), by=amina, at=NOW)
    operations.submit(draft, by=amina, at=NOW)
    submission = Submission.objects.get(pk=draft.pk)
    operations.take_up(submission, by=ravi, at=NOW)
    tick_everything(submission, ravi, NOW)
    operations.accept(submission, by=ravi, at=NOW)
    return submission


@pytest.mark.parametrize("verdict", [Attachment.Verdict.WAITING, Attachment.Verdict.INFECTED])
def test_nothing_is_published_unasked_before_its_files_are_clean(accepted_with_a_file, ravi, verdict):
    Attachment.objects.update(verdict=verdict)
    with pytest.raises(Refused, match=r"annex\.txt"):
        operations.publish(accepted_with_a_file, by=ravi, at=NOW)
    Attachment.objects.update(verdict=Attachment.Verdict.CLEAN)
    operations.publish(accepted_with_a_file, by=ravi, at=NOW)
    assert [file.name for file in publication.public_files(accepted_with_a_file.published)] == ["annex.txt"]


def test_a_text_may_go_ahead_and_its_file_appears_once_it_is_clean(accepted_with_a_file, ravi):
    operations.publish(accepted_with_a_file, by=ravi, at=NOW, files_may_follow=True)
    assert list(publication.public_files(accepted_with_a_file.published)) == []
    Attachment.objects.update(verdict=Attachment.Verdict.CLEAN)
    assert [file.name for file in publication.public_files(accepted_with_a_file.published)] == ["annex.txt"]


PDF = {"media_type": "application/pdf", "verdict": Attachment.Verdict.CLEAN}


@pytest.mark.parametrize(
    ("state", "why"),
    [
        ({"is_held": True, "reading": "read"}, "held because of what it carries"),
        ({"is_held": True, "reading": "failed"}, "held because of what it carries"),
        ({"reading": "waiting"}, "not read yet"),
    ],
)
def test_a_file_that_is_held_or_unread_stops_the_publication_or_stays_away(accepted_with_a_file, ravi, state, why):
    Attachment.objects.update(**PDF, **state)
    with pytest.raises(Refused, match=why):
        operations.publish(accepted_with_a_file, by=ravi, at=NOW)
    operations.publish(accepted_with_a_file, by=ravi, at=NOW, files_may_follow=True)
    published = accepted_with_a_file.published
    assert list(publication.public_files(published)) == []
    assert publication.files_being_checked(published) == 1
    assert Attachment.objects.get().is_awaited
    Attachment.objects.update(is_held=False, reading="read")
    assert [file.name for file in publication.public_files(published)] == ["annex.txt"]
    assert publication.files_being_checked(published) == 0
    assert not Attachment.objects.get().is_awaited


def test_a_file_that_a_person_released_waits_for_nothing(accepted_with_a_file, ravi):
    Attachment.objects.update(**PDF, reading="waiting", released_at=NOW, released_by=ravi)
    operations.publish(accepted_with_a_file, by=ravi, at=NOW)
    assert publication.files_being_checked(accepted_with_a_file.published) == 0


def test_a_refused_file_never_follows(accepted_with_a_file, ravi):
    Attachment.objects.update(verdict=Attachment.Verdict.INFECTED)
    with pytest.raises(Refused, match="scanner refused"):
        operations.publish(accepted_with_a_file, by=ravi, at=NOW, files_may_follow=True)


def test_accepting_needs_the_whole_checklist(ravi):
    submission = make_submission(status="under_review", reviewer=ravi)
    operations.record_review(submission, by=ravi, at=NOW, checklist={"complete": True})
    with pytest.raises(Refused, match="checklist"):
        operations.accept(submission, by=ravi, at=NOW)
    tick_everything(submission, ravi, NOW)
    operations.accept(submission, by=ravi, at=NOW)
    assert submission.status == "accepted"


def test_the_excerpt_is_the_summary_else_the_beginning_of_the_text():
    assert publication.excerpt_of({"summary": "Short.", "text": "Long."}) == "Short."
    cut = publication.excerpt_of({"summary": "", "text": "## Heading\n\n" + "word " * 200})
    assert cut.startswith("Heading word")
    assert cut.endswith(" …")
    assert len(cut) <= publication.EXCERPT + 2
