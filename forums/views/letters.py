"""Stopping letters: the page behind the link in their foot, and the one click of a mail program (RFC 8058)."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from forums import operations
from forums.letters.topics import read_token
from forums.operations.stopping import is_stopped


@csrf_exempt  # a mail program posts without a page; the token in the address, which only its reader has, is the proof
@require_http_methods(["GET", "HEAD", "POST"])
def stop_letters(request, token):
    """A look changes nothing, since scanners look at every link; a press of the button or the one click stops at once."""
    known = read_token(token)
    if known is None:
        raise Http404
    email, topic = known
    if request.method == "POST":
        if request.POST.get("act") == "start":
            operations.start_topic(email, topic.code)
        else:
            operations.stop_topic(email, topic.code, at=now())
        if "act" in request.POST:  # by the button of the page; a mail program wants no redirect
            return redirect(request.path)
    context = {"email": email, "topic": topic, "stopped": is_stopped(email, topic.code)}
    return render(request, "forums/stop_letters.html", context)
