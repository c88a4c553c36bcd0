"""The letters of a decision are shown before it is carried out: sent as they are, in other words, or not at all."""

import pytest
from django.urls import reverse

from accreditation.models import Membership
from forums.models import Letter
from forums.refusals import Refused
from submissions import operations
from submissions.models import LettersChoice, Submission
from submissions.tasks import announce_steps
from tests.factories import NOW, join, make_submission, make_user, tick_everything
from tests.submissions.recordings import make_recording, recorded

pytestmark = pytest.mark.django_db


@pytest.fixture
def read(organisation, amina, call, elena):
    """An input under review whose checklist elena has ticked."""
    submission = make_submission(call=call, organisation=organisation, by=amina, status="under_review")
    tick_everything(submission, elena, NOW)
    return submission


@pytest.fixture
def desk(desk_client, elena):
    return desk_client(elena)


def page_of(submission):
    return reverse("admin:submissions_submission_change", args=[submission.pk])


def press(desk, submission, decision, **typed):
    opened = desk.get(page_of(submission)).context["seen"]
    typed = {**{f"seen-{k}": v for k, v in opened.items()}, "decision": decision, "decline-ground": "other", **typed}
    return desk.post(page_of(submission), typed)


def status_of(submission):
    return Submission.objects.get(pk=submission.pk).status


def decided():
    return Letter.objects.exclude(kind="submissions/received")


def test_a_decision_shows_its_letters_as_they_will_be_written_and_stores_nothing(desk, read, amina):
    amina.language = "ar"
    amina.save()
    steps, letters = read.steps.count(), Letter.objects.count()
    answer = press(desk, read, "decline", **{"decline-reason": "It is about another matter."})
    [shown] = answer.context["letters"]
    assert (answer.status_code, status_of(read)) == (200, "under_review")
    assert (read.steps.count(), Letter.objects.count()) == (steps, letters)
    assert (shown["letter"].language, "It is about another matter." in shown["letter"].text) == ("ar", True)
    assert 'dir="rtl"' in answer.content.decode()
    assert (
        press(desk, read, "decline", letters="send", **{"decline-reason": "It is about another matter."}).status_code == 302
    )
    announce_steps()
    [letter] = decided()
    assert (letter.subject, letter.text, letter.html) == (
        shown["letter"].subject,
        shown["letter"].text,
        shown["letter"].html,
    )
    assert not LettersChoice.objects.exists()


def test_what_the_page_carries_carries_the_decision_out(desk, read):
    """Enter is enough: every field of the page goes back as it came, and nothing beside it."""
    answer = press(desk, read, "decline", **{"decline-reason": "Two\nlines."}, remarks="Kept.", checklist=["", "complete"])
    carried = {}
    for name, value in answer.context["carried"]:
        carried.setdefault(name, []).append(value)
    assert "autofocus" in answer.content.decode()
    assert desk.post(page_of(read), {**carried, "letters": "send"}).status_code == 302
    assert (status_of(read), read.steps.last().note) == ("not_admissible", "Two\nlines.")


def test_what_was_typed_waits_for_whoever_goes_back(desk, read):
    press(desk, read, "decline", **{"decline-reason": "A long reasoning."})
    page = desk.get(page_of(read)).content.decode()
    assert "A long reasoning." in page
    assert "You were signed out" not in page


def test_where_nobody_is_written_to_nothing_is_asked(desk, organisation, amina, call):
    sent = make_submission(call=call, organisation=organisation, by=amina)
    assert press(desk, sent, "take_up").status_code == 302
    assert status_of(sent) == "under_review"
    organisation.memberships.all().delete()
    assert press(desk, sent, "decline", **{"decline-reason": "Off topic."}).status_code == 302


def test_what_would_be_refused_is_refused_before_any_letter_is_shown(desk_client, ravi, read):
    answer = press(desk_client(ravi), read, "accept")
    assert (answer.status_code, status_of(read)) == (302, "under_review")
    assert "The checklist is not complete" in desk_client(ravi).get(answer.url).content.decode()


