"""Following the calendar by mail: asking, confirming by the link in a letter, stopping. A look at a page changes nothing."""

from django.core.cache import caches
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from rest_framework.throttling import SimpleRateThrottle

from forums.forms import FollowForm
from forums.hints import look_soon
from forums.models import Follower
from forums.operations.following import ask_to_follow, confirm_following, follower_of, stop_following
from forums.refusals import Refused


class AskingThrottle(SimpleRateThrottle):
    """So many questions an hour from one network address, counted where signing in is counted."""

    cache = caches["default"]
    scope = "follow"
    rate = "30/hour"

    def get_cache_key(self, request, view):
        return self.cache_format % {"scope": self.scope, "ident": self.get_ident(request)}


@require_http_methods(["GET", "HEAD", "POST"])
def follow(request):
    """The answer is the same for every address, whether it follows already or not."""
    form = FollowForm(request.POST or None, initial={"forum": request.GET.get("forum", "")})
    if not form.is_valid():
        return render(request, "forums/follow.html", {"form": form})
    if not AskingThrottle().allow_request(request, None):
        form.add_error(None, _("Too many addresses were typed from your network. Try again in an hour."))
        return render(request, "forums/follow.html", {"form": form}, status=429)
    if not form.is_of_a_program:
        asked = {name: form.cleaned_data[name] for name in ("language", "pace", "forum")}
        ask_to_follow(form.cleaned_data["email"], at=now(), **asked)
        look_soon("forums.tasks.send_letters")
    return redirect("forums:follow_asked")


def follow_asked(request):
    return render(request, "forums/follow_asked.html")


@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request, token):
    """A press of the button begins it; scanners of mail look at links and press nothing."""
    at = now()
    try:
        if request.method == "POST":
            return redirect("forums:following", confirm_following(token, at=at).key)
        follower, wanted = follower_of(token, at=at)
    except Refused as why:
        return render(request, "forums/follow_refused.html", {"why": str(why)}, status=404)
    pace = Follower.Pace(wanted["pace"])
    return render(request, "forums/follow_confirm.html", {"follower": follower, "pace": pace})


@require_http_methods(["GET", "HEAD", "POST"])
def following(request, key):
    """What an address follows, and the button that ends it. An unknown key is answered like one that was stopped."""
    follower = Follower.objects.filter(key=key).select_related("forum").first()
    if request.method == "POST" and follower:
        stop_following(follower, at=now())
        return redirect("forums:following", key)
    stands = bool(follower and follower.confirmed_at and not follower.stopped_at)
    return render(request, "forums/following.html", {"follower": follower if stands else None})
