"""An organisation asks to speak in a session, changes its request, withdraws it and takes it back."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accreditation.entrance import signed_in
from accreditation.models import SpeakingRequest
from accreditation.participation import wishing
from accreditation.participation.forms import WishForm, WithdrawForm
from accreditation.participation.timing import calls_of_session, is_readable
from accreditation.views.participation import letters_go, place_of, speaks_for, typed
from forums.models import Session
from forums.refusals import Refused

Status = SpeakingRequest.Status


def _session(request, slug, forum, session):
    """The session and this organisation's wish there: the living one, else the one withdrawn last, else None.

    A session that the public cannot read is a missing one, unless the organisation has asked to speak there already.
    """
    own = speaks_for(request, slug, forum)
    found = get_object_or_404(Session, forum=own.forum, slug=session)
    wishes = SpeakingRequest.objects.filter(accreditation=own.accreditation, session=found).select_related("session")
    wish = wishes.exclude(status=Status.WITHDRAWN).first() or wishes.order_by("-pk").first()
    if wish is None and not is_readable(found):
        raise Http404
    return own, found, wish


@signed_in
def speaking(request, slug, forum, session):
    """Ask to speak, or change what was asked while nobody has answered."""
    own, found, wish = _session(request, slug, forum, session)
    if wish is None and not calls_of_session(own.accreditation, found):
        return redirect(place_of(own))
    changes = wish is not None and wish.status != Status.WITHDRAWN
    initial = {name: getattr(wish, name) for name in wishing.WORDS} if wish else {}
    form = WishForm(typed(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            if changes and "change" in request.POST:
                wishing.change_wish(wish, words=form.words, by=request.user)
            else:
                wishing.ask_to_speak(own.accreditation, found, words=form.words, by=request.user)
        except Refused as why:
            form.add_error(None, str(why))
        else:
            letters_go(request, _("Your request to speak is kept. Everybody who asked is answered at the same time."))
            return redirect(f"{place_of(own)}#speaking")
    elif request.method != "POST" and changes and wish.status != Status.REQUESTED:
        return redirect(f"{place_of(own)}#speaking")
    context = {"own": own, "organisation": own.organisation, "forum": own.forum, "session": found}
    context |= {"form": form, "changes": changes, "calls": calls_of_session(own.accreditation, found), "at": now()}
    return render(request, "accreditation/participant/speaking.html", context)


@signed_in
def withdraw_wish(request, slug, forum, session):
    """Ask no more, or give a place up, after a page that says what happens."""
    own, found, wish = _session(request, slug, forum, session)
    if wish is None or not wish.may_move(Status.WITHDRAWN):
        return redirect(f"{place_of(own)}#speaking")
    form = WithdrawForm(typed(request))
    if request.method == "POST" and form.is_valid():
        try:
            wishing.withdraw_wish(wish, by=request.user, at=now(), reason=form.cleaned_data["reason"])
        except Refused as why:
            form.add_error(None, str(why))
        else:
            letters_go(request, _("The request was withdrawn."))
            return redirect(f"{place_of(own)}#speaking")
    context = {"own": own, "organisation": own.organisation, "forum": own.forum, "session": found, "wish": wish}
    return render(request, "accreditation/participant/speaking_withdraw.html", {**context, "form": form})


@signed_in
def take_wish_back(request, slug, forum, session):
    """Ask again what was withdrawn, while the call is open."""
    own, _found, wish = _session(request, slug, forum, session)
    if request.method == "POST" and wish is not None:
        try:
            wishing.take_wish_back(wish, by=request.user)
        except Refused as why:
            messages.error(request, str(why))
        else:
            letters_go(request, _("Your request to speak stands again."))
    return redirect(f"{place_of(own)}#speaking")
