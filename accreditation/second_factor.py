"""The second factor: whether a session proved one; the door of pages that ask for it."""

from functools import wraps

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def signed_in_twice(request) -> bool:
    """Whether this session proved a second factor that the person still has; asked once a request.

    A passkey that opened the session, a code of an app and a recovery code all count. Whoever lost a device and had it
    taken off the account is out with the next click.
    """
    if not hasattr(request, "second_factor"):
        records = get_authentication_records(request, request.user)
        proved = {record.get("id") for record in records if record.get("method") == "mfa"} - {None}
        request.second_factor = bool(proved) and Authenticator.objects.filter(user=request.user, pk__in=proved).exists()
    return request.second_factor


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
