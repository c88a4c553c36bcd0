"""The pages of corrections and additions: of the author, the desk, and the public."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import now

from forums import operations as ground
from forums.models import SecondPersonRequest
from forums.refusals import Refused
from submissions import operations
from submissions.forms import answers_of
from submissions.models import LateOpening, Proposal, Submission, Version
from tests.factories import NOW, ask_form, join, make_call, make_form, make_proposal, make_submission, make_user

pytestmark = pytest.mark.django_db
WRONG = "Nine missions now answer complaints in four languages."
CANARY = "Zanzibar"


@pytest.fixture
def published(organisation, amina):
    return make_submission(status="published", organisation=organisation, by=amina)


@pytest.fixture
def corrected(published, elena):
    operations.approve(make_proposal(published), by=elena, at=NOW)
    return Submission.objects.get(pk=published.pk)


def place(name, submission, *more):
    return reverse(f"submissions:{name}", args=[submission.pk, *more])


def public(name, submission, *more):
    return reverse(f"submissions:{name}", args=[submission.reference, *more])


def desk(proposal):
    return reverse("admin:submissions_proposal_change", args=[proposal.pk])


# The author --------------------------------------------------------------------------------------------------------


def test_the_way_from_what_is_public_to_the_receipt_of_the_correction(client, published, amina):
    client.force_login(amina)
    assert "Correct what is published" in client.get(place("my_input", published)).content.decode()
    refused = client.post(place("correct", published), {"reason": ""})
    assert "Say what is wrong" in refused.content.decode()
    answer = client.post(place("correct", published), {"reason": "The figure"})
    draft = Submission.objects.get(amends=published)
    assert answer.url == place("edit", draft)
    page = client.get(answer.url).content.decode()
    assert "What is public stays until the desk has approved the correction." in page
    typed = {"edition": draft.edition, **answers_of(draft), "text": "Ten missions.", "then": "check"}
    assert client.post(place("edit", draft), typed).url == place("check", draft)
    answer = client.post(place("check", draft), {"edition": draft.edition + 1, "agreed": "on"})
    assert answer.url == place("receipt", published)
    assert f"{published.reference}/Corr.1" in client.get(answer.url).content.decode()
    page = client.get(place("my_input", published)).content.decode()
    assert "Waits for the desk" in page
    assert WRONG in page
    assert "Correct what is published" not in page
    client.post(place("take_back", published, Proposal.objects.get().pk))
    assert Proposal.objects.get().status == "taken_back"


def test_what_holds_for_the_input_is_not_asked_again_of_what_is_proposed(client, published, amina):
    client.force_login(amina)
    draft = operations.correct(published, by=amina, at=NOW, reason="The figure.")
    assert "Keep this choice" not in client.get(place("check", draft)).content.decode()
    Submission.objects.filter(pk=draft.pk).update(publish_as="desk")  # chosen while it was a revision
    assert "Keep this choice" in client.get(place("check", draft)).content.decode()


def test_an_addition_is_asked_for_no_form_and_no_co_sponsors(client, organisation, amina):
    call = make_call(window="open")
    sent = make_submission(status="published", organisation=organisation, by=amina, call=call)
    ask_form(call, make_form(("what", "long")))
    client.force_login(amina)
    draft = operations.add(sent, by=amina, at=NOW)
    assert client.get(place("edit", draft)).context["newer_form"] is None
    assert place("joint", draft) not in client.get(place("check", draft)).content.decode()


def test_a_correction_can_be_written_and_sent_after_the_closing(client, organisation, amina):
    call = make_call(window="closed")
    submission = make_submission(
        call=call, organisation=organisation, by=amina, at=NOW - timedelta(days=30), status="published"
    )
    draft = make_proposal(submission, sent=False)
    client.force_login(amina)
    for page in ("edit", "check", "my_input"):
        shown = client.get(place(page, draft)).content.decode()
        assert "can no longer be sent" not in shown
        assert "This call has closed" not in shown
    client.post(place("check", draft), {"edition": draft.edition, "agreed": "on"})
    assert Version.objects.filter(act="correction").exists()


def test_a_further_document_is_begun_by_a_button(client, published, amina):
    client.force_login(amina)
    assert "Add a further document" in client.get(place("my_input", published)).content.decode()
    answer = client.post(place("add", published))
    draft = Submission.objects.get(amends=published)
    assert answer.url == place("edit", draft)
    assert "This is a further document beside" in client.get(answer.url).content.decode()


def test_who_only_reads_proposes_nothing_and_strangers_find_nothing(client, published, bruno, organisation):
    proposal = make_proposal(published)
    viewer = make_user()
    join(organisation, viewer, role="viewer")
    addresses = [place("correct", published), place("add", published), place("take_back", published, proposal.pk)]
    for person in (viewer, bruno):
        client.force_login(person)
        for address in addresses:
            assert client.get(address).status_code == client.post(address, {"reason": "x"}).status_code == 404
    assert Proposal.objects.get().status == "proposed"


def test_an_answer_of_the_desk_stands_on_the_page(client, published, amina, elena):
    operations.refuse(make_proposal(published), by=elena, at=NOW, reason="The figure is right.")
    client.force_login(amina)
    page = client.get(place("my_input", published)).content.decode()
    assert "The figure is right." in page
    assert "Refused" in page


# The desk ----------------------------------------------------------------------------------------------------------


def test_the_desk_sees_what_differs_and_approves(desk_client, elena, published):
    proposal = make_proposal(published)
    client = desk_client(elena)
    page = client.get(desk(proposal)).content.decode()
    assert "The year is wrong." in page
    assert "Taken out: </span>Nine</del>" in page
    seen = {"decision": "approve", "letters": "send", "seen-status": "proposed", "seen-step": proposal.steps.get().pk}
    assert client.post(desk(proposal), seen).status_code == 302
    assert Proposal.objects.get().status == "approved"
    assert client.post(desk(proposal), seen).status_code == 409


def test_a_reviewer_looks_but_does_not_decide(desk_client, ravi, published):
    proposal = make_proposal(published)
    client = desk_client(ravi)
    assert client.get(desk(proposal)).status_code == 200
    answer = client.post(desk(proposal), {"decision": "approve", "seen-status": "proposed", "seen-step": "1"})
    assert answer.status_code == 404
    assert Proposal.objects.get().status == "proposed"


def test_nobody_decides_about_their_own_organisation(desk_client, elena, published, organisation):
    proposal = make_proposal(published)
    join(organisation, elena, role="viewer")
    assert desk_client(elena).get(desk(proposal)).status_code == 404


def test_the_desk_never_sees_a_draft(desk_client, elena, published):
    make_proposal(published, sent=False)
    assert desk_client(elena).get(desk(Proposal.objects.get())).status_code == 404


def test_the_review_page_names_what_is_proposed_and_opens_for_additions(desk_client, elena, organisation, amina):
    call = make_call(window="closed")
    before = NOW - timedelta(days=30)
    submission = make_submission(call=call, organisation=organisation, by=amina, at=before, status="published")
    proposal = make_proposal(submission)
    client = desk_client(elena)
    address = reverse("admin:submissions_submission_change", args=[submission.pk])
    page = client.get(address).content.decode()
    assert desk(proposal) in page
    assert "Open it for an addition after the closing" in page
    typed = {"open_late-last_day": "2090-01-31", "open_late-reason": "Annex"}
    client.post(address, {"decision": "open_late", "letters": "send", **typed})
    asked = SecondPersonRequest.objects.get()
    assert LateOpening.objects.count() == 0  # it opens once a second person agrees
    with pytest.raises(Refused, match="second person"):
        ground.agree_as_second(asked, by=elena, at=now())
    ground.agree_as_second(asked, by=make_user(staff=True, roles=["editor"]), at=now())
    opening = LateOpening.objects.get()
    assert opening.by == elena
    assert opening.closes_at.astimezone(call.forum.zone).isoformat() == "2090-02-01T00:00:00-05:00"


# The public --------------------------------------------------------------------------------------------------------


def test_the_public_page_says_what_was_corrected_and_since_when(client, corrected):
    page = client.get(public("input", corrected)).content.decode()
    assert "Ten missions" in page
    assert WRONG not in page
    assert f"{corrected.reference}/Corr.1" in page
    assert "Corrected:" in page
    assert public("differences", corrected) in page


def test_a_former_version_keeps_an_address_and_a_difference(client, corrected):
    page = client.get(public("version", corrected, 1)).content.decode()
    assert WRONG in page
    assert "This is a former version." in page
    assert 'content="noindex"' in page
    assert client.get(public("version", corrected, 2)).status_code == 200
    page = client.get(public("differences", corrected)).content.decode()
    assert "Taken out: </span>Nine</del>" in page
    assert "Put in: </span>Ten</ins>" in page


def test_what_was_never_public_has_no_public_address(client, published, amina, elena):
    waiting = make_proposal(published, text=f"{CANARY} waits.")
    for number in (2, 3):
        assert client.get(public("version", published, number)).status_code == 404
    assert client.get(public("differences", published), {"from": 1, "to": 2}).status_code == 404
    assert CANARY not in client.get(public("input", published)).content.decode()
    operations.refuse(waiting, by=elena, at=NOW, reason="No")
    operations.approve(make_proposal(Submission.objects.get(pk=published.pk)), by=elena, at=NOW)
    assert client.get(public("version", published, 2)).status_code == 404  # the refused one
    assert client.get(public("version", published, 3)).status_code == 200
    for asked in ({"from": 1, "to": 2}, {"from": 2, "to": 3}, {}):
        assert CANARY not in client.get(public("differences", published), asked).content.decode()


def test_revisions_before_the_publication_are_never_public(client, organisation, amina, ravi, elena):
    sent = make_submission(organisation=organisation, by=amina, text=f"{CANARY} first.")
    change = operations.amend(sent, by=amina, at=NOW)
    operations.revise(change, by=amina, at=NOW, edition=change.edition, text="Second.")
    operations.submit(change, by=amina)
    kept = Submission.objects.get(pk=sent.pk)
    operations.take_up(kept, by=ravi, at=NOW)
    from submissions.models import Review

    operations.record_review(kept, by=ravi, at=NOW, checklist=dict.fromkeys(Review.QUESTIONS, True))
    operations.accept(kept, by=ravi, at=NOW)
    operations.publish(kept, by=elena, at=NOW)
    assert client.get(public("version", kept, 1)).status_code == 404
    assert client.get(public("version", kept, 2)).status_code == 200
    operations.approve(make_proposal(kept, text="Third."), by=elena, at=NOW)
    assert client.get(public("version", kept, 1)).status_code == 404
    assert CANARY not in client.get(public("differences", kept), {"from": 1, "to": 3}).content.decode()


def test_what_was_taken_down_takes_all_its_addresses_along(client, corrected, elena):
    operations.take_down(corrected, by=elena, at=NOW, reason="Names a person")
    for address in (public("version", corrected, 1), public("version", corrected, 2), public("differences", corrected)):
        assert client.get(address).status_code == 404
    assert client.get(public("input", corrected)).status_code == 410


def test_an_addition_stands_beside_the_text_once_approved(client, published, elena):
    proposal = make_proposal(published, "addition", text="Fees by <b>corridor</b>.")
    assert "Annex on fees" not in client.get(public("input", published)).content.decode()
    operations.approve(proposal, by=elena, at=NOW + timedelta(minutes=1))
    page = client.get(public("input", published)).content.decode()
    assert "Annex on fees" in page
    assert f"{published.reference}/Add.1" in page
    assert "<b>corridor" not in page
    assert WRONG in page


def test_the_api_and_the_feed_say_the_symbol(client, corrected, elena):
    operations.approve(make_proposal(corrected, "addition"), by=elena, at=NOW)
    whole = client.get(f"/api/v1/inputs/{corrected.reference}/").json()
    assert whole["symbol"] == f"{corrected.reference}/Corr.1"
    assert [version["symbol"] for version in whole["versions"]] == [corrected.reference, f"{corrected.reference}/Corr.1"]
    assert [addition["symbol"] for addition in whole["additions"]] == [f"{corrected.reference}/Add.1"]
    assert whole["corrected_at"]
    assert f"{corrected.reference}/Corr.1" in client.get("/feeds/inputs.atom").content.decode()


def test_the_public_check_says_the_symbol_of_a_correction(client, corrected):
    version = Version.objects.get(act="correction")
    address = reverse("submissions:receipt_check", args=[corrected.reference])
    assert version.symbol in client.get(address, {"sha256": version.sha256}).content.decode()
