"""The queue, the review page, files and published inputs, as the people of the desk use them."""

from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.core.files.base import ContentFile
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accreditation.models import Membership
from forums.operations import rehearsing
from submissions import operations
from submissions.models import PublishedInput, Review, Submission
from submissions.tasks import announce_steps
from tests.factories import (
    NOW,
    join,
    make_call,
    make_draft,
    make_organisation,
    make_standing,
    make_submission,
    make_user,
    tick_everything,
)
from tests.imrf_portal.rooms import make_attachment

pytestmark = pytest.mark.django_db
QUEUE = "/admin/submissions/submission/"
USUAL = {"letters": "send", "decline-ground": "other"}


def page_of(submission):
    return reverse("admin:submissions_submission_change", args=[submission.pk])


def seen(response):
    return {f"seen-{name}": value for name, value in response.context["seen"].items()}


def press(client, submission, decision, **typed):
    """Open the page, press a button on it, and let the letters go as they are."""
    opened = client.get(page_of(submission))
    return client.post(page_of(submission), {**seen(opened), "decision": decision, **USUAL, **typed})


def press_and_read(client, submission, decision, **typed):
    """Press a button and read the page to which a refusal leads back."""
    answer = press(client, submission, decision, **typed)
    assert answer.status_code == 302
    return client.get(answer.url).content.decode()


def everything_ticked():
    return {"checklist": ["", *Review.QUESTIONS]}


def listed(client, query=""):
    return {row.reference for row in client.get(QUEUE + query).context["cl"].result_list}


@pytest.fixture
def sent(organisation, amina, call):
    return make_submission(call=call, organisation=organisation, by=amina)


# The journey --------------------------------------------------------------------------------------------------------


def test_from_the_queue_to_the_public_page(desk_client, ravi, elena, sent):
    client = desk_client(ravi)
    assert listed(client, "?status=submitted&reviewer=nobody") == {sent.reference}
    assert press(client, sent, "take_up").status_code == 302
    assert listed(client, "?reviewer=mine") == {sent.reference}
    refused = press_and_read(client, sent, "accept", checklist=["", "complete"], remarks="Reads well.")
    assert "The checklist is not complete" in refused
    assert 'value="complete" checked' in refused
    assert "Reads well." in refused
    assert press(client, sent, "accept", **everything_ticked()).status_code == 302
    client = desk_client(elena)
    assert press(client, sent, "publish").status_code == 302
    assert PublishedInput.objects.get(submission=sent).reference == sent.reference
    assert [(step.became, step.by) for step in sent.steps.all()][1:] == [
        ("under_review", ravi),
        ("accepted", ravi),
        ("published", elena),
    ]


def test_each_button_says_first_whom_it_will_write_to(desk_client, ravi, elena, sent, amina, organisation):
    amina.language = "fr"
    amina.save()
    client = desk_client(ravi)
    letters = {p.decision.key: str(p.letter) for p in client.get(page_of(sent)).context["panels"]}
    assert letters == {"take_up": "No letter goes out."}
    press(client, sent, "take_up")
    letters = {p.decision.key: str(p.letter) for p in client.get(page_of(sent)).context["panels"]}
    assert list(letters) == ["accept", "ask", "decline"]
    assert letters["ask"] == "1 person of <bdi>Harbour Light</bdi> will get a letter (French)."
    join(organisation, make_user(language="ar"), Membership.Role.ALTERNATE)
    letters = {p.decision.key: str(p.letter) for p in client.get(page_of(sent)).context["panels"]}
    assert letters["accept"] == "2 people of <bdi>Harbour Light</bdi> will get a letter (Arabic and French)."


def test_what_a_button_says_is_what_the_letters_do(desk_client, ravi, sent, amina):
    client = desk_client(ravi)
    press(client, sent, "take_up")
    press(client, sent, "ask", **{"ask-question": "Which year do you mean?"})
    announce_steps()
    page = client.get(page_of(sent))
    assert {(letter.kind, letter.to) for letter in page.context["letters"]} == {
        ("submissions/clarification_asked", amina.email),
        ("submissions/received", amina.email),
    }
    assert amina.email not in page.content.decode()  # addresses are for those who may read letters


