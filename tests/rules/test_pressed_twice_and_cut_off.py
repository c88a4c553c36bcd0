"""Promise 2: pressed twice, or cut off at any byte and pressed again, it is one input with one receipt and one letter."""

import random
import socket
import struct
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest

from submissions.receipts import fingerprint
from tests.processes import mail_server
from tests.rules.asking import CSRF, CUT, body_of, check_path, pause, press, receipt_on_screen, receipt_path

AT_ONCE = 4
RESET = struct.pack("ii", 1, 0)  # closes with RST, as a machine does that lost its network and came back
RECEIPTS = """
    SELECT input.id::text, input.reference, version.number, version.sha256, version.content
    FROM submissions_submission input JOIN submissions_version version ON version.submission_id = input.id
"""
STEPS = """
    SELECT input.id::text, count(DISTINCT step.id), count(letter.id) FROM submissions_submission input
    JOIN submissions_submissionstep step ON step.submission_id = input.id
    LEFT JOIN forums_letter letter ON letter.key LIKE 'submission-step:' || step.id || ':%%'
    WHERE input.status = 'submitted' GROUP BY input.id
"""


def press_together(port, ready, pk):
    """Two to four presses at the same moment, each on a connection of its own: where each of them was sent on to."""
    barrier = threading.Barrier(random.randint(2, AT_ONCE))

    def one(_number):
        barrier.wait()
        return press(port, ready["cookie"], pk, ready["edition"])

    with ThreadPoolExecutor(barrier.parties) as hands:
        return list(hands.map(one, range(barrier.parties)))


def request_for(ready, pk):
    body = body_of({"agreed": "on", "edition": ready["edition"]})
    head = (
        f"POST {check_path(pk)} HTTP/1.1\r\nHost: localhost\r\nCookie: {ready['cookie']}; csrftoken={CSRF}\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    )
    return head.encode() + body


def cut_off(port, ready, pk, *, in_answer):
    """Send an input and lose the connection at a random byte of the request, or of the answer."""
    request = request_for(ready, pk)
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=60) as line:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
        if not in_answer:
            line.sendall(request[: random.randint(0, len(request))])
            return
        line.sendall(request)
        for _ in range(random.randint(0, 600)):
            if not line.recv(1):
                return


def cut_then_press(port, ready, pk, *, in_answer):
    """Cut off one to three times, then pressed until there is an answer: where that leads."""
    for _ in range(random.randint(1, 3)):
        cut_off(port, ready, pk, in_answer=in_answer)
    for _ in range(200):
        with suppress(*CUT):
            return [press(port, ready["cookie"], pk, ready["edition"])]
        pause(0.05)
    return []


def trial(private, presses, cuts, address="", **more):
    """The portal afterwards, what it began with, and where each press of each input led."""
    portal = private(**({"EMAIL_URL": address} if address else {}), **more)
    ready = portal.prepare("drafts", drafts=presses + cuts)
    port = portal.start_web()
    portal.wait_for_web()

    def act(numbered):
        number, pk = numbered
        if number < presses:
            return pk, press_together(port, ready, pk)
        return pk, cut_then_press(port, ready, pk, in_answer=number % 2 == 1)

    with ThreadPoolExecutor(3) as people:
        led = dict(people.map(act, enumerate(ready["drafts"])))
    return portal, ready, led


def doubled_or_unheard(portal, led):
    """Inputs that are not there exactly once, and those of which a press was not answered with their one receipt."""
    count = {}
    for pk, *_ in portal.rows(RECEIPTS):
        count[pk] = count.get(pk, 0) + 1
    return [pk for pk, answers in led.items() if count.get(pk) != 1 or set(answers) != {receipt_path(pk)}]


def test_double_presses_and_cuts_are_one_input_and_one_receipt_each(private):
    """A share of the two hundred of each: the controls double inputs or leave presses unheard within a dozen."""
    check(private, presses=30, cuts=30)


@pytest.mark.soak
def test_two_hundred_double_presses_and_two_hundred_cuts_are_one_input_and_one_receipt_each(private):
    check(private, presses=200, cuts=200)


def check(private, presses, cuts):
    with mail_server() as (postbox, address):
        portal, ready, led = trial(private, presses, cuts, address)
        with ThreadPoolExecutor(4) as readers:
            port = portal.ports["web"]
            shown = dict(readers.map(lambda pk: (pk, receipt_on_screen(port, ready["cookie"], pk)), ready["drafts"]))
        portal.stop()
        portal.prepare("sweeps", times=3)
    assert doubled_or_unheard(portal, led) == []
    there = portal.rows(RECEIPTS)
    assert {number for _pk, _reference, number, *_ in there} == {1}
    assert shown == {pk: (reference, sha256) for pk, reference, _n, sha256, _c in there}
    assert [pk for pk, _r, _n, sha256, content in there if fingerprint(content) != sha256] == []
    assert sorted(reference for _pk, reference, *_ in there) == [
        f"IMRF-2026-I-{number:05}" for number in range(1, presses + cuts + 1)
    ]
    assert {(steps, letters) for _pk, steps, letters in portal.rows(STEPS)} == {(1, 1)}
    assert len(postbox.taken) == presses + cuts
    assert portal.broken_rules() == {}
    answers = sum(map(len, led.values()))
    print(f"\n{presses} inputs pressed at once and {cuts} cut off and pressed again: {answers} answers, one receipt each")  # noqa: T201


def test_control_a_portal_that_counts_every_press_doubles_inputs(private):
    portal, _ready, led = trial(private, 6, 6, SABOTAGE="every_press_counts")
    assert doubled_or_unheard(portal, led) != []


def test_control_a_portal_without_a_lock_does_not_give_every_press_its_receipt(private):
    portal, _ready, led = trial(private, 12, 0, SABOTAGE="nobody_waits")
    assert doubled_or_unheard(portal, led) != []
