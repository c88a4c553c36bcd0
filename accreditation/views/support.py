"""An organisation asks for support to take part, changes its request, withdraws it and takes it back."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accreditation import permissions
from accreditation.entrance import signed_in
from accreditation.models import SupportRequest
from accreditation.participation import supporting
from accreditation.participation.forms import SupportForm, WithdrawForm
from accreditation.participation.terms import terms_of
from accreditation.views.own_application import own_application
from accreditation.views.participation import letters_go, place_of, typed
from forums.refusals import Refused

Status = SupportRequest.Status


@signed_in
def ask_for_support(request, slug, forum):
    """For whom, from where, what is needed; the forum's own text says who may ask."""
    own = own_application(request, slug, forum, may=permissions.represents)
    terms = terms_of(own.forum)
    if not terms.support_open and request.method != "POST":
        return redirect(place_of(own))
    form = SupportForm(typed(request))
    if request.method == "POST" and form.is_valid():
        try:
            supporting.ask_for_support(own.organisation, forum=own.forum, words=form.cleaned_data, by=request.user)
        except Refused as why:
            form.add_error(None, str(why))
        else:
            letters_go(request, _("The request for support is kept. You get a letter when it is decided."))
            return redirect(f"{place_of(own)}#support")
    return render(request, "accreditation/participant/support.html", _frame(own, terms, form))


def _frame(own, terms, form, **more):
    groups = list(terms.support_groups)
    groups += [supporting.STAKEHOLDER] if terms.support_for_stakeholders else []
    about = {"own": own, "organisation": own.organisation, "forum": own.forum, "terms": terms, "groups": groups}
    return {**about, "form": form, **more}


def _own_request(request, slug, forum, key):
    own = own_application(request, slug, forum, may=permissions.represents)
    requests = own.organisation.support_requests.filter(forum=own.forum)
    return own, get_object_or_404(requests.select_related("country", "forum", "organisation"), key=key)


@signed_in
def support_request(request, slug, forum, key):
    """Change a request that is not decided yet."""
    own, support = _own_request(request, slug, forum, key)
    initial = {name: getattr(support, name) for name in supporting.WORDS}
    form = SupportForm(typed(request), fixed=True, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            supporting.change_request(support, words=form.cleaned_data, by=request.user, at=now())
        except Refused as why:
            form.add_error(None, str(why))
        else:
            letters_go(request, _("The request was changed."))
            return redirect(f"{place_of(own)}#support")
    elif request.method != "POST" and support.status != Status.REQUESTED:
        return redirect(f"{place_of(own)}#support")
    return render(request, "accreditation/participant/support.html", _frame(own, terms_of(own.forum), form, support=support))


@signed_in
def withdraw_support(request, slug, forum, key):
    """It is needed no more."""
    own, support = _own_request(request, slug, forum, key)
    if not support.may_move(Status.WITHDRAWN):
        return redirect(f"{place_of(own)}#support")
    form = WithdrawForm(typed(request))
    if request.method == "POST" and form.is_valid():
        try:
            supporting.withdraw_request(support, by=request.user, at=now(), reason=form.cleaned_data["reason"])
        except Refused as why:
            form.add_error(None, str(why))
        else:
            letters_go(request, _("The request was withdrawn."))
            return redirect(f"{place_of(own)}#support")
    context = {"own": own, "organisation": own.organisation, "forum": own.forum, "support": support, "form": form}
    return render(request, "accreditation/participant/support_withdraw.html", context)


@signed_in
def take_support_back(request, slug, forum, key):
    """Ask again what was withdrawn, while support can be asked for."""
    own, support = _own_request(request, slug, forum, key)
    if request.method != "POST" or support.status != Status.WITHDRAWN:
        return redirect(f"{place_of(own)}#support")
    try:
        supporting.take_request_back(support, by=request.user, at=now())
    except Refused as why:
        messages.error(request, str(why))
    else:
        letters_go(request, _("Your request for support stands again."))
    return redirect(f"{place_of(own)}#support")
