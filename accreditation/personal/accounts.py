"""Parts: the account itself, how its holder signs in, what came of earlier requests like this one."""

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.sessions.backends.db import SessionStore
from django.db.models import Q

from accreditation.personal.parts import CODE, IN_TIME, Part, by_any, neutral, points, register, stays
from accreditation.personal.who import NOTHING


def has_address(who):
    return who.did("user") | who.at("email")


def the_account(who):
    return Q(pk=who.user.pk) if who.user else NOTHING


def note_erasure(who, rows, *, by, at):
    """The row stays, for much points to it; it signs nobody in, has no right, no name and no address."""
    return rows.update(erased_at=at)


def end_sessions(who, rows, *, by, at):
    """Sessions of the account, and those of anybody in which an address of theirs was typed while signed out."""
    ended = [row.pk for row in rows.model.objects.iterator(chunk_size=500) if _is_theirs(who, row)]
    gone, _each = rows.model.objects.filter(pk__in=ended).delete()
    return gone


def _is_theirs(who, session) -> bool:
    kept = SessionStore().decode(session.session_data)
    if who.user and str(kept.get("_auth_user_id")) == str(who.user.pk):
        return True
    said = str(kept).lower()
    return any(address in said for address in who.addresses)


def erase_archives(who, rows, *, by, at):
    """The bytes go first: if this stops in between, the rows are found again."""
    for archive in rows.exclude(file=""):
        archive.file.storage.delete(archive.file.name)
    return 0


register(
    Part(
        "accreditation.User",
        the_account,
        shown=("email", "name", "language", "date_joined", "last_login", "is_active", "is_staff"),
        replaced={
            "email": lambda who: who.neutral,
            "name": "",
            "password": lambda who: make_password(None),
            "language": settings.LANGUAGE_CODE,
            "last_login": None,
            **dict.fromkeys(("is_active", "is_staff", "is_superuser"), False),
        },
        secret=("password",),
        act=note_erasure,
    ),
    Part(
        "accreditation.UserHistory",
        by_any("pgh_obj"),
        shown=("pgh_created_at", "pgh_label", "email", "is_active", "is_staff"),
        replaced=neutral("email"),
        kept={**points("pgh_obj"), **stays(CODE, "pgh_label")},
        append_only=True,
    ),
    Part("accreditation.User_groups", by_any("user"), shown=("group",), deleted=True),
    Part("accreditation.User_user_permissions", by_any("user"), shown=("permission",), deleted=True),
    Part("account.EmailAddress", has_address, shown=("email", "verified", "primary"), deleted=True),
    Part("account.EmailConfirmation", by_any("email_address__user"), shown=("created",), deleted=True),
    Part("mfa.Authenticator", by_any("user"), shown=("type", "created_at", "last_used_at"), deleted=True),
    Part("socialaccount.SocialToken", by_any("account__user"), shown=("expires_at",), deleted=True),
    Part(
        "socialaccount.SocialAccount",
        by_any("user"),
        shown=("provider", "uid", "last_login", "date_joined"),
        deleted=True,
    ),
    Part("sessions.Session", lambda who: NOTHING, act=end_sessions, kept=stays(IN_TIME, "session_key", "session_data")),
    Part(
        "accreditation.PersonalArchive",
        by_any("user"),
        shown=("asked_at", "made_at", "expires_at"),
        deleted=True,
        act=erase_archives,
    ),
    Part(
        "accreditation.Erasure",
        by_any("by"),
        shown=("at",),
        kept={**points("by"), **stays(CODE, "fingerprint", "report")},
    ),
)
