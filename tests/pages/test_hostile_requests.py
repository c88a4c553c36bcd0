"""Promise 15 on what is asked: parameters of the API, search boxes, paths, headers. None breaks the server.

The ordinary run asks one word of everything that can be asked, another one each week; the long trials ask all words.
"""

import pytest
from django.core.cache import caches
from django.test import Client
from django.urls import reverse

from imrf_portal.api import router
from tests import hostile
from tests.pages.every import PUBLIC, newest
from tests.pages.turns import due, next_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]
STRINGS = hostile.strings(10_000)
EACH = 2000  # of them to each parameter and header of the long trials, begun elsewhere for each: together all of them
# NUL, line ends and surrogates are no part of a header: no server hands them on
HEADERS = ("accept-language", "accept", "user-agent", "referer", "x-forwarded-for", "if-none-match", "if-modified-since",
           "cookie", "range", "hx-request", "hx-target", "origin", "authorization", "x-request-id")  # fmt: skip


def ask(path, query="", **headers):
    client = Client(headers=headers)
    client.raise_request_exception = False
    caches["pages"].clear()  # where the limits of the API are counted
    return client.get(path + (f"?{query}" if query else ""))


def lists_of_the_api():
    return [f"/api/v1/{prefix}/" for prefix, _view, _name in router.registry if "(" not in prefix]


def parameters_of_the_api():
    """Every parameter that the description of the API names, by the path that takes it."""
    described = Client().get(reverse("schema"), headers={"accept": "application/vnd.oai.openapi+json"}).json()
    return [
        (path, parameter["name"])
        for path, methods in described["paths"].items()
        for parameter in methods.get("get", {}).get("parameters", [])
        if parameter["in"] == "query"
    ]


def refused_well(answer) -> bool:
    """An answer of the portal's own: never an error of the server's, never hostile words among the headers."""
    bad = {"X-Hostile", "Bcc"} & set(answer.headers)
    return answer.status_code < 500 and not bad and "hostile" not in answer.cookies


def check_parameters(count):
    wrong = []
    for path, name in parameters_of_the_api():
        address = path if "{" not in path else path.replace("{reference}", newest().reference)
        for word in next_of(STRINGS, path + name, count):
            answer = ask(address, f"{name}={hostile.percent(word)}")
            wrong += [] if refused_well(answer) else [(path, name, word, answer.status_code)]
    assert wrong == []


def test_hostile_parameters_of_the_api_are_answered_or_refused():
    assert ("/api/v1/inputs/", "q") in parameters_of_the_api()
    check_parameters(1)


@pytest.mark.soak
def test_all_hostile_strings_through_the_parameters_of_the_api():
    check_parameters(EACH)


def test_hostile_names_of_parameters_are_refused_and_hostile_paths_are_nowhere():
    for path in lists_of_the_api():
        for word in next_of(STRINGS, path, 2):
            answer = ask(path, f"{hostile.percent(word)}=1")
            assert refused_well(answer), (path, word)
            answer = ask(f"{path}{hostile.percent(word)}/")
            assert refused_well(answer), (path, word)
            assert answer.status_code in (301, 302, 400, 404, 410), (path, word)


@pytest.mark.parametrize("page", [page for page in PUBLIC if page.status == 200], ids=str)
def test_hostile_questions_to_a_public_page(page):
    check_questions(page, due(ASKED, 6, of=page) or list(next_of(ASKED, page, 1)), 1)


@pytest.mark.soak
@pytest.mark.parametrize("page", [page for page in PUBLIC if page.status == 200], ids=str)
def test_a_hundred_hostile_questions_of_each_kind_to_a_public_page(page):
    check_questions(page, ASKED, 100)


ASKED = ("q", "sort", "page", "level", "sha256", "lang", "next", "kind", "forum")


def check_questions(page, names, count):
    address, _nobody = page.at("en")
    path = address.partition("?")[0]
    for name in names:
        for word in next_of(STRINGS, path + name, count):
            assert refused_well(ask(path, f"{name}={hostile.percent(word)}")), (path, name, word)


def check_search(words):
    for word in words:
        for path in BOXES:
            assert refused_well(ask(path, f"q={hostile.percent(word)}")), (path, word)


BOXES = ("/en/inputs/", "/api/v1/inputs/", "/feeds/inputs.atom")


def test_hostile_words_in_the_search_box():
    """One of each class: beside each other in the row of strings."""
    check_search(next_of(STRINGS, "search", len(hostile.CLASSES)))


@pytest.mark.soak
@pytest.mark.parametrize("tenth", range(10))
def test_all_hostile_words_in_the_search_box(tenth):
    """In ten parts, so that a run which is cut off has said something."""
    check_search(STRINGS[tenth::10])


@pytest.mark.parametrize("name", HEADERS)
def test_hostile_headers_change_nothing(name):
    check_header(name, 1)


@pytest.mark.soak
@pytest.mark.parametrize("name", HEADERS)
def test_very_many_hostile_strings_in_a_header_change_nothing(name):
    check_header(name, EACH)


def check_header(name, count):
    for path in ("/en/inputs/", "/api/v1/inputs/", "/accounts/login/", f"/en/inputs/{newest().reference}/"):
        for word in next_of(STRINGS, path + name, count):
            sent = hostile.as_received(word).translate({0: None, 10: None, 13: None}).encode().decode("latin-1")[:4000]
            answer = ask(path, **{name.replace("-", "_"): sent})
            assert refused_well(answer), (path, name, word)


def test_control_an_answer_that_carries_hostile_headers_is_seen():
    answer = ask("/en/")
    assert refused_well(answer)
    answer["X-Hostile"] = "yes"
    assert not refused_well(answer)
