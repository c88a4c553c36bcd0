"""Promise 15 on every public address there is a pattern for: silly and hostile questions get an answer or a plain refusal.

Addresses and parameters are found, not listed: an address that is new, or takes a new parameter, is asked the same. Each
address is asked each time, its parameters in turn, with the next words each week; the long trial asks everything.
"""

import re
from functools import cache
from itertools import cycle, islice

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.pages.leaks.crawling import guessed
from tests.pages.turns import due, next_of
from tests.submissions.queue_bench import worked

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]
WEEKS = 12  # until each parameter of each address has had its turn
MOST_STATEMENTS = 30
MOST_SECONDS = (
    1  # of the processor, PostgreSQL's as well; the description of the API, the slowest of all, takes a quarter of one
)
MOST_TEXT = 100_000  # letters of SQL with its values for one answer: nobody's ten thousand signs grow in it
ALWAYS = ("q", "page", "sort", "lang", "cursor", "nonsense")  # asked of each address, whether it knows them or not
OF_OAI = ("verb", "metadataPrefix", "set", "from", "until", "identifier", "resumptionToken")
OPERATORS = "".join(islice(cycle("&|!()<->:*\"'\\-+~^%_ or "), 10_000))
WORDS = [
    "", "%00", "a%00b", "%ff%fe", "%ED%A0%80", "%C0%AE%C0%AE/", "-1", "0", "1e9", "NaN", "99999999999999999999", "1%2C2",
    "%22unbalanced", "%27%29%3B--", "%22%22%22", "((((((((((", "))))", "*", "%25", "%E2%80%AE", "%0d%0aSet-Cookie:x=1",
    "eyJhIjoxfQ==", "WzEsMl0=", "WyJhIiwiYiIsImMiXQ==", "2026-13-45", "2026-01-01T25:00:00Z", "..%2F..%2Fetc", "{}", "[]",
    OPERATORS.replace("%", "%25").replace("&", "%26").replace("+", "%2B").replace(" ", "+").replace('"', "%22"),
    "a+" * 5000, "%28" * 3000, "%C3%A9" * 1600, "移".encode().decode("latin-1") * 900, "x" * 10_000, "not-" * 2000,
    "%22a+b%22+-" * 700,
]  # fmt: skip
WHOLE = [  # question marks with everything behind them
    "nonsense=1", "=", "&&&&", "q", "%ff=1", "%00=1", "q[]=1&q[$gt]=", "x" * 10_000, "page=1&page=2&page=x",
    "&".join(f"level={number}" for number in range(900)), "&".join(["objective=7"] * 900), "q=a;q=b", "?q=a", "%3Fq=a#",
]  # fmt: skip


def test_hostile_questions_are_answered_or_refused_at_every_public_address():
    questions = list(asked())
    assert {address for address, _question in questions} == set(addresses())
    assert faults(questions) == []


@pytest.mark.soak
def test_every_hostile_word_through_every_parameter_of_every_public_address():
    assert faults(everything()) == []


def test_what_was_answered_with_errors_or_minutes_of_work_is_answered_or_refused():
    """Signs in which there is no word; a language whose ten thousand signs came into each of 1,500 patterns of addresses."""
    nothing = ask("/api/v1/statistics/", "q=%25").json()
    assert (nothing["inputs"], set(nothing["by"]["level"])) == (0, set())
    refused = ask("/api/schema/", f"lang={OPERATORS.replace('&', '').replace('+', '')}")
    assert (refused.status_code, len(refused.content) < 400) == (400, True)
    assert "is not one of the six languages" in refused.content.decode()
    many = ask("/en/inputs/", "&".join(f"level={number}" for number in range(900)))  # each had a link to all others
    assert (many.status_code, len(many.content) < 250_000) == (400, True)
    assert many.content.decode().count("is not one of the choices") == 20


def test_addresses_and_parameters_are_found():
    found = addresses()
    for address in ("/en/inputs/", "/feeds/inputs.atom", "/oai", "/calendar.ics", "/en/embed/inputs/", "/api/v1/inputs/"):
        assert address in found
    assert {"level", "objective", "country"} <= parameters("/en/inputs/")
    assert "day" in parameters("/en/forums/demo/programme/")
    assert "page_size" in parameters("/api/v1/inputs/")


