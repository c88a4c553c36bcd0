"""Who comes for an organisation: its persons at the hearing and the forum, its letter of representation, all on one page."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accreditation import permissions
from accreditation.entrance import forget_typed, signed_in, typed_before
from accreditation.models import Registration
from accreditation.participation import registering, representation
from accreditation.participation.forms import NewPersonForm, PersonForm, ReasonForm, ReplacementForm
from accreditation.participation.places import places_of
from accreditation.participation.timing import is_registration_open, registration_call
from accreditation.views.own_application import own_application
from accreditation.views.participation_page import overview
from forums.hints import look_soon
from forums.refusals import Refused
from forums.typed import posted, posted_by


def place_of(own) -> str:
    """The address of the page about who takes part."""
    return reverse("accreditation:participation", args=own.address)


def typed(request):
    """What was posted, or what this person posted to this address while signed out."""
    kept = posted_by(request) or typed_before(request, request.path)
    return posted(kept) if kept is not None else None


def speaks_for(request, slug, forum):
    """One's own organisation at a forum, for which this person speaks and which has an application there; else 404."""
    own = own_application(request, slug, forum, may=permissions.represents)
    if own.accreditation is None:
        raise Http404
    return own


def letters_go(request, sentence):
    """What was done was done: say it, and let letters go out soon."""
    forget_typed(request, request.path)
    look_soon("accreditation.tasks.announce_steps", "forums.tasks.send_letters")
    messages.success(request, sentence)


@signed_in
def participation(request, slug, forum):
    """Persons, requests to speak, support: where everything stands and what can be done now."""
    return overview(request, own_application(request, slug, forum), at=now())


# Persons -------------------------------------------------------------------------------------------------------------


@signed_in
def register_person(request, slug, forum):
    """Register somebody for the hearing or the forum. Pressing twice registers once."""
    own = speaks_for(request, slug, forum)
    at = now()
    places = [one for one in places_of(own.accreditation, at) if one.covered]
    initial = {"event": next((one.event for one in places if one.event == request.GET.get("event")), None)}
    form = NewPersonForm(typed(request), events=[one.event for one in places], initial=initial)
    if request.method == "POST" and form.is_valid():
        said = {"event": form.cleaned_data["event"], "form_key": form.cleaned_data["form_key"], "person": form.person}
        try:
            made = registering.register(own.accreditation, by=request.user, **said)
        except Refused as why:
            form.add_error(None, str(why))
        else:
            letters_go(request, _("%(name)s is registered. A letter tells them.") % {"name": made.name})
            return redirect(place_of(own))
    context = {**_frame(own, at), "form": form, "places": places, "kind": "register"}
    return render(request, "accreditation/participant/person.html", context)


def _frame(own, at):
    call = registration_call(own.accreditation, at)
    return {
        "own": own,
        "organisation": own.organisation,
        "forum": own.forum,
        "call": call,
        "phase": call.phase(at) if call else None,
        "is_open": is_registration_open(own.accreditation, at),
    }


def _own_person(request, slug, forum, key):
    own = speaks_for(request, slug, forum)
    people = Registration.objects.filter(accreditation__organisation=own.organisation, accreditation__forum=own.forum)
    return own, get_object_or_404(people.select_related("accreditation__organisation", "accreditation__forum"), key=key)


@signed_in
def person(request, slug, forum, key):
    """Correct what is said of a registered person: needs and consent at any time, who it is while registration is open."""
    own, registration = _own_person(request, slug, forum, key)
    if registration.cancelled_at:
        messages.info(request, _("This registration was cancelled."))
        return redirect(place_of(own))
    initial = {name: getattr(registration, name) for name in registering.PERSON}
    form = PersonForm(typed(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            registering.correct(registration, person=form.person, by=request.user)
        except Refused as why:
            form.add_error(None, str(why))
        else:
            letters_go(request, _("What is said of %(name)s was changed.") % {"name": form.cleaned_data["name"]})
            return redirect(place_of(own))
    context = {**_frame(own, now()), "form": form, "registration": registration, "kind": "correct"}
    return render(request, "accreditation/participant/person.html", context)


@signed_in
def replace_person(request, slug, forum, key):
    """Let another person come in the place of one who is registered."""
    own, registration = _own_person(request, slug, forum, key)
    form = ReplacementForm(typed(request))
    if request.method == "POST" and form.is_valid():
        said = {"reason": form.cleaned_data["reason"], "form_key": form.cleaned_data["form_key"], "person": form.person}
        try:
            made = registering.replace(registration, by=request.user, **said)
        except Refused as why:
            form.add_error(None, str(why))
        else:
            letters_go(request, _("%(name)s is registered instead. Letters tell both.") % {"name": made.name})
            return redirect(place_of(own))
    elif request.method != "POST" and registration.cancelled_at:
        return redirect(place_of(own))
    context = {**_frame(own, now()), "form": form, "registration": registration, "kind": "replace"}
    return render(request, "accreditation/participant/person.html", context)


@signed_in
def cancel_person(request, slug, forum, key):
    """Take a registration back, after a page that says what happens."""
    own, registration = _own_person(request, slug, forum, key)
    form = ReasonForm(typed(request))
    if request.method == "POST" and form.is_valid():
        try:
            registering.cancel(registration, reason=form.cleaned_data["reason"], by=request.user, at=now())
        except Refused as why:
            form.add_error(None, str(why))
        else:
            letters_go(request, _("The registration was cancelled. A letter tells the person."))
            return redirect(place_of(own))
    context = {**_frame(own, now()), "form": form, "registration": registration}
    return render(request, "accreditation/participant/person_cancel.html", context)


# The letter of representation ----------------------------------------------------------------------------------------


@signed_in
def add_letter(request, slug, forum):
    """Take in a letter of representation; the scanner looks at it before anybody opens it."""
    own = speaks_for(request, slug, forum)
    file = request.FILES.get("file")
    if request.method != "POST":
        return redirect(f"{place_of(own)}#letter")
    if file is None:
        messages.error(request, _("Choose a file first, then press the button again."))
        return redirect(f"{place_of(own)}#letter")
    try:
        representation.add_letter(own.accreditation, file, by=request.user, at=now())
    except Refused as why:
        messages.error(request, str(why))
    else:
        look_soon("accreditation.tasks.scan_evidence")
        messages.success(request, _("The letter was taken in. It is checked for viruses before anybody can open it."))
    return redirect(f"{place_of(own)}#letter")


@signed_in
def remove_letter(request, slug, forum, pk):
    """Take a letter out; its bytes are erased soon after."""
    own = speaks_for(request, slug, forum)
    file = get_object_or_404(representation.letters_of(own.accreditation), pk=pk)
    if request.method == "POST":
        representation.take_out(file, by=request.user, at=now())
        messages.success(request, _("The letter was taken out."))
    return redirect(f"{place_of(own)}#letter")
