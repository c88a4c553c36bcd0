"""What is redacted is found nowhere at the desk: not by search, lists, files, letters, audit; nor by bodies under it."""

import json

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.urls import reverse
from django.utils.timezone import now

from accreditation.admin.audit import as_facts
from accreditation.models import AuditEntry, Reading
from forums.letters.kinds import kind_of
from forums.models import FormerWords, Letter
from forums.operations import wording
from submissions import operations
from submissions.models import (
    Attachment,
    CoSponsor,
    Extract,
    FilePreview,
    InputTranslation,
    Passage,
    Sketch,
    Submission,
    Version,
)
from submissions.open_data import editions
from submissions.operations import joining
from submissions.tasks import announce_steps
from tests.factories import NOW, make_organisation, make_proposal, make_standing, make_submission, make_user, tick_everything
from tests.submissions.documents import printed

pytestmark = pytest.mark.django_db
NAME = "Zuleikha Marandi"
MARK = "[redacted: personal data of third persons]"
QUEUE = "/admin/submissions/submission/"


@pytest.fixture
def sent(call, organisation, amina):
    text = f"Nine missions answer. {NAME}, a nurse, waited."
    return make_submission(call=call, organisation=organisation, by=amina, title=f"The way of {NAME}", text=text)


@pytest.fixture
def desk(desk_client, elena):
    return desk_client(elena)


def redact(submission, by, **fields):
    given = {"kind": "personal", "reason": "She did not agree.", "passage": NAME, "at": now(), **fields}
    return operations.redact(submission, by=by, **given)


def text(answer):
    return answer.content.decode()


def references(desk, line):
    return [each.reference for each in desk.get(QUEUE, {"q": line, "view": "none"}).context["cl"].result_list]


# Search and lists -----------------------------------------------------------------------------------------------------


def test_the_search_line_finds_what_is_shown_of_a_title_and_no_longer_what_is_sealed(desk, sent, elena):
    assert references(desk, "Zuleikha") == [sent.reference]
    made = redact(sent, elena)
    assert references(desk, "Zuleikha") == []
    assert references(desk, f'"{NAME}"') == []
    assert references(desk, '"The way of"') == [sent.reference]
    assert references(desk, "-Zuleikha") == [sent.reference]  # as with every title in which the word does not stand
    operations.lift(made, by=elena, at=now(), reason="She agreed.")
    assert references(desk, "Zuleikha") == [sent.reference]


def test_while_its_author_changes_it_the_title_as_sent_is_searched_as_it_is_shown(desk, sent, elena):
    redact(sent, elena)
    operations.take_up(sent, by=elena, at=NOW)
    operations.ask_for_clarification(sent, by=elena, at=NOW, question="Which year?")
    Submission.objects.filter(pk=sent.pk).update(title=f"A new way of {NAME}")
    assert references(desk, "Zuleikha") == []
    assert references(desk, '"The way of"') == [sent.reference]


def test_no_list_export_or_page_of_the_desk_says_the_title(desk, sent, elena, call, organisation, amina):
    other = make_submission(call=call, organisation=organisation, by=amina, title="Another")
    pages = [QUEUE, f"{QUEUE}{sent.pk}/change/", f"{QUEUE}{other.pk}/change/"]
    assert [NAME in text(desk.get(page)) for page in pages] == [True, True, True]
    redact(sent, elena)
    assert [NAME in text(desk.get(page)) for page in pages] == [False, False, False]
    assert [MARK in text(desk.get(page)) for page in pages] == [True, True, True]
    answer = desk.post(QUEUE, {"action": "accept", "_selected_action": [str(sent.pk)]}, follow=True)
    assert NAME not in text(answer)


def test_letters_to_reviewers_say_the_title_as_it_is_shown(sent, elena, ravi):
    redact(sent, elena)
    operations.assign(sent, to=ravi, by=elena, at=NOW)
    operations.tell_of_assignments(at=now())
    letter = Letter.objects.get(kind="submissions/assigned")
    assert (NAME in letter.text + letter.html, MARK in letter.text) == (False, True)


