"""Every sweep runs once a minute, mostly with nothing to do: then it asks as little of a full portal as of an empty one."""

from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command

from tests.bench.sweeping import HEARTBEAT, cost_of
from tests.factories import make_draft, make_organisation, make_published, make_submission

pytestmark = pytest.mark.django_db
MOST = 12  # statements, with its own note of when it ran and the savepoints of a test
MORE = {"seal the audit": 14}  # what the sweeps before it noted is something to seal
SWEEPS = {name: entry["task"] for name, entry in settings.CELERY_BEAT_SCHEDULE.items() if entry["task"] != HEARTBEAT}


def with_nothing_due() -> dict:
    """Sweep -> statements, once everything that was due is done."""
    for _each in range(2):
        call_command("sweep_due", stdout=StringIO())
    return {name: cost_of(task)["statements"] for name, task in SWEEPS.items()}


def test_with_nothing_due_a_sweep_asks_the_same_of_one_input_and_of_many(call, amina):
    def fill(number):
        body = make_organisation(f"Body {number}", focal_point=amina)
        make_published(call=call, organisation=body, by=amina)
        for status in ("submitted", "accepted", "clarification_asked"):
            make_submission(call=call, organisation=body, by=amina, status=status)
        make_draft(call=call, organisation=body, by=amina)

    fill(0)
    one = with_nothing_due()
    for number in range(1, 6):
        fill(number)
    many = with_nothing_due()
    assert {name: (one[name], many[name]) for name in SWEEPS if many[name] > one[name]} == {}
    assert {name: statements for name, statements in many.items() if statements > MORE.get(name, MOST)} == {}
