"""After sending, by programs: a change before the closing becomes /Rev.1, the desk is answered; as on the pages."""

import pytest

from forums.models import Call
from submissions import operations
from submissions.models import Clarification, Submission, Version
from tests.factories import NOW, make_submission
from tests.programs import OWN, make_program
from tests.submissions.test_own_api import program, refused, stranger

__all__ = ["program", "stranger"]  # fixtures
pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(program, call):
    """The id of an input that a program sent."""
    pk, edition = program.complete(call)
    assert program.send(pk, edition).status_code == 201
    return pk


@pytest.fixture
def asked(call, organisation, amina, ravi):
    """An input about whose text the desk asks."""
    submission = make_submission(call=call, organisation=organisation, by=amina, status="under_review", reviewer=ravi)
    operations.ask_for_clarification(submission, by=ravi, at=NOW, question="Which year?", opens=("text",))
    return submission.pk


def amend(program, pk, **more):
    return program.ask("post", f"{OWN}{pk}/amend/", **more)


def answer(program, pk, text, edition, **more):
    return program.ask("post", f"{OWN}{pk}/answer/", {"answer": text, "edition": edition}, **more)


def close(call):
    Call.objects.filter(pk=call.pk).update(opens_at=NOW.replace(year=2019), closes_at=NOW.replace(year=2020))


# Changing what was sent ---------------------------------------------------------------------------------------------


def test_a_change_is_a_draft_that_becomes_a_revision_of_what_was_sent(program, sent):
    begun = amend(program, sent)
    draft = begun.json()["id"]
    assert (begun.status_code, begun.headers["Location"]) == (201, f"http://testserver{OWN}{draft}/")
    assert (begun.json()["changes"], begun.json()["title"], begun.json()["objectives"]) == (sent, "Consular help", [14])
    changed = program.change(draft, {"title": "Consular help, abroad"}, edition=begun.json()["edition"])
    assert program.get(f"{OWN}{sent}/").json()["title"] == "Consular help", "what was sent stands until then"
    checked = program.get(f"{OWN}{draft}/check/").json()
    receipt = program.send(draft, checked["edition"]).json()
    assert checked["edition"] == changed.json()["edition"]
    assert (receipt["reference"], receipt["symbol"], receipt["number"]) == (
        "IMRF-2026-I-00001",
        "IMRF-2026-I-00001/Rev.1",
        2,
    )
    assert receipt["link"] == Version.objects.get(number=2).link
    assert program.get(f"{OWN}{sent}/").json()["title"] == "Consular help, abroad"
    assert program.get(f"{OWN}{draft}/").json()["id"] == sent, "the draft's address leads to what it became"


def test_beginning_again_goes_on_with_the_same_change(program, sent):
    first = amend(program, sent, key="change-1")
    assert amend(program, sent, key="change-1").json() == first.json()
    again = amend(program, sent, key="change-2")
    assert (again.status_code, again.json()["id"]) == (200, first.json()["id"])
    assert Submission.objects.filter(amends=sent).count() == 1
    assert "Idempotency-Key" in refused(amend(program, sent, key=""), 400)["detail"]


def test_a_change_that_is_discarded_leaves_what_was_sent(program, sent):
    draft = amend(program, sent).json()["id"]
    assert program.ask("delete", f"{OWN}{draft}/").status_code == 204
    assert program.get(f"{OWN}{sent}/").json()["status"] == "submitted"


def test_a_change_that_changes_nothing_is_not_sent(program, sent):
    draft = amend(program, sent).json()
    assert "Nothing differs" in refused(program.send(draft["id"], draft["edition"]), 409)["detail"]
    assert Version.objects.count() == 1


def test_nothing_is_changed_after_the_closing_or_after_a_decision(program, sent, call, ravi, asked):
    assert "cannot be changed here" in refused(amend(program, asked), 409)["detail"]
    close(call)
    assert "has closed" in refused(amend(program, sent), 409)["detail"]
    assert Submission.objects.filter(amends__isnull=False).count() == 0


def test_a_change_begun_before_the_closing_is_not_sent_after_it(program, sent, call):
    draft = amend(program, sent).json()
    edition = program.change(draft["id"], {"title": "Late"}, edition=draft["edition"]).json()["edition"]
    close(call)
    assert "closed on" in refused(program.send(draft["id"], edition), 409)["detail"]
    assert program.get(f"{OWN}{sent}/").json()["title"] == "Consular help"