# Letters --------------------------------------------------------------------------------------------------------------


def test_a_letter_written_before_is_read_at_the_desk_without_the_words_and_stays_as_it_went_out(desk, sent, elena):
    announce_steps()
    letter = Letter.objects.get(kind="submissions/received")
    page = reverse("admin:forums_letter_change", args=[letter.pk])
    assert NAME in text(desk.get(page))
    redact(sent, elena)
    shown = text(desk.get(page))
    assert (NAME in shown, MARK in shown) == (False, True)
    letter.refresh_from_db()
    assert NAME in letter.text


def test_words_of_an_author_stand_in_no_subject_of_a_letter():
    found = wording.problems(kind_of("submissions/accepted"), subject="{title}", text="{title}")
    assert list(found) == ["subject"]


# Files ----------------------------------------------------------------------------------------------------------------

PROSE = " ".join(f"Mission {number} answered the call of nurse {NAME} in month {number}." for number in range(40))


def file_of(draft, amina, name, words="", **fields):
    file = operations.attach(draft, ContentFile(printed(name), name=f"{name}.pdf"), by=amina, at=NOW)
    Attachment.objects.filter(pk=file.pk).update(verdict="clean", scanned_at=NOW, reading="read", **fields)
    about = {"sha256": file.sha256, "read_at": NOW, "previewed_at": NOW, "hidden": {"author": NAME}}
    extract = Extract.objects.create(attachment=file, **about)
    extract.texts.create(number=1, text=words)
    FilePreview.objects.create(attachment=file, page=1, sha256=file.sha256, picture=b"x", made_at=NOW)
    return file


@pytest.fixture
def with_files(call, organisation, amina):
    """A file, the same words saved anew, its translation, and another; all sent and public."""
    draft = make_submission(call=call, organisation=organisation, by=amina, status="draft")
    first = file_of(draft, amina, "Zuleikha", PROSE)
    same = file_of(draft, amina, "saved anew", PROSE.replace(" ", "\n", 40) + " 17")
    told = file_of(draft, amina, "in French", "Autre chose.", translates=first, translation="official")
    other = file_of(draft, amina, "another", "What the harbour masters of nine ports said about pilots.")
    operations.submit(draft, by=amina, at=NOW)
    return Submission.objects.get(pk=draft.pk), first, same, told, other


def test_what_says_the_same_as_a_redacted_file_goes_with_it(with_files, elena, desk):
    sent, first, same, told, other = with_files
    made = redact(sent, elena, part=f"file:{first.pk}", passage="")
    withheld = set(Version.objects.get().changes["withheld"])
    assert withheld == {str(file.pk) for file in (first, same, told)}
    assert set(FilePreview.objects.values_list("attachment", flat=True)) == {other.pk}
    assert operations.make_previews(at=now()) == 0
    for file in (first, same, told):
        page = reverse("admin:submissions_submission_preview", args=[sent.pk, file.pk, 1])
        assert desk.get(page).status_code == 404
    operations.lift(made, by=elena, at=now(), reason="She agreed.")
    assert "withheld" not in Version.objects.get().changes


def test_a_file_that_is_read_later_is_withheld_when_it_is_read(with_files, elena):
    sent, first, same, _told, _other = with_files
    Extract.objects.filter(attachment=same).delete()
    redact(sent, elena, part=f"file:{first.pk}", passage="")
    assert str(same.pk) not in Version.objects.get().changes["withheld"]
    operations.extracting.keep(same, {"hazards": [], "texts": [PROSE]}, at=now())
    assert str(same.pk) in Version.objects.get().changes["withheld"]


