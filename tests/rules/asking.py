"""What the clients of a trial do over real HTTP: plain sockets, one connection a request, nothing shared with Django."""

import html
import re
import threading
from contextlib import suppress
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlencode

CSRF = "a" * 32  # the same in cookie and form
CUT = (OSError, HTTPException)
_pause = threading.Event()  # is never set


def pause(seconds):
    _pause.wait(seconds)


def ask(port, method, path, cookie="", form=None, **headers):
    """Status, headers and text. Raises one of CUT when the connection breaks."""
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        return ask_over(connection, method, path, cookie, form, **headers)
    finally:
        connection.close()


def ask_over(connection, method, path, cookie="", form=None, **headers):
    """The same over a connection that its caller keeps, as a browser does."""
    sent = {"Cookie": f"{cookie}; csrftoken={CSRF}", "Host": "localhost", "Accept-Language": "en", **headers}
    if form is not None:
        sent["Content-Type"] = "application/x-www-form-urlencoded"
    connection.request(method, path, body=None if form is None else body_of(form), headers=sent)
    answer = connection.getresponse()
    return answer.status, answer.headers, answer.read().decode()


def body_of(form):
    return urlencode({"csrfmiddlewaretoken": CSRF, **form}, doseq=True).encode()


def livez(port):
    with suppress(*CUT):
        return ask(port, "GET", "/livez")[0] == 200


def hidden(page, name):
    return html.unescape(re.search(rf'name="{name}" value="([^"]*)"', page)[1])


def written(page, name):
    """What stands in a text area; browsers drop the first line end."""
    text = html.unescape(re.search(rf'<textarea[^>]*name="{name}"[^>]*>(.*?)</textarea>', page, re.DOTALL)[1])
    return text.removeprefix("\r\n").removeprefix("\n").replace("\r\n", "\n")


def check_path(pk):
    return f"/en/my/inputs/{pk}/check/"


def receipt_path(pk):
    return f"/en/my/inputs/{pk}/receipt/"


def press(port, cookie, pk, edition):
    """Press Send once; the address of the receipt, or None where the answer is another page."""
    form = {"agreed": "on", "edition": edition}
    status, headers, _page = ask(port, "POST", check_path(pk), cookie, form)
    return headers["Location"] if status == 302 else None


def receipt_on_screen(port, cookie, pk):
    """The number and the checksum that the page of the receipt shows."""
    status, _headers, page = ask(port, "GET", receipt_path(pk), cookie)
    if status != 200:
        return None
    return re.search(r"IMRF-\w+-I-\d{5}", page)[0], re.search(r"\b[0-9a-f]{64}\b", page)[0]
