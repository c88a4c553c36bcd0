"""Following a list of inputs by mail: asking, confirming by a link, changing, ending. A look changes nothing."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods

from accreditation.entrance import signed_in
from forums.operations.stopping import is_stopped
from forums.refusals import Refused
from forums.views.asking import took
from submissions import operations
from submissions.following.keys import following_of, key_of
from submissions.following.lists import address_of, kept_list, name_of
from submissions.forms.following import FollowingForm, FollowInputsForm
from submissions.models import InputsFollowing
from submissions.models.following import LONGEST_QUESTION, TOPIC
from submissions.search.asking import understand

LOOKS = ["GET", "HEAD", "POST"]


@require_http_methods(LOOKS)
def follow(request):
    """The list stands in the address; the answer is the same for every address of mail, whether it follows or not."""
    question = understand(request.GET, at=now())
    query = question.filters.whole_query()
    troubles = [words for _field, words in question.unknown() + question.ignored()]
    if question.filters.unknown or len(query) > LONGEST_QUESTION:
        return render(request, "submissions/follow/no_such_list.html", {"troubles": troubles}, status=400)
    known = request.user.email if request.user.is_authenticated else ""
    form = FollowInputsForm(request.POST or None, initial={"email": known})
    status = took(request, form, lambda typed: operations.ask_to_follow_inputs(query=query, at=now(), **typed))
    if not status:
        return redirect("submissions:follow_asked")
    about = {"form": form, "name": name_of(question), "address": address_of(query), "troubles": troubles}
    return render(request, "submissions/follow/follow.html", about, status=status)


def follow_asked(request):
    return render(request, "submissions/follow/asked.html")


@require_http_methods(LOOKS)
def confirm(request, token):
    """A press of the button begins it; scanners of mail look at links and press nothing."""
    at = now()
    try:
        if request.method == "POST":
            return redirect("submissions:following", key_of(operations.confirm_following_inputs(token, at=at)))
        following = operations.asked_following(token, at=at)
    except Refused as why:
        return render(request, "submissions/follow/refused.html", {"why": str(why)}, status=404)
    about = {"following": following, "list": kept_list(following.query, at=at)}
    return render(request, "submissions/follow/confirm.html", about)


@require_http_methods(LOOKS)
def following(request, key):
    """All that one address follows, opened by the word in any of its letters; one that is made up is like one that ended."""
    of_theirs = following_of(key)
    if of_theirs is None:
        return render(request, "submissions/follow/ended.html", status=404)
    return _page_of(request, of_theirs.email, lambda rest: _next_key(rest, of_theirs))


@require_http_methods(LOOKS)
@signed_in
def my_following(request):
    """The same for the verified address of who is signed in."""
    return _page_of(request, request.user.email, lambda rest: redirect("submissions:my_following"))


def _next_key(rest, of_theirs):
    """After a change the page goes on by a word that still holds; where nothing is left, it says so."""
    still = rest.filter(pk=of_theirs.pk).first() or rest.first()
    return redirect("submissions:following", key_of(still)) if still else redirect("submissions:follow_ended")


def ended(request):
    return render(request, "submissions/follow/ended.html")


def _page_of(request, email, go_on):
    followings = InputsFollowing.objects.standing().of(email)
    if request.method == "POST":
        _act(request.POST, followings)
        return go_on(followings.all())
    at = now()
    lists = [(each, kept_list(each.query, at=at), _form_of(each)) for each in followings]
    about = {"email": email, "lists": lists, "stopped": is_stopped(email, TOPIC)}
    return render(request, "submissions/follow/following.html", about)


def _form_of(following):
    """Several stand on one page, each with names of its own for its fields."""
    kept = {"language": following.language, "pace": following.pace}
    return FollowingForm(initial=kept, auto_id=f"id_{following.pk}_%s")


def _act(posted, followings):
    """One button was pressed: end everything, end one list, or write otherwise about one."""
    if posted.get("act") == "end_all":
        operations.end_followings(followings)
        return
    form = FollowingForm(posted)
    form.is_valid()
    one = followings.filter(name=form.cleaned_data.get("following")).first()
    if one is None:
        raise Http404
    if posted.get("act") == "end":
        operations.end_followings(followings.filter(pk=one.pk))
    elif form.is_valid():
        operations.change_following(one, language=form.cleaned_data["language"], pace=form.cleaned_data["pace"])
