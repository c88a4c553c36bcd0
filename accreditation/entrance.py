"""The door of a stakeholder's pages: who is signed out signs in first and comes back, and nothing they typed is lost."""

import json
from functools import wraps

from django.http import Http404, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language

from accreditation.models import FormerAddress, Organisation

SHELF = "typed_before_signing_in"
LATE = "pressed-late-to"  # kept beside what was pressed at the desk when the proof of the second factor was too old
MOST_KEPT = 2 * 1024 * 1024
NEVER_KEPT = ("csrfmiddlewaretoken",)


class SameAgain(HttpResponseRedirect):
    """The same request at another address: what was posted is posted there."""

    status_code = 308


def leading_on(view):
    """A page of an organisation at an address that it had before leads to the one it has, for those who act for it.

    What was posted to a page that was open while two records were merged is posted on, so that nothing typed is lost.
    """

    @wraps(view)
    def answer(request, *args, **kwargs):
        try:
            return view(request, *args, **kwargs)
        except Http404:
            address = address_now(request)
            if address is None:
                raise
            return redirect(address, permanent=True) if request.method in ("GET", "HEAD") else SameAgain(address)

    return answer


def address_now(request) -> str | None:
    """Where the organisation in this address stands today, if it had this address before and this person acts for it."""
    match = request.resolver_match
    if not (match and request.user.is_authenticated and "my/organisations/" in match.route and "slug" in match.kwargs):
        return None
    own = Organisation.objects.represented_by(request.user)
    former = FormerAddress.objects.filter(slug=match.kwargs["slug"], organisation__in=own).select_related("organisation")
    if not (found := former.first()):
        return None
    address = reverse(match.view_name, kwargs={**match.kwargs, "slug": found.organisation.slug})
    return f"{address}?{request.GET.urlencode()}" if request.GET else address


def signed_in(view):
    """Only for people who signed in. Others are sent to sign in and then back, in the language of the page.

    What they posted waits for them in the session, under the address they come back to.
    """
    view = leading_on(view)

    @wraps(view)
    def answer(request, *args, **kwargs):
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        if request.method == "POST":
            keep_typed(request, request.path)
        return to_sign_in(request.get_full_path())

    return answer


def to_sign_in(back):
    """The page that signs in, in the language of this one; it leads back to that address."""
    return redirect(f"{reverse('account_login')}?{urlencode({'lang': get_language(), 'next': back})}")


def keep_typed(request, address, **beside):
    """Put what was posted on the session's shelf, under that address; the oldest goes when the shelf is full.

    `beside` is kept with it, a word under each name.
    """
    typed = {name: values for name, values in request.POST.lists() if name not in NEVER_KEPT}
    typed |= {name: [word] for name, word in beside.items()}
    shelf = {place: answers for place, answers in request.session.get(SHELF, {}).items() if place != address}
    shelf[address] = typed
    while len(json.dumps(shelf, ensure_ascii=False).encode()) > MOST_KEPT:
        shelf.pop(next(iter(shelf)))
    request.session[SHELF] = shelf


def typed_before(request, address) -> QueryDict | None:
    """What this person posted to that address while signed out, or None."""
    answers = request.session.get(SHELF, {}).get(address)
    if answers is None:
        return None
    typed = QueryDict(mutable=True)
    for name, values in answers.items():
        typed.setlist(name, values)
    return typed


def forget_typed(request, address):
    """Clear the shelf of what was typed for that address: it is saved, or no longer wanted."""
    shelf = request.session.get(SHELF, {})
    if shelf.pop(address, None) is not None:
        request.session[SHELF] = shelf