def test_the_desk_reads_neither_name_nor_details_of_a_redacted_file(with_files, elena, desk):
    sent, first, *_others = with_files
    room = reverse("admin:submissions_attachment_change", args=[first.pk])
    files = "/admin/submissions/attachment/"
    pages = [f"{QUEUE}{sent.pk}/change/", room, files]
    redact(sent, elena, part=f"file:{first.pk}", passage="")
    assert {page: "Zuleikha" in text(desk.get(page)) for page in pages} == dict.fromkeys(pages, False)
    for words in ("Zuleikha", first.sha256):
        assert desk.get(files, {"q": words}).context["cl"].result_count == 0
    desk.get(reverse("admin:submissions_submission_file", args=[sent.pk, first.pk]))
    assert (Reading.objects.get().what, Reading.objects.get().label) == ("original", "A file that is redacted")


def test_words_of_files_are_shown_without_the_passage_and_their_names_are_told_to_who_redacts(with_files, elena, desk):
    sent, *_others = with_files
    Version.objects.filter(submission=sent).update(content={**sent.versions.get().content, "summary": f"On {NAME}."})
    page = reverse("admin:submissions_submission_redactions", args=[sent.pk])
    posted = {"press": "redact", "redact-passage": NAME, "redact-kind": "personal", "redact-reason": "She did not agree."}
    answer = desk.post(page, {**posted, "letters": "send"}, follow=True)
    assert "still given out. Redact them too: Zuleikha.pdf, saved anew.pdf" in text(answer)
    shown = text(desk.get(f"{QUEUE}{sent.pk}/change/"))
    assert f"the call of nurse {MARK}" in shown
    assert f"the call of nurse {NAME}" not in shown


def test_the_search_quotes_no_redacted_words_from_a_file_that_is_still_given_out(with_files, elena):
    sent, *_others = with_files
    for act in (operations.take_up, operations.accept, operations.publish):
        if act is operations.accept:
            tick_everything(sent, elena, NOW)
        act(sent, by=elena, at=NOW)
    assert Passage.objects.filter(text__contains=NAME).exists()
    version = sent.versions.get()
    Version.objects.filter(pk=version.pk).update(content={**version.content, "summary": f"On {NAME}."})
    made = redact(sent, elena)
    assert [MARK in one.text for one in Passage.objects.filter(text__contains="Mission 1 ")] == [True, True]
    assert not Passage.objects.filter(text__contains="Zuleikha").exists()
    operations.lift(made, by=elena, at=now(), reason="She agreed.")
    assert Passage.objects.filter(text__contains=NAME).exists()


def test_texts_are_likened_by_what_is_shown(sent, elena):
    operations.liken_waiting(at=NOW)
    assert Sketch.objects.count() == 1
    redact(sent, elena)
    assert Sketch.objects.count() == 0
    operations.liken_waiting(at=now())
    assert Sketch.objects.count() == 1


# Translations and the audit -------------------------------------------------------------------------------------------


@pytest.fixture
def translated(call, organisation, amina, elena):
    own = {"call": call, "organisation": organisation, "by": amina, "title": f"The way of {NAME}"}
    public = make_submission(**own, status="published")
    words = {"language": "fr", "title": f"La voie de {NAME}", "summary": "", "origin": "official"}
    operations.write_translation(public, **words, by=elena, at=NOW)
    return public


def test_a_translation_of_what_is_redacted_is_neither_shown_nor_found_at_the_desk(translated, desk, elena):
    room, row = "/admin/submissions/inputtranslation/", InputTranslation.objects.get()
    page = reverse("admin:submissions_inputtranslation_change", args=[row.pk])
    assert desk.get(room, {"q": "voie"}).context["cl"].result_count == 1
    redact(translated, elena)
    assert desk.get(room, {"q": "voie"}).context["cl"].result_count == 0
    assert desk.get(room, {"q": translated.reference}).context["cl"].result_count == 1
    assert [NAME in text(desk.get(each)) for each in (room, page)] == [False, False]
    desk.post(page, {"title": "Other", "summary": "", "checked": "on"})
    assert InputTranslation.objects.get().title == f"La voie de {NAME}"


def test_the_audit_says_that_words_of_an_input_changed_and_never_what_they_say(translated, elena):
    about = AuditEntry.objects.filter(place="submissions_inputtranslation").latest("pk")
    assert NAME not in about.changes + about.words
    assert json.loads(about.changes)["title"] == "***"


