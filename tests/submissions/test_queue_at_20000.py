"""The desk at 20,000 inputs: `pytest tests/submissions/test_queue_at_20000.py -m soak -s` prints what each page costs.

Seconds depend on the machine, so only a generous limit is asserted; the figures go to docs/measurements.md.
"""

import sys

import pytest
from django.urls import reverse
from django.utils.http import urlencode

from submissions.desk_search import FLAGS, KEYS
from submissions.models import Submission
from tests.factories import make_user
from tests.submissions.queue_bench import cost, fill

pytestmark = [pytest.mark.soak, pytest.mark.django_db]
QUEUE = "/admin/submissions/submission/"
AIM = 300  # milliseconds
LINES = (
    *(key.example for key in KEYS.values()),
    *FLAGS,
    "corridor",
    '"wages and schools"',
    "-wages",
    "age:<2d",
    "country:KE obj:7 lang:fr status:review",
    "reviewer:any words:300..400 -level:global",
)
ORDERS = ("-received", "received", "author.-received", "state", "reviewed_by", "level_sent", "-kind")


AUDIT = {"one kind": {"kind": "submissions_submissionstep"}, "a reference": {"about": "IMRF-2026-I-10000"}}
FIELD = {"app_label": "submissions", "model_name": "conflict", "field_name": "organisation"}
ROOMS = {
    "files of inputs": "submissions_attachment_changelist",
    "steps of inputs": "submissions_submissionstep_changelist",
    "published": "submissions_publishedinput_changelist",
    "coverage": "submissions_callletter_coverage",
    "figures of reviews": "submissions_submission_figures",
    "compilations": "submissions_compilation_changelist",
    "rounds": "submissions_decisionround_changelist",
    "letters": "forums_letter_changelist",
    "audit": "accreditation_auditentry_changelist",
    "organisations": "accreditation_organisation_changelist",
}


def say(line):
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def show(name, found):
    clock, work, statements, slowest = found
    say(f"{clock:8.0f} ms {work:8.0f} ms of processor {statements:3} statements  {name}")
    if work > AIM:
        say(f"         slowest {slowest['time']} s: {slowest['sql'][:4000]}")
    return work


def slow_ones(client, pages) -> dict:
    """Those that take more than the aim."""
    slow = {}
    for name, address in pages.items():

        def act(address=address):
            assert client.get(address).status_code == 200

        work = show(name, cost(act))
        if work > AIM:
            slow[name] = round(work)
    return slow


def rooms() -> dict:
    """The other rooms that grow with the inputs, and the longest of their questions."""
    found = {name: reverse(f"admin:{room}") for name, room in ROOMS.items()}
    found |= {f"audit, {name}": f"{found['audit']}?{urlencode(asked)}" for name, asked in AUDIT.items()}
    found["letters, of a kind"] = f"{found['letters']}?kind=submissions/received&state=sent&q=person"
    found["autocomplete"] = f"/admin/autocomplete/?{urlencode({**FIELD, 'term': 'corridor'})}"
    return found


def test_the_desk_at_twenty_thousand_inputs(desk_client):
    fill(20_000)
    reader = make_user("elena", staff=True, roles=["reviewer", "editor"])
    client = desk_client(reader)
    pages = {"queue": QUEUE, "page 200 of it": f"{QUEUE}?p=200", "work list": "/admin/"}
    pages |= {f"q={line}": f"{QUEUE}?{urlencode({'q': line.replace('call:inputs', 'call:call-1')})}" for line in LINES}
    pages |= {f"o={order}": f"{QUEUE}?o={order}" for order in ORDERS}
    middle = Submission.objects.filter(status="under_review").order_by("received_at")[2000]
    review = reverse("admin:submissions_submission_change", args=[middle.pk])
    asked = urlencode({"_changelist_filters": "q=level:national&o=author"})
    pages |= {"review page": review, "review page, other order": f"{review}?{asked}"}
    slow = slow_ones(client, pages)
    for kind in ("csv", "xlsx"):

        def take(kind=kind):
            answer = client.get(f"{QUEUE}export.{kind}")
            assert sum(map(len, answer.streaming_content)) > 100_000

        show(f"export of 20,000 rows as {kind}", cost(take, rounds=1))
    overseer = make_user("olga", staff=True, roles=["reviewer", "editor", "administrator", "accreditation"])
    slow |= slow_ones(desk_client(overseer), rooms())
    say(f"over the aim: {slow}")
    assert not {name: work for name, work in slow.items() if work > 3 * AIM}
