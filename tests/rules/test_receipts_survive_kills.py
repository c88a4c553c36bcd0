"""Rule 1: what was acknowledged is stored, whatever is killed; what was pressed twice is one input."""

import hashlib
import random
import re
import signal
import threading
from contextlib import contextmanager, suppress
from http.client import HTTPConnection, HTTPException
from os import kill
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.files.uploadedfile import SimpleUploadedFile

from submissions import operations
from submissions.models import Attachment, Submission, Version
from submissions.receipts import fingerprint
from tests.factories import NOW, make_call, make_draft, make_organisation
from tests.processes import environment, free_port, running, until

CLIENTS = 4


def cookie_of(user):
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


def ask(port, method, path, cookie, body=None):
    """One request on a connection of its own: status, headers, text. Raises OSError or HTTPException when cut off."""
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    headers = {"Cookie": cookie, "Host": "localhost"}
    if body is not None:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    try:
        connection.request(method, path, body=body and urlencode(body), headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read().decode()
    finally:
        connection.close()


def hidden(page, name):
    return re.search(rf'name="{name}" value="([^"]*)"', page)[1]


def send_until_acknowledged(port, cookie, pk, acknowledged, stop):
    """Press until the answer is the way to the receipt, as a person does whose connection is cut."""
    path = f"/en/my/inputs/{pk}/check/"
    for _ in range(300):  # a person would have given up long before
        if stop.is_set():
            return
        with suppress(OSError, HTTPException, TypeError):
            _status, headers, page = ask(port, "GET", path, cookie)
            csrf = re.search(r"csrftoken=([^;]+)", headers.get("Set-Cookie", ""))[1]
            form = {"csrfmiddlewaretoken": hidden(page, "csrfmiddlewaretoken"), "agreed": "on"}
            form["edition"] = hidden(page, "edition")
            status, headers, _ = ask(port, "POST", path, f"{cookie}; csrftoken={csrf}", form)
            if status == 302 and headers["Location"].endswith("/receipt/"):
                acknowledged.append(pk)
                return
        if (sent := Submission.objects.filter(pk=pk).exclude(status="draft")) and sent.exists():
            return  # committed, but the answer was cut off: nothing was promised


def workers_of(process):
    return [int(pid) for pid in Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()]


@contextmanager
def killing(process, every):
    """Kill -9 a random worker again and again; yields the number killed so far."""
    stop, killed = threading.Event(), []

    def work():
        while not stop.wait(random.uniform(*every)):
            with suppress(OSError, IndexError):
                victim = random.choice(workers_of(process))
                kill(victim, signal.SIGKILL)
                killed.append(victim)

    thread = threading.Thread(target=work)
    thread.start()
    try:
        yield killed
    finally:
        stop.set()
        thread.join()


def web(port, application="imrf_portal.wsgi:application"):
    bind = ["--bind", f"127.0.0.1:{port}", "--workers", "2", "--threads", "2", "--worker-class", "gthread", "--preload"]
    return ["-m", "gunicorn", application, *bind, "--log-level", "error"]


def answers(port):
    with suppress(OSError, HTTPException):
        return ask(port, "GET", "/livez", "")[0] == 200


def trial(amina, tmp_path, inputs, application, every):
    """Send so many inputs with four clients while workers are killed: drafts, those acknowledged, number of kills."""
    call, organisation = make_call(), make_organisation(focal_point=amina)
    drafts = []
    for number in range(inputs):
        draft = make_draft(call=call, organisation=organisation, by=amina, title=f"Input {number}")
        operations.attach(draft, SimpleUploadedFile("annex.txt", f"File {number}".encode()), by=amina, at=NOW)
        drafts.append(draft.pk)
    port, acknowledged, cookie, stop = free_port(), [], cookie_of(amina), threading.Event()
    env = environment(tmp_path, DJANGO_SETTINGS_MODULE="imrf_portal.settings", MOST_DRAFTS_PER_PERSON=inputs + 1)
    with running(web(port, application), env, tmp_path / "web.log") as process:
        assert until(lambda: answers(port)), (tmp_path / "web.log").read_text()[-2000:]
        with killing(process, every) as killed:
            assert until(lambda: killed)  # the sending begins in the middle of the killing, however fast it is
            shares = [drafts[number::CLIENTS] for number in range(CLIENTS)]

            def work(share):
                for pk in share:
                    send_until_acknowledged(port, cookie, pk, acknowledged, stop)
                from django.db import connection

                connection.close()

            threads = [threading.Thread(target=work, args=[share]) for share in shares]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join(600)
            stop.set()
    return drafts, acknowledged, len(killed)


def lost(acknowledged):
    """Acknowledged inputs whose promise does not hold."""
    missing = []
    for pk in acknowledged:
        version = Version.objects.filter(submission=pk).first()
        if version is None or fingerprint(version.content) != version.sha256:
            missing.append(pk)
            continue
        for named in version.content["files"]:
            file = Attachment.objects.get(pk=named["id"])
            if hashlib.sha256(file.file.read()).hexdigest() != named["sha256"]:
                missing.append(pk)
    return missing


def check_receipts(amina, tmp_path, inputs):
    drafts, acknowledged, kills = trial(amina, tmp_path, inputs, "imrf_portal.wsgi:application", (0.3, 1.0))
    print(f"\n{inputs} inputs, {kills} kills of a web worker, {len(acknowledged)} acknowledged")  # noqa: T201 - a figure
    assert kills > 0
    assert lost(acknowledged) == []
    sent = Submission.objects.filter(pk__in=drafts)
    assert sorted(sent.values_list("reference", flat=True)) == [f"IMRF-2026-I-{n:05}" for n in range(1, inputs + 1)]
    assert Version.objects.count() == inputs
    assert [submission.steps.count() for submission in sent] == [1] * inputs
    return acknowledged


@pytest.mark.django_db(transaction=True)
def test_no_acknowledged_input_is_lost_and_none_is_doubled(tmp_path, amina, settings):
    settings.MOST_DRAFTS_PER_PERSON = 1000
    assert check_receipts(amina, tmp_path, 16) != []


@pytest.mark.soak
@pytest.mark.django_db(transaction=True)
def test_a_thousand_inputs_under_two_hundred_kills(tmp_path, amina, settings):
    settings.MOST_DRAFTS_PER_PERSON = 2000
    check_receipts(amina, tmp_path, 1000)


@pytest.mark.django_db(transaction=True)
def test_control_a_portal_that_answers_before_it_stores_loses_inputs(tmp_path, amina, settings):
    settings.MOST_DRAFTS_PER_PERSON = 1000
    _drafts, acknowledged, kills = trial(amina, tmp_path, 8, "tests.rules.sabotaged_wsgi:application", (0.3, 0.8))
    assert kills > 0
    until(lambda: False, patience=2)
    assert lost(acknowledged) != []
