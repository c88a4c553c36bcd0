"""The second factor: whether a session proved one; the door of pages that ask for it."""

from functools import wraps

from allauth.account.authentication import get_authentication_records
from allauth.account.decorators import reauthentication_required
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _

SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def signed_in_twice(request) -> bool:
    """Whether this session proved a second factor that the person still has.

    A passkey that opened the session, a code of an app and a recovery code all count. Whoever lost a device and had it
    taken off the account is out with the next click.
    """
    return proved_at(request) is not None


def proved_at(request) -> float | None:
    """When this session last proved a second factor that the person still has, in seconds; asked once a request."""
    if not hasattr(request, "second_factor_proved_at"):
        records = get_authentication_records(request, request.user)
        proved = {record["id"]: record["at"] for record in records if record.get("method") == "mfa" and record.get("id")}
        held = Authenticator.objects.filter(user=request.user, pk__in=proved).values_list("pk", flat=True) if proved else ()
        request.second_factor_proved_at = max((proved[pk] for pk in held), default=None)
    return request.second_factor_proved_at


def proved_within(request, *, minutes, at) -> bool:
    """Whether the last proof is younger than so many minutes; at the full minute it is too old."""
    proved = proved_at(request)
    return proved is not None and at.timestamp() - proved < minutes * 60


def prove_it(request, back):
    """Lead a person to prove the second factor, or to set one up first, and then back to that address."""
    if not is_mfa_enabled(request.user, SECOND_FACTORS):
        messages.warning(request, _("This page asks for a second factor. Set one up here, then open it again."))
        return redirect("mfa_activate_totp")
    by_code = is_mfa_enabled(request.user, [Authenticator.Type.TOTP])
    return redirect_to_login(back, reverse("mfa_reauthenticate" if by_code else "mfa_reauthenticate_webauthn"))


def second_factor_needed(view):
    """Only for sessions that proved a second factor; inside `signed_in`, which asks for the first."""

    @wraps(view)
    def answer(request, *args, **kwargs):
        if signed_in_twice(request):
            return view(request, *args, **kwargs)
        return prove_it(request, request.get_full_path())

    return answer


def freshly_proved(view):
    """For what lasts beyond a session, inside `signed_in`: the second factor once more, or else the password."""
    by_password = reauthentication_required(view)

    @wraps(view)
    def answer(request, *args, **kwargs):
        if not is_mfa_enabled(request.user, SECOND_FACTORS):
            return by_password(request, *args, **kwargs)
        if proved_within(request, minutes=settings.STEP_UP_MINUTES_GRAVE, at=now()):
            return view(request, *args, **kwargs)
        return prove_it(request, request.get_full_path())

    return answer
