"""Who sees what: every word that is private, every role in every shade, through every door that the site has.

The doors are read from the site itself, so that a new page is tried without being named here. A role that may see a
thing must find its word behind at least one door; any other role must find it behind none.
"""

import pytest
from allauth.mfa.models import Authenticator

from tests.accreditation.matrix import addresses, desk_addresses, make_world
from tests.factories import make_user

pytestmark = pytest.mark.django_db

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


def doors(role, world):
    desk = role in DESK or role in SHADES
    return [*addresses(world), *desk_addresses(world)] if desk else [*addresses(world), *desk_addresses(world)[::7]]


def read(client, address):
    answer = client.get(address)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert answer.status_code < 500, f"{address} answered {answer.status_code}"
    return body.decode("utf-8", "replace")


@pytest.mark.parametrize("role", [*STAKEHOLDERS, *DESK, *SEES_NOTHING])
def test_who_sees_what(role, client, desk_client):
    world = make_world()
    visitor = sign_in(client, role, world, desk_client)
    seen = {}
    for address in doors(role, world):
        body = read(visitor, address)
        for thing, word in world.words.items():
            if word in body:
                seen.setdefault(thing, []).append(address)
    allowed = {thing for thing, roles in MATRIX.items() if role in roles}
    leaks = {thing: where[:3] for thing, where in seen.items() if thing not in allowed}
    assert not leaks, f"{role} sees what is not theirs: {leaks}"
    assert not allowed - set(seen), f"{role} does not find what is theirs: {allowed - set(seen)}"
