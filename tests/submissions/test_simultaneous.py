"""Pairs of people of the desk and authors who decide about one input at one moment: one wins, the other is told.

And the whole table of statuses and verbs, written out here: nothing leads where the table has no way.
"""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from forums.models import procedure
from forums.refusals import MovedMeanwhile, Refused
from submissions import operations
from submissions.models import Assignment, Note, Submission, SubmissionStep
from submissions.operations import assigning
from tests.factories import NOW, make_call, make_organisation, make_submission, make_user, tick_everything

VERBS = {
    "take_up": lambda s, by: operations.take_up(s, by=by, at=NOW),
    "assign": lambda s, by: operations.assign(s, to=by, by=by, at=NOW),
    "ask": lambda s, by: operations.ask_for_clarification(s, by=by, at=NOW, question="Which year?"),
    "accept": lambda s, by: operations.accept(s, by=by, at=NOW),
    "decline": lambda s, by: operations.decline(s, by=by, at=NOW, reason="Off topic."),
    "reopen": lambda s, by: operations.reopen(s, by=by, at=NOW, reason="A slip."),
    "publish": lambda s, by: operations.publish(s, by=by, at=NOW),
    "take_down": lambda s, by: operations.take_down(s, by=by, at=NOW, reason="At its author's request."),
    "withdraw": lambda s, by: operations.withdraw(s, by=s.begun_by, at=NOW),
    "reinstate": lambda s, by: operations.reinstate(s, by=s.begun_by, at=NOW),
    "answer": lambda s, by: operations.submit(s, by=s.begun_by, at=NOW),
}
PAIRS = [  # where it stands, and what two people do about it at one moment
    ("submitted", "take_up", "take_up"),
    ("submitted", "take_up", "assign"),
    ("submitted", "assign", "assign"),
    ("submitted", "take_up", "withdraw"),
    ("under_review", "accept", "ask"),
    ("under_review", "accept", "decline"),
    ("under_review", "ask", "withdraw"),
    ("clarification_asked", "decline", "answer"),
    ("accepted", "publish", "withdraw"),
    ("accepted", "publish", "reopen"),
    ("published", "take_down", "withdraw"),
    ("not_admissible", "reopen", "reopen"),
]


@pytest.fixture
def two():
    """Two connections that act at one moment; they stay open for all pairs."""
    with ThreadPoolExecutor(2) as pool:
        barrier = Barrier(2)

        def act(pk, verb, person):
            submission = Submission.objects.select_related("call__forum", "organisation", "reviewer", "begun_by").get(pk=pk)
            Note.objects.create(submission=submission, by=person, at=NOW, text=f"{verb}: what I think")
            barrier.wait(30)
            try:
                VERBS[verb](submission, person)
            except Refused as why:
                return why
            return None

        def at_once(pk, *each):
            return [running.result() for running in [pool.submit(act, pk, verb, person) for verb, person in each]]

        yield at_once

        def leave():
            connection.close()
            barrier.wait(30)

        for running in [pool.submit(leave), pool.submit(leave)]:
            running.result()


@pytest.fixture
def people(transactional_db):
    return [make_user(name, staff=True, roles=["reviewer", "editor"]) for name in ("mei", "otto")]


def waiting(status, call, organisation, amina, people):
    submission = make_submission(status=status, call=call, organisation=organisation, by=amina)
    if status == "under_review":
        for person in people:
            tick_everything(submission, person, NOW)
    return submission


def changes(submission) -> int:
    """How often it was moved or given to somebody."""
    kept = Assignment.objects.filter(submission=submission).count()
    return submission.steps.count() + kept


