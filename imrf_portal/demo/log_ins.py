"""How to sign in to the demonstration: people, their roles, the one password, the one second factor."""

import time

from allauth.mfa import app_settings
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from accreditation.models import User
from imrf_portal.demo.people import ADDRESSES, PASSWORD, TOTP_SECRET


def everybody() -> list[dict]:
    """Every person of the demonstration with roles, the desk first."""
    people = User.objects.filter(email__endswith=ADDRESSES).order_by("-is_staff", "pk")
    return [_person(user) for user in people.prefetch_related("groups", "memberships__organisation")]


def _person(user):
    acting = [place for place in user.memberships.all() if place.since and not place.until]
    return {
        "email": user.email,
        "name": user.name,
        "language": user.language,
        "desk": sorted(group.name for group in user.groups.all()),
        "memberships": [{"organisation": place.organisation.slug, "role": place.role} for place in acting],
    }


def code_now() -> tuple[str, int]:
    """The six digits of the second factor, and for how many seconds they still hold."""
    now = int(time.time())
    left = app_settings.TOTP_PERIOD - now % app_settings.TOTP_PERIOD
    return format_hotp_value(hotp_value(TOTP_SECRET, now // app_settings.TOTP_PERIOD)), left


def as_json() -> dict:
    return {"password": PASSWORD, "totp_secret": TOTP_SECRET, "totp_code": code_now()[0], "people": everybody()}


def as_table() -> str:
    """The desk, and the first person of each role and language."""
    people, chosen = everybody(), {}
    for person in people:
        for role in _roles(person):
            chosen.setdefault((role.split(" of ")[0], person["language"]), (role, person))
    rows = [("who may", "name", "e-mail", "language")]
    rows += [(role, person["name"], person["email"], person["language"]) for role, person in chosen.values()]
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    code, left = code_now()
    return "\n".join(
        [
            f"Log-ins of the demonstration ({len(people)} people; everybody's password is {PASSWORD}):",
            *lines,
            f"The desk (/admin/) asks for a second factor: secret {TOTP_SECRET}, code {code} for {left} more seconds.",
            "A fresh code: manage.py seed_demo --log-ins",
        ]
    )


def _roles(person):
    if person["desk"]:
        return [f"desk: {', '.join(person['desk'])}"]
    return [f"{place['role'].replace('_', ' ')} of {place['organisation']}" for place in person["memberships"]]
