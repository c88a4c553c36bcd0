"""What the public may see: chosen before sending, of the whole and of each file; asked otherwise after publication."""

from contextlib import suppress

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accreditation.entrance import signed_in
from forums.refusals import Refused
from forums.typed import posted_by, without_control
from submissions import operations, permissions
from submissions.forms import PublicityForm
from submissions.models import Submission
from submissions.views.files import place_of_files
from submissions.views.own import own_input
from submissions.views.typed import take_in, writing


@signed_in
def choose(request, pk):
    """Keep the choice for the whole input, and come back to the page before sending."""
    submission = own_input(request, pk, may=permissions.may_edit)
    form = PublicityForm(posted_by(request), submission=submission)
    if form.is_valid():
        try:
            operations.choose_publicity(submission, by=request.user, at=now(), **form.cleaned_data)
        except operations.Conflict:
            messages.error(request, _("The draft was changed meanwhile. Look at it once more, then choose."))
        except Refused as why:
            messages.error(request, str(why))
        else:
            messages.success(request, _("Kept. Below stands what will be public."))
    return redirect("submissions:check", pk)


@writing
def show_file(request, pk, file):
    """Let a file be published or keep it for the desk, and save whatever the same form posted beside it."""
    submission = own_input(request, pk, may=permissions.may_edit)
    attachment = get_object_or_404(submission.attachments, pk=file)
    if request.method != "POST":
        return redirect(place_of_files(pk))
    with suppress(Refused):  # sent meanwhile: taking in what was typed says so
        operations.show_file(attachment, public=not attachment.public, by=request.user, at=now())
    return take_in(request, submission, at=now(), then=place_of_files(pk))


@signed_in
def ask_otherwise(request, pk):
    """Ask the desk that the public may see less of what is published."""
    submission = own_input(request, pk, may=permissions.may_withdraw)
    if request.method != "POST":
        return redirect(submission)
    wanted, reason = request.POST.get("wanted", ""), without_control(request.POST.get("reason", ""))[:2000]
    if wanted not in Submission.PublishAs.values:
        raise Http404
    try:
        operations.ask_otherwise(submission, wanted=wanted, reason=reason, by=request.user, at=now())
    except Refused as why:
        messages.error(request, str(why))
    else:
        messages.success(request, _("The desk has your wish and will answer it. Until then the page stays as it is."))
    return redirect(submission)
