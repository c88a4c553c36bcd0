"""The whole API against its own description, by another program's rules (schemathesis, all checks), for every role."""

import time
from contextlib import contextmanager
from datetime import timedelta
from itertools import islice

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings

from accreditation.api.door import StrangerThrottle, TokenThrottle
from imrf_portal.api_examples import is_own
from imrf_portal.api_rules import Throttle
from submissions import operations
from tests.factories import NOW, ask_form, make_call, make_form, make_published, make_standing, make_submission
from tests.forums.test_ics import release, snapshot
from tests.imrf_portal import others_rules
from tests.imrf_portal.others_rules import at_the_edges, cases, described, of_the_api
from tests.pages.turns import in_turn
from tests.programs import OWN, make_program
from tests.submissions.test_form_answers import EVERY_KIND

pytestmark = pytest.mark.django_db
ROLES = ("anonymous", "read", "write", "send", "everything", "another organisation", "expired", "desk session")
PLENTY = "100000/minute"


@pytest.fixture(autouse=True)
def no_limits(monkeypatch, settings):
    for throttle in (TokenThrottle, StrangerThrottle, Throttle):
        monkeypatch.setattr(throttle, "rate", PLENTY, raising=False)
    settings.ALLOWED_HOSTS = ["localhost", "testserver"]


@contextmanager
def one_connection():
    """As Django's own client does at each request: none closes the connection whose transaction the test is."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)


@pytest.fixture
def world(client, forum, organisation, other_organisation, amina, bruno, desk_client, dalia, ravi):
    """Something at every address, and who asks: the header of each role."""
    call = make_call(forum, slug="stakeholder-inputs")
    ask_form(call, make_form(*EVERY_KIND))
    make_standing(organisation, forum)
    release(forum, 1, [snapshot(1, "opening", NOW, NOW + timedelta(hours=3))])
    published = make_published(call=make_call(forum), organisation=organisation, by=amina)
    program = make_program(organisation, amina)
    pk, edition = program.complete(call)
    program.send(pk, edition)
    asked = make_submission(call=call, organisation=organisation, by=amina, status="under_review", reviewer=ravi)
    operations.ask_for_clarification(asked, by=ravi, at=NOW, question="Which year?", opens=("text",))
    draft = program.begin(call).json()["id"]
    upload = program.ask("post", f"{OWN}{draft}/uploads/", {"name": "annex.txt", "size": 6}).json()["id"]
    tokens = {scope: make_program(organisation, amina, [scope]).word for scope in ("read", "write", "send")}
    tokens |= {"everything": program.word, "another organisation": make_program(other_organisation, bruno).word}
    tokens["expired"] = make_program(organisation, amina, at=NOW.replace(year=2024), days=30).word
    headers = {role: {"Authorization": f"Bearer {word}"} for role, word in tokens.items()}
    session = desk_client(dalia).cookies["sessionid"].value
    headers |= {"anonymous": {}, "desk session": {"Cookie": f"sessionid={session}"}}
    places = {
        **{"reference": published.reference, "number": "1", "code": "ECA", "iso3": "KEN", "forum": forum.slug},
        **{"id": str(draft), "upload": str(upload), "offset": "0"},
    }
    slugs = {"organisations": organisation.slug, "calls": call.slug, "sessions": "opening", "forums": forum.slug}
    return {"headers": headers, "places": places, "slugs": slugs, "sent": str(pk), "asked": str(asked.pk)}


def try_out(operation, world, role, examples):
    """So many questions of this role to one address; raises what the first wrong answer breaks."""
    headers = world["headers"][role]

    @settings(
        max_examples=examples,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=cases(operation, world))
    def ask(case):
        case.call_and_validate(headers=headers)

    ask()


def wrong_at_the_edges(operation, world, role) -> list:
    found = set()
    for case in at_the_edges(operation, world):
        try:
            case.call_and_validate(headers=world["headers"][role])
        except (Exception, BaseExceptionGroup) as why:  # failures come in groups of their own kind
            found.add(f"{operation.method} {operation.path}: {told(why)}")
    return sorted(found)


def check(world, role, *, own, public, among=""):
    with one_connection():
        every = [each.ok() for each in described().get_all_operations()]
        asked = [each for each in every if among in ("", each.path)]
        failures = [why for each in asked if (why := wrong(each, world, role, own, public))]
    assert not failures, "\n\n".join(failures)


def wrong(operation, world, role, own, public) -> str:
    """What is wrong with one address; empty where nothing is."""
    examples = own if is_own(operation.path) else public
    try:
        if examples:
            try_out(operation, world, role, examples)
    except (Exception, BaseExceptionGroup) as why:  # failures come in groups of their own kind
        return f"{operation.method} {operation.path}: {told(why)}"
    return ""


def told(why) -> str:
    inner = getattr(why, "exceptions", None)
    return "; ".join(map(told, inner)) if inner else f"{type(why).__name__}: {why}"[:1500]


ORDINARY = {"anonymous": (2, 4), "everything": (9, 0), "desk session": (1, 1)}
IN_TURN = [role for role in ROLES if role not in ORDINARY]


@pytest.mark.parametrize("role", [*ORDINARY, *in_turn(IN_TURN, 2)])
def test_every_address_answers_as_it_is_described(world, role):
    """Those with a part of the rights every second week."""
    own, public = ORDINARY.get(role, (2, 0))
    check(world, role, own=own, public=public)


@pytest.mark.soak
@pytest.mark.parametrize("role", ROLES)
def test_every_address_answers_as_it_is_described_to_many_questions(world, role):
    begun = time.monotonic()
    check(world, role, own=200, public=100 if role in ("anonymous", "desk session") else 5)
    print(f"\nThe whole API for {role}: {time.monotonic() - begun:.0f} s")  # noqa: T201


@pytest.mark.soak
@pytest.mark.parametrize("role", ROLES)
def test_every_address_answers_as_it_is_described_at_all_edges_of_its_description(world, role):
    with one_connection():
        every = [each.ok() for each in described().get_all_operations()]
        failures = [why for each in every for why in wrong_at_the_edges(each, world, role)]
    assert not failures, "\n\n".join(failures)


def test_the_description_has_edges_and_no_links(world):
    """Were there links between answers and questions, walks along them would have to be tried as well."""
    with one_connection():
        every = [each.ok() for each in described().get_all_operations()]
    assert min(len(list(islice(at_the_edges(each, world), 2))) for each in every) > 0
    answers = [
        answer for methods in of_the_api().values() for one in methods.values() for answer in one["responses"].values()
    ]
    assert [answer for answer in answers if "links" in answer] == []


def test_control_an_answer_that_does_not_fit_the_question_is_seen(world, monkeypatch):
    """A list that is there for everybody may not say that it is forbidden or not there."""
    monkeypatch.setattr(others_rules, "TO_READ", [299])
    with pytest.raises(AssertionError, match="/api/v1/objectives/"):
        check(world, "anonymous", own=0, public=5, among="/api/v1/objectives/")


def test_control_an_answer_that_is_not_as_described_is_seen(world, monkeypatch):
    from submissions.serializers.own import TokenSerializer

    monkeypatch.setattr(TokenSerializer, "to_representation", lambda self, token: {"name": 7})
    with pytest.raises(AssertionError, match="/api/v1/my/"):
        check(world, "everything", own=20, public=0, among="/api/v1/my/")
