"""Following the calendar by mail: asking, confirming by the link in a letter, stopping. A look at a page changes nothing."""

from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods

from forums.forms import FollowForm
from forums.models import Follower
from forums.operations.following import ask_to_follow, confirm_following, follower_of, stop_following
from forums.refusals import Refused
from forums.views.asking import took


@require_http_methods(["GET", "HEAD", "POST"])
def follow(request):
    """The answer is the same for every address, whether it follows already or not."""
    form = FollowForm(request.POST or None, initial={"forum": request.GET.get("forum", "")})
    status = took(request, form, lambda typed: ask_to_follow(at=now(), **typed))
    if status:
        return render(request, "forums/follow.html", {"form": form}, status=status)
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
