"""Ways to break a promise on purpose, each for the control of a trial: the trial must see it."""

import threading
from types import SimpleNamespace

from django.db import connections
from django.db.models.functions import Now
from django.utils.timezone import now

from submissions import operations
from submissions.models import Submission
from submissions.operations import drafting, submitting

A_MOMENT = 1.0


def later(act):
    """Do it a moment later in a thread; who kills the process meanwhile is faster."""

    def wait_and_act():
        try:
            act()
        finally:
            connections.close_all()

    timer = threading.Timer(A_MOMENT, wait_and_act)
    timer.daemon = True
    timer.start()


def put_in_place_of(place, name, other):
    """A name that is no longer there would sabotage nothing, and its control would say nothing."""
    assert hasattr(place, name), f"{place.__name__} has no {name} any more"
    setattr(place, name, other)


def receipts_before_storing():
    """Answers with the way to the receipt first and stores a moment later."""
    honest = operations.submit

    def submit(submission, **how):
        later(lambda: honest(submission, **how))
        return SimpleNamespace(submission_id=submission.pk)  # what the page needs to promise a receipt

    put_in_place_of(operations, "submit", submit)


def saved_in_memory():
    """Says "saved" when the text is in the memory of the process, and writes it down later: only for one process."""
    honest, kept = operations.revise, {}

    def store(pk, by, changes):
        stored = Submission.objects.get(pk=pk)
        honest(stored, by=by, at=now(), edition=stored.edition, **changes)

    def revise(submission, *, by, at, edition, **changes):
        known = kept.get(submission.pk, submission.edition)
        if edition != known:
            raise drafting.Conflict(submission)
        kept[submission.pk] = submission.edition = known + 1
        for name in drafting.TEXTS:
            setattr(submission, name, changes.get(name, getattr(submission, name)))
        later(lambda: store(submission.pk, by, changes))
        return submission

    put_in_place_of(operations, "revise", revise)


def every_press_counts():
    """Forgets that what was sent once is not sent again."""
    put_in_place_of(Submission, "is_writable", True)


def own_clock_decides():
    """Asks the web machine, and not PostgreSQL, whether the call is still open."""
    honest = submitting.hold

    def held_now(pk):
        submission = honest(pk)
        submission.arrived_at = now()
        return submission

    put_in_place_of(submitting, "hold", held_now)
    put_in_place_of(submitting, "database_now", now)


def nobody_waits():
    """Takes no lock on what is being sent."""

    def seen(pk):
        unheld = Submission.objects.select_related("call__forum", "organisation")
        return unheld.annotate(arrived_at=Now()).get(pk=pk)

    put_in_place_of(submitting, "hold", seen)
