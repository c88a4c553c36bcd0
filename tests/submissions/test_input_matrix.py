"""Who sees a private input: every role and shade, each state of it, through every door that pages, API and desk have for it.

The doors are read from the tables of addresses, so that a new one is tried without being named. Where somebody may not see
an input, each door answers as if there were none: the same status, words and headers, after the same statements. So the two
take the same time, and a machine that is busy cannot say otherwise.
"""

import io
import re
import zipfile
from uuid import UUID, uuid4

import pytest
from django.core.cache import caches
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from submissions import operations
from submissions.api.addresses import own_addresses
from submissions.api.own import KEY
from submissions.models import Attachment, Submission
from submissions.urls import urlpatterns
from tests.factories import NOW, PATHS, join, make_call, make_draft, make_organisation, make_user
from tests.pages.turns import in_turn
from tests.programs import make_program

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_refusals")]
WORDS = {"title": "zqtitle7", "text": "zqtext7", "file": "zqname7", "bytes": "zqbytes7"}
STATES = ("draft", "submitted", "under_review", "published")
INSIDE = ("focal point", "alternate", "drafter", "viewer", "token")
READS_WHAT_WAS_SENT = ("reviewer", "editor", "superuser")
NOBODY = (
    "anonymous",
    "applicant",
    "focal point elsewhere",
    "former focal point",
    "suspended focal point",
    "token elsewhere",
)
NOBODY += ("staff without a role", "editor without second factor", "editor no longer staff")
ROLES = (*INSIDE, *READS_WHAT_WAS_SENT, *NOBODY)
# Channel -> the names of doors that belong to it; together all that there are.
CHANNELS = {
    "page": r"^(my_input$|edit|autosave|check|receipt|joint|publicity|translate|correct|add|withdraw|amend|reinstate|discard"
    r"|answer)",
    "file": r"^(my_file|attach|detach|describe_file|remove_hidden|show_file|\w*upload)",
    "print or export": r"^(download|own_form|bring_in|print_receipt|printed_receipt|my_inputs|my_receipts)",
    "history": r"^(my_differences|writing_together|put_back|settle_note|take_back|desk history)",
    "API": r"^own-",
    "desk": r"^desk (change|list)",
}


@pytest.fixture
def world(forum, ravi):
    own, elsewhere = make_organisation("Harbour Light"), make_organisation("Open Desk")
    people = {role: make_user(role.replace(" ", "")) for role in ("applicant", "suspended focal point")}
    for role in ("focal point", "alternate", "drafter", "viewer"):
        people[role] = make_user(role.replace(" ", ""))
        join(own, people[role], role.replace(" ", "_"))
    people["former focal point"] = make_user("former")
    join(own, people["former focal point"], until=NOW, ended="removed")
    join(own, people["suspended focal point"])
    people["focal point elsewhere"] = make_user("elsewhere")
    join(elsewhere, people["focal point elsewhere"])
    for role, name in (("reviewer", "reviewer"), ("editor", "editor"), ("editor without second factor", "editor")):
        people[role] = make_user(role.replace(" ", ""), staff=True, roles=[name])
    people["editor no longer staff"] = make_user("gone", staff=True, roles=["editor"])
    people["staff without a role"] = make_user("nobody", staff=True)
    people["superuser"] = make_user("root", staff=True, is_superuser=True)
    return {"people": people, "own": own, "elsewhere": elsewhere, "call": make_call(forum), "reviewer": ravi}


def private_input(world, status):
    """An input in that status with a word of its own in each part, and a file of it."""
    by = world["people"]["focal point"]
    draft = make_draft(call=world["call"], organisation=world["own"], by=by, title=f"On {WORDS['title']}")
    Submission.objects.filter(pk=draft.pk).update(text=f"Nine {WORDS['text']} missions answer.")
    draft.refresh_from_db()
    file = operations.attach(draft, ContentFile(WORDS["bytes"].encode(), name=f"{WORDS['file']}.txt"), by=by, at=NOW)
    Attachment.objects.filter(pk=file.pk).update(verdict="clean", reading="read")
    if status != "draft":
        operations.submit(draft, by=by, at=NOW)
        for act in PATHS[status]:
            act(Submission.objects.get(pk=draft.pk), world["reviewer"], NOW)
    return draft, file


def doors(key, file) -> dict:
    """Name -> address of every door of the input with that key; it need not be there."""
    known = {"pk": key, "id": key, "file": file, "upload": UUID(int=7), "offset": 0, "number": 1, "language": "en"}
    known |= dict.fromkeys(("change", "note", "proposal", "row"), 1)
    of_pages = [one for one in urlpatterns if "my/inputs/<uuid:pk>" in str(one.pattern)]
    found = {one.name: reverse(f"submissions:{one.name}", kwargs=_chosen(known, one.pattern.converters)) for one in of_pages}
    of_programs = [one for one in own_addresses() if "(?P<id>" in str(one.pattern)]
    found |= {one.name: f"/api/v1{_filled(str(one.pattern), known)}" for one in of_programs}
    return found | {
        f"desk {name}": reverse(f"admin:submissions_submission_{name}", args=[key]) for name in ("change", "history")
    }


LISTS = {
    "my_inputs": "/en/my/inputs/",
    "my_receipts": "/en/my/receipts/",
    "own-inputs": "/api/v1/my/inputs/",
    "desk list": "/admin/submissions/submission/",
}


