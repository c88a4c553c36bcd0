"""Answers after sending: what was promised to be public becomes public, what is for the desk stays with the desk."""

import pytest
from django.urls import reverse

from submissions import operations
from submissions.archive.contents import text_of
from submissions.compared import compared
from submissions.models import Submission
from tests.factories import NOW, ask_form, make_draft, make_form, make_user, tick_everything

pytestmark = pytest.mark.django_db
OPEN, SHUT = "zqopenword", "zqshutword"
ANSWERS = {
    "told": f"## Since 2023\n\nNine **missions** and {OPEN}.",
    "how_far": "partly",
    "measures": [{"measure": f"Hotline {OPEN}two", "year": "2023"}],
    "hushed": f"Between us: {SHUT}.",
    "hushed_rows": [{"measure": f"{SHUT}two"}],
}
ASKED = (
    ("told", "long"),
    ("how_far", "choice"),
    ("measures", "table"),
    {"key": "hushed", "kind": "long", "seen_by": "desk"},
    {"key": "hushed_rows", "kind": "table", "seen_by": "desk"},
)


@pytest.fixture
def sent(call, amina, organisation):
    ask_form(call, make_form(*ASKED))
    draft = make_draft(call=call, by=amina, organisation=organisation, text="Beside the answers.", summary="")
    operations.revise(draft, by=amina, at=NOW, edition=draft.edition, answers=ANSWERS)
    operations.submit(draft, by=amina, at=NOW)
    return Submission.objects.get(pk=draft.pk)


@pytest.fixture
def published(sent):
    by = make_user(staff=True)
    operations.take_up(sent, by=by, at=NOW)
    tick_everything(sent, by, NOW)
    operations.accept(sent, by=by, at=NOW)
    operations.publish(sent, by=by, at=NOW)
    return Submission.objects.get(pk=sent.pk).published


def everything_public(client, published):
    """Every surface on which an input is shown to the public, as text."""
    reference = published.reference
    pages = [reverse("submissions:input", args=[reference]), reverse("submissions:inputs")]
    pages += [reverse("submissions:forum_inputs", args=[published.forum.slug]), "/feeds/inputs.atom"]
    pages += [f"/api/v1/inputs/{reference}/", "/api/v1/inputs/", reverse("submissions:receipt_check", args=[reference])]
    pages += [f"{reverse('submissions:receipt_check', args=[reference])}?sha256={published.version.sha256}"]
    return "\n".join(client.get(page).content.decode() for page in pages)


def test_public_answers_stand_on_the_page_under_their_questions(client, published):
    page = client.get(published.get_absolute_url()).content.decode()
    assert "What about told?" in page
    assert f"<strong>missions</strong> and {OPEN}" in page
    assert "In part" in page
    assert f"Hotline {OPEN}two" in page
    assert "Beside the answers." in page


def test_an_answer_for_the_desk_reaches_no_public_surface_and_no_column(client, published):
    text = everything_public(client, published)
    assert SHUT not in text
    assert "What about hushed?" not in text
    assert OPEN in text
    row = type(published).objects.filter(pk=published.pk).values().get()
    assert SHUT not in str(row)
    assert OPEN in str(row["vector"])


def test_what_its_author_packs_has_all_answers(sent):
    assert SHUT in text_of(sent.versions.get())


def test_search_finds_public_answers_and_never_those_for_the_desk(client, published):
    def found(word):
        return published.reference in client.get("/api/v1/inputs/", {"q": word}).content.decode()

    assert found(OPEN)
    assert found(f"{OPEN}two")
    assert not found(SHUT)
    assert not found(f"{SHUT}two")


def test_the_number_of_words_does_not_tell_how_long_an_answer_for_the_desk_is(published):
    assert published.words == 3 + 6 + 3
    assert published.version.words > published.words


def test_the_api_gives_public_answers_as_they_were_sent_and_in_words(client, published):
    answers = client.get(f"/api/v1/inputs/{published.reference}/").json()["answers"]
    assert [(one["key"], one["answer"]) for one in answers] == [
        (key, ANSWERS[key]) for key in ("told", "how_far", "measures")
    ]
    assert answers[1]["in_words"] == "In part"


def test_an_input_without_a_text_of_its_own_is_quoted_by_its_first_public_answer(published):
    assert published.excerpt.startswith("Beside the answers. Since 2023 Nine missions")


def test_the_desk_reads_all_answers_with_marks_of_who_sees_them(desk_client, ravi, sent):
    page = desk_client(ravi).get(reverse("admin:submissions_submission_change", args=[sent.pk])).content.decode()
    assert SHUT in page
    page = page[page.index("answered-section") :]  # after the counts of words
    heading = page.index("What about hushed?")
    assert "Only the Network" in page[heading : heading + 200]
    assert "Public" in page[page.index("What about told?") :][:200]


def test_its_author_reads_all_answers_on_the_page_of_the_input_and_in_the_receipt(client, amina, sent):
    client.force_login(amina)
    assert SHUT in client.get(sent.get_absolute_url()).content.decode()
    assert "5 answers" in client.get(reverse("submissions:receipt", args=[sent.pk])).content.decode()
    assert SHUT in client.get(reverse("submissions:receipt", args=[sent.pk]), {"format": "json"}).content.decode()


def test_differences_between_versions_include_answers(sent, amina):
    change = operations.amend(sent, by=amina, at=NOW)
    new = {"told": "Ten missions.", "how_far": "fully", "measures": [], "hushed": ""}
    operations.revise(change, by=amina, at=NOW, edition=change.edition, answers=new)
    operations.submit(change, by=amina, at=NOW)
    first, second = [version.content for version in sent.versions.order_by("number")]
    changes = compared(first, second, sent.call.forum)
    told = {one["label"]: (one["was"], one["became"]) for one in changes["particulars"]}
    assert told["What about how_far?"] == (["In part"], ["Fully"])
    named = [*told, *(one["label"] for one in changes["texts"])]
    assert sorted(named) == sorted(f"What about {key}?" for key in ("told", "how_far", "measures", "hushed"))
    assert not compared(first, first, sent.call.forum)["anything"]


def test_statements_of_a_public_page_do_not_grow_with_the_questions(client, published, count_statements):
    client.get(published.get_absolute_url())
    type(published).objects.filter(pk=published.pk).update(organisation_name="Changed")
    assert count_statements(lambda: client.get(published.get_absolute_url(), HTTP_ACCEPT_LANGUAGE="en")) <= 6
