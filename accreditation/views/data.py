"""One's own data: ask for all of it, see how far it is, fetch it."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import FileResponse, Http404
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from accreditation.entrance import signed_in
from accreditation.personal.archives import ask_archive
from accreditation.standing_in import in_own_name
from forums.hints import look_soon
from forums.refusals import Refused

WORDS = {
    "asked": (_("Asked for"), "wait"),
    "being_made": (_("Is being made"), "now"),
    "ready": (_("Ready"), "done"),
    "failed": (_("Could not be made"), "stop"),
    "gone": (_("Deleted after its term"), "plain"),
}


@signed_in
def my_data(request):
    """What one asked for and how far it is; asking puts it into the queue, a worker makes it."""
    if request.method == "POST":
        try:
            ask_archive(request.user, at=now())
        except Refused as why:
            messages.error(request, str(why))
        else:
            look_soon("accreditation.tasks.make_archives")
            messages.success(request, _("It is asked for. A letter tells you when it is ready."))
        return redirect("accreditation:my_data")
    archive = request.user.archives.first()
    state = archive.state(now()) if archive else ""
    word, tone = WORDS.get(state, ("", ""))
    about = {"archive": archive, "state": state, "word": word, "tone": tone}
    return render(request, "accreditation/participant/my_data.html", about)


@signed_in
@in_own_name
@reauthentication_required
def fetch(request):
    """The newest archive, to its person only, who has just said once more who they are."""
    archive = request.user.archives.ready(now()).first()
    if archive is None:
        raise Http404
    try:
        stream = archive.file.open("rb")
    except FileNotFoundError as why:
        raise Http404 from why
    name = f"imrf-my-data-{archive.made_at:%Y-%m-%d}.zip"
    response = FileResponse(stream, as_attachment=True, filename=name, content_type="application/zip")
    response.headers["Cache-Control"] = "no-store, private"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
