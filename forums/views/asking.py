"""Asking for letters to an address that anybody may type: the same answer whoever asks, so many questions from a network."""

from django.core.cache import caches
from django.utils.translation import gettext as _
from rest_framework.throttling import SimpleRateThrottle

from forums.hints import look_soon


class AskingThrottle(SimpleRateThrottle):
    """So many questions an hour from one network address, counted where signing in is counted."""

    cache = caches["default"]
    scope = "follow"
    rate = "30/hour"

    def get_cache_key(self, request, view):
        return self.cache_format % {"scope": self.scope, "ident": self.get_ident(request)}


def took(request, form, ask) -> int:
    """Call `ask` with what the form says; returns 0, or the status of the page that shows the form again.

    What a program filled in is asked of nobody and answered like everything else.
    """
    if not form.is_valid():
        return 200
    if not AskingThrottle().allow_request(request, None):
        form.add_error(None, _("Too many addresses were typed from your network. Try again in an hour."))
        return 429
    if not form.is_of_a_program:
        ask({name: value for name, value in form.cleaned_data.items() if name != "website"})
        look_soon("forums.tasks.send_letters")
    return 0