@pytest.mark.parametrize(
    ("status", "decision", "field", "becomes"),
    [
        ("under_review", "ask", "question", "clarification_asked"),
        ("under_review", "decline", "reason", "not_admissible"),
        ("clarification_asked", "decline", "reason", "not_admissible"),
        ("accepted", "reopen", "reason", "under_review"),
        ("not_admissible", "reopen", "reason", "under_review"),
        ("published", "take_down", "reason", "accepted"),
    ],
)
def test_decisions_with_words(desk_client, elena, organisation, amina, call, status, decision, field, becomes):
    submission = make_submission(call=call, organisation=organisation, by=amina, status=status)
    client = desk_client(elena)
    assert "This field is required." in press_and_read(client, submission, decision, **{f"{decision}-{field}": "  "})
    assert press(client, submission, decision, **{f"{decision}-{field}": "Because."}).status_code == 302
    submission.refresh_from_db()
    assert (submission.status, submission.steps.last().note) == (becomes, "Because.")


EVERY = ["take_up", "accept", "publish", "ask", "decline", "reopen", "take_down"]
POSSIBLE = {
    ("submitted", "take_up"): "under_review",
    ("under_review", "accept"): "accepted",
    ("under_review", "ask"): "clarification_asked",
    ("under_review", "decline"): "not_admissible",
    ("clarification_asked", "decline"): "not_admissible",
    ("accepted", "publish"): "published",
    ("accepted", "reopen"): "under_review",
    ("not_admissible", "reopen"): "under_review",
    ("published", "take_down"): "accepted",
}


@pytest.mark.parametrize("status", [s for s in Submission.Status.values if s != "draft"])
def test_the_whole_table_of_statuses_and_decisions(desk_client, elena, organisation, amina, call, status):
    """Each decision is pressed on the same page, as if the others had not been."""
    client = desk_client(elena)
    submission = make_submission(call=call, organisation=organisation, by=amina, status=status)
    tick_everything(submission, elena, NOW)
    opened = seen(client.get(page_of(submission)))
    words = {"ask-question": "Why?", "decline-reason": "Why", "reopen-reason": "Why", "take_down-reason": "Why"}
    for decision in EVERY:
        with transaction.atomic():
            typed = {**opened, "decision": decision, **USUAL, **everything_ticked(), **words}
            answer = client.post(page_of(submission), typed)
            submission.refresh_from_db()
            assert submission.status == POSSIBLE.get((status, decision), status), decision
            assert answer.status_code == (302 if (status, decision) in POSSIBLE else 409), decision
            transaction.set_rollback(True)


def test_nothing_but_a_decision_changes_a_status(desk_client, sent):
    client = desk_client(make_user(staff=True, is_superuser=True))
    for posted in ({"status": "published", "_save": "Save"}, {"decision": "nonsense"}, {}):
        assert client.post(page_of(sent), {**seen(client.get(page_of(sent))), **posted}).status_code == 404
    assert client.get(QUEUE + "add/").status_code == 403
    sent.refresh_from_db()
    assert sent.status == "submitted"


def test_reviewers_do_not_publish_and_administrators_do_not_decide(desk_client, ravi, organisation, amina, call):
    accepted = make_submission(call=call, organisation=organisation, by=amina, status="accepted")
    client = desk_client(ravi)
    panels = {p.decision.key: p.allowed for p in client.get(page_of(accepted)).context["panels"]}
    assert panels == {"publish": False, "publish_at": False, "reopen": True}
    assert press(client, accepted, "publish").status_code == 403
    administrator = desk_client(make_user(staff=True, roles=["administrator"]))
    assert press(administrator, accepted, "publish").status_code == 403
    assert press(administrator, accepted, "reopen", **{"reopen-reason": "x"}).status_code == 403
    assert press(administrator, accepted, "save", **everything_ticked()).status_code == 403
    accepted.refresh_from_db()
    assert accepted.status == "accepted"


