"""A file sent in pieces by the script of the edit page: begin, ask how far it is, one piece, finish, cancel."""

from functools import wraps

from django.core.exceptions import RequestDataTooBig
from django.http import HttpResponseNotAllowed, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.utils.timezone import now
from django.utils.translation import gettext as _

from forums.hints import look_soon
from forums.refusals import Refused
from submissions import operations, permissions
from submissions.views.opened import lines_to_change
from submissions.views.own import own_input, place_of_files
from submissions.views.typed import by_script, steps_now, writing

MOST_DIGITS = 12


def at_an_upload(*methods):
    """A view of one upload that this person began with an input they may write; anything else is a missing page."""

    def doored(view):
        @writing
        @wraps(view)
        def answer(request, pk, upload, **kwargs):
            submission = own_input(request, pk, may=permissions.may_edit)
            found = get_object_or_404(submission.uploads.select_related("attachment"), pk=upload, by=request.user)
            if request.method not in methods:
                return HttpResponseNotAllowed(methods)
            found.submission = submission
            try:
                return view(request, found, **kwargs)
            except operations.Elsewhere as where:
                return JsonResponse({"arrived": where.arrived, "refused": [str(where)]}, status=409)
            except Refused as why:
                return JsonResponse(as_listed(request, submission, refused=[str(why)]), status=422)

        return answer

    return doored


@writing
def begin(request, pk):
    """Begin a file or go on with it: 201 with the address of the upload and how many bytes are there."""
    submission = own_input(request, pk, may=permissions.may_edit)
    if request.method != "POST":
        return redirect(place_of_files(pk))
    name, size, mark = (request.POST.get(key, "") for key in ("name", "size", "mark"))
    if not (size.isascii() and size.isdigit() and len(size) <= MOST_DIGITS) or "\x00" in name + mark or len(mark) > 64:
        return JsonResponse({"refused": [_("The file could not be understood. Choose it again.")]}, status=400)
    try:
        upload = operations.begin_upload(submission, name=name, size=int(size), mark=mark, by=request.user, at=now())
    except Refused as why:
        return JsonResponse(as_listed(request, submission, refused=[str(why)]), status=422)
    return JsonResponse({"upload": str(upload.pk), "arrived": upload.arrived}, status=201)


@at_an_upload("GET", "HEAD")
def stand(request, upload):
    """How many bytes are there, and whether it is a file of the draft already."""
    return JsonResponse({"arrived": upload.arrived, "size": upload.size, "finished": upload.attachment_id is not None})


@at_an_upload("PUT")
def piece(request, upload, offset):
    """Keep one piece; answers how many bytes are there. 409 says from where to go on."""
    try:
        content = request.body
    except RequestDataTooBig:
        return JsonResponse({"arrived": upload.arrived, "refused": [_("The piece is too big.")]}, status=413)
    return JsonResponse({"arrived": operations.add_piece(upload, offset=offset, content=content, at=now())})


@at_an_upload("POST")
def finish(request, upload):
    """Take the whole file in; asked again it answers the same."""
    operations.finish_upload(upload, by=request.user, at=now())
    look_soon("submissions.tasks.scan_uploads", "submissions.tasks.read_files")
    return JsonResponse(as_listed(request, upload.submission))


@at_an_upload("POST")
def cancel(request, upload):
    """Forget what arrived; also from the button beside an upload that stands still, without a script."""
    operations.cancel_upload(upload)
    if by_script(request):
        return JsonResponse(as_listed(request, upload.submission))
    return redirect(place_of_files(upload.submission.pk))


def as_listed(request, submission, *, refused=()) -> dict:
    """The list of files as its page shows it now, for a script that has the old one."""
    lines = lines_to_change(submission, submission.attachments.kept().select_related("extract"))
    begun = list(submission.uploads.under_way().filter(by=request.user))
    context = {"files": lines, "begun": begun, "submission": submission, "may_change": True}
    listed = render_to_string("submissions/participant/_files.html", context, request)
    return {"files": listed, "refused": list(refused), "steps": steps_now(submission)}
