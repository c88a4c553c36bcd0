"""Standing in: a superuser looks at the portal as a stakeholder sees it, noted with a reason, and changes nothing."""

from functools import wraps

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from hijack.signals import hijack_started

from accreditation.models import Reading
from accreditation.operations.reading import note_reading

SAFE = ("GET", "HEAD", "OPTIONS")


def may_stand_in(*, hijacker, hijacked) -> bool:
    """Only superusers, only for people who are not of the desk and may sign in: no decision is ever taken in their name."""
    return bool(
        hijacked
        and hijacker.is_active
        and hijacker.is_superuser
        and hijacked.is_active
        and not hijacked.is_staff
        and not hijacked.is_superuser
    )


def is_standing_in(request) -> bool:
    """Whether this session shows the portal in another person's name."""
    return bool(getattr(getattr(request, "user", None), "is_hijacked", False))


def in_own_name(view):
    """For pages of which even looking is for the person alone."""

    @wraps(view)
    def answer(request, *args, **kwargs):
        if is_standing_in(request):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return answer


def look_only(get_response):
    """Middleware: who stands in for somebody reads, and changes nothing but ending it."""

    def answer(request):
        if request.method not in SAFE and request.path != "/hijack/release/" and is_standing_in(request):
            return _refusal(request)
        return get_response(request)

    return answer


def _refusal(request) -> HttpResponse:
    why = _("You look at the portal in another person’s name, so nothing can be changed. End it to act as yourself.")
    return render(request, "accreditation/standing_in_refused.html", {"why": why}, status=403)


def note_it(sender, request, hijacker, hijacked, **rest):
    """The log of private readings says who stood in for whom, when and why."""
    people = get_user_model().objects
    note_reading(
        Reading.What.PERSON,
        people.get(pk=hijacked.pk),
        by=people.get(pk=hijacker.pk),
        at=now(),
        reason=request.POST.get("reason", "").strip(),
    )


hijack_started.connect(note_it, dispatch_uid="note standing in")
