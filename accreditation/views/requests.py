"""What waits for a person: invitations sent to their address, their own requests to join."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accreditation import operations
from accreditation.entrance import signed_in
from accreditation.models import Membership
from forums.refusals import Refused


@signed_in
def take_back(request, pk):
    """Take back one's own request to join; anybody else's is as a missing one."""
    membership = get_object_or_404(Membership.objects.select_related("organisation"), pk=pk, user=request.user)
    if request.method == "POST":
        try:
            operations.take_back_request(membership, by=request.user, at=now())
        except Refused as why:
            messages.error(request, str(why))
        else:
            sentence = _("Your request to join %(organisation)s was taken back. You can ask another organisation.")
            messages.success(request, sentence % {"organisation": membership.organisation})
    return redirect("my")


@signed_in
def accept_waiting(request, pk):
    """Accept an invitation that was sent to one's own address; without its link nobody else finds it."""
    at = now()
    waiting = operations.invitations_for(request.user).select_related("organisation__merged_into", "by")
    invitation = get_object_or_404(waiting, pk=pk)
    if request.method != "POST":
        raise Http404
    try:
        membership = operations.accept(invitation, by=request.user, at=at)
    except Refused as why:
        messages.error(request, str(why))
        return redirect("my")
    messages.success(request, _("You act for the organisation now."))
    return redirect("accreditation:my_organisation", membership.organisation.slug)
