"""Corrections of what is public and additions to what was sent: proposed by the author, decided by the desk."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from forums.models import Letter
from forums.refusals import Closed, IllegalMove, Refused
from submissions import operations, publication
from submissions.models import FormerlyPublished, Proposal, PublishedInput, Submission, Version
from submissions.operations.publishing import show_co_sponsors_anew
from submissions.search import found_by
from submissions.tasks import announce_steps
from tests.factories import NOW, make_call, make_proposal, make_submission

pytestmark = pytest.mark.django_db
WRONG = "Nine missions now answer complaints in four languages."
RIGHT = "Ten missions now answer complaints in four languages."


@pytest.fixture
def published(organisation, amina, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return make_submission(status="published", organisation=organisation, by=amina)


def fresh(submission):
    return Submission.objects.get(pk=submission.pk)


def shown(submission):
    return PublishedInput.objects.select_related("version").get(submission=submission)


# Corrections -------------------------------------------------------------------------------------------------------


def test_what_is_public_stays_until_the_desk_approves(published, elena):
    proposal = make_proposal(published)
    assert (proposal.version.symbol, proposal.status) == (f"{published.reference}/Corr.1", "proposed")
    assert (fresh(published).status, fresh(published).text) == ("published", WRONG)
    assert publication.public_content(shown(published))["text"] == WRONG
    operations.approve(proposal, by=elena, at=NOW + timedelta(days=1))
    assert fresh(published).text == RIGHT
    public = shown(published)
    assert publication.public_content(public)["text"] == RIGHT
    assert (public.symbol, public.corrected_at) == (f"{published.reference}/Corr.1", NOW + timedelta(days=1))
    assert public.changed_at == public.corrected_at
    assert [version.symbol for version in publication.public_versions(public)] == [
        published.reference,
        f"{published.reference}/Corr.1",
    ]


def test_a_correction_is_found_by_its_new_words(published, elena, client):
    operations.approve(make_proposal(published, text="Zanzibar answers."), by=elena, at=NOW)
    page = client.get("/en/inputs/?q=zanzibar").content.decode()
    assert published.reference in page


def test_a_refused_correction_changes_nothing_and_says_why(published, elena):
    proposal = make_proposal(published)
    with pytest.raises(Refused, match="reason"):
        operations.refuse(proposal, by=elena, at=NOW, reason=" ")
    operations.refuse(proposal, by=elena, at=NOW, reason="The figure is right.")
    assert publication.public_content(shown(published))["text"] == WRONG
    announce_steps()
    letter = Letter.objects.get(kind="submissions/correction_refused")
    assert "The figure is right." in letter.text
    assert "/Corr.1" in letter.subject


def test_every_step_has_its_letter_with_the_symbol(published, elena):
    operations.approve(make_proposal(published), by=elena, at=NOW)
    announce_steps()
    announce_steps()
    kinds = ["submissions/correction_received", "submissions/correction_published"]
    letters = Letter.objects.filter(kind__in=kinds)
    assert sorted(letters.values_list("kind", flat=True)) == sorted(kinds)
    assert all(f"{published.reference}/Corr.1" in letter.subject for letter in letters)
    [receipt] = letters.filter(kind=kinds[0])
    assert Version.objects.get(act="correction").sha256 in receipt.text


def test_one_correction_at_a_time(published, amina):
    draft = make_proposal(published, sent=False)
    assert operations.correct(published, by=amina, at=NOW, reason="again") == draft
    operations.submit(draft, by=amina)
    with pytest.raises(Refused, match="waits for the desk"):
        operations.correct(published, by=amina, at=NOW, reason="Another")


def test_a_correction_that_was_taken_back_is_never_public_and_keeps_its_symbol(published, amina, elena):
    first = make_proposal(published)
    operations.take_back(first, by=amina, at=NOW)
    with pytest.raises(IllegalMove):
        operations.approve(first, by=elena, at=NOW)
    assert make_proposal(fresh(published)).version.symbol == f"{published.reference}/Corr.2"
    assert publication.public_content(shown(published))["text"] == WRONG


def test_a_correction_that_corrects_nothing_is_not_sent(published, amina):
    draft = operations.correct(published, by=amina, at=NOW, reason="Nothing yet")
    with pytest.raises(Refused, match="Nothing differs"):
        operations.submit(draft, by=amina)


@pytest.mark.parametrize("status", ["draft", "submitted", "under_review", "accepted", "not_admissible", "withdrawn"])
def test_only_what_is_public_is_corrected(organisation, amina, status):
    submission = make_submission(organisation=organisation, by=amina, status=status)
    with pytest.raises(Refused):
        operations.correct(submission, by=amina, at=NOW, reason="No")


def test_a_correction_needs_a_reason(published, amina):
    with pytest.raises(Refused, match="what is wrong"):
        operations.correct(published, by=amina, at=NOW, reason="  ")


def test_what_was_withdrawn_meanwhile_is_not_corrected(published, amina, elena):
    proposal = make_proposal(published)
    operations.withdraw(fresh(published), by=amina, at=NOW)
    with pytest.raises(Refused, match="Only a published input"):
        operations.approve(proposal, by=elena, at=NOW)
    assert Proposal.objects.get().status == "proposed"


def test_a_revision_begun_before_the_closing_becomes_the_correction(organisation, amina, ravi, elena):
    sent = make_submission(organisation=organisation, by=amina)
    change = operations.amend(sent, by=amina, at=NOW)
    change = operations.revise(change, by=amina, at=NOW, edition=change.edition, title="Typed before the closing")
    for act in (operations.take_up,):
        act(sent, by=ravi, at=NOW)
    operations.record_review(sent, by=ravi, at=NOW, checklist=dict.fromkeys(_questions(), True))
    operations.accept(sent, by=ravi, at=NOW)
    operations.publish(sent, by=elena, at=NOW)
    draft = operations.correct(sent, by=amina, at=NOW, reason="A better title")
    assert (draft, draft.title) == (change, "Typed before the closing")
    assert operations.submit(draft, by=amina).symbol == f"{sent.reference}/Corr.1"


def _questions():
    from submissions.models import Review

    return Review.QUESTIONS


def test_sending_a_correction_twice_is_one_version(published, amina):
    draft = make_proposal(published, sent=False)
    key = draft.pk
    first = operations.submit(draft, by=amina)
    draft.pk = key
    assert operations.submit(draft, by=amina) == first
    assert Version.objects.count() == 2


def test_files_of_a_correction_wait_with_it(published, amina, elena):
    draft = operations.correct(published, by=amina, at=NOW, reason="The table")
    operations.attach(draft, SimpleUploadedFile("b.csv", b"c,d\n"), by=amina, at=NOW)
    proposal = operations.submit(draft, by=amina).proposal
    assert list(fresh(published).attachments.kept()) == []
    assert proposal.attachments.to_scan().count() == 1
    with pytest.raises(Refused, match="scanner"):
        operations.approve(proposal, by=elena, at=NOW)
    proposal.attachments.update(verdict="clean", scanned_at=NOW)
    operations.approve(proposal, by=elena, at=NOW)
    assert [file.name for file in fresh(published).attachments.kept()] == ["b.csv"]
    assert [file.name for file in publication.public_files(shown(published))] == ["b.csv"]


def test_the_desk_may_hide_what_was_corrected(published, elena):
    operations.approve(make_proposal(published), by=elena, at=NOW, hide_former=True)
    assert not FormerlyPublished.objects.exists()
    assert [v.symbol for v in publication.public_versions(shown(published))] == [f"{published.reference}/Corr.1"]


def test_what_was_taken_down_takes_its_former_versions_along(published, elena):
    operations.approve(make_proposal(published), by=elena, at=NOW)
    operations.take_down(fresh(published), by=elena, at=NOW, reason="Names a person")
    assert not FormerlyPublished.objects.exists()
    operations.publish(fresh(published), by=elena, at=NOW)
    public = shown(published)
    assert publication.public_content(public)["text"] == RIGHT  # what was corrected does not come back
    assert len(publication.public_versions(public)) == 1
    assert public.corrected_at == NOW


def test_a_correction_after_a_revision_has_a_number_of_its_own(organisation, amina, ravi):
    sent = make_submission(organisation=organisation, by=amina, status="clarification_asked")
    operations.revise(fresh(sent), by=amina, at=NOW, edition=fresh(sent).edition, text="Answered.")
    operations.submit(fresh(sent), by=amina)
    kept = fresh(sent)
    operations.take_up(kept, by=ravi, at=NOW)
    operations.record_review(kept, by=ravi, at=NOW, checklist=dict.fromkeys(_questions(), True))
    operations.accept(kept, by=ravi, at=NOW)
    operations.publish(kept, by=ravi, at=NOW)
    assert make_proposal(fresh(sent)).version.symbol == f"{sent.reference}/Corr.1"
    assert [v.symbol.partition("/")[2] for v in Version.objects.order_by("number")] == ["", "Rev.1", "Corr.1"]


# Additions ---------------------------------------------------------------------------------------------------------


def test_an_addition_leaves_the_text_and_stands_beside_it(published, elena):
    proposal = make_proposal(published, "addition")
    assert (proposal.version.symbol, proposal.late) == (f"{published.reference}/Add.1", False)
    assert publication.public_additions(shown(published)) == []
    operations.approve(proposal, by=elena, at=NOW)
    [addition] = publication.public_additions(shown(published))
    assert (addition.symbol, addition.content["title"]) == (f"{published.reference}/Add.1", "Annex on fees")
    assert (fresh(published).text, shown(published).symbol) == (WRONG, published.reference)


def test_an_addition_begins_empty_and_keeps_what_it_is_about(published, amina):
    draft = operations.add(published, by=amina, at=NOW)
    assert (draft.title, draft.text, draft.level, draft.chosen()["objectives"]) == ("", "", "national", [14, 15])
    with pytest.raises(Refused, match="title"):
        operations.submit(draft, by=amina)


def test_an_addition_may_go_ahead_of_the_publication(organisation, amina, ravi, elena):
    sent = make_submission(organisation=organisation, by=amina)
    operations.approve(make_proposal(sent, "addition"), by=elena, at=NOW)
    kept = fresh(sent)
    operations.take_up(kept, by=ravi, at=NOW)
    operations.record_review(kept, by=ravi, at=NOW, checklist=dict.fromkeys(_questions(), True))
    operations.accept(kept, by=ravi, at=NOW)
    operations.publish(kept, by=elena, at=NOW)
    assert len(publication.public_additions(shown(sent))) == 1
    assert shown(sent).symbol == sent.reference


def test_after_the_closing_only_what_the_desk_opened_is_added_to(organisation, amina, elena):
    call = make_call(window="now")
    sent = make_submission(call=call, organisation=organisation, by=amina, status="published")
    late = call.closes_at + timedelta(days=3)
    with pytest.raises(Closed, match="Ask the desk"):
        operations.add(sent, by=amina, at=late)
    until = late + timedelta(days=7)
    operations.open_late(sent, by=elena, at=late, closes_at=until, reason="The annex came out today.")
    draft = operations.add(sent, by=amina, at=late)
    draft = operations.revise(draft, by=amina, at=late, edition=draft.edition, title="Annex", text="Fees.")
    with pytest.raises(Closed):
        operations.submit(draft, by=amina, at=until)
    assert operations.submit(draft, by=amina, at=until - timedelta(seconds=1)).proposal.late is True
    letter = Letter.objects.get(kind="submissions/addition_opened")
    assert "The annex came out today." in letter.text


def test_an_addition_that_is_not_shown_any_more_leaves_the_public_page(published, elena):
    proposal = make_proposal(published, "addition")
    operations.approve(proposal, by=elena, at=NOW)
    operations.stop_showing(proposal, by=elena, at=NOW, reason="It names a person.")
    assert publication.public_additions(shown(published)) == []
    announce_steps()
    assert "It names a person." in Letter.objects.get(kind="submissions/addition_refused").text


def found(words):
    return [one.reference for one in found_by(publication.visible(NOW), words)]


def test_an_approved_addition_is_found_by_the_search_and_no_more_once_it_is_taken_off(published, elena):
    words = {"title": "Annexe sur les frais", "text": "Les couloirs migratoires.", "language": "fr"}
    proposal = make_proposal(published, "addition", **words)
    assert found("couloir") == []
    operations.approve(proposal, by=elena, at=NOW)
    assert found("couloir") == found("annexes") == [published.reference]  # stemmed as its own language is
    operations.stop_showing(proposal, by=elena, at=NOW, reason="It names a person.")
    assert found("couloir") == found("annexes") == []
    assert found(published.reference) == [published.reference]


def test_whatever_else_changes_on_the_public_page_an_addition_is_still_found(published, elena, ravi):
    operations.approve(make_proposal(published, "addition", text="Remittance corridors."), by=elena, at=NOW)
    operations.approve(make_proposal(fresh(published)), by=elena, at=NOW)
    assert found("remittance") == [published.reference]
    show_co_sponsors_anew(published, at=NOW)
    assert found("remittance") == [published.reference]
    operations.take_down(fresh(published), by=elena, at=NOW, reason="To be looked at again.")
    assert found("remittance") == []
    operations.publish(fresh(published), by=elena, at=NOW)
    assert found("remittance") == [published.reference]


def test_files_of_an_addition_stay_out_of_an_answer_to_the_desk(organisation, amina, ravi, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    sent = make_submission(organisation=organisation, by=amina)
    draft = operations.add(sent, by=amina, at=NOW)
    draft = operations.revise(draft, by=amina, at=NOW, edition=draft.edition, title="Annex")
    operations.attach(draft, SimpleUploadedFile("annex.csv", b"c,d\n"), by=amina, at=NOW)
    operations.submit(draft, by=amina)
    operations.take_up(fresh(sent), by=ravi, at=NOW)
    operations.ask_for_clarification(fresh(sent), by=ravi, at=NOW, question="Which year?")
    kept = fresh(sent)
    operations.revise(kept, by=amina, at=NOW, edition=kept.edition, text="2024.")
    version = operations.submit(fresh(sent), by=amina)
    assert (version.symbol, version.content["files"]) == (f"{sent.reference}/Rev.1", [])


def test_one_draft_holds_one_thing(published, amina):
    addition = operations.add(published, by=amina, at=NOW)
    assert operations.add(published, by=amina, at=NOW) == addition
    with pytest.raises(Refused, match="addition"):
        operations.correct(published, by=amina, at=NOW, reason="Wrong year")
    operations.discard(addition, by=amina, at=NOW)
    assert not Proposal.objects.exists()
    operations.correct(published, by=amina, at=NOW, reason="Wrong year")
    with pytest.raises(Refused, match="change to this input"):
        operations.add(published, by=amina, at=NOW)


@pytest.mark.parametrize("status", ["draft", "clarification_asked", "not_admissible", "withdrawn"])
def test_nothing_is_added_to_what_does_not_stand(organisation, amina, status):
    submission = make_submission(organisation=organisation, by=amina, status=status)
    with pytest.raises(Refused):
        operations.add(submission, by=amina, at=NOW)
