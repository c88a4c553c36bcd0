"""A question of the desk, answered on the page of the input: kept while it is typed, sent once, read by the desk."""

import pytest
from django.urls import reverse

from forums.models import Letter
from forums.refusals import Refused
from imrf_portal.invariants import check
from submissions import operations
from submissions.models import Clarification
from submissions.notifications import letters_for
from tests.factories import NOW, join, make_submission, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(call, organisation, amina, ravi):
    submission = make_submission(call=call, organisation=organisation, by=amina, status="under_review", reviewer=ravi)
    operations.ask_for_clarification(submission, by=ravi, at=NOW, question="Which year do you mean?", part="text")
    return submission


def address(submission, name="answer"):
    return reverse(f"submissions:{name}", args=[submission.pk])


def test_the_page_shows_the_question_with_the_part_it_asks_about(client, asked, amina):
    client.force_login(amina)
    text = client.get(asked.get_absolute_url()).content.decode()
    for part in ("Which year do you mean?", "about the part “Text”", f"{address(asked, 'edit')}#text", "Send the answer"):
        assert part in text
    assert "Ravi" not in text


def test_an_answer_is_kept_while_it_is_typed_and_sent_with_its_step(client, asked, amina):
    client.force_login(amina)
    answer = client.post(address(asked, "answer_autosave"), {"edition": 1, "answer": "The year 2"})
    assert (answer.status_code, answer.json()["edition"]) == (200, 2)
    assert "The year 2" in client.get(asked.get_absolute_url()).content.decode()
    client.post(address(asked), {"edition": 2, "answer": "The year 2024.", "send": "yes"})
    asked.refresh_from_db()
    step = asked.steps.last()
    assert (asked.status, step.note, step.by) == ("submitted", "The year 2024.", amina)
    assert asked.versions.count() == 1  # nothing of the input changed
    text = client.get(asked.get_absolute_url()).content.decode()
    assert "Answered" in text
    assert "The year 2024." in text
    assert [found.rule for found in check() if found.violations] == []


def test_words_alone_get_a_letter_of_their_own_and_no_second_receipt(asked, amina):
    operations.keep_answer(asked, by=amina, at=NOW, edition=1, text="2024.")
    answered = operations.answer(asked, by=amina)
    [letter] = letters_for(answered.steps.last(), at=NOW)
    assert letter.kind == "submissions/answer_received"
    assert "2024." in letter.text
    assert asked.reference in letter.subject


def test_an_input_that_was_changed_is_sent_with_the_answer_as_its_next_version(asked, amina):
    asked.refresh_from_db()
    operations.revise(asked, by=amina, at=NOW, edition=asked.edition, text="In 2024 nine missions answered.")
    operations.keep_answer(asked, by=amina, at=NOW, edition=1, text="See the text.")
    answered = operations.answer(asked, by=amina)
    assert (answered.versions.count(), answered.steps.last().note) == (2, "See the text.")
    [letter] = letters_for(answered.steps.last(), at=NOW)
    assert letter.kind == "submissions/received"


def test_whoever_sends_by_the_check_page_sends_the_saved_answer_too(asked, amina):
    operations.keep_answer(asked, by=amina, at=NOW, edition=1, text="See the text.")
    operations.submit(asked, by=amina)
    assert asked.steps.last().note == "See the text."


def test_sent_twice_it_is_one_answer_and_nothing_empty_is_sent(asked, amina):
    with pytest.raises(Refused, match="Write the answer"):
        operations.answer(asked, by=amina)
    operations.keep_answer(asked, by=amina, at=NOW, edition=1, text="2024.")
    operations.answer(asked, by=amina)
    operations.answer(asked, by=amina)
    assert asked.steps.filter(was="clarification_asked").count() == 1


def test_of_two_who_write_the_later_sees_both_and_nothing_is_overwritten(client, asked, amina):
    operations.keep_answer(asked, by=amina, at=NOW, edition=1, text="The first answer")
    client.force_login(amina)
    answer = client.post(address(asked), {"edition": 1, "answer": "The second answer", "send": "yes"})
    text = answer.content.decode()
    assert (answer.status_code, "The first answer" in text, "The second answer" in text) == (409, True, True)
    assert Clarification.objects.get().answer == "The first answer"
    assert client.post(address(asked, "answer_autosave"), {"edition": 1, "answer": "x"}).status_code == 409


def test_what_was_typed_when_the_session_ended_or_the_question_was_closed_is_given_back(client, asked, amina, ravi):
    client.post(address(asked), {"edition": 1, "answer": "Typed and signed out"})
    client.force_login(amina)
    assert "Typed and signed out" in client.get(asked.get_absolute_url()).content.decode()
    operations.decline(asked, by=ravi, at=NOW, reason="Too late")
    answer = client.post(address(asked), {"edition": 1, "answer": "Typed and closed", "send": "yes"})
    assert (answer.status_code, "Typed and closed" in answer.content.decode()) == (409, True)


def test_a_drafter_writes_and_does_not_send_and_a_viewer_does_neither(client, asked, bruno):
    drafter, viewer = make_user(), make_user()
    join(asked.organisation, drafter, "drafter")
    join(asked.organisation, viewer, "viewer")
    for person, saves, sends in ((drafter, 302, 404), (viewer, 404, 404), (bruno, 404, 404)):
        client.force_login(person)
        edition = Clarification.objects.get().edition
        assert client.post(address(asked), {"edition": edition, "answer": "x"}).status_code == saves
        assert client.post(address(asked), {"edition": edition, "answer": "x", "send": "yes"}).status_code == sends
    asked.refresh_from_db()
    assert asked.status == "clarification_asked"
    assert Letter.objects.count() == 0
