"""Who sees what: every word that is private, every role in every shade, through every door that the site has.

The doors are read from the site itself, so that a new page is tried without being named here. A role that may see a
thing must find its word behind at least one door; any other role must find it behind none.
"""

import pytest
from allauth.mfa.models import Authenticator

from tests.accreditation.matrix import addresses, desk_addresses, make_world
from tests.factories import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_refusals")]

OWN = ("focal point", "alternate")
INSIDE = (*OWN, "drafter", "viewer")
ACCREDITATION = ("accreditation",)
SUPER = ("superuser",)

# What is private -> who may see it. Nobody else does: not the shades of the same people either.
MATRIX = {
    "answer of an application": (*INSIDE, *ACCREDITATION, *SUPER),
    "question of the desk": (*INSIDE, *ACCREDITATION, *SUPER),
    "name of a private file": (*INSIDE, *ACCREDITATION, *SUPER),
    "bytes of a private file": (*OWN, *ACCREDITATION, *SUPER),
    "name of a registered person": (*INSIDE, *ACCREDITATION, *SUPER),
    "address of a registered person": (*OWN, *ACCREDITATION, *SUPER),
    "access needs": (*OWN, *ACCREDITATION, *SUPER),
    "who would speak": (*INSIDE, *ACCREDITATION, "forum manager", *SUPER),
    "topic of a speaker": (*INSIDE, *ACCREDITATION, "forum manager", *SUPER),
    "for whom support is asked": (*INSIDE, *ACCREDITATION, *SUPER),
    "words of a request for support": (*INSIDE, *ACCREDITATION, *SUPER),
    "letter of accreditation": (),
    "note of a list in preparation": (*ACCREDITATION, *SUPER),
    "line of a list in preparation": (*ACCREDITATION, *SUPER),
    "line of a circulated list": ("State", *ACCREDITATION, *SUPER),
    "ground of an objection": (*ACCREDITATION, *SUPER),
    "reading of something private": ("administrator", *SUPER),
    "archive of one's own data": ("focal point",),
    "import of a register": (*ACCREDITATION, "administrator", *SUPER),
}
STAKEHOLDERS = (
    *INSIDE,
    "former focal point",
    "suspended focal point",
    "other focal point",
    "applicant",
    "State",
    "State without second factor",
)
DESK = ("reviewer", "editor", "accreditation", "forum manager", "administrator", "superuser", "staff without a role")
SHADES = (
    "accreditation without second factor",
    "accreditation no longer staff",
    "accreditation suspended",
)
SEES_NOTHING = ("anonymous", *SHADES)
ROLES = (*STAKEHOLDERS, *DESK, *SEES_NOTHING)


def person_of(role, world):
    if role in world.people:
        person = world.people[role]
        if role == "suspended focal point":
            type(person).objects.filter(pk=person.pk).update(is_active=False)
        return person
    if role == "superuser":
        return make_user("root", staff=True, is_superuser=True)
    if role == "staff without a role":
        return make_user("nobody", staff=True)
    person = make_user("desk", staff=True, roles=[role.partition(" without")[0] if role not in SHADES else "accreditation"])
    if role == "accreditation no longer staff":
        type(person).objects.filter(pk=person.pk).update(is_staff=False)
    if role == "accreditation suspended":
        type(person).objects.filter(pk=person.pk).update(is_active=False)
    return person


def sign_in(client, role, world, desk_client):
    """A session that was open before the person was removed, suspended or lost the role."""
    if role == "anonymous":
        return client
    person = person_of(role, world)
    if "without second factor" in role:
        Authenticator.objects.filter(user=person).delete()
        client.force_login(person)
        return client
    return desk_client(person)


def doors(role, world) -> dict:
    """Every address for those who see most; for the others where these found something, every room, and some more.

    Run alone, a role tries every address; with `-m soak` all do.
    """
    site, desk = addresses(world), desk_addresses(world)
    if role in SEE_MOST:
        return desk if role == "superuser" else site
    if not FOUND:
        return {**site, **desk}
    found = {shape: address for shape, address in {**site, **desk}.items() if shape in FOUND}
    rooms = {shape: address for shape, address in desk.items() if shape[-1] == ""}
    some = dict([*site.items(), *desk.items()][::23])
    return {**found, **rooms, **some}


def read(client, address):
    answer = client.get(address)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert answer.status_code < 500, f"{address} answered {answer.status_code}"
    return body.decode("utf-8", "replace")


def what_is_seen(visitor, world, behind):
    """Private thing -> the doors behind which its word stands, as shapes and addresses."""
    seen = {}
    for shape, address in behind.items():
        body = read(visitor, address)
        for thing, word in world.words.items():
            if word in body:
                seen.setdefault(thing, {})[shape] = address
    return seen


def judged(role, seen):
    """Nothing that is not theirs, and everything that is."""
    allowed = {thing for thing, roles in MATRIX.items() if role in roles}
    leaks = {thing: list(where.values())[:3] for thing, where in seen.items() if thing not in allowed}
    assert not leaks, f"{role} sees what is not theirs: {leaks}"
    assert not allowed - set(seen), f"{role} does not find what is theirs: {allowed - set(seen)}"


SEE_MOST = ("focal point", "State", "superuser")
FOUND = {}  # shapes of addresses behind which those who see most found a private word


@pytest.mark.parametrize("role", [*SEE_MOST, *(role for role in ROLES if role not in SEE_MOST)])
def test_who_sees_what(role, client, desk_client):
    world = make_world()
    seen = what_is_seen(sign_in(client, role, world, desk_client), world, doors(role, world))
    if role in SEE_MOST:
        FOUND.update({shape: True for where in seen.values() for shape in where})
    judged(role, seen)


@pytest.mark.soak
@pytest.mark.parametrize("role", ROLES)
def test_who_sees_what_behind_every_door(role, client, desk_client):
    world = make_world()
    visitor = sign_in(client, role, world, desk_client)
    behind = {**addresses(world, whole=True), **desk_addresses(world, whole=True)}
    judged(role, what_is_seen(visitor, world, behind))
