"""Files of a draft: taken in at once, listed with their state, taken out again; given back only when clean."""

from contextlib import suppress

from django.http import FileResponse, Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now

from accreditation.entrance import signed_in
from forums.refusals import Refused
from submissions import operations, permissions
from submissions.models import Attachment
from submissions.views.own import lines_of, own_input, place_of_files
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


@signed_in
def my_file(request, pk, file):
    """The bytes of a clean file as a download; of any other file its name and state, never a byte."""
    submission = own_input(request, pk)
    attachment = get_object_or_404(Attachment, submission=submission, pk=file)
    if not attachment.is_clean:
        [line] = lines_of([attachment])
        return render(request, "submissions/participant/file.html", {"submission": submission, "file": line}, status=404)
    try:
        stream = attachment.file.open("rb")
    except FileNotFoundError as gone:
        raise Http404 from gone
    return FileResponse(stream, as_attachment=True, filename=attachment.name, content_type=attachment.media_type)