def test_others_and_tokens_that_only_read_change_and_answer_nothing(stranger, organisation, amina, sent, asked):
    reads, writes = (make_program(organisation, amina, [scope]) for scope in ("read", "write"))
    refused(amend(stranger, sent), 404)
    refused(amend(reads, sent), 403)
    refused(stranger.get(f"{OWN}{asked}/question/"), 404)
    refused(answer(stranger, asked, "2024.", 1), 404)
    refused(answer(writes, asked, "2024.", 1), 403)
    refused(reads.ask("patch", f"{OWN}{asked}/question/", {"answer": "2024."}, edition=1), 403)
    assert (Submission.objects.filter(amends__isnull=False).count(), Clarification.objects.get().answer) == (0, "")


# Answering the desk -------------------------------------------------------------------------------------------------


def test_an_answer_is_kept_then_sent_also_after_the_closing(program, asked, call):
    close(call)
    question = program.get(f"{OWN}{asked}/question/")
    said = question.json()
    assert (said["question"], said["opens"], said["answer"]) == ("Which year?", ["text"], "")
    assert question.headers["ETag"] == '"1"'
    kept = program.ask("patch", f"{OWN}{asked}/question/", {"answer": " In\r\n2024. "}, edition=1)
    assert (kept.json()["answer"], kept.headers["ETag"]) == ("In\n2024.", '"2"')
    first = answer(program, asked, "In 2024.", 2, key="answer-1")
    assert (first.status_code, first.json()["status"]) == (200, "submitted")
    step = Submission.objects.get(pk=asked).steps.last()
    assert (step.became, step.note, step.by) == ("submitted", "In 2024.", program.token.made_by)
    assert Version.objects.filter(submission=asked).count() == 1, "nothing of the input changed"
    assert answer(program, asked, "In 2024.", 2, key="answer-1").json() == first.json()
    assert "No question waits" in refused(answer(program, asked, "In 2024.", 3), 409)["detail"]
    refused(program.get(f"{OWN}{asked}/question/"), 404)


def test_what_the_question_opens_is_changed_and_goes_along_as_the_next_version(program, asked):
    edition = program.get(f"{OWN}{asked}/").json()["edition"]
    assert "Title" in refused(program.change(asked, {"title": "Other"}, edition=edition), 409)["detail"]
    assert program.change(asked, {"text": "In 2024, nine missions."}, edition=edition).status_code == 200
    assert answer(program, asked, "See the text.", 1).status_code == 200
    [newest, _first] = program.get(f"{OWN}{asked}/receipts/").json()
    assert newest["symbol"].endswith("/Rev.1")
    assert Version.objects.get(submission=asked, number=2).content["text"] == "In 2024, nine missions."


def test_a_later_answer_of_somebody_else_is_not_overwritten(program, asked, amina):
    operations.keep_answer(Submission.objects.get(pk=asked), by=amina, at=NOW, edition=1, text="Theirs")
    for late in (
        program.ask("patch", f"{OWN}{asked}/question/", {"answer": "Mine"}, edition=1),
        answer(program, asked, "Mine", 1),
    ):
        both = refused(late, 412)
        assert (both["mine"], both["theirs"], both["edition"]) == ({"answer": "Mine"}, {"answer": "Theirs"}, 2)
    assert Clarification.objects.get().answer == "Theirs"
    assert Submission.objects.get(pk=asked).status == "clarification_asked"


def test_an_answer_is_refused_with_what_to_do(program, asked, sent):
    question = f"{OWN}{asked}/question/"
    refused(program.ask("patch", question, {"answer": "2024."}), 428)
    assert "Write the answer" in refused(answer(program, asked, "", 1), 409)["detail"]
    assert "at most 10000" in refused(answer(program, asked, "x" * 10_001, 1), 422)["errors"]["answer"][0]
    assert "No question waits" in refused(answer(program, sent, "2024.", 1), 409)["detail"]
    refused(program.get(f"{OWN}{sent}/question/"), 404)
    assert Clarification.objects.get().answer == ""