def test_control_an_error_of_the_server_and_work_without_bound_are_seen(monkeypatch):
    def broken(*args, **kwargs):
        raise ValueError("surprise")

    def long(*args, **kwargs):
        with connection.cursor() as cursor:
            for _ in range(MOST_STATEMENTS + 1):
                cursor.execute("SELECT 1")
        return real(*args, **kwargs)

    from submissions.search import asking

    real = asking.read
    monkeypatch.setattr(asking, "read", broken)
    assert [fault[2] for fault in faults([("/en/inputs/", "q=x")])] == [500]
    monkeypatch.setattr(asking, "read", long)
    assert "statements" in str(faults([("/en/inputs/", "q=x")]))
    monkeypatch.setattr(asking, "read", real)
    assert faults([("/en/inputs/", "q=x")]) == []
    monkeypatch.setitem(globals(), "MOST_SECONDS", 0)
    assert "seconds of work" in str(faults([("/en/inputs/", "q=x")]))


# What is asked ---------------------------------------------------------------------------------------------------------


def asked():
    """Pairs of an address and a question: one of each address, and one through each parameter whose turn it is."""
    for address in addresses():
        yield from ((address, query) for query in next_of(WHOLE, address, 1))
        for name in due(sorted(parameters(address)), WEEKS, of=address):
            yield from ((address, f"{name}={word}") for word in next_of(WORDS, f"{address}{name}", 1, WEEKS))


def everything():
    """Every word through every parameter, and every whole question."""
    for address in addresses():
        yield from ((address, query) for query in WHOLE)
        yield from ((address, f"{name}={word}") for name in sorted(parameters(address)) for word in WORDS)


@cache
def answers() -> dict:
    """One address of each pattern that answers somebody who is not signed in, and what it says asked for nothing special."""
    found, patterns = {}, set()
    for address in guessed(most=8):
        pattern = re.sub(r"[^/]*\d[^/]*", "0", address)
        if "/my/" in address or "/xx/" in address or address.startswith("/metrics") or pattern in patterns:
            continue
        answer = ask(address)
        if answer.status_code in (200, 400):
            patterns.add(pattern)
            found[address] = said_in(answer)
    return found


def said_in(answer) -> str:
    return answer.getvalue().decode("utf-8", "replace")


def addresses() -> list:
    return sorted(answers())


@cache
def parameters(address) -> set:
    """The names that links and forms of that page use, that the API describes, and those that are always tried."""
    return named_in(answers().get(address) or said_in(ask(address)), address)


def named_in(said, address) -> set:
    links = re.findall(r'(?:href|action)="(?:[^"?]*)\?([^"]+)"', said)
    linked = {pair.partition("=")[0] for link in links for pair in re.split("&amp;|&", link)}
    typed = set(re.findall(r'<(?:input|select|textarea)[^>]* name="([^"]+)"', said))
    known = {"/oai": set(OF_OAI)}.get(address, set()) | described(address)
    if address.endswith("/programme/"):
        known |= {"day"}  # linked only where a programme is long
    return {name for name in {*linked, *typed, *known, *ALWAYS} if re.fullmatch(r"\w{1,40}", name)}


@cache
def of_the_api() -> dict:
    headers = {"accept": "application/vnd.oai.openapi+json"}
    return Client().get(reverse("schema"), headers=headers).json()["paths"]


def described(address) -> set:
    """Names of parameters of the API at that address."""
    methods = of_the_api().get(address, {})
    return {one["name"] for one in methods.get("get", {}).get("parameters", []) if one["in"] == "query"}


# What is answered ------------------------------------------------------------------------------------------------------


def ask(address, query=""):
    client = Client(raise_request_exception=False)
    caches["pages"].clear()  # where the limits of the API are counted
    return client.get(address, QUERY_STRING=query)


def faults(questions) -> list:
    """Address, question, and what is wrong with the answer."""
    return [(address, query[:60], wrong) for address, query in questions for wrong in wrongs(address, query)]


def wrongs(address, query):
    began = worked()
    with CaptureQueriesContext(connection) as captured:
        answer = ask(address, query)
    seconds, sent = worked() - began, sum(len(each["sql"]) for each in captured)
    if answer.status_code >= 500:
        yield answer.status_code
    elif answer.status_code == 400 and not answer.getvalue().strip():
        yield "refused without a sentence"
    if len(captured) > MOST_STATEMENTS or sent > MOST_TEXT:
        yield f"{len(captured)} statements of {sent} letters"
    if seconds > MOST_SECONDS:
        yield f"{seconds:.1f} seconds of work"
    if answer.cookies.get("x") or "x=1" in str(answer.headers.get("Set-Cookie", "")):
        yield "a cookie that the question brought"
