"""Rule 1: what was acknowledged is stored, whatever is killed; what was pressed twice is one input with one letter.

Web, worker, beat, PostgreSQL and Valkey of a private portal are killed (-9) again and again while inputs are sent over
real HTTP. What the clients were told stands in a log of their own, outside the portal, and is compared with what is there.
"""

from contextlib import suppress
from email import message_from_bytes

import pytest

from submissions.receipts import FIRST_LINK, fingerprint, link_of
from tests.processes import mail_server, until
from tests.rules.asking import CUT, pause, press, receipt_on_screen, receipt_path
from tests.rules.striking import Progress, strike_while

CLIENTS = 4
EVERYTHING = ["web", "worker", "beat", "PostgreSQL", "Valkey"]
TRIES = 2000  # a person would have given up long before; with the pauses these are minutes
VERSIONS = """
    SELECT input.id::text, input.reference, version.number, version.sha256, version.content, version.link
    FROM submissions_version version JOIN submissions_submission input ON input.id = version.submission_id
    ORDER BY version.place
"""
LETTERS = """
    SELECT input.reference, count(letter.id), count(letter.sent_at) FROM submissions_submission input
    JOIN submissions_submissionstep step ON step.submission_id = input.id
    LEFT JOIN forums_letter letter ON letter.key LIKE 'submission-step:' || step.id || ':%%'
    GROUP BY input.reference
"""


def sender(port, ready, progress):
    """Presses until the receipt is there and reads it, as a person does whose connection is cut; notes what it read."""

    def send(share):
        for pk in share:
            progress.wait_for_turn()
            for _ in range(TRIES):
                with suppress(*CUT):
                    if press(port, ready["cookie"], pk, ready["edition"]) == receipt_path(pk):
                        break
                pause(0.05)
            for _ in range(TRIES):
                with suppress(*CUT):
                    if shown := receipt_on_screen(port, ready["cookie"], pk):
                        progress.acknowledge((pk, *shown))
                        break
                pause(0.05)

    return send


def trial(private, inputs, kills, postbox_address):
    """Send so many inputs while everything is killed so many times: the portal, what was there before, the log."""
    portal = private(EMAIL_URL=postbox_address)
    ready = portal.prepare("drafts", drafts=inputs, files=inputs // 3)
    port = portal.start_web()
    portal.start_clock()
    portal.wait_for_web()
    progress, shares = Progress(inputs), [ready["drafts"][number::CLIENTS] for number in range(CLIENTS)]
    victims = [EVERYTHING[number % len(EVERYTHING)] for number in range(kills)]
    strike_while(sender(port, ready, progress), shares, portal, victims, progress)
    return portal, ready, progress.log


def lost(portal, log):
    """Acknowledged inputs whose promise does not hold: no such number, or not that checksum, or another content."""
    there = {
        pk: (reference, sha256, fingerprint(content)) for pk, reference, _n, sha256, content, _l in portal.rows(VERSIONS)
    }
    return [pk for pk, reference, sha256 in log if there.get(pk) != (reference, sha256, sha256)]


def is_told(portal, inputs):
    told = portal.rows(LETTERS)
    return len(told) == inputs and all(sent >= 1 for _reference, _letters, sent in told)


def check(private, inputs, kills):
    with mail_server() as (postbox, address):
        portal, ready, log = trial(private, inputs, kills, address)

        def all_told():
            portal.start_what_died()
            return is_told(portal, inputs)

        assert until(all_told, patience=600), portal.log_of("worker")
        portal.stop()
        portal.prepare("sweeps", times=2)  # nothing may be told twice
    print(f"\n{inputs} inputs, {len(log)} receipts read, {len(portal.killed)} kills, {len(postbox.taken)} letters arrived")  # noqa: T201
    assert sorted(pk for pk, *_ in log) == sorted(ready["drafts"])
    assert len(portal.killed) == kills
    assert lost(portal, log) == []
    versions = portal.rows(VERSIONS)
    assert sorted(reference for _pk, reference, *_ in versions) == [f"IMRF-2026-I-{n:05}" for n in range(1, inputs + 1)]
    assert {number for _pk, _reference, number, *_ in versions} == {1}
    check_chain(versions)
    check_letters(portal, postbox, inputs)
    assert portal.broken_rules() == {}


def check_chain(versions):
    link = FIRST_LINK
    for _pk, reference, _number, sha256, _content, stored in versions:
        link = link_of(link, sha256)
        assert stored == link, reference


def check_letters(portal, postbox, inputs):
    """One letter for each receipt; where a worker died between sending and noting it, twice with the same Message-ID."""
    assert {(letters, sent) for _reference, letters, sent in portal.rows(LETTERS)} == {(1, 1)}
    arrived = [message_from_bytes(content)["Message-ID"] for _to, content in postbox.taken]
    assert len(set(arrived)) == inputs
    assert len(arrived) - inputs <= portal.killed.count("worker") + portal.killed.count("PostgreSQL")


def test_no_acknowledged_input_is_lost_and_none_is_doubled(private):
    """A share of the three hundred: each part is killed once; the controls lose inputs within eight and two kills."""
    check(private, inputs=60, kills=len(EVERYTHING))


@pytest.mark.soak
@pytest.mark.parametrize(("inputs", "kills"), [(300, 15), (1000, 200)])
def test_hundreds_of_inputs_under_many_kills(private, inputs, kills):
    check(private, inputs, kills)


def promised_and_lost(portal, ready, kill, inputs):
    """Press once for each input, kill after every fourth: the promises, and those of them that do not hold."""
    log = []
    for number, pk in enumerate(ready["drafts"][:inputs]):
        portal.start_what_died()
        assert until(portal.answers), portal.log_of("web")
        with suppress(*CUT):
            if press(portal.ports["web"], ready["cookie"], pk, ready["edition"]) == receipt_path(pk):
                log.append(pk)
        if number % 4 == 3:
            kill()
    return log


def test_control_a_portal_that_answers_before_it_stores_loses_inputs(private):
    portal = private(SABOTAGE="receipts_before_storing")
    ready = portal.prepare("drafts", drafts=8)
    portal.start_web(workers=1)
    log = promised_and_lost(portal, ready, lambda: portal.kill("web"), 8)
    portal.stop()
    stored = {pk for pk, *_ in portal.rows(VERSIONS)}
    assert len(log) == 8
    assert set(log) - stored


def test_control_a_postgresql_that_does_not_wait_for_its_disk_loses_inputs(private):
    with_delay = "-c%20synchronous_commit%3Doff%20-c%20timezone%3DUTC"
    portal = private(options=with_delay)
    ready = portal.prepare("drafts", drafts=8)
    portal.rows("ALTER SYSTEM SET wal_writer_delay = '10s'")
    portal.rows("SELECT pg_reload_conf()")
    portal.start_web(workers=1)
    try:
        log = promised_and_lost(portal, ready, lambda: portal.kill("PostgreSQL"), 8)
        portal.stop()
    finally:
        portal.rows("ALTER SYSTEM RESET wal_writer_delay")
        portal.rows("SELECT pg_reload_conf()")
    stored = {pk for pk, *_ in portal.rows(VERSIONS)}
    assert log
    assert set(log) - stored
