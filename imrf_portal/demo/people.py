"""The people of the demonstration: on the desk with a second factor, and in their organisations."""

from dataclasses import dataclass, field
from datetime import timedelta

from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.hashers import make_password

from accreditation import operations
from accreditation.desk_roles import group_of
from accreditation.models import Membership, Organisation, User
from accreditation.models.organisation import Kind
from imrf_portal.demo.reading import organisations, people

PASSWORD = "migration-review-demo"  # noqa: S105 - no secret: everybody in the demonstration has it
TOTP_SECRET = "IMRFDEMO" * 4  # no secret either: the desk of the demonstration has it
ADDRESSES = "@demo.example"
SOURCE = "Invented for the demonstration."
FOUNDED = timedelta(days=46)


@dataclass
class Cast:
    """Who plays: organisations by address, those who speak for each, the desk by role."""

    bodies: dict = field(default_factory=dict)
    speakers: dict = field(default_factory=dict)
    desk: dict = field(default_factory=dict)


def gather(*, at) -> Cast:
    """Make everybody: accounts with verified addresses, the desk, the organisations and who acts for them."""
    cast, password = Cast(), make_password(PASSWORD)
    users = {person["email"]: _account(person, password, at - FOUNDED) for person in people()}
    for person in people():
        user = users[person["email"]]
        for role in person["roles"]:
            if isinstance(role, str):
                _to_the_desk(cast, user, role)
            elif role["role"] == Membership.Role.FOCAL_POINT:
                cast.speakers[role["organisation"]] = user
    for body in organisations():
        cast.bodies[body["slug"]] = _organisation(body, cast.speakers[body["slug"]], at - FOUNDED)
    for body in organisations():
        if body["kind"] == Kind.MEMBER_STATE:  # they see non-objection lists, with a second factor only
            TOTP.activate(cast.speakers[body["slug"]], TOTP_SECRET)
    _let_join(cast, users, at)
    return cast


def _account(person, password, at):
    user = User.objects.create(
        email=person["email"], name=person["name"], language=person["language"], password=password, date_joined=at
    )
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def _to_the_desk(cast, user, role):
    user.groups.add(group_of(role))
    if not user.is_staff:
        user.is_staff = True
        user.save(update_fields=["is_staff"])
        TOTP.activate(user, TOTP_SECRET)
    cast.desk.setdefault(role, []).append(user)


def _organisation(body, speaker, at):
    organisation = Organisation.objects.create(
        slug=body["slug"],
        name=body["name"],
        name_language=body["language"],
        acronym=body["acronym"],
        kind=body["kind"],
        country_id=body["country"] or None,
        website=body["website"],
        source=SOURCE,
        made_by=speaker,
        made_at=at,
    )
    for language, name in body["also_named"].items():
        organisation.names.create(language=language, name=name, use="official")
    organisation.memberships.create(user=speaker, role=Membership.Role.FOCAL_POINT, asked_at=at, since=at)
    return organisation


def _let_join(cast, users, at):
    """Those who draft, look on or stand in were admitted long ago; one request waits for its answer, with its letter."""
    for person in people():
        for role in person["roles"]:
            if isinstance(role, str) or role["role"] == Membership.Role.FOCAL_POINT:
                continue
            asked_at = at - timedelta(days=44)
            cast.bodies[role["organisation"]].memberships.create(
                user=users[person["email"]], role=role["role"], asked_at=asked_at, since=asked_at + timedelta(days=1)
            )
    operations.ask_to_join(
        cast.bodies["tonglu"], by=users["chen" + ADDRESSES], at=at - timedelta(hours=1), message="我也在同路服务社做志愿者。"
    )
