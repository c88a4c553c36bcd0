"""Promise 4: around the closing PostgreSQL decides, whatever the web machines believe; no beat and no worker runs.

Two web processes answer, one two minutes fast and one two minutes slow. Posts come at random within some seconds either
side of the instant. The clients note by their own clock, which is the database's, when they began to send and when they
had heard; what was begun after the instant must be refused, what was answered before it must be accepted.
"""

import html
import random
import re
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from forums.lateness import by_how_much
from forums.templatetags.moments import in_words
from tests.rules.asking import ask, check_path, pause, receipt_path

NEW_YORK = "America/New_York"
BEFORE_ALL = 2.0  # seconds from the moment the closing is set to the first post
AT_ONCE = 12
CLOSE = """
    UPDATE forums_call SET closes_at = clock_timestamp() + make_interval(secs => %s) WHERE id = %s
    RETURNING extract(epoch from closes_at)::float8
"""
STATES = """
    SELECT input.id::text, input.status, input.text, extract(epoch from version.sent_at)::float8
    FROM submissions_submission input LEFT JOIN submissions_version version ON version.submission_id = input.id
"""


def trial(private, posts, either_side, **more):
    """The portal afterwards, what it began with, the instant of the closing, and what each post met.

    So many posts come at random within so many seconds before and after it.
    """
    portal = private(**more)
    ready = portal.prepare("drafts", drafts=posts)
    ports = [portal.start_web(f"web{by:+}", WEB_CLOCK_WRONG_BY=by) for by in (120, -120)]
    portal.wait_for_web()
    for port in ports:
        for _ in range(8):  # templates are read, connections are made: the first to come are not the only late ones
            ask(port, "GET", check_path(ready["drafts"][0]), ready["cookie"])
    [[closes_at]] = portal.rows(CLOSE, BEFORE_ALL + either_side, ready["call"])
    moments = sorted(closes_at + random.uniform(-either_side, either_side) for _ in range(posts))
    form, met, lock = {"agreed": "on", "edition": ready["edition"]}, {}, threading.Lock()

    def post(planned):
        number, (pk, moment) = planned
        pause(max(0.0, moment - time.time()))
        began = time.time()
        status, headers, page = ask(ports[number % 2], "POST", check_path(pk), ready["cookie"], form)
        with lock:
            met[pk] = (began, time.time(), status, headers.get("Location"), html.unescape(page))

    with ThreadPoolExecutor(AT_ONCE) as clients:
        list(clients.map(post, enumerate(zip(ready["drafts"], moments, strict=True))))
    return portal, ready, closes_at, met


def misjudged(portal, closes_at, met):
    """Inputs that were accepted late or refused early, and those whose stamp lies outside the time of their request."""
    wrong = []
    for pk, status, _text, sent_at in portal.rows(STATES):
        began, heard, *_ = met[pk]
        accepted = status == "submitted"
        stamped = began <= sent_at <= heard and sent_at < closes_at if accepted else True
        if (accepted and began >= closes_at) or (not accepted and heard < closes_at) or not stamped:
            wrong.append(pk)
    return wrong


def test_none_is_taken_late_and_none_is_refused_early_whatever_the_web_clock_says(private):
    """A share of the five hundred, as close together; of half as many the control misjudges most."""
    check(private, posts=120, either_side=2.0)


@pytest.mark.soak
def test_of_five_hundred_none_is_taken_late_and_none_is_refused_early(private):
    check(private, posts=500, either_side=5.0)


def check(private, posts, either_side):
    portal, ready, closes_at, met = trial(private, posts, either_side)
    states = {pk: (status, text) for pk, status, text, _sent in portal.rows(STATES)}
    accepted = {pk for pk, (status, _text) in states.items() if status == "submitted"}
    refused = set(states) - accepted
    print(f"\n{len(met)} posts: {len(accepted)} accepted, {len(refused)} refused")  # noqa: T201
    assert len(met) == posts
    assert accepted
    assert refused
    assert misjudged(portal, closes_at, met) == []
    for pk in accepted:
        assert met[pk][2:4] == (302, receipt_path(pk))
    for pk in refused:
        assert states[pk] == ("draft", ready["text"])
        check_sentence(closes_at, met[pk])
    assert portal.broken_rules() == {}


def check_sentence(closes_at, met):
    """The refusal names the instant in the forum's zone with the zone named, and by how much: between began and heard."""
    began, heard, status, _location, page = met
    instant = in_words(datetime.fromtimestamp(closes_at, UTC), ZoneInfo(NEW_YORK))
    said = re.search(rf"closed on {re.escape(instant)}, (.+?) before your input arrived, so it was not sent", page)
    assert status == 200
    assert said, page[page.find("note stop") :][:600]
    assert "To ask for an extension write to" in page
    spans = (began + (heard - began) * share / 200 - closes_at for share in range(201))
    possible = {by_how_much(timedelta(seconds=max(0, span))) for span in spans}
    assert said[1] in possible, (said[1], began - closes_at, heard - closes_at)


def test_control_where_the_web_clock_decides_late_ones_are_taken_and_early_ones_refused(private):
    portal, _ready, closes_at, met = trial(private, 60, 1.0, SABOTAGE="own_clock_decides")
    assert misjudged(portal, closes_at, met) != []
