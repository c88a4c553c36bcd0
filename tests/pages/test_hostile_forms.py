"""Promise 15 on every form of every page: whatever is typed, no answer is an error of the server's.

The forms are read from the pages of the demonstration, and each of their buttons is pressed, once with hostile words where
people write, and once with hostile words everywhere, also where nobody can write. Pages have their turn once in two months.
"""

import zlib
from http.cookies import SimpleCookie
from itertools import cycle, islice, product

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client

from tests import hostile
from tests.browser import prove_second_factor
from tests.pages.every import EVERY, WITH_SECOND_FACTOR
from tests.pages.forms_on_pages import forms_of, is_of_this_site
from tests.pages.turns import due, turn

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]
STRINGS = hostile.strings(10_000)
FORM = "application/x-www-form-urlencoded"
HEADERS_OF_OTHERS = ("X-Hostile", "Bcc")


def client_of(page):
    address, who = page.at("en")
    client = Client(headers={"accept-language": "en"})
    if who:
        client.force_login(who)
    if page in WITH_SECOND_FACTOR:
        prove_second_factor(client, who)
    return client, address


def strings_for(page, number):
    """An endless row of hostile strings, which begins elsewhere for each page, number and week."""
    start = (zlib.crc32(str(page).encode()) + (number + turn()) * 997) % len(STRINGS)
    return islice(cycle(STRINGS), start, None)


def send(client, form, button, words, *, everywhere):
    """Press the button with hostile words; the answer, after which nothing of it stays."""
    answers = [(name, next(words) if everywhere or name in form.free else value) for name, value in form.answers]
    answers += [button] if button else []
    with transaction.atomic():
        try:
            if form.method == "get":
                return client.get(f"{form.action.partition('?')[0]}?{hostile.form_body(answers)}")
            if form.files:
                return client.post(form.action, with_files(form, answers, words))
            return client.post(form.action, hostile.form_body(answers), content_type=FORM)
        finally:
            transaction.set_rollback(True)


def with_files(form, answers, words):
    """As a form with files sends it; a name that is no UTF-8 cannot be sent so."""
    sent = {}
    for name, value in answers:
        sent.setdefault(name, []).append(hostile.as_received(value))
    for name in form.files:
        sent[name] = SimpleUploadedFile(f"{hostile.as_received(next(words))[:150]}.txt", b"Harmless.")
    return sent


def faults(page, turns=(0,)):
    """Every press of every form of the page that was answered with an error of the server's."""
    client, address = client_of(page)
    shown = client.get(address)
    html = shown.content.decode() if not shown.streaming else ""
    signed_in = client.cookies.output(header="", sep=";")
    found = []
    for form in forms_of(html, address):
        if not is_of_this_site(form.action) or (form.action, form.names) in _tried:
            continue
        _tried.add((form.action, form.names))
        for number, button, everywhere in product(turns, form.presses(), (False, True)):
            found += fault(client, form, button, strings_for(page, number * 2 + everywhere), everywhere)
            client.cookies = SimpleCookie(signed_in)  # who signed out comes back: what became of the session is undone
    return found


def fault(client, form, button, words, everywhere):
    client.raise_request_exception = False
    answer = send(client, form, button, words, everywhere=everywhere)
    wrong = answer.status_code >= 500 or any(answer.has_header(name) for name in HEADERS_OF_OTHERS)
    leads_away = hostile.FOREIGN in answer.headers.get("Location", "").split("?")[0]
    return [(form.method, form.action, button, answer.status_code)] if wrong or leads_away else []


_tried = set()  # forms that stand on many pages are tried once


@pytest.mark.parametrize("page", due(EVERY, 8), ids=str)  # all of them a hundred times: make soak
def test_no_hostile_word_in_any_form_of_this_page_breaks_the_server(page):
    assert faults(page) == []


@pytest.mark.soak
@pytest.mark.parametrize("page", EVERY, ids=str)
def test_a_hundred_turns_of_hostile_words_through_every_form_of_this_page(page):
    assert faults(page, turns=range(100)) == []


def test_forms_are_found_with_all_their_fields():
    page = next(page for page in EVERY if page.name == "edit a draft")
    client, address = client_of(page)
    form = max(forms_of(client.get(address).content.decode(), address), key=lambda form: len(form.answers))
    assert {"title", "summary", "text", "contact_email"} <= form.free
    assert {"level", "language", "objectives", "edition"} <= set(form.names)
    assert form.buttons


def test_control_an_error_of_the_server_is_seen(monkeypatch):
    from submissions.views import public_lists

    def broken(*args, **more):
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr(public_lists, "list_inputs", broken)
    page = next(page for page in EVERY if page.name == "inputs")
    client, address = client_of(page)
    client.raise_request_exception = False
    assert client.get(address).status_code == 500
    from tests.pages.forms_on_pages import Form

    assert fault(client, Form("get", address, [("q", "")], {"q"}), None, strings_for(page, 0), False)