def _chosen(known, names):
    return {name: known[name] for name in names}


def _filled(pattern, known):
    filled = re.sub(r"\(\?P<(\w+)>[^()]*\)", lambda found: str(known[found[1]]), pattern.replace(KEY, "").strip("^$"))
    assert "(" not in filled, filled
    return f"/{filled}"


def signed_in(role, world, desk_client):
    """A client as this person has it, or a program with a token; who lost a right was signed in before."""
    if role.startswith("token"):
        organisation, by = ("own", "focal point") if role == "token" else ("elsewhere", "focal point elsewhere")
        word = make_program(world[organisation], world["people"][by]).word
        return Client(headers={"authorization": f"Bearer {word}", "accept-language": "en"})
    client, person = Client(headers={"accept-language": "en"}), world["people"].get(role)
    if person and (("without" in role and "role" not in role) or not person.is_staff):
        client.force_login(person)
    elif person:
        client = desk_client(person)
    lost = {"suspended focal point": {"is_active": False}, "editor no longer staff": {"is_staff": False}}
    if role in lost:
        type(person).objects.filter(pk=person.pk).update(**lost[role])
    return client


def ask(client, method, address):
    """Status, headers, words and statements, without what is new in each answer."""
    client.raise_request_exception = False
    caches["pages"].clear()  # where the limits of the API are counted
    with CaptureQueriesContext(connection) as sent:
        answer = getattr(client, method)(address)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    headers = sorted((name, UNTOLD.sub("-", value)) for name, value in answer.items() if name not in NEW_EACH_TIME)
    statements = [UNTOLD.sub("-", each["sql"]) for each in sent]
    return answer.status_code, headers, UNTOLD.sub("-", unpacked(body)), statements


NEW_EACH_TIME = ("Date", "Expires", "Last-Modified", "X-Request-ID", "ETag", "Content-Length")
UNTOLD = re.compile(
    r"csrfmiddlewaretoken\" value=\"[^\"]*|nonce[-=][^ '\";]*|[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|[0-9a-f]{32}"
    r"|\d{4}-\d\d-\d\d[T ][\d:.+Z]+|s\d+_x\d+|\.?eJ[\w:.-]{20,}"  # what is packed into a session, too
)


def unpacked(body) -> str:
    """What a person reads: of a file of an office program what it holds."""
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            body = b"".join(packed.read(name) for name in packed.namelist())
    return body.decode("utf-8", "replace")


def seen_by(client, addresses) -> dict:
    """Door -> the private words behind it."""
    behind = {door: ask(client, "get", address)[2] for door, address in addresses.items()}
    found = {door: {part for part, word in WORDS.items() if word in body} for door, body in behind.items()}
    return {door: words for door, words in found.items() if words}


def channels(found) -> set:
    return {channel for channel, names in CHANNELS.items() for door in found if re.match(names, door)}


def told_apart(client, method, there, missing) -> dict:
    """Door -> in which parts of the answer one sees whether the input is there."""
    pairs = {door: (ask(client, method, there[door]), ask(client, method, missing[door])) for door in there}
    parts = ("status", "headers", "words", "statements")
    differing = {
        door: [part for part, one, other in zip(parts, *pair, strict=True) if one != other] for door, pair in pairs.items()
    }
    return {door: found for door, found in differing.items() if found}


@pytest.mark.parametrize("status", in_turn(STATES, 2))
@pytest.mark.parametrize("role", ROLES)
def test_who_sees_a_private_input_behind_which_doors(world, desk_client, role, status):
    draft, file = private_input(world, status)
    found = seen_by(signed_in(role, world, desk_client), {**doors(draft.pk, file.pk), **LISTS})
    allowed = role in INSIDE or (role in READS_WHAT_WAS_SENT and status != "draft")
    assert bool(found) is allowed, found
    if role == "focal point":
        assert channels(found) >= {"page", "file", "print or export"}, found
        assert set().union(*found.values()) == set(WORDS)
    assert role != "token" or channels(found) == {"API"}


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("status", in_turn(STATES, 2, of="missing"))
@pytest.mark.parametrize("role", NOBODY)
def test_what_one_may_not_see_answers_as_what_is_not_there(world, desk_client, role, status, method):
    """Also in time: the same statements were sent, and nothing was made of an answer."""
    draft, file = private_input(world, status)
    client = signed_in(role, world, desk_client)
    there, missing = doors(draft.pk, file.pk), doors(uuid4(), uuid4())
    for door in ("my_input", "own-input"):
        ask(client, method, missing[door])  # what a session, a token or a process does once
    assert told_apart(client, method, there, missing) == {}


def test_control_an_input_that_is_there_is_told_apart_by_who_may_see_it(world, desk_client):
    draft, file = private_input(world, "draft")
    client = signed_in("focal point", world, desk_client)
    there, missing = doors(draft.pk, file.pk), doors(uuid4(), uuid4())
    told = told_apart(client, "get", there, missing)
    assert {"my_input", "edit", "download", "my_file", "check"} <= set(told)
    assert {"status", "words", "statements"} <= {part for parts in told.values() for part in parts}


def test_every_door_belongs_to_a_channel():
    there = {*doors(uuid4(), uuid4()), *LISTS}
    assert [door for door in there if not channels([door])] == []
    assert len(there) > 50
