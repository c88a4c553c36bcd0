"""What is redacted is gone from all that anybody but its author reads, the original is sealed, and it can be lifted."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from accreditation.models import Reading
from forums.models import Letter
from forums.refusals import Refused
from imrf_portal.invariants import check
from submissions import operations, publication
from submissions.models import PublishedInput, Redaction, Submission, Version
from submissions.open_data import editions
from submissions.public_form import without
from tests.factories import NOW, ask_form, make_call, make_form, make_proposal, make_submission
from tests.submissions.documents import printed

pytestmark = pytest.mark.django_db
NAME = "Zuleikha Marandi"
TEXT = f"Nine missions answer. {NAME}, a nurse, waited.\n\nThen **Zuleikha\nMarandi** went home."
REASON = "She did not agree to be named."


@pytest.fixture
def public(call, organisation, amina):
    own = {"call": call, "organisation": organisation, "by": amina}
    return make_submission(**own, status="published", text=TEXT, summary=f"On {NAME}.", title=f"The way of {NAME}")


def redact(submission, by, **fields):
    at = fields.pop("at", NOW)
    given = {"kind": "personal", "reason": REASON, "passage": NAME, **fields}
    return operations.redact(submission, by=by, at=at, **given)


def broken():
    return [(found.rule, found.violations) for found in check() if found.violations]


def everywhere(client, reference):
    """What the public side says of an input, address by address."""
    page = reverse("submissions:input", args=[reference])
    lists = [
        "/en/inputs/",
        f"/en/inputs/?q={NAME.split()[0]}",
        "/en/inputs/?q=nurse",
        "/feeds/inputs.atom",
        "/api/v1/inputs/",
        "/sitemap.xml",
    ]
    own = [page, *(f"{page.rstrip('/')}.{form}" for form in ("ris", "bib", "csl.json", "json"))]
    own += [f"/api/v1/inputs/{reference}/", "/oai?verb=ListRecords&metadataPrefix=oai_dc"]
    return {address: client.get(address).content.decode() for address in (*lists, *own)}


# The public copy ------------------------------------------------------------------------------------------------------


def test_a_passage_is_gone_from_everything_that_is_public_and_what_was_sent_stays(client, public, elena):
    before = Version.objects.values("content", "sha256", "link").get()
    assert sum("Zuleikha" in text for text in everywhere(client, public.reference).values()) > 6
    redact(public, elena)
    assert {a: NAME in text for a, text in everywhere(client, public.reference).items() if "Marandi" in text} == {}
    assert Version.objects.values("content", "sha256", "link").get() == before
    page = client.get(reverse("submissions:input", args=[public.reference])).content.decode()
    assert "[redacted: personal data of third persons]" in page
    assert "Parts of this input are redacted by the Network" in page
    assert broken() == []


def test_the_search_no_longer_finds_it_and_the_copy_has_a_new_stamp(public, elena):
    def found():
        return PublishedInput.objects.filter(vector="zuleikha").count()

    was = PublishedInput.objects.get()
    assert found() == 1
    redact(public, elena, at=now())
    row = PublishedInput.objects.get()
    assert (found(), row.stamp > was.stamp) == (0, True)
    assert NAME not in str({field.name: getattr(row, field.name) for field in row._meta.fields})


def test_papers_are_made_anew_and_say_that_something_is_redacted(public, elena):
    from submissions.paper.contents import paper_of

    redact(public, elena)
    paper = paper_of(PublishedInput.objects.select_related("version", "forum").get(), "en")
    assert "Marandi" not in str(paper)
    assert ("Redacted by the Network", "personal data of third persons") in [(str(a), b) for a, b in paper.lines]


def test_the_edition_of_open_data_that_holds_it_is_served_no_more(public, elena):
    operations.make_open_data(at=now())
    assert editions.served() is not None
    redact(public, elena, at=now())
    assert editions.served() is None
    operations.make_due_open_data(at=now())
    assert editions.served() is not None


@pytest.mark.parametrize("part", ["title", "summary", "text"])
def test_a_whole_part_or_other_words_stand_in_its_place(public, elena, part):
    redact(public, elena, part=part, passage="", replacement="name withheld")
    content = publication.public_content(PublishedInput.objects.select_related("version").get())
    assert content[part] == "[name withheld]"
    assert sum(NAME in content[name] for name in ("title", "summary", "text")) == 2


def test_a_file_is_given_to_nobody_and_the_desk_reads_it_with_a_note(client, desk_client, call, organisation, amina, elena):
    draft = make_submission(call=call, organisation=organisation, by=amina, status="draft")
    file = operations.attach(draft, ContentFile(printed(), name="Zuleikha.pdf"), by=amina, at=NOW)
    type(file).objects.filter(pk=file.pk).update(verdict="clean", scanned_at=NOW, reading="read")
    operations.submit(draft, by=amina, at=NOW)
    sent = Submission.objects.get(pk=draft.pk)
    for act in (operations.take_up, operations.record_review, operations.accept, operations.publish):
        more = (
            {"checklist": dict.fromkeys(operations.reviewing.Review.QUESTIONS, True)}
            if act is operations.record_review
            else {}
        )
        act(sent, by=elena, at=NOW, **more)
    address = reverse("submissions:file", args=[sent.reference, file.pk])
    assert client.get(address).status_code == 200
    redact(sent, elena, part=f"file:{file.pk}", passage="")
    assert client.get(address).status_code == 404
    assert "Zuleikha" not in client.get(reverse("submissions:input", args=[sent.reference])).content.decode()
    assert PublishedInput.objects.get().files == 0
    desk = desk_client(elena)
    assert desk.get(reverse("admin:submissions_submission_file", args=[sent.pk, file.pk])).status_code == 200
    assert Reading.objects.get().what == "original"
    assert broken() == []


def test_answers_are_redacted_in_whatever_shape_they_are_kept(forum, organisation, amina, elena):
    call = make_call(forum)
    ask_form(call, make_form(("who", "long"), ("steps", "table"), ("done", "choice")))
    draft = make_submission(call=call, organisation=organisation, by=amina, status="draft")
    rows = [{"measure": f"Visits by {NAME}", "year": "2024"}]
    answers = {"who": f"It was {NAME}.", "steps": rows, "done": "fully"}
    operations.revise(draft, by=amina, at=NOW, edition=draft.edition, answers=answers)
    operations.submit(draft, by=amina, at=NOW)
    sent = Submission.objects.get(pk=draft.pk)
    redact(sent, elena)
    redact(sent, elena, part="question:done", passage="", kind="safety")
    version = Version.objects.get()
    said = {one["key"]: one["answer"] for one in version.shown["answers"]}
    mark = "[redacted: personal data of third persons]"
    assert said == {
        "who": f"It was {mark}.",
        "steps": [{"measure": f"Visits by {mark}", "year": "2024"}],
        "done": "[redacted: safety of persons]",
    }
    assert version.changes["kinds"] == ["personal", "safety"]


def test_former_versions_corrections_and_additions_are_redacted_too(client, public, amina, elena):
    addition = make_proposal(public, "addition", text=f"More about {NAME}.")
    operations.approve(addition, by=elena, at=NOW)
    proposal = make_proposal(public, text=f"Ten missions. {NAME} waited.")
    operations.approve(proposal, by=elena, at=NOW)
    redact(public, elena)
    for address in (
        reverse("submissions:input", args=[public.reference]),
        reverse("submissions:version", args=[public.reference, 1]),
        reverse("submissions:differences", args=[public.reference]),
        f"/api/v1/inputs/{public.reference}/",
    ):
        assert "Marandi" not in client.get(address).content.decode()
    again = make_proposal(public, text=f"Eleven missions. {NAME} waited.")
    operations.approve(again, by=elena, at=NOW)
    assert "Marandi" not in client.get(reverse("submissions:input", args=[public.reference])).content.decode()
    assert broken() == []


def test_a_part_that_its_author_wrote_anew_is_shown_again(public, amina, elena):
    redact(public, elena, part="text", passage="")
    proposal = make_proposal(public, text="Ten missions answer.")
    operations.approve(proposal, by=elena, at=NOW)
    content = publication.public_content(PublishedInput.objects.select_related("version").get())
    assert (content["text"], NAME in content["summary"]) == ("Ten missions answer.", True)


# Lifting and telling --------------------------------------------------------------------------------------------------


def test_it_can_be_lifted_and_a_letter_supersedes_the_first(client, public, amina, elena):
    made = redact(public, elena)
    operations.lift(made, by=elena, at=NOW, reason="She agreed.")
    assert NAME in client.get(reverse("submissions:input", args=[public.reference])).content.decode()
    first, second = Letter.objects.filter(kind__startswith="submissions/redact").order_by("written_at", "pk")
    assert {first.to, second.to} == {amina.email}
    assert REASON in first.text
    assert "supersedes" in second.text
    assert "She agreed." in second.text
    assert NAME not in first.text.replace(first.subject, "").replace(f"The way of {NAME}", "")
    assert broken() == []
    with pytest.raises(Refused, match="lifted already"):
        operations.lift(made, by=elena, at=NOW, reason="Again.")


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"passage": "Nobody at all"}, "do not stand there"),
        ({"reason": " "}, "Give the reason"),
        ({"passage": ""}, "Say what is redacted"),
        ({"part": "question:none"}, "no such part"),
        ({"part": "file:none", "passage": ""}, "no such part"),
        ({"part": "file:none"}, "Of a file nothing"),
    ],
)
def test_what_cannot_be_redacted_is_refused(public, elena, fields, sentence):
    with pytest.raises(Refused, match=sentence):
        redact(public, elena, **fields)
    assert not Redaction.objects.exists()


def test_the_same_passage_is_redacted_once_and_a_draft_not_at_all(public, draft, elena):
    redact(public, elena)
    with pytest.raises(Refused, match="redacted already"):
        redact(public, elena)
    with pytest.raises(Refused, match="at this status"):
        redact(draft, elena, passage="missions")


def test_words_are_found_across_ends_of_lines_and_signs_stand_for_themselves():
    assert without("a (b)\nc. a (b) c", "(b) c", "x") == "a x. a x"
    assert without("a.c abc", "a.c", "x") == "x abc"


# The desk -------------------------------------------------------------------------------------------------------------


def page_of(submission):
    return reverse("admin:submissions_submission_redactions", args=[submission.pk])


def test_an_editor_redacts_and_lifts_on_its_page_and_reads_the_original_only_with_a_note(desk_client, public, elena):
    client = desk_client(elena)
    typed = {"redact-part": "", "redact-passage": NAME, "redact-kind": "personal", "redact-reason": REASON}
    assert client.post(page_of(public), {"press": "redact", "letters": "send", **typed}).status_code == 302
    review = client.get(reverse("admin:submissions_submission_change", args=[public.pk])).content.decode()
    assert "The original is sealed" in review
    assert "a nurse" in review
    assert f"{NAME}, a nurse" not in review
    page = client.get(page_of(public)).content.decode()
    assert "a nurse" not in page
    assert "waited" in client.post(page_of(public), {"press": "read", "read-reason": "To answer her"}).content.decode()
    reading = Reading.objects.get()
    assert (reading.what, reading.by, reading.reason, reading.of) == ("original", elena, "To answer her", str(public.pk))
    assert client.post(page_of(public), {"press": "read", "read-reason": ""}).status_code == 200
    assert Reading.objects.count() == 1
    one = Redaction.objects.get()
    typed = {"press": "lift", "redaction": one.pk, "lift-reason": "She agreed."}
    client.post(page_of(public), {**typed, "letters": "send"})
    one.refresh_from_db()
    assert one.lifted_because == "She agreed."


def test_who_may_not_redact_finds_nothing(desk_client, client, public, ravi, dalia, amina, elena, organisation):
    from tests.factories import join

    assert desk_client(ravi).get(page_of(public)).status_code == 403
    join(organisation, elena)
    assert desk_client(elena).get(page_of(public)).status_code == 404
    client.force_login(amina)
    assert client.get(page_of(public)).status_code in (302, 403)


@pytest.mark.parametrize("key", ["", "x", "99999", "9" * 40, "²"])
def test_a_strange_key_is_a_missing_page(desk_client, public, elena, key):
    typed = {"press": "lift", "redaction": key, "lift-reason": "x"}
    assert desk_client(elena).post(page_of(public), typed).status_code == 404
    assert desk_client(elena).post(page_of(public), {"press": "other"}).status_code == 404


def test_its_author_reads_what_was_sent_and_what_was_redacted_and_why(client, public, amina, elena):
    redact(public, elena)
    client.force_login(amina)
    page = client.get(public.get_absolute_url()).content.decode()
    for words in ("Changed by the Network", REASON, f"{NAME}, a nurse", "personal data of third persons"):
        assert words in page
    assert "Elena" not in page


def test_an_answer_in_words_makes_no_new_version_of_a_redacted_input(call, organisation, amina, ravi, elena):
    own = {"call": call, "organisation": organisation, "by": amina}
    sent = make_submission(**own, status="under_review", reviewer=ravi, text=TEXT)
    redact(sent, elena)
    operations.ask_for_clarification(sent, by=ravi, at=NOW, question="When?", opens=())
    operations.keep_answer(sent, by=amina, at=NOW, edition=1, text="2024.")
    assert operations.answer(sent, by=amina).versions.count() == 1


# Races ----------------------------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_of_two_who_redact_and_publish_at_one_moment_nothing_slips_out(call, organisation, amina, elena):
    """Ten rounds: whichever comes first, the public copy does not hold the words."""
    for _round in range(10):
        own = {"call": call, "organisation": organisation, "by": amina}
        accepted = make_submission(**own, status="accepted", text=TEXT)
        start = Barrier(2)

        def publish(accepted=accepted, start=start):
            start.wait()
            operations.publish(Submission.objects.get(pk=accepted.pk), by=elena, at=NOW)
            connection.close()

        thread = Thread(target=publish)
        thread.start()
        start.wait()
        redact(accepted, elena)
        thread.join()
        content = publication.public_content(PublishedInput.objects.select_related("version").get(submission=accepted))
        assert "Marandi" not in content["text"]
        row = PublishedInput.objects.get(submission=accepted)
        assert "Marandi" not in row.excerpt
    assert broken() == []


def test_reading_the_public_page_costs_no_more_statements(public, elena, django_assert_max_num_queries):
    redact(public, elena)
    address = reverse("submissions:input", args=[public.reference])
    Client().get(address)
    PublishedInput.objects.update(changed_at=NOW + timedelta(seconds=1))
    with django_assert_max_num_queries(6):
        Client().get(address)


def test_a_long_title_is_redacted_too(public, call, organisation, amina, elena):
    title = f"{'Nine missions answered. ' * 11}{NAME}"
    long = make_submission(call=call, organisation=organisation, by=amina, status="published", title=title)
    redact(long, elena, replacement="the name of a nurse who did not agree to be named by anybody in this forum")
    shown = PublishedInput.objects.get(submission=long)
    assert (NAME in shown.title, len(shown.title)) == (False, 300)
