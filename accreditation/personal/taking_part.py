"""Parts: who acts for organisations, and the persons whom these register, let speak, ask support for."""

from django.db.models import Q

from accreditation.models import Membership
from accreditation.personal.parts import (
    CODE,
    IN_TIME,
    OFFICE,
    ORGANISATION,
    RECORD,
    Part,
    at_any,
    by_any,
    neutral,
    of_theirs,
    points,
    register,
    stays,
)
from accreditation.personal.who import GONE, NOTHING


def end_memberships(who, rows, *, by, at):
    """They act for nobody any more. In one statement with the words, so that the history keeps none of them either."""
    ended = {"until": at, "ended": Membership.Ended.CLOSED, "ended_by": by, "message": ""}
    return rows.filter(who.did("user"), until=None).update(**ended)


def own_words(who):
    """Their messages; where the desk ended a membership, its reason stands there, and is part of the record."""
    return who.did("user") & ~Q(ended=Membership.Ended.BY_DESK)


def own_message(who, row) -> dict:
    mine = row.user_id == who.user.pk and row.ended != Membership.Ended.BY_DESK
    return {"message": row.message} if mine else {}


def take_back_invitations(who, rows, *, by, at):
    return rows.filter(who.at("email"), used_at=None, taken_back_at=None).update(taken_back_at=at)


def cancel_registrations(who, rows, *, by, at):
    """A place that stood becomes free."""
    return rows.filter(who.at("email"), cancelled_at=None).update(cancelled_at=at, cancelled_by=by)


def of_a_person(column, organisation):
    """Rows about a person who has no account of their own there: by name, within the organisations they belong to."""
    return lambda who: who.named(column) & Q(**{f"{organisation}__in": who.organisations})


def asked_for(column, organisation, by):
    return lambda who: of_a_person(column, organisation)(who) | who.did(by)


def own_registration(who, row) -> dict:
    """All of one's own registration; of those that one typed for others, no word."""
    if row.email.lower() not in who.addresses:
        return {}
    return {name: getattr(row, name) for name in ("name", "function", "email", "gender", "access_needs", "name_public")}


def own_wish(who, row) -> dict:
    if row.speaker.lower() not in {name.lower() for name in who.names}:
        return {"topic": row.topic}
    return {name: getattr(row, name) for name in ("speaker", "function", "gender", "topic", "access_needs")}


def own_support(who, row) -> dict:
    mine = row.person.lower() in {name.lower() for name in who.names}
    return {"person": row.person, "needs": row.needs, "words": row.words} if mine else {}


def spare(who):
    """Unlike any other of the same organisation, where a person may be there once."""
    return f"[erased {who.mark}]"


HISTORY = stays(CODE, "pgh_label")

register(
    Part(
        "accreditation.Membership",
        by_any("user", "ended_by"),
        shown=("organisation", "role", "asked_at", "since", "until", "ended"),
        more=own_message,
        replaced={"message": ""},
        kept={**points("ended_by"), **stays(RECORD, "user")},
        words=("message",),
        near=of_theirs("organisation"),
        only=own_words,
        act=end_memberships,
    ),
    Part(
        "accreditation.MembershipHistory",
        by_any("user", "ended_by"),
        shown=("pgh_created_at", "pgh_label", "organisation", "role"),
        replaced={"message": ""},
        kept={**points("ended_by"), **stays(RECORD, "user"), **HISTORY},
        words=("message",),
        near=of_theirs("organisation"),
        only=own_words,
        append_only=True,
    ),
    Part(
        "accreditation.ApiToken",
        by_any("made_by", "revoked_by"),
        shown=("organisation", "name", "scopes", "made_at", "expires_at", "last_used_at", "revoked_at"),
        kept={**points("made_by", "revoked_by"), **stays(CODE, "scopes", "ending")},
        words=("name",),
        near=of_theirs("organisation"),
        secret=("fingerprint",),
    ),
    Part(
        "accreditation.ApiAnswer",
        lambda who: NOTHING,  # what a program of an organisation got goes by itself after two days
        kept={**stays(IN_TIME, "body", "headers"), **stays(CODE, "key", "asked")},
    ),
    Part(
        "accreditation.Invitation",
        lambda who: who.at("email") | who.did("by", "used_by"),
        shown=("organisation", "role", "at", "expires_at", "used_at", "taken_back_at"),
        more=lambda who, row: {"email": row.email} if row.email.lower() in who.addresses else {},
        replaced=neutral("email"),
        kept={**points("by", "used_by"), **stays(CODE, "fingerprint")},
        only=at_any("email"),
        act=take_back_invitations,
    ),
    Part(
        "accreditation.Registration",
        lambda who: who.at("email") | who.did("registered_by", "cancelled_by"),
        shown=("accreditation", "event", "registered_at", "cancelled_at"),
        more=own_registration,
        replaced={
            **neutral("email"),
            "name": GONE,
            "gender": "",
            "country": None,
            "name_public": False,
            **dict.fromkeys(("function", "access_needs", "cancelled_because"), ""),
        },
        kept=points("registered_by", "cancelled_by"),
        only=at_any("email"),
        act=cancel_registrations,
    ),
    Part(
        "accreditation.SpeakingRequest",
        asked_for("speaker", "accreditation__organisation", "requested_by"),
        shown=("session", "accreditation", "status", "language", "requested_at"),
        more=own_wish,
        replaced={"speaker": GONE, "gender": "", "name_public": False, "function": "", "access_needs": ""},
        kept={**points("requested_by", "staged_by"), **stays(ORGANISATION, "topic"), **stays(RECORD, "staged_reason")},
        words=("topic", "staged_reason"),
        near=of_theirs("accreditation__organisation"),
        only=of_a_person("speaker", "accreditation__organisation"),
    ),
    Part(
        "accreditation.SupportRequest",
        asked_for("person", "organisation", "requested_by"),
        shown=("forum", "organisation", "status", "requested_at", "decided_on"),
        more=own_support,
        replaced={"person": spare, "words": "", "provided": ""},
        kept={**points("requested_by"), **stays(OFFICE, "decided_by", "provided_by"), **stays(CODE, "eligible_as", "needs")},
        words=("words", "provided"),
        near=of_theirs("organisation"),
        only=of_a_person("person", "organisation"),
    ),
    Part(
        "accreditation.Representative",
        by_any("recorded_by"),
        shown=("forum", "voice", "recorded_at"),
        kept={**points("recorded_by"), **stays(OFFICE, "name", "chosen_by"), **stays(RECORD, "evidence")},
    ),
    Part(
        "accreditation.RepresentativeHistory",
        by_any("recorded_by"),
        kept={
            **points("recorded_by"),
            **stays(OFFICE, "name", "chosen_by"),
            **stays(RECORD, "evidence"),
            **HISTORY,
        },
        append_only=True,
    ),
)
