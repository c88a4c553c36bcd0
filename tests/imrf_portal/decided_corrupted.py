"""Decisions that were announced together and a request that was agreed to, and how each rule about them is turned red."""

from datetime import UTC, datetime, timedelta

from forums import operations as ground
from forums.models import Letter, SecondPersonRequest
from forums.second_person_acts import EXTEND
from submissions import operations
from submissions.models import DecisionLine, DecisionRound, LettersChoice, SubmissionStep
from tests.factories import NOW, make_submission, make_user


def make_decided(call):
    """A round of two refusals, one of them without a letter; a call that was extended by two people."""
    elena, olaf = (make_user(staff=True, roles=["editor"]) for _each in range(2))
    together = operations.open_round(call, name="First answers", by=elena, at=NOW)
    words = {"reason": "It says nothing.", "ground": "empty"}
    for letters in (operations.AS_WRITTEN, operations.Letters(withheld=True, reason="Told by telephone.")):
        submission = make_submission(call=call, status="under_review")
        about = {"decision": "decline", "words": words, "letters": letters, "by": elena, "at": NOW}
        operations.stage(submission, round=together, **about)
    operations.release_round(together, by=olaf, at=NOW)
    _extended_by_two(call)


def _extended_by_two(call):
    args = {"call": call.pk, "closes_at": datetime(2092, 1, 1, tzinfo=UTC).isoformat(), "reason": "A storm."}
    args |= {"authority": "Co-chairs", "told": "nobody"}
    asked, agreed = (make_user(staff=True, roles=["forum manager"]) for _each in range(2))
    about = {"subject": f"call:{call.pk}", "args": args, "reason": "A storm."}
    ground.agree_as_second(ground.ask_second_person(EXTEND, **about, by=asked, at=NOW), by=agreed, at=NOW)


def write_what_was_withheld():
    step = LettersChoice.objects.get(withheld=True).step_id
    words = {"kind": "submissions/not_admissible", "to": "a@example.org", "language": "en", "subject": "x", "text": "x"}
    Letter.objects.create(key=f"submission-step:{step}:1", **words, written_at=NOW, not_before=NOW)


def send_what_was_withheld():
    words = {"kind": "submissions/redacted", "to": "a@example.org", "language": "en", "subject": "x", "text": "x"}
    Letter.objects.create(key=f"{Letter.WITHHELD}1:redaction:1:1", **words, written_at=NOW, not_before=NOW, sent_at=NOW)


def released_by_who_decided():
    line = DecisionLine.objects.filter(result="done").first()
    DecisionRound.objects.update(by=make_user(staff=True), released_by=line.by)


def of_another_input():
    line = DecisionLine.objects.filter(result="done").first()
    other = SubmissionStep.objects.exclude(submission=line.submission).filter(decision_line=None).first()
    DecisionLine.objects.filter(pk=line.pk).update(step=other)


RED = {
    "what_is_done_names_its_step": of_another_input,
    "what_was_released_together_happened_at_one_instant": lambda: DecisionRound.objects.update(
        released_at=NOW + timedelta(seconds=1)
    ),
    "nobody_released_what_they_decided": released_by_who_decided,
    "letters_that_were_withheld_were_not_written": write_what_was_withheld,
    "letters_that_were_withheld_were_not_sent": send_what_was_withheld,
    "what_was_agreed_to_had_not_run_out": lambda: SecondPersonRequest.objects.update(expires_at=NOW - timedelta(days=1)),
}
