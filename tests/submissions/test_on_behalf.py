"""Inputs received otherwise: staged, checked, recorded once; late by the moment typed; letters; public status."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse

from accreditation.models import Organisation, Resemblance
from forums.models import Letter
from forums.refusals import Refused
from imrf_portal.invariants import check
from submissions import operations
from submissions.models import Attachment, PublishedInput, Recording, Submission, SubmissionStep
from submissions.notifications import letters_for
from submissions.on_behalf import staging
from submissions.on_behalf.recording import lacking, record
from tests.factories import CLOSES, NOW, join, make_call, make_organisation, make_user, tick_everything
from tests.submissions.recordings import make_recording

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(db):
    return make_user("clara", staff=True, roles=["editor"])


def announced(submission):
    for step in submission.steps.all():
        list(letters_for(step, at=NOW))
    return list(Letter.objects.order_by("written_at", "id"))


def published(submission, by):
    operations.take_up(submission, by=by, at=NOW)
    tick_everything(submission, by, NOW)
    operations.accept(submission, by=by, at=NOW)
    operations.publish(submission, by=by, at=NOW)
    return PublishedInput.objects.get(submission=submission)


def test_what_is_recorded_has_a_reference_a_receipt_and_waits_for_review(forum, clerk):
    submission = record(make_recording(), by=clerk, at=NOW)
    assert (submission.reference, submission.status) == ("IMRF-2026-I-00001", "submitted")
    assert (submission.recorded_by_desk, submission.received_late) == (True, False)
    content = submission.versions.get().content
    assert content["recorded"] == {"how": "letter", "came_at": "2026-01-18T12:00:00+00:00"}
    assert (content["title"], content["objectives"]) == ("Letter of the harbour guild", [7, 14])
    assert [found.rule for found in check() if found.violations] == []


def test_recorded_twice_it_is_one_input(forum, clerk):
    recording = make_recording()
    assert record(recording, by=clerk, at=NOW) == record(recording, by=clerk, at=NOW)
    assert Submission.objects.count() == 1


def test_the_same_form_sent_twice_is_staged_once(forum, clerk):
    first = make_recording(by=clerk)
    said = {"call": first.call, "organisation": first.organisation, "how": "mail", "came_at": NOW}
    assert staging.stage(key=first.key, by=clerk, at=NOW, about={}, **said) == first
    assert Recording.objects.count() == 1


@pytest.mark.parametrize(
    ("came_at", "late"), [(CLOSES - timedelta(seconds=1), False), (CLOSES, True), (CLOSES + timedelta(days=3), True)]
)
def test_the_moment_at_which_it_came_decides_whether_it_is_late(forum, clerk, came_at, late):
    reason = "Post was held up" if late else ""
    submission = record(make_recording(came_at=came_at, late_reason=reason), by=clerk, at=CLOSES + timedelta(days=9))
    assert submission.received_late is late


def test_what_came_late_is_taken_with_a_reason_only_and_nothing_came_in_the_future(forum, clerk):
    late = make_recording(came_at=CLOSES)
    with pytest.raises(Refused, match="closed"):
        record(late, by=clerk, at=CLOSES + timedelta(days=1))
    with pytest.raises(Refused, match="future"):
        record(make_recording(came_at=NOW + timedelta(hours=1)), by=clerk, at=NOW)
    assert Submission.objects.count() == 0


@pytest.mark.parametrize(
    ("about", "word"), [({"title": ""}, "title"), ({"level": ""}, "level"), ({"text": ""}, "Type the text")]
)
def test_what_is_missing_is_said(forum, about, word):
    [sentence] = lacking(make_recording(about=about), NOW)
    assert word in str(sentence)


def test_the_scanned_letter_is_a_file_of_the_input_and_waits_for_the_scanner(forum, clerk):
    recording = make_recording(about={"text": ""})
    staging.add_file(recording, ContentFile(b"a,b\n1,2\n", name="letter.csv"), at=NOW)
    staging.add_file(recording, ContentFile(b"a,b\n1,2\n", name="again.csv"), at=NOW)
    submission = record(recording, by=clerk, at=NOW)
    [file] = submission.attachments.all()
    assert (file.name, file.verdict, recording.files.count()) == ("letter.csv", "waiting", 0)
    assert default_storage.exists(file.file.name)
    assert submission.versions.get().content["files"][0]["sha256"] == file.sha256


def test_what_is_set_aside_or_left_lying_goes_with_its_files(forum, django_capture_on_commit_callbacks):
    recording, other = make_recording(), make_recording()
    name = staging.add_file(recording, ContentFile(b"a,b\n1,2\n", name="letter.csv"), at=NOW).file.name
    with django_capture_on_commit_callbacks(execute=True):
        staging.set_aside(recording)
    assert not default_storage.exists(name)
    assert (staging.forget_staged(at=NOW + timedelta(days=29)), staging.forget_staged(at=NOW + timedelta(days=31))) == (0, 1)
    assert not Recording.objects.filter(pk=other.pk).exists()


def test_a_recorded_one_is_never_changed_or_set_aside(forum, clerk):
    recording = make_recording()
    record(recording, by=clerk, at=NOW)
    for act in (
        lambda: staging.set_aside(recording),
        lambda: staging.stage(key=recording.key, by=clerk, at=NOW, about={}, recording=recording),
        lambda: staging.add_file(recording, ContentFile(b"a,b\n", name="a.csv"), at=NOW),
    ):
        with pytest.raises(Refused):
            act()
    assert staging.forget_staged(at=NOW + timedelta(days=90)) == 0


def test_a_new_organisation_is_made_without_a_focal_point_and_likely_twins_wait_at_the_desk(forum, clerk):
    make_organisation("Harbour Guild of Mombasa")
    new = {"name": "Harbour Guild Mombasa", "name_language": "en", "acronym": "", "kind": "trade_union", "country": "KEN"}
    submission = record(make_recording(new_organisation=new), by=clerk, at=NOW)
    made = Organisation.objects.get(name="Harbour Guild Mombasa")
    assert (submission.organisation, made.country_id, made.memberships.count()) == (made, "KEN", 0)
    assert Resemblance.objects.filter(organisation=made).exists()


def test_a_record_that_was_merged_meanwhile_leads_to_the_one_that_was_kept(forum, clerk):
    kept, gone = make_organisation(), make_organisation()
    recording = make_recording(organisation=gone)
    Organisation.objects.filter(pk=gone.pk).update(merged_into=kept)
    assert record(recording, by=clerk, at=NOW).organisation == kept


# Letters --------------------------------------------------------------------------------------------------------------


def test_the_receipt_goes_to_those_who_speak_for_the_organisation(forum, clerk, organisation):
    viewer = make_user("vera")
    join(organisation, viewer, "viewer")
    letters = announced(record(make_recording(organisation=organisation), by=clerk, at=NOW))
    assert [(letter.kind, letter.to) for letter in letters] == [("submissions/received", "amina@example.org")]


def test_nobody_is_written_to_where_nobody_should_be(forum, clerk, organisation):
    submission = record(make_recording(organisation=organisation, tells_people=False), by=clerk, at=NOW)
    assert announced(submission) == []
    assert not SubmissionStep.objects.pending().exists()


def test_a_typed_address_gets_the_receipt_and_each_public_turn_with_the_status_page(forum, clerk):
    recording = make_recording(letter_to="guild@example.org", letter_language="fr")
    submission = record(recording, by=clerk, at=NOW)
    published(submission, make_user(staff=True))
    letters = announced(submission)
    assert [letter.kind for letter in letters] == ["submissions/recorded", *["submissions/recorded_news"] * 2]
    assert {(letter.to, letter.language, letter.private) for letter in letters} == {("guild@example.org", "fr", True)}
    for letter in letters:
        assert f"/fr/status/{recording.code}/" in letter.text
        assert recording.code in letter.html
    assert submission.versions.get().sha256 in letters[0].text


def test_a_question_is_refused_where_nobody_could_answer_it(forum, clerk, amina):
    submission = record(make_recording(), by=clerk, at=NOW)
    operations.take_up(submission, by=clerk, at=NOW)
    with pytest.raises(Refused, match="Nobody acts"):
        operations.ask_for_clarification(submission, by=clerk, at=NOW, question="Which year?")
    join(submission.organisation, amina)
    operations.ask_for_clarification(submission, by=clerk, at=NOW, question="Which year?")
    assert submission.status == "clarification_asked"


# Who sees it ----------------------------------------------------------------------------------------------------------


def test_the_focal_point_finds_it_later_under_their_inputs(client, forum, clerk, amina):
    submission = record(make_recording(), by=clerk, at=NOW)
    client.force_login(amina)
    assert client.get(submission.get_absolute_url()).status_code == 404
    join(submission.organisation, amina)
    assert submission.reference in client.get(reverse("submissions:my_inputs")).content.decode()
    assert client.get(submission.get_absolute_url()).status_code == 200


def test_the_public_page_says_who_recorded_it_and_how_it_came(client, forum, clerk):
    submission = record(make_recording(contact_name="Mrs Guild"), by=clerk, at=NOW)
    page = client.get(published(submission, make_user(staff=True)).get_absolute_url())
    text = page.content.decode()
    assert "recorded this input on behalf of its author" in text
    assert "Letter · " in text
    assert [private for private in ("guild@example.org", "Mrs Guild", "Clara") if private in text] == []


@pytest.fixture
def told(forum, clerk):
    return make_recording(letter_to="guild@example.org", contact_name="Mrs Guild", late_reason="")


def status_page(client, recording):
    return client.get(reverse("submissions:public_status", args=[recording.code]))


def test_the_status_page_shows_public_statuses_and_the_receipt_and_is_kept_by_nobody(client, told, clerk):
    submission = record(told, by=clerk, at=NOW)
    reviewer = make_user("rosalind", staff=True)
    operations.take_up(submission, by=reviewer, at=NOW)
    operations.decline(submission, by=reviewer, at=NOW, reason="Off topic, I fear.")
    answer = status_page(client, told)
    text = answer.content.decode()
    assert answer.status_code == 200
    for part in ("IMRF-2026-I-00001", "Not admissible", "Under review", submission.versions.get().sha256):
        assert part in text
    for part in ("Rosalind", "Clara", "Off topic", "Mrs Guild", "guild@example.org", "consular help at sea"):
        assert part not in text, part
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "no-store" in answer.headers["Cache-Control"]
    assert 'content="noindex, nofollow"' in text


def test_nobody_learns_from_the_status_page_that_a_question_was_asked(client, told, clerk, amina):
    submission = record(told, by=clerk, at=NOW)
    join(submission.organisation, amina)
    operations.take_up(submission, by=clerk, at=NOW)
    operations.ask_for_clarification(submission, by=clerk, at=NOW, question="Which year?")
    text = status_page(client, told).content.decode()
    assert "Which year" not in text
    assert "Clarification" not in text


def test_what_is_redacted_stands_neither_on_the_status_page_nor_on_that_of_the_recording(client, desk_client, told, clerk):
    submission, editor = record(told, by=clerk, at=NOW), make_user("edna", staff=True, roles=["editor"])
    why = {"kind": "personal", "reason": "A person."}
    for part, passage in (("title", "harbour guild"), ("text", "at sea")):
        operations.redact(submission, by=editor, at=NOW, part=part, passage=passage, **why)
    assert "harbour guild" not in status_page(client, told).content.decode()
    page = desk_client(editor).get(f"/admin/submissions/recording/{told.pk}/change/").content.decode()
    assert "We ask for consular help [redacted" in page
    assert "at sea" not in page


def test_a_code_opens_nothing_before_it_is_recorded_and_a_wrong_one_never_does(client, told):
    assert status_page(client, told).status_code == 404
    for code in ("x", "x" * 32, "x" * 500):
        assert client.get(reverse("submissions:public_status", args=[code])).status_code == 404


def test_the_status_page_costs_the_same_however_much_happened(client, told, clerk, count_statements):
    submission = record(told, by=clerk, at=NOW)
    few = count_statements(lambda: status_page(client, told))
    for _ in range(5):
        operations.withdraw(submission, by=clerk, at=NOW)
        operations.reinstate(submission, by=clerk, at=NOW, by_desk=True, reason="Back")
    assert count_statements(lambda: status_page(client, told)) == few


# At the desk ----------------------------------------------------------------------------------------------------------

ADD = "/admin/submissions/recording/add/"


def typed(call, **more):
    return {
        "decision": "type",
        "key": "0f5d7ab4-6f3f-4f39-9c1b-6d8a7c1f0a11",
        "call": call.pk,
        "how": "letter",
        "came_at": "2026-01-18T09:30:00",
        "title": "Letter of the harbour guild",
        "level": "global",
        "language": "en",
        "name_language": "en",
        "text": "We ask for consular help at sea.",
        "objectives": ["7"],
        "tells_people": "on",
        **more,
    }


def test_it_is_typed_checked_and_recorded_at_the_desk(desk_client, clerk, call, organisation):
    client = desk_client(clerk)
    assert client.get(ADD).status_code == 200
    file = ContentFile(b"a,b\n1,2\n", name="letter.csv")
    answer = client.post(ADD, typed(call, organisation=organisation.pk, contact_email="guild@example.org", files=file))
    recording = Recording.objects.get()
    page = f"/admin/submissions/recording/{recording.pk}/change/"
    assert answer.headers["Location"] == page
    assert recording.came_at.isoformat() == "2026-01-18T14:30:00+00:00"  # half past nine in New York
    assert Submission.objects.count() == 0
    text = client.get(page).content.decode()
    for part in ("Letter of the harbour guild", "Harbour Light", "letter.csv", "guild@example.org", "Record it"):
        assert part in text
    client.post(page, {"decision": "record", "letters": "send"})
    submission = Submission.objects.get()
    assert (submission.organisation, submission.contact_email) == (organisation, "guild@example.org")
    assert Attachment.objects.get().submission == submission
    assert submission.reference in client.get(page).content.decode()
    assert client.post(page, {"decision": "record"}).status_code == 302
    assert Submission.objects.count() == 1


def test_what_was_typed_can_be_changed_before_it_is_recorded(desk_client, clerk, call, organisation):
    client = desk_client(clerk)
    client.post(ADD, typed(call, organisation=organisation.pk))
    page = f"/admin/submissions/recording/{Recording.objects.get().pk}/change/"
    assert "2026-01-18T09:30:00" in client.get(f"{page}?change=1").content.decode()
    client.post(page, typed(call, organisation=organisation.pk, title="Another title"))
    assert Recording.objects.get().about["title"] == "Another title"
    client.post(page, {"decision": "aside"})
    assert Recording.objects.count() == 0


def test_records_with_a_like_name_are_shown_before_a_new_one_is_made(desk_client, clerk, call, organisation):
    client = desk_client(clerk)
    said = typed(call, name="The Harbour Light", kind="civil_society")
    text = client.post(ADD, said).content.decode()
    assert "Is it one of these?" in text
    assert "Harbour Light (" in text
    client.post(ADD, {**said, "is_one_of": organisation.pk})
    assert Recording.objects.get().organisation == organisation
    Recording.objects.all().delete()
    client.post(ADD, {**said, "is_one_of": "new"})
    recording = Recording.objects.get()
    assert (recording.organisation, recording.new_organisation["name"]) == (None, "The Harbour Light")


def test_an_organisation_that_is_nowhere_needs_only_its_name_and_kind(desk_client, clerk, call):
    client = desk_client(clerk)
    assert "Say what the new organisation is" in client.post(ADD, typed(call, name="Zyx Quorum")).content.decode()
    client.post(ADD, typed(call, name="Zyx Quorum", kind="academia"))
    assert Recording.objects.get().new_organisation["kind"] == "academia"


def test_nobody_records_for_their_own_organisation(desk_client, clerk, call, organisation):
    join(organisation, clerk)
    client = desk_client(clerk)
    assert client.post(ADD, typed(call, organisation=organisation.pk)).status_code == 422
    assert Recording.objects.count() == 0
    recording = make_recording(organisation=organisation, by=clerk)
    assert client.post(f"/admin/submissions/recording/{recording.pk}/change/", {"decision": "record"}).status_code == 404
    assert Submission.objects.count() == 0


@pytest.mark.parametrize("role", ["reviewer", "accreditation", "administrator", "forum manager"])
def test_only_editors_record(desk_client, role, forum):
    from accreditation.desk_roles import make_desk_roles

    person = make_user(staff=True)
    person.groups.set([make_desk_roles()[role.capitalize()]])
    client = desk_client(person)
    assert client.get(ADD).status_code == 403
    assert client.get("/admin/submissions/recording/").status_code == 403
    assert client.get(f"/admin/submissions/recording/{make_recording().pk}/change/").status_code == 403


def test_what_a_colleague_only_staged_is_not_shown(desk_client, clerk, forum):
    theirs, own = make_recording(), make_recording(by=clerk)
    client = desk_client(clerk)
    text = client.get("/admin/submissions/recording/").content.decode()
    assert f"/recording/{own.pk}/" in text
    assert f"/recording/{theirs.pk}/" not in text
    assert client.get(f"/admin/submissions/recording/{theirs.pk}/change/").status_code == 404


def test_the_list_costs_the_same_with_one_and_with_many(desk_client, clerk, forum, count_statements):
    client = desk_client(clerk)

    def look():
        client.get("/admin/submissions/recording/")

    call = make_call(forum)
    record(make_recording(call=call), by=clerk, at=NOW)
    look()
    few = count_statements(look)
    for _ in range(8):
        record(make_recording(call=call), by=clerk, at=NOW)
    assert count_statements(look) == few
