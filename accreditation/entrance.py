"""The door of a stakeholder's pages: who is signed out signs in first and comes back, and nothing they typed is lost."""

import json
from functools import wraps

from django.http import QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language

SHELF = "typed_before_signing_in"
MOST_KEPT = 2 * 1024 * 1024
NEVER_KEPT = ("csrfmiddlewaretoken",)


def signed_in(view):
    """Only for people who signed in. Others are sent to sign in and then back, in the language of the page.

    What they posted waits for them in the session, under the address they come back to.
    """

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


def keep_typed(request, address):
    """Put what was posted on the session's shelf, under that address; the oldest goes when the shelf is full."""
    typed = {name: values for name, values in request.POST.lists() if name not in NEVER_KEPT}
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