def test_older_entries_of_the_audit_are_masked_when_they_are_read_and_nobody_finds_them_by_their_words(
    translated, desk_client, dalia
):
    entry = AuditEntry.objects.filter(place="submissions_inputtranslation").latest("pk")
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE accreditation_auditentry DISABLE TRIGGER portal_guard")
        AuditEntry.objects.filter(pk=entry.pk).update(changes=json.dumps({"title": NAME, "language": "fr"}))
        cursor.execute("ALTER TABLE accreditation_auditentry ENABLE TRIGGER portal_guard")
    desk, room = desk_client(dalia), "/admin/accreditation/auditentry/"
    addresses = [f"{room}?kind={entry.place}", f"{room}{entry.pk}/change/", f"{room}export/?kind={entry.place}"]
    answers = [desk.get(address) for address in addresses]
    said = [b"".join(answer.streaming_content).decode() if answer.streaming else text(answer) for answer in answers]
    assert [NAME in each for each in said] == [False, False, False]
    assert [each.entry.pk for each in desk.get(room, {"words": "Marandi"}).context["entries"]] == []
    entry.refresh_from_db()
    assert as_facts(entry)["changes"] == {"title": "***", "language": "fr"}


def test_former_words_of_letters_are_not_copied_into_the_audit(sent, elena):
    announce_steps()
    letter = Letter.objects.get(kind="submissions/received")
    from forums import operations as ground

    ground.rewrite(letter, subject="Received", text="Other words.", by=elena, at=NOW)
    assert FormerWords.objects.count() == 1
    entry = AuditEntry.objects.filter(place="forums_formerwords").latest("pk")
    assert NAME not in entry.changes + entry.words


# Open data ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("hide", [True, False])
def test_a_correction_that_hides_the_former_text_withholds_the_edition_that_holds_it(call, organisation, amina, elena, hide):
    public = make_submission(call=call, organisation=organisation, by=amina, status="published", text=f"On {NAME}.")
    operations.make_open_data(at=now())
    proposal = make_proposal(public, by=amina, text="On a nurse.")
    operations.approve(proposal, by=elena, at=now(), hide_former=hide)
    assert (editions.served() is None) is hide
    operations.make_due_open_data(at=now())
    assert editions.served() is not None


# Bodies under the input -----------------------------------------------------------------------------------------------


@pytest.fixture
def nora(db):
    return make_user("nora")


def test_a_body_under_the_input_reads_what_is_shown_and_its_author_what_it_wrote(client, forum, draft, amina, nora, elena):
    bridge = make_organisation("Northern Bridge", focal_point=nora)
    make_standing(bridge, forum)
    operations.revise(draft, by=amina, at=NOW, edition=draft.edition, title=f"The way of {NAME}", text=f"{NAME} waited.")
    row = operations.ask_co_sponsor(draft, bridge, by=amina, at=NOW)
    operations.agree(row, by=nora, at=NOW, seen=joining.mark_now(row.submission))
    file = file_of(draft, amina, "Zuleikha", PROSE)
    operations.agree(CoSponsor.objects.get(), by=nora, at=NOW, seen=joining.mark_now(Submission.objects.get(pk=draft.pk)))
    operations.submit(Submission.objects.get(pk=draft.pk), by=amina, at=NOW)
    sent = Submission.objects.get(pk=draft.pk)
    pages = [reverse("submissions:co_sponsor", args=[row.pk]), reverse("submissions:co_sponsored")]
    client.force_login(nora)
    assert [NAME in text(client.get(page)) for page in pages] == [True, True]
    redact(sent, elena)
    redact(sent, elena, part=f"file:{file.pk}", passage="")
    shown = [text(client.get(page)) for page in pages]
    assert [("Zuleikha" in each, MARK in each) for each in shown] == [(False, True), (False, True)]
    assert client.get(reverse("submissions:co_sponsor_file", args=[row.pk, file.pk])).status_code == 404
    client.force_login(amina)
    assert NAME in text(client.get(reverse("submissions:my_input", args=[sent.pk])))