def test_other_words_go_only_into_that_letter_and_say_who_wrote_them(desk, read, organisation, amina, elena):
    second = make_user("zeno", language="fr")
    join(organisation, second, Membership.Role.ALTERNATE)
    shown = {one["letter"].to: one for one in press(desk, read, "accept").context["letters"]}
    own = shown[amina.email]
    typed = {
        f"letters-subject-{own['end']}": "Accepted, with thanks",
        f"letters-text-{own['end']}": "Dear Amina,\r\n\r\nThanks.",
    }
    typed |= {f"letters-{n}-{shown[second.email]['end']}": shown[second.email][n] for n in ("subject", "text")}
    assert press(desk, read, "accept", letters="words", **typed).status_code == 302
    announce_steps()
    letters = {letter.to: letter for letter in decided()}
    assert letters[amina.email].subject == "Accepted, with thanks"
    assert letters[amina.email].text.startswith("Dear Amina,\n\nThanks.\n\n--\n")
    assert (letters[amina.email].rewritten_by, letters[amina.email].former_words.get().by) == (elena, elena)
    assert letters[second.email].subject == shown[second.email]["subject"]
    assert letters[second.email].rewritten_by is None
    assert list(LettersChoice.objects.get().words) == [own["end"]]


def test_changed_words_are_not_lost_by_pressing_the_wrong_button(desk, read):
    [one] = press(desk, read, "accept").context["letters"]
    typed = {f"letters-subject-{one['end']}": "Other", f"letters-text-{one['end']}": one["text"]}
    answer = press(desk, read, "accept", letters="send", **typed)
    assert (answer.status_code, status_of(read)) == (200, "under_review")
    assert "You changed the words." in answer.content.decode()
    assert answer.context["letters"][0]["subject"] == "Other"
    empty = press(desk, read, "accept", letters="words", **{**typed, f"letters-text-{one['end']}": " "})
    assert "A letter needs a subject and a text." in empty.content.decode()
    assert status_of(read) == "under_review"


def test_no_letter_goes_out_where_that_was_decided_although_a_sweep_writes_letters(desk, read, elena):
    assert press(desk, read, "accept", letters="none").status_code == 302
    for _twice in range(2):
        announce_steps()
    assert not decided().exists()
    step = read.steps.get(became="accepted")
    assert (step.announced_at is not None, step.letters_choice.withheld, step.letters_choice.by) == (True, True, elena)
    assert "No letter went out." in desk.get(page_of(read)).content.decode()


@pytest.mark.parametrize(
    ("status", "decision", "field"),
    [
        ("under_review", "ask", "question"),
        ("under_review", "decline", "reason"),
        ("accepted", "reopen", "reason"),
        ("published", "take_down", "reason"),
    ],
)
def test_what_its_author_has_to_hear_is_withheld_only_with_a_reason(
    desk, organisation, amina, call, status, decision, field
):
    submission = make_submission(call=call, organisation=organisation, by=amina, status=status)
    announce_steps()
    before, words = Letter.objects.count(), {f"{decision}-{field}": "Because."}
    refused = press(desk, submission, decision, letters="none", **words)
    assert (refused.status_code, status_of(submission)) == (200, status)
    assert "Its reader has to hear of this." in refused.content.decode()
    answer = press(desk, submission, decision, letters="none", **words, **{"letters-reason": "We spoke by telephone."})
    assert answer.status_code == 302
    announce_steps()
    assert (Letter.objects.count(), LettersChoice.objects.get().reason) == (before, "We spoke by telephone.")


def test_the_operation_refuses_it_too_and_nothing_moves(organisation, amina, call, elena):
    submission = make_submission(call=call, organisation=organisation, by=amina, status="withdrawn")
    with pytest.raises(Refused, match="has to hear"):
        operations.decide(submission, _reinstate, by=elena, at=NOW, letters=operations.Letters(withheld=True))
    assert status_of(submission) == "withdrawn"


def _reinstate(submission, *, by, at):
    return operations.reinstate(submission, by=by, at=at, by_desk=True, reason="Asked for.")


def test_a_letter_that_opens_a_page_by_itself_shows_no_words(desk, organisation, call, elena):
    submission = recorded(make_recording(call=call, organisation=organisation, letter_to="office@example.org")).submission
    operations.take_up(submission, by=elena, at=NOW)
    answer = press(desk, submission, "decline", **{"decline-reason": "Off topic."})
    private = [one for one in answer.context["letters"] if one["letter"].private]
    assert len(private) == 1
    assert private[0]["letter"].text not in answer.content.decode()


def test_a_page_shows_its_letters_with_the_same_statements_for_one_reader_and_for_five(
    desk, read, organisation, count_statements
):
    def look():
        assert press(desk, read, "accept").status_code == 200

    few = count_statements(look)
    for _each in range(4):
        join(organisation, make_user(), Membership.Role.ALTERNATE)
    assert (
        count_statements(look) - few <= 4 * 4
    )  # each letter asks whether its reader stopped it, reads twice, and is stored
