"""An input on its way from the first page to its receipt, in six requests of one person over one connection."""

import re
import time
from contextlib import closing
from http.client import HTTPConnection
from urllib.parse import urlsplit

from tests.rules.asking import ask_over

STEPS = ("open the call", "begin a draft", "open the form", "save it all", "check it", "send it")
WORDS = "What was done at the border, by whom, and what it changed for those who crossed it. "


def send_one(port, known) -> list:
    """For each step its name, milliseconds and statements."""
    with closing(HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
        return _send_over(connection, known)


def _send_over(connection, known) -> list:
    measured = []

    def step(method, path, form=None):
        began = time.perf_counter()
        status, headers, page = ask_over(connection, method, path, known["speaker"], form, **{"X-Bench": "1"})
        took = (time.perf_counter() - began) * 1000
        assert status == (302 if method == "POST" else 200), (status, path, page[-2000:])
        measured.append((STEPS[len(measured)], took, int(headers["X-Statements"])))
        return page, headers.get("Location")

    page, _ = step("GET", known["start"])
    begun = {name: hidden(page, name) for name in re.findall(r'type="hidden" name="(\w+)"', page)}
    begun.pop("csrfmiddlewaretoken", None)
    _page, edit = step("POST", known["start"], {**begun, "organisation": known["organisation"], "language": "en"})
    edit = urlsplit(edit).path
    page, _ = step("GET", edit)
    answers = {
        "title": "Speedy crossings", "summary": WORDS, "text": WORDS * 20, "language": "en", "level": "national",
        "objectives": ["7"], "countries": ["KEN"], "edition": hidden(page, "edition"), "then": "check",
    }  # fmt: skip
    _page, check = step("POST", edit, answers)
    page, _ = step("GET", urlsplit(check).path)
    sent = {"agreed": "on", "edition": hidden(page, "edition"), "sponsors": hidden(page, "sponsors")}
    step("POST", urlsplit(check).path, sent)
    return measured


def hidden(page, name):
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    return found[1] if found else ""