# A refusal, and the page loaded again ---------------------------------------------------------------------------------


@pytest.fixture
def in_quarantine(organisation, amina, call):
    """An accepted input with a file at which the scanner has not yet looked."""
    draft = make_draft(call=call, organisation=organisation, by=amina)
    operations.attach(draft, ContentFile(b"a,b\n1,2\n", name="figures.csv"), by=amina, at=NOW)
    return accepted(operations.submit(draft, by=amina, at=NOW).submission)


def accepted(submission):
    reader = make_user(staff=True)
    operations.take_up(submission, by=reader, at=NOW)
    tick_everything(submission, reader, NOW)
    operations.accept(submission, by=reader, at=NOW)
    return submission


def test_a_refused_decision_is_not_repeated_by_loading_the_page_again(desk_client, elena, in_quarantine):
    client = desk_client(elena)
    words = {"reopen-reason": "A reasoning typed beside it.", "note": "And a note."}
    page = press_and_read(client, in_quarantine, "publish", **words)
    assert "The virus scanner has not yet looked at figures.csv." in page
    in_quarantine.attachments.update(verdict="clean")
    again = client.get(page_of(in_quarantine)).content.decode()
    assert "has not yet looked" not in again
    assert "You were signed out" not in page + again
    for kept in words.values():
        assert kept in page
        assert kept in again
    assert Submission.objects.get(pk=in_quarantine.pk).status == "accepted"
    assert press(client, in_quarantine, "publish").status_code == 302
    assert Submission.objects.get(pk=in_quarantine.pk).status == "published"
    assert words["note"] not in client.get(page_of(in_quarantine)).content.decode()


def test_an_empty_note_is_refused_and_what_stood_beside_it_waits(desk_client, ravi, sent):
    client = desk_client(ravi)
    press(client, sent, "take_up")
    page = press_and_read(client, sent, "note", note=" ", **{"ask-question": "Which year do you mean?"})
    assert '<li class="error">' in page
    assert "Which year do you mean?" in page


def test_a_decision_on_a_stale_page_posted_again_stays_without_effect(desk_client, elena, sent):
    client = desk_client(elena)
    opened = seen(client.get(page_of(sent)))
    press(client, sent, "take_up")
    press(client, sent, "accept", **everything_ticked())
    press(client, sent, "reopen", **{"reopen-reason": "Once more."})
    steps = sent.steps.count()
    for _ in range(2):
        assert client.post(page_of(sent), {**opened, "decision": "accept", **everything_ticked()}).status_code == 409
    assert sent.steps.count() == steps


AHEAD = "Publish the text ahead of its files"


def test_an_editor_may_publish_the_text_ahead_of_files_that_wait(desk_client, elena, in_quarantine):
    client = desk_client(elena)
    assert AHEAD in client.get(page_of(in_quarantine)).content.decode()
    assert "The virus scanner has not yet looked at figures.csv." in press_and_read(client, in_quarantine, "publish")
    assert press(client, in_quarantine, "publish", **{"publish-files_may_follow": "on"}).status_code == 302
    assert PublishedInput.objects.get().submission == in_quarantine


def test_it_is_not_offered_where_no_file_waits_and_lets_no_infected_file_through(desk_client, elena, in_quarantine):
    client = desk_client(elena)
    in_quarantine.attachments.update(verdict="infected")
    assert AHEAD not in client.get(page_of(in_quarantine)).content.decode()
    page = press_and_read(client, in_quarantine, "publish", **{"publish-files_may_follow": "on"})
    assert "The virus scanner refused figures.csv." in page
    assert not PublishedInput.objects.exists()


