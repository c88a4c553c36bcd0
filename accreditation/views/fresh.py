"""The door of what lasts beyond a session: a fresh proof of who one is."""

from functools import wraps

from allauth.account.decorators import reauthentication_required
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.utils.timezone import now

from accreditation.second_factor import SECOND_FACTORS, prove_it, proved_within


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
