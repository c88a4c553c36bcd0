"""A file that is sent in pieces arrives whole, whichever web process is killed meanwhile."""

import hashlib
import json
import re
import time
from contextlib import suppress
from http.client import HTTPConnection, HTTPException

import pytest

from submissions.models import Attachment, UploadPiece
from submissions.uploads import PIECE
from tests.factories import make_call, make_draft, make_organisation
from tests.processes import environment, free_port, running, until
from tests.rules.asking import ask, livez
from tests.rules.preparing import cookie_of
from tests.rules.web_workers import killing, web

PIECES = 12
WHOLE = b"%PDF-1.7\n" + b"0123456789abcde\n" * (PIECE // 16 * PIECES)


class Browser:
    """Sends a file as static/js/files.js does: asks again what was cut, goes on from where the server stands."""

    def __init__(self, port, cookie, pk):
        self.port, self.place = port, f"/en/my/inputs/{pk}/"
        _status, headers, _page = ask(port, "GET", f"{self.place}edit/", cookie)
        token = re.search(r"csrftoken=([^;]+)", headers["Set-Cookie"])[1]
        self.headers = {"Cookie": f"{cookie}; csrftoken={token}", "X-CSRFToken": token, "Host": "localhost"}
        self.headers |= {"Accept": "application/json", "Origin": "http://localhost"}
        self.longest = 0.0  # seconds that an answer took, from the request that got it

    def ask(self, method, path, body=b"", kind="application/octet-stream"):
        end = time.monotonic() + 60
        while time.monotonic() < end:
            with suppress(OSError, HTTPException, ValueError):
                connection, began = HTTPConnection("127.0.0.1", self.port, timeout=30), time.monotonic()
                connection.request(method, self.place + path, body, {**self.headers, "Content-Type": kind})
                answer = connection.getresponse()
                told = json.loads(answer.read())
                if answer.status < 500:
                    self.longest = max(self.longest, time.monotonic() - began)
                    return answer.status, told
            time.sleep(0.05)
        raise AssertionError("nobody answers")

    def send(self, *, most_steps):
        form = f"name=annex.pdf&size={len(WHOLE)}&mark=1".encode()
        _status, told = self.ask("POST", "uploads/", form, "application/x-www-form-urlencoded")
        place, arrived = f"uploads/{told['upload']}/", told["arrived"]
        for _step in range(most_steps):
            if arrived == len(WHOLE):
                break
            _status, told = self.ask("PUT", f"{place}{arrived}/", WHOLE[arrived : arrived + PIECE])
            arrived = told["arrived"]
        return self.ask("POST", f"{place}finish/")


def pauses_of(browser, draft):
    """Shortest and longest pause between two kills, in seconds: such that many a request is cut off and some get through.

    How long a request takes on this machine at this hour is seen first, by sending another file while nothing is killed. Of
    two workers one is killed at a time, so each lives for two pauses.
    """
    browser.send(most_steps=PIECES + 1)
    draft.attachments.all().delete()
    return 0.2 * browser.longest, 2 * browser.longest


def trial(amina, tmp_path, application, *, most_steps=PIECES * 6):
    call, organisation = make_call(), make_organisation(focal_point=amina)
    draft, other = (make_draft(call=call, organisation=organisation, by=amina) for _ in range(2))
    port, cookie, log = free_port(), cookie_of(amina), tmp_path / "web.log"
    with running(web(port, application), environment(tmp_path), log) as process:
        assert until(lambda: livez(port)), log.read_text()[-2000:]
        browser = Browser(port, cookie, draft.pk)
        with killing(process, pauses_of(Browser(port, cookie, other.pk), other)) as killed:
            assert until(lambda: killed)
            answer = browser.send(most_steps=most_steps)
            assert until(lambda: len(killed) > 2)
    return answer, len(killed)


@pytest.mark.django_db(transaction=True)
def test_a_file_arrives_whole_although_web_processes_are_killed(amina, tmp_path):
    (status, told), kills = trial(amina, tmp_path, "imrf_portal.wsgi:application")
    assert kills > 2
    file = Attachment.objects.get()
    assert (status, told["refused"]) == (200, [])
    assert (file.size, file.sha256) == (len(WHOLE), hashlib.sha256(WHOLE).hexdigest())
    with file.file.open("rb") as stream:
        assert hashlib.file_digest(stream, "sha256").hexdigest() == file.sha256
    assert not UploadPiece.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_control_pieces_kept_by_a_process_are_lost_with_it(amina, tmp_path):
    (status, _told), _kills = trial(amina, tmp_path, "tests.rules.forgetful_wsgi:application", most_steps=PIECES)
    assert status == 409
    assert not Attachment.objects.exists()
