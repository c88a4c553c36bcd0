"""What was sent can be changed while its call is open, and stands until then; what was withdrawn can come back."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from forums.models import Letter
from forums.refusals import Closed, IllegalMove, Refused
from submissions import operations
from submissions.forms import answers_of
from submissions.models import Attachment, Submission, Version
from submissions.tasks import announce_steps
from tests.factories import NOW, join, make_call, make_draft, make_submission, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(draft, amina, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    operations.attach(draft, SimpleUploadedFile("a.csv", b"a,b\n"), by=amina, at=NOW)
    operations.submit(draft, by=amina)
    return Submission.objects.get()


@pytest.fixture
def change(sent, amina):
    return operations.amend(sent, by=amina, at=NOW)


@pytest.fixture
def speaking(client, amina):
    client.force_login(amina)
    return client


def revise(draft, by, **changes):
    return operations.revise(draft, by=by, at=NOW, edition=draft.edition, **changes)


# The change --------------------------------------------------------------------------------------------------------


def test_what_was_sent_stands_until_the_change_is_sent(sent, change, amina):
    revise(change, amina, title="A better title", objectives=[3])
    kept = Submission.objects.get(pk=sent.pk)
    assert (kept.title, kept.status, kept.versions.count()) == (sent.title, "submitted", 1)
    assert (change.title, change.status, change.reference) == (sent.title, "draft", None)


def test_a_change_that_is_sent_becomes_the_first_revision(sent, change, amina):
    revise(change, amina, title="A better title", objectives=[3], countries=["NPL"])
    version = operations.submit(change, by=amina)
    kept = Submission.objects.get()  # the draft of the change is gone
    assert (version.submission, version.symbol) == (kept, f"{sent.reference}/Rev.1")
    assert (kept.title, kept.chosen()["objectives"], kept.chosen()["countries"]) == ("A better title", [3], ["NPL"])
    assert [one.content["title"] for one in kept.versions.order_by("number")] == [sent.title, "A better title"]
    assert kept.received_at == sent.received_at


def test_files_go_along_and_those_of_the_first_version_stay_with_it(sent, change, amina):
    operations.detach(change.attachments.get(), by=amina, at=NOW)
    operations.attach(change, SimpleUploadedFile("b.csv", b"c,d\n"), by=amina, at=NOW)
    version = operations.submit(change, by=amina)
    assert [file["name"] for file in version.content["files"]] == ["b.csv"]
    [first] = sent.versions.get(number=1).content["files"]
    assert Attachment.objects.get(pk=first["id"]).name == "a.csv"
    assert [file.name for file in Submission.objects.get().attachments.kept()] == ["b.csv"]


def test_beginning_twice_begins_one(sent, change, amina):
    assert operations.amend(sent, by=amina, at=NOW) == change


def test_a_change_that_changes_nothing_is_not_sent(change, amina):
    with pytest.raises(Refused, match="Nothing differs"):
        operations.submit(change, by=amina)


def test_sending_a_change_twice_is_one_version_with_one_receipt(change, amina):
    revise(change, amina, title="A better title")
    first = operations.submit(change, by=amina)
    change.pk = first.sent_from  # as another tab knows it
    assert operations.submit(change, by=amina) == first
    assert Version.objects.count() == 2


def test_nothing_is_changed_after_the_closing(sent, change, amina):
    revise(change, amina, title="Too late")
    with pytest.raises(Closed, match="draft is kept"):
        operations.submit(change, by=amina, at=sent.call.closes_at)
    assert Submission.objects.get(pk=change.pk).title == "Too late"
    assert Submission.objects.get(pk=sent.pk).title == sent.title
    change.attachments.all().delete()
    change.delete()
    with pytest.raises(Closed, match="write to the desk"):
        operations.amend(sent, by=amina, at=sent.call.closes_at)


@pytest.mark.parametrize("status", ["draft", "clarification_asked", "accepted", "published", "not_admissible", "withdrawn"])
def test_only_what_nobody_has_decided_can_be_changed(organisation, amina, status):
    submission = make_submission(organisation=organisation, by=amina, status=status)
    with pytest.raises(Refused):
        operations.amend(submission, by=amina, at=NOW)


def test_a_change_sent_while_it_is_reviewed_goes_back_to_the_same_reviewer(sent, change, amina, ravi):
    operations.take_up(sent, by=ravi, at=NOW)
    revise(change, amina, title="A better title")
    operations.submit(change, by=amina)
    kept = Submission.objects.get()
    assert (kept.status, kept.reviewer) == ("submitted", ravi)
    with pytest.raises(IllegalMove):
        operations.decline(kept, by=ravi, at=NOW, reason="read before the change")


def test_a_decision_made_meanwhile_keeps_the_change_as_a_draft(sent, change, amina, ravi):
    operations.take_up(sent, by=ravi, at=NOW)
    operations.decline(sent, by=ravi, at=NOW, reason="No")
    revise(change, amina, title="A better title")
    with pytest.raises(Refused, match="Not admissible"):
        operations.submit(change, by=amina)
    assert Submission.objects.get(pk=change.pk).title == "A better title"


def test_discarding_a_change_leaves_the_files_of_what_was_sent(sent, change, amina, django_capture_on_commit_callbacks):
    added = operations.attach(change, SimpleUploadedFile("b.csv", b"c,d\n"), by=amina, at=NOW)
    with django_capture_on_commit_callbacks(execute=True):
        operations.discard(change, by=amina, at=NOW)
    assert sent.attachments.get().file.storage.exists(sent.attachments.get().file.name)
    assert not added.file.storage.exists(added.file.name)


def test_the_desk_never_sees_a_change_before_it_is_sent(change, ravi, elena):
    for person in (ravi, elena):
        assert change not in Submission.objects.visible_to(person)


# Its pages ---------------------------------------------------------------------------------------------------------


def place(name, submission):
    return reverse(f"submissions:{name}", args=[submission.pk])


def test_the_way_from_what_was_sent_to_the_next_receipt(speaking, sent):
    assert "Change what was sent" in speaking.get(place("my_input", sent)).content.decode()
    answer = speaking.post(place("amend", sent))
    change = sent.amendments.get()
    assert answer.url == place("edit", change)
    page = speaking.get(answer.url).content.decode()
    assert "What was sent stands until the change is sent." in page
    assert sent.reference in page
    typed = {"edition": change.edition, **answers_of(change), "title": "A better title", "then": "check"}
    assert speaking.post(place("edit", change), typed).url == place("check", change)
    answer = speaking.post(place("check", change), {"edition": change.edition + 1, "agreed": "on"})
    assert answer.url == place("receipt", sent)
    assert f"{sent.reference}/Rev.1" in speaking.get(answer.url).content.decode()


def test_addresses_of_a_change_lead_to_the_input_once_it_was_sent(speaking, sent, change, amina):
    edition = revise(change, amina, title="A better title").edition
    was = Submission.objects.get(pk=change.pk)
    operations.submit(change, by=amina)
    assert speaking.get(place("my_input", was)).context["submission"] == sent
    assert speaking.post(place("check", was), {"edition": edition, "agreed": "on"}).url == place("receipt", sent)
    lost = speaking.post(place("edit", was), {"edition": edition, "title": "Typed in another tab"})
    assert (lost.status_code, "Typed in another tab" in lost.content.decode()) == (409, True)


def test_a_stranger_finds_no_change(client, bruno, sent, change, amina):
    revise(change, amina, title="A better title")
    was = Submission.objects.get(pk=change.pk)
    client.force_login(bruno)
    for address in (place("my_input", change), place("edit", change), place("amend", sent), place("reinstate", sent)):
        assert client.get(address).status_code == client.post(address).status_code == 404
    operations.submit(change, by=amina)
    assert client.get(place("my_input", was)).status_code == 404


def test_a_viewer_changes_nothing(client, organisation, sent):
    viewer = make_user()
    join(organisation, viewer, role="viewer")
    client.force_login(viewer)
    assert client.post(place("amend", sent)).status_code == 404
    assert "Change what was sent" not in client.get(place("my_input", sent)).content.decode()


def test_a_discarded_change_leads_back_to_what_was_sent(speaking, sent, change):
    assert speaking.post(place("discard", change)).url == sent.get_absolute_url()


# Withdrawn, and back ------------------------------------------------------------------------------------------------


def test_what_was_withdrawn_comes_back_as_it_was_until_the_call_closes(speaking, sent, amina):
    operations.withdraw(sent, by=amina, at=NOW)
    assert "Reinstate it" in speaking.get(place("my_input", sent)).content.decode()
    assert speaking.post(place("reinstate", sent)).url == sent.get_absolute_url()
    kept = Submission.objects.get()
    assert (kept.status, kept.versions.count(), kept.reference) == ("submitted", 1, sent.reference)


def test_the_letter_says_that_it_is_back_and_gives_no_second_receipt(sent, amina):
    operations.withdraw(sent, by=amina, at=NOW)
    operations.reinstate(sent, by=amina, at=NOW)
    announce_steps()
    assert sorted(Letter.objects.values_list("kind", flat=True)) == [
        "submissions/received",
        "submissions/reinstated",
        "submissions/withdrawn",
    ]


def test_after_the_closing_only_the_desk_reinstates(desk_client, elena, organisation, amina):
    call = make_call(window="now")
    submission = make_submission(call=call, organisation=organisation, by=amina, status="submitted")
    operations.withdraw(submission, by=amina, at=NOW)
    with pytest.raises(Closed, match="by the desk only"):
        operations.reinstate(submission, by=amina, at=call.closes_at + timedelta(days=1))
    operations.reinstate(submission, by=elena, at=call.closes_at + timedelta(days=1), by_desk=True, reason="Asked by mail")
    assert Submission.objects.get().status == "submitted"


def test_only_what_was_withdrawn_is_reinstated(sent, amina):
    with pytest.raises(IllegalMove):
        operations.reinstate(sent, by=amina, at=NOW)


def test_a_draft_that_amends_nothing_is_sent_as_ever(call, organisation, amina):
    version = operations.submit(make_draft(call=call, organisation=organisation, by=amina), by=amina)
    assert (version.number, version.sent_from) == (1, None)
