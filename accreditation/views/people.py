"""The people of an organisation: inviting, roles, leaving, removing, handing over; the page of an invitation."""

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accreditation import operations, permissions
from accreditation.entrance import forget_typed, signed_in, typed_before
from accreditation.models import Membership, Organisation
from forums.hints import look_soon
from forums.refusals import Refused
from forums.typed import posted, posted_by

CHANGE, REMOVE, HAND_OVER = "change", "remove", "hand_over"


class InviteForm(forms.Form):
    email = forms.EmailField(label=gettext_lazy("E-mail address"), max_length=254)
    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=Membership.Role.choices, initial="drafter")


class MemberForm(forms.Form):
    act = forms.ChoiceField(choices=[(act, act) for act in (CHANGE, REMOVE, HAND_OVER)])
    role = forms.ChoiceField(choices=Membership.Role.choices, required=False)


def _own(request, slug):
    """An organisation for which this person admits people; anything else is as a missing one."""
    organisation = get_object_or_404(Organisation.objects.represented_by(request.user), slug=slug)
    if not permissions.may_admit(request.user, organisation):
        raise Http404
    return organisation


@signed_in
def people(request, slug):
    """Everybody who acts for the organisation, open invitations, and the form that invites."""
    organisation, at = _own(request, slug), now()
    typed = posted_by(request) or typed_before(request, request.path)
    form = InviteForm(typed)
    if request.method == "POST" and form.is_valid():
        try:
            operations.invite(organisation, **form.cleaned_data, by=request.user, at=at)
        except Refused as why:
            form.add_error(None, str(why))
        else:
            forget_typed(request, request.path)
            look_soon("forums.tasks.send_letters")
            messages.success(request, _("The invitation goes out by letter. Its link works once."))
            return redirect("accreditation:people", slug)
    members = organisation.memberships.standing().select_related("user").order_by("since", "pk")
    about = {
        "organisation": organisation,
        "form": form,
        "members": members,
        "roles": Membership.Role.choices,
        "invitations": organisation.invitations.open(at),
        "at": at,
    }
    return render(request, "accreditation/participant/people.html", about)


@signed_in
def member(request, slug, pk):
    """Change the role of a member, remove them, or hand over to them."""
    organisation, at = _own(request, slug), now()
    membership = get_object_or_404(organisation.memberships.standing(), pk=pk)
    form = MemberForm(posted(request.POST))
    if request.method != "POST" or not form.is_valid():
        return redirect("accreditation:people", slug)
    act, role = form.cleaned_data["act"], form.cleaned_data["role"]
    try:
        if act == CHANGE and role:
            operations.change_role(membership, role=role, by=request.user, at=at)
        elif act == REMOVE:
            operations.remove(membership, by=request.user, at=at)
        elif act == HAND_OVER:
            mine = organisation.memberships.standing().get(user=request.user)
            operations.hand_over(mine, to=membership, by=request.user, at=at)
            messages.success(request, _("It was handed over. You are a drafter now."))
            return redirect("accreditation:my_organisation", slug)
    except Refused as why:
        messages.error(request, str(why))
    else:
        look_soon("forums.tasks.send_letters")
        messages.success(request, _("It is done, and a letter tells the person."))
    return redirect("accreditation:people", slug)


@signed_in
def leave(request, slug):
    """Ask whether a person means it, then end their own membership."""
    organisation = get_object_or_404(Organisation.objects.represented_by(request.user), slug=slug)
    membership = organisation.memberships.standing().get(user=request.user)
    wrong = ""
    if request.method == "POST":
        try:
            operations.leave(membership, at=now())
        except Refused as why:
            wrong = str(why)
        else:
            messages.success(request, _("You no longer act for the organisation."))
            return redirect("my")
    return render(request, "accreditation/participant/leave.html", {"organisation": organisation, "wrong": wrong})


@signed_in
def take_back(request, slug, pk):
    """Take an invitation back."""
    organisation = _own(request, slug)
    invitation = get_object_or_404(organisation.invitations, pk=pk)
    if request.method == "POST":
        try:
            operations.take_back_invitation(invitation, by=request.user, at=now())
        except Refused as why:
            messages.error(request, str(why))
        else:
            messages.success(request, _("The invitation was taken back. Its link works no longer."))
    return redirect("accreditation:people", slug)


@signed_in
def invitation(request, word):
    """Who invites whom into what; accepting is a press, so that a program that follows links accepts nothing."""
    found, at = operations.invitation_of(word), now()
    if found is None:
        return render(request, "accreditation/participant/invitation.html", {"invitation": None}, status=404)
    wrong = operations.why_not(found, user=request.user, at=at)
    if request.method == "POST" and not wrong:
        try:
            membership = operations.accept(found, by=request.user, at=at)
        except Refused as why:
            wrong = str(why)
        else:
            messages.success(request, _("You act for the organisation now."))
            return redirect("accreditation:my_organisation", membership.organisation.slug)
    about = {"invitation": found, "wrong": wrong}
    return render(
        request, "accreditation/participant/invitation.html", about, status=409 if request.method == "POST" else 200
    )
