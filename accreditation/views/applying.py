"""The application of an organisation for a forum: choose a basis, answer its points, see where it stands."""

from django.contrib import messages
from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accreditation import operations, permissions
from accreditation.entrance import forget_typed, typed_before
from accreditation.forms_application import ApplicationForm, BasisForm
from accreditation.operations.applying import WRITABLE
from accreditation.operations.confirming import held_before
from accreditation.operations.lacking import open_enquiry, points_writable
from accreditation.operations.timing import call_now
from accreditation.terms import of_terms
from accreditation.views.application_page import edit_page, status_page
from accreditation.views.application_typed import clock_words, place_of, save_answers, take_in, writing
from accreditation.views.own_application import own_application
from forums.models import Call
from forums.refusals import Refused
from forums.typed import posted, posted_by


@writing
def application(request, slug, forum):
    """Where an application is begun, written and looked at; complete without scripts."""
    own = own_application(request, slug, forum)
    writes = permissions.writes_for(request.user, own.organisation)
    if own.accreditation is None or (own.has_ended and ("anew" in request.GET or "basis" in request.POST)):
        return choose(request, own, writes)
    if own.accreditation.status not in WRITABLE or not writes:
        if request.method == "POST":
            return _too_late(request, own, writes)
        return status_page(request, own)
    return write(request, own)


def write(request, own):
    """The page on which it is written; what somebody typed while signed out is given back once."""
    place = place_of(own)
    if "forget" in request.POST:
        forget_typed(request, place)
        return redirect(place)
    if request.method == "POST":
        return take_in(request, own, at=now())
    typed = typed_before(request, place)
    return edit_page(request, own, form_of(own, typed and posted(typed)), at=now())


def form_of(own, data=None):
    """The form of what can be written now."""
    accreditation = own.accreditation
    points, enquiry = points_writable(accreditation), open_enquiry(accreditation)
    return ApplicationForm(data, accreditation=accreditation, points=points, enquiry=enquiry)


def _too_late(request, own, writes):
    """Posted to an application that cannot be written any more: nothing typed is lost."""
    if not writes:
        raise Http404
    kept = [
        {"label": name.partition("-")[2] or name, "text": text}
        for name, text in posted(request.POST).items()
        if name.startswith(("answer-", "reply")) and text.strip()
    ]
    message = _("This application was sent and cannot be changed now. If it must change, write to the desk.")
    context = {"message": message, "kept": kept, "url": place_of(own), "action": _("Open the application")}
    return render(request, "409.html", context, status=409)


def choose(request, own, writes):
    """Each basis with what it means, who decides, what it asks and permits; the last standing is offered to be confirmed."""
    form = BasisForm(posted_by(request))
    if request.method == "POST" and not writes:
        raise Http404
    if form.is_valid():
        try:
            _begin_on(request, own, form.cleaned_data["basis"])
        except Refused as why:
            messages.error(request, str(why))
        return redirect(place_of(own))
    return _choice_page(request, own, form, writes)


def _begin_on(request, own, basis):
    draft = own.accreditation
    if draft and draft.status == draft.Status.DRAFT:
        return operations.choose_basis(draft, basis=basis, by=request.user, at=now())
    return operations.begin(own.organisation, forum=own.forum, basis=basis, by=request.user, at=now())


@writing
def change_basis(request, slug, forum):
    """Go on with a draft on another basis."""
    own = own_application(request, slug, forum)
    if not permissions.writes_for(request.user, own.organisation):
        raise Http404
    if own.accreditation is None or own.accreditation.status != own.accreditation.Status.DRAFT:
        return redirect(place_of(own))
    return choose(request, own, True)


def _choice_page(request, own, form, writes):
    at = now()
    bases = form.fields["basis"].queryset.prefetch_related("points")
    calls = {basis.code: call_now(own.forum, basis, at) for basis in bases}
    context = {
        "own": own,
        "organisation": own.organisation,
        "forum": own.forum,
        "form": form,
        "bases": [about_basis(basis, calls[basis.code], at) for basis in bases],
        "chosen": own.accreditation and not own.has_ended and own.accreditation.basis_id,
        "former": held_before(own.organisation, own.forum),
        "writes": writes,
    }
    return render(request, "accreditation/participant/application_basis.html", context)


def about_basis(basis, call, at) -> dict:
    """A basis as it is offered: its points that are asked now, its call and where that stands."""
    return {
        "basis": basis,
        "points": [point for point in basis.points.all() if point.in_use],
        "permits": of_terms(basis.terms()),
        "call": call,
        "phase": call.phase(at) if isinstance(call, Call) else None,
        "needs_call": basis.non_objection,
    }


@require_POST
@writing
def autosave(request, slug, forum):
    """Save while somebody types. Answers JSON; what is not well formed yet is named and stays on the page."""
    own = own_application(request, slug, forum, may=permissions.writes_for)
    if own.accreditation is None:
        raise Http404
    form, at = form_of(own, posted(request.POST)), now()
    try:
        kept = save_answers(request, own, form, at=at)
    except operations.Conflict:
        return JsonResponse({"conflict": True, "url": place_of(own)}, status=409)
    except Refused as why:
        return JsonResponse({"conflict": True, "message": str(why), "url": place_of(own)}, status=409)
    answer = {"saved": True, "edition": kept.edition, "saved_at_words": clock_words(own.forum, at)}
    if form.errors:
        answer["message"] = _("Saved except for this: %(what)s") % {"what": "; ".join(_what_is_wrong(form))}
    return JsonResponse(answer)


def _what_is_wrong(form):
    return [f"{form.fields[name].label}: {' '.join(errors)}" for name, errors in form.errors.items() if name in form.fields]