def run(kinds, each, two, people):
    """Let each kind of pair meet so often; yields pair, input, how often it was changed, and what both were told."""
    call, amina = make_call(), make_user("amina")
    organisation = make_organisation(focal_point=amina)
    for status, *verbs in kinds:
        for _turn in range(each):
            submission = waiting(status, call, organisation, amina, people)
            before = changes(submission)
            told = two(submission.pk, *zip(verbs, people, strict=True))
            submission.refresh_from_db()
            yield (status, *verbs), submission, changes(submission) - before, told


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("each", [5, pytest.param(25, marks=pytest.mark.soak)])
def test_of_two_who_decide_at_one_moment_one_wins_and_the_other_is_told(two, people, each):
    """Of twelve kinds sixty pairs, or three hundred; of nine pairs without the guards both win in every kind."""
    met, won = 0, {}
    for pair, submission, changed, told in run(PAIRS, each, two, people):
        met += 1
        losers = [why for why in told if why is not None]
        assert len(losers) == 1, (pair, told)
        wanted = Refused if "answer" in pair else MovedMeanwhile  # sending looks again at what it sends, and says so
        assert isinstance(losers[0], wanted), (pair, told)
        assert "pen " in str(losers[0])  # what to do: open it again
        assert changed == 1, pair
        assert submission.notes.count() == 2, pair  # what either of them wrote is there
        won.setdefault(pair, set()).add(told.index(None))
    assert met == len(PAIRS) * each
    illegal = [s for s in SubmissionStep.objects.all() if s.became not in Submission.MOVES[Submission.Status(s.was)]]
    assert illegal == []
    assert sum(len(winners) for winners in won.values()) > len(PAIRS)  # it was a race: not always the same one won


@pytest.mark.django_db(transaction=True)
def test_control_without_the_guards_both_win(two, people, monkeypatch):
    monkeypatch.setattr(assigning, "hold_as_seen", lambda submission: None)
    monkeypatch.setattr(operations.reviewing, "hold_as_seen", lambda submission: None)

    def unguarded(self, to, *, by, at, note="", only_from=(), of_step=None, **changes):
        was = self.status
        type(self).objects.filter(pk=self.pk).update(status=to, **changes)
        return self.steps.create(was=was, became=to, by=by, at=at, note=note, **(of_step or {}))

    monkeypatch.setattr(procedure.Procedure, "move", unguarded)
    kinds = [("submitted", "take_up", "assign"), ("submitted", "assign", "assign"), ("under_review", "accept", "decline")]
    both = {pair for pair, _input, _changed, told in run(kinds, 3, two, people) if told == [None, None]}
    assert both == set(kinds)


# The whole table ------------------------------------------------------------------------------------------------------

STAYS = None  # the verb is possible and the status stays
TABLE = {
    "submitted": {"take_up": "under_review", "assign": STAYS, "withdraw": "withdrawn"},
    "under_review": {
        "assign": STAYS,
        "ask": "clarification_asked",
        "accept": "accepted",
        "decline": "not_admissible",
        "withdraw": "withdrawn",
    },
    "clarification_asked": {
        "assign": STAYS,
        "decline": "not_admissible",
        "answer": "submitted",
        "withdraw": "withdrawn",
    },
    "accepted": {"publish": "published", "reopen": "under_review", "withdraw": "withdrawn"},
    "published": {"take_down": "accepted", "withdraw": "withdrawn"},
    "not_admissible": {"reopen": "under_review"},
    "withdrawn": {"reinstate": "submitted"},
}
AGAIN = ("submitted", "answer")  # sending what was sent is no error, and changes nothing


@pytest.mark.django_db
@pytest.mark.parametrize("status", TABLE)
def test_the_whole_table_of_statuses_and_verbs(status, call, organisation, amina):
    mei = make_user("mei", staff=True, roles=["reviewer", "editor"])
    for verb, act in VERBS.items():
        submission = make_submission(status=status, call=call, organisation=organisation, by=amina)
        tick_everything(submission, mei, NOW)
        submission = Submission.objects.get(pk=submission.pk)
        steps = submission.steps.count()
        possible = verb in TABLE[status]
        if possible or (status, verb) == AGAIN:
            act(submission, mei)
        else:
            with pytest.raises(Refused):
                act(submission, mei)
        submission.refresh_from_db()
        became = TABLE[status].get(verb) or status
        assert submission.status == became, verb
        assert submission.steps.count() == steps + (became != status), verb
