"""Files of a draft: taken in at once, listed with their state, taken out again; given back only when clean."""

from contextlib import suppress

from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accreditation.entrance import signed_in
from forums.hints import look_soon
from forums.refusals import Refused
from submissions import operations, permissions
from submissions.file_forms import FileForm
from submissions.models import Attachment
from submissions.views.own import lines_of, own_input, place_of_files
from submissions.views.serving import hand_out
from submissions.views.typed import by_script, save_files, take_in, writing
from submissions.views.uploads import as_listed


@writing
def attach(request, pk):
    """Add the chosen files, and save whatever the same form posted beside them."""
    submission = own_input(request, pk, may=permissions.may_edit)
    if request.method != "POST":
        return redirect(place_of_files(pk))
    if not by_script(request):
        return take_in(request, submission, at=now(), then=place_of_files(pk))
    refused = save_files(request, submission, at=now())
    return JsonResponse(as_listed(request, submission, refused=refused), status=422 if refused else 200)


@writing
def detach(request, pk, file):
    """Take a file out of the draft, and save whatever the same form posted beside it."""
    submission = own_input(request, pk, may=permissions.may_edit)
    attachment = get_object_or_404(submission.attachments, pk=file)  # one taken out already is no error
    if request.method == "POST":
        with suppress(Refused):  # sent meanwhile: taking in what was typed says so
            operations.detach(attachment, by=request.user, at=now())
        return take_in(request, submission, at=now(), then=place_of_files(pk))
    return redirect(place_of_files(pk))


@writing
def remove_hidden(request, pk, file):
    """Take hidden details out of a file, and save whatever the same form posted beside it."""
    submission = own_input(request, pk, may=permissions.may_edit)
    attachment = get_object_or_404(submission.attachments.kept(), pk=file)
    if request.method == "POST":
        attachment.submission = submission
        try:
            operations.remove_hidden(attachment, by=request.user, at=now())
        except Refused as why:
            messages.error(request, str(why))
        else:
            look_soon("submissions.tasks.scan_uploads", "submissions.tasks.read_files")
            said = _("Hidden details of “%(name)s” were removed. Look at the file again before you send.")
            messages.success(request, said % {"name": attachment.name})
        return take_in(request, submission, at=now(), then=place_of_files(pk))
    return redirect(place_of_files(pk))


@writing
def describe(request, pk, file):
    """Say the language of a file and what it translates, and save whatever the same form posted beside it."""
    submission = own_input(request, pk, may=permissions.may_edit)
    attachment = get_object_or_404(submission.attachments.kept(), pk=file)
    if request.method == "POST":
        attachment.submission = submission
        form = FileForm(request.POST, prefix=f"file-{attachment.pk}", files=submission.attachments.kept())
        try:
            if form.is_valid():
                operations.describe(attachment, by=request.user, at=now(), **form.cleaned_data)
            else:
                messages.error(request, _("What was said about “%(name)s” was not understood.") % {"name": attachment.name})
        except Refused as why:
            messages.error(request, str(why))
        return take_in(request, submission, at=now(), then=place_of_files(pk))
    return redirect(place_of_files(pk))


@signed_in
def my_file(request, pk, file):
    """The bytes of a clean file as a download; of any other file its name and state, never a byte."""
    submission = own_input(request, pk)
    attachment = get_object_or_404(Attachment, submission=submission, pk=file)
    if not attachment.is_servable:
        [line] = lines_of([attachment])
        return render(request, "submissions/participant/file.html", {"submission": submission, "file": line}, status=404)
    return hand_out(request, attachment, plain_name=submission.reference or "file")