def test_a_tick_for_a_publication_that_no_longer_fits_is_not_given_back_as_text(desk_client, elena, in_quarantine):
    client = desk_client(elena)
    opened = seen(client.get(page_of(in_quarantine)))
    operations.reopen(Submission.objects.get(pk=in_quarantine.pk), by=elena, at=NOW, reason="Once more.")
    answer = client.post(page_of(in_quarantine), {**opened, "decision": "publish", "publish-files_may_follow": "on"})
    assert (answer.status_code, answer.context["kept"]) == (409, [])


# A page that is older than what happened ----------------------------------------------------------------------------


def test_deciding_on_a_stale_page_shows_what_happened_and_keeps_what_was_typed(desk_client, ravi, elena, sent):
    operations.take_up(sent, by=ravi, at=NOW)
    client = desk_client(ravi)
    opened = seen(client.get(page_of(sent)))
    operations.decline(Submission.objects.get(pk=sent.pk), by=elena, at=NOW, reason="It is about another matter.")
    answer = client.post(page_of(sent), {**opened, "decision": "ask", "ask-question": "Which year do you mean?"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "This changed while you had the page open" in page
    assert "It is about another matter." in page
    assert "Which year do you mean?" in page
    assert list(sent.steps.values_list("became", flat=True)) == ["submitted", "under_review", "not_admissible"]


def test_a_new_version_makes_the_page_stale_too(desk_client, ravi, sent, amina):
    operations.take_up(sent, by=ravi, at=NOW)
    client = desk_client(ravi)
    opened = seen(client.get(page_of(sent)))
    answered(sent, ravi, amina)
    operations.take_up(Submission.objects.get(pk=sent.pk), by=ravi, at=NOW)
    for decision in ("accept", "save"):
        answer = client.post(page_of(sent), {**opened, "decision": decision, **everything_ticked()})
        assert answer.status_code == 409
    assert not Review.objects.exists()


def test_of_two_who_decide_at_once_one_wins_and_the_other_keeps_their_words(desk_client, ravi, elena, sent, monkeypatch):
    operations.take_up(sent, by=ravi, at=NOW)
    client = desk_client(ravi)
    opened = seen(client.get(page_of(sent)))
    really = rehearsing.rehearse

    def faster(voice, submission, act, **words):
        found = really(voice, submission, act, **words)
        operations.decline(Submission.objects.get(pk=submission.pk), by=elena, at=NOW, reason="Faster.")
        return found

    monkeypatch.setattr(rehearsing, "rehearse", faster)
    asked = {"decision": "ask", "letters": "send", "ask-question": "Which year do you mean?"}
    answer = client.post(page_of(sent), {**opened, **asked})
    assert "Which year do you mean?" in answer.content.decode()
    assert "This changed while you had the page open" in answer.content.decode()
    assert "Faster." in answer.content.decode()
    assert list(sent.steps.values_list("became", flat=True)) == ["submitted", "under_review", "not_admissible"]


def test_what_was_typed_by_somebody_signed_out_is_back_after_signing_in(client, desk_client, ravi, sent):
    operations.take_up(sent, by=ravi, at=NOW)
    opened = seen(desk_client(ravi).get(page_of(sent)))
    client.logout()
    answer = client.post(page_of(sent), {**opened, "decision": "decline", "decline-reason": "A long reasoning."})
    assert answer.status_code == 302
    assert Submission.objects.get(pk=sent.pk).status == "under_review"
    shelf = {name: value for name, value in client.session.items() if name.startswith("typed")}
    desk_client(ravi)
    session = client.session
    session.update(shelf)
    session.save()
    page = client.get(page_of(sent)).content.decode()
    assert "A long reasoning." in page
    assert "You were signed out" in page


# Who sees what ------------------------------------------------------------------------------------------------------


def test_drafts_never_show_not_even_by_their_address(desk_client, draft):
    for person in (make_user(staff=True, is_superuser=True), make_user(staff=True, roles=["editor", "administrator"])):
        client = desk_client(person)
        assert client.get(page_of(draft)).status_code == 404
        assert client.post(page_of(draft), {"decision": "take_up"}).status_code == 404
        assert listed(client) == set()
        assert listed(client, "?q=Consular") == set()


def test_who_belongs_to_the_author_finds_nothing_anywhere(desk_client, organisation, amina, call):
    submission = make_submission(call=call, organisation=organisation, by=amina, status="published")
    file = make_attachment(submission, verdict="clean")
    conflicted = make_user(staff=True, roles=["reviewer", "editor"])
    client = desk_client(conflicted)
    assert client.get(page_of(submission)).status_code == 200
    join(organisation, conflicted, Membership.Role.VIEWER)
    for address in (page_of(submission), f"{QUEUE}{submission.pk}/files/{file.pk}/"):
        missing = client.get(address.replace(str(submission.pk), "00000000-0000-4000-8000-000000000000"))
        answer = client.get(address)
        assert answer.status_code == missing.status_code == 404
        assert len(answer.content) == len(missing.content)
    assert client.get(f"{QUEUE}{submission.pk}/history/").status_code == 302
    assert press_blindly(client, submission, "take_down").status_code == 404
    for address in (QUEUE, QUEUE + f"?q={submission.reference}", "/admin/submissions/publishedinput/"):
        assert client.get(address).context["cl"].result_count == 0
    for room in ("submissionstep", "attachment"):
        assert client.get(f"/admin/submissions/{room}/").context["cl"].result_count == 0
    asked = {"app_label": "submissions", "model_name": "attachment", "field_name": "submission", "term": "IMRF"}
    assert client.get("/admin/autocomplete/", asked).json()["results"] == []
    client.post(QUEUE, {"action": "publish", "_selected_action": submission.pk})
    assert submission.steps.count() == 4


def press_blindly(client, submission, decision):
    return client.post(page_of(submission), {"decision": decision})


def test_reviewers_know_colleagues_only_as_colleagues(desk_client, ravi, elena, organisation, amina, call):
    submission = make_submission(call=call, organisation=organisation, by=amina, status="under_review", reviewer=elena)
    operations.add_note(submission, by=elena, at=NOW, text="Looks familiar.")
    operations.record_review(submission, by=elena, at=NOW, checklist={"complete": True}, remarks="Elena remarks")
    client = desk_client(ravi)
    for address in (QUEUE, page_of(submission), f"{QUEUE}?q={submission.reference}"):
        page = client.get(address).content.decode()
        assert "Elena" not in page
        assert "elena@" not in page
        assert "A colleague" in page
    assert "Amina" not in client.get(page_of(submission)).content.decode()
    assert client.get(f"{QUEUE}{submission.pk}/history/").status_code == 404
    assert client.get(f"{QUEUE}?reviewer__name__startswith=E").status_code == 400
    overseer = desk_client(make_user(staff=True, roles=["administrator"]))
    assert "Elena" in overseer.get(QUEUE).content.decode()
    assert "Elena remarks" in overseer.get(page_of(submission)).content.decode()


def test_what_was_taken_back_is_seen_by_overseers_only(desk_client, ravi, elena, organisation, amina, call):
    withdrawn = make_submission(call=call, organisation=organisation, by=amina, status="withdrawn")
    client = desk_client(ravi)
    assert (client.get(page_of(withdrawn)).status_code, listed(client)) == (404, set())
    client = desk_client(elena)
    assert (client.get(page_of(withdrawn)).status_code, listed(client)) == (200, {withdrawn.reference})


def answered(submission, reviewer, author, **changes):
    """Asked back, changed and sent again."""
    submission = Submission.objects.get(pk=submission.pk)
    operations.ask_for_clarification(submission, by=reviewer, at=NOW, question="Which year?")
    submission.refresh_from_db()
    operations.revise(
        submission, by=author, at=NOW, edition=submission.edition, **{"text": "Now with the year 2024.", **changes}
    )
    operations.submit(Submission.objects.get(pk=submission.pk), by=author, at=NOW)
    return Submission.objects.get(pk=submission.pk)


def test_versions_are_chosen_and_compared(desk_client, ravi, sent, amina):
    operations.take_up(sent, by=ravi, at=NOW)
    answered(sent, ravi, amina, title="Consular help, with years")
    page = desk_client(ravi).get(page_of(sent)).content.decode()
    assert '<ins><span class="visually-hidden">Put in: </span>Now with the year 2024.</ins>' in page
    assert "Taken out: </span>Nine missions now answer complaints in four languages.</del>" in page
    assert "Put in: </span>, with years</ins>" in page
    assert f"{sent.reference}/Rev.1" in page
    first = desk_client(ravi).get(page_of(sent) + "?version=1").content.decode()
    assert "Now with the year" not in first
    assert desk_client(ravi).get(page_of(sent) + "?version=3").status_code == 404


def test_what_its_author_is_still_changing_is_not_read_at_the_desk(desk_client, elena, sent, amina):
    operations.take_up(sent, by=elena, at=NOW)
    operations.ask_for_clarification(Submission.objects.get(pk=sent.pk), by=elena, at=NOW, question="Which?")
    asked = Submission.objects.get(pk=sent.pk)
    canary = {"title": "CANARY title", "text": "CANARY text", "summary": "CANARY summary"}
    operations.revise(asked, by=amina, at=NOW, edition=asked.edition, **canary)
    other = make_submission(call=sent.call, organisation=sent.organisation, by=amina)
    client = desk_client(elena)
    pages = (QUEUE, QUEUE + "?q=Consular", page_of(sent), page_of(other), f"{QUEUE}{sent.pk}/history/")
    for address in pages:
        assert "CANARY" not in client.get(address).content.decode(), address
    assert listed(client, "?q=CANARY") == set()
    assert listed(client, "?q=Consular") == {sent.reference, other.reference}


# Files --------------------------------------------------------------------------------------------------------------


def test_a_clean_file_is_handed_out_as_a_download_and_that_is_written_down(desk_client, ravi, sent):
    file = make_attachment(sent, verdict="clean", size=14, file=ContentFile(b"%PDF-1.4 hello", name="x.pdf"))
    client = desk_client(ravi)
    address = reverse("admin:submissions_submission_file", args=[sent.pk, file.pk])
    assert address in client.get(page_of(sent)).content.decode()
    answer = client.get(address)
    assert b"".join(answer.streaming_content) == b"%PDF-1.4 hello"
    assert answer["Content-Disposition"] == f"attachment; filename=\"{sent.reference}.pdf\"; filename*=UTF-8''Annex.pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer["Cache-Control"] or "private" in answer["Cache-Control"]
    [entry] = LogEntry.objects.all()
    assert (entry.user, entry.object_id) == (ravi, str(sent.pk))
    assert "Annex.pdf" in entry.get_change_message()


@pytest.mark.parametrize("verdict", ["waiting", "infected"])
def test_no_byte_leaves_before_a_clean_verdict(desk_client, ravi, elena, sent, verdict):
    file = make_attachment(sent, verdict=verdict, name="Secret name.pdf")
    address = reverse("admin:submissions_submission_file", args=[sent.pk, file.pk])
    for person, sees_name in ((ravi, False), (elena, True)):
        client = desk_client(person)
        assert client.get(address).status_code == 404
        page = client.get(page_of(sent)).content.decode()
        assert address not in page
        assert ("Secret name.pdf" in page) is sees_name
    assert not LogEntry.objects.exists()


def test_files_that_were_not_sent_or_belong_elsewhere_are_missing(desk_client, elena, sent, organisation, amina):
    unsent = sent.attachments.create(
        name="u.pdf", file="u.pdf", size=1, media_type="application/pdf", sha256="b" * 64, added_at=NOW, verdict="clean"
    )
    other = make_submission(call=sent.call, organisation=organisation, by=amina)
    elsewhere = make_attachment(other, verdict="clean")
    client = desk_client(elena)
    for file in (unsent, elsewhere):
        assert client.get(reverse("admin:submissions_submission_file", args=[sent.pk, file.pk])).status_code == 404


# Text ---------------------------------------------------------------------------------------------------------------


def test_any_text_is_safe_and_in_its_own_direction(desk_client, elena, amina, call):
    evil = "<script>alert(1)</script> {{7*7}} \u202e=HYPERLINK()"
    organisation = make_organisation("<b>Bold</b>", focal_point=amina)
    words = {"title": evil, "text": evil + "\n\n[x](javascript:alert(1))", "summary": evil, "language": "ar"}
    submission = make_submission(call=call, organisation=organisation, by=amina, **words)
    operations.add_note(submission, by=elena, at=NOW, text=evil)
    client = desk_client(elena)
    for address in (QUEUE, page_of(submission)):
        page = client.get(address).content.decode()
        assert "<script>alert" not in page
        assert "<b>Bold" not in page
        assert 'href="javascript' not in page
        assert 'lang="ar" dir="rtl"' in page


def test_notes_are_kept_and_empty_ones_refused(desk_client, ravi, sent):
    client = desk_client(ravi)
    assert "The note is empty" in press_and_read(client, sent, "note", note=" ")
    assert press(client, sent, "note", note="Ask the legal desk.").status_code == 302
    assert [(note.text, note.by) for note in sent.notes.all()] == [("Ask the legal desk.", ravi)]


# Lists --------------------------------------------------------------------------------------------------------------


def test_filters_and_search_find_what_they_say(desk_client, ravi, amina, forum):
    first, second = make_call(forum), make_call(forum)
    light = make_organisation("Harbour Light", focal_point=amina, acronym="HL")
    make_standing(light, forum)
    a = make_submission(call=first, organisation=light, by=amina, title="Wages at sea")
    b = make_submission(call=second, organisation=light, by=amina, title="Schools", language="fr", level="global")
    client = desk_client(ravi)
    found = {
        "": {a, b},
        "?status=submitted": {a, b},
        "?status=accepted": set(),
        f"?call={second.pk}": {b},
        "?forum=2026": {a, b},
        "?language=fr": {b},
        "?level=national": {a},
        "?reviewer=mine": set(),
        "?reviewer=nobody&language=fr": {b},
        "?q=wages": {a},
        "?q=harbour": {a, b},
        "?q=hl": {a, b},
        f"?q={b.reference.lower()}": {b},
        f"?q={b.reference[-5:]}": {b},
        "?q=nothing": set(),
    }
    assert {query: listed(client, query) for query in found} == {
        query: {row.reference for row in rows} for query, rows in found.items()
    }
    page = client.get(QUEUE).content.decode()
    assert "Recognised (standing held already)" in page


def test_the_neighbours_are_those_of_the_filtered_queue(desk_client, ravi, organisation, amina, call):
    rows = [
        make_submission(call=call, organisation=organisation, by=amina, at=NOW + timedelta(hours=n), language=language)
        for n, language in enumerate(("fr", "en", "fr"))
    ]
    client = desk_client(ravi)
    middle = client.get(page_of(rows[1])).context["submission"]
    assert (middle.earlier, middle.later) == (rows[0].pk, rows[2].pk)
    first = client.get(page_of(rows[0]) + "?_changelist_filters=language%3Dfr").context["submission"]
    assert (first.earlier, first.later) == (None, rows[2].pk)
    strange = client.get(page_of(rows[0]) + "?_changelist_filters=call%3Dx%26reviewer%3Dy%26o%3D1")
    assert strange.status_code == 200


def test_neighbours_received_at_one_moment_are_walked_one_by_one(desk_client, ravi, organisation, amina, call):
    rows = [make_submission(call=call, organisation=organisation, by=amina, at=NOW) for _ in range(3)]
    client = desk_client(ravi)
    first, middle, last = sorted(rows, key=lambda row: row.pk)
    walked = [client.get(page_of(row)).context["submission"] for row in (first, middle, last)]
    assert [(one.earlier, one.later) for one in walked] == [
        (None, middle.pk),
        (first.pk, last.pk),
        (middle.pk, None),
    ]


def statements(client, address):
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


@pytest.mark.parametrize("role", ["reviewer", "editor"])
def test_the_queue_costs_the_same_at_any_length(desk_client, organisation, amina, call, role):
    client = desk_client(make_user(staff=True, roles=[role]))
    make_submission(call=call, organisation=organisation, by=amina)
    one = statements(client, QUEUE)
    for _ in range(29):
        own = make_organisation(focal_point=amina)
        make_standing(own, call.forum)
        make_submission(call=call, organisation=own, by=amina, status="under_review", reviewer=make_user(staff=True))
    assert one == statements(client, QUEUE) <= 11
    assert statements(client, QUEUE + "?status=under_review&q=organisation") <= 11


@pytest.mark.parametrize("role", ["reviewer", "editor"])
def test_the_review_page_costs_the_same_whatever_hangs_on_it(desk_client, organisation, amina, call, role):
    submission = make_submission(call=call, organisation=organisation, by=amina)
    client = desk_client(make_user(staff=True, roles=[role]))
    one = statements(client, page_of(submission))
    for n in range(10):
        reviewer = make_user(staff=True)
        operations.take_up(Submission.objects.get(pk=submission.pk), by=reviewer, at=NOW)
        operations.record_review(submission, by=reviewer, at=NOW, checklist={"complete": True})
        operations.add_note(submission, by=reviewer, at=NOW, text="x")
        answered(submission, reviewer, amina, text=f"Now with the year {n}.")
        make_submission(call=call, organisation=organisation, by=amina)
        make_attachment(submission, sha256=f"{n:064}")
    announce_steps()
    assert one == statements(client, page_of(submission)) <= 13


@pytest.mark.parametrize("room", ["publishedinput", "attachment", "submissionstep"])
def test_the_other_lists_cost_the_same_at_any_length(desk_client, elena, organisation, amina, call, room):
    def publish():
        submission = make_submission(call=call, organisation=organisation, by=amina, status="published")
        make_attachment(submission)

    client = desk_client(elena)
    publish()
    one = statements(client, f"/admin/submissions/{room}/")
    for _ in range(9):
        publish()
    assert one == statements(client, f"/admin/submissions/{room}/") <= 12


@pytest.mark.parametrize(
    ("room", "way"),
    [
        ("submissions/submission/", "Inputs"),
        ("accreditation/organisation/", "Organisations"),
        ("forums/milestone/", "Milestones"),
    ],
)
def test_the_way_back_names_each_place_once(desk_client, dalia, elena, room, way):
    page = desk_client(elena if room.startswith("submissions") else dalia).get(f"/admin/{room}").content.decode()
    assert f'<div class="breadcrumbs"><a href="/admin/">Work list</a> &rsaquo; {way}</div>' in page


def test_the_way_back_from_a_row_and_from_its_history(desk_client, dalia, organisation):
    address = f"/admin/accreditation/organisation/{organisation.pk}"
    room = (
        '<a href="/admin/">Work list</a> &rsaquo; <a href="/admin/accreditation/organisation/">Organisations</a> &rsaquo; '
    )
    client = desk_client(dalia)
    assert f"{room}<bdi>Harbour Light</bdi></div>" in client.get(f"{address}/change/").content.decode()
    behind = f'{room}<a href="{address}/change/"><bdi>Harbour Light</bdi></a> &rsaquo; History</div>'
    assert behind in client.get(f"{address}/history/").content.decode()
