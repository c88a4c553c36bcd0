"""A ZIP of everything an organisation wrote and sent: asked for, made in the background, fetched by its people alone."""

from django.contrib import messages
from django.db.models import Prefetch
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accreditation.entrance import signed_in
from accreditation.models import Organisation
from accreditation.standing_in import in_own_name
from forums.hints import look_soon
from forums.refusals import Refused
from submissions.archive.making import ask_archive
from submissions.models import InputsArchive

WORDS = {
    "asked": (_("Asked for"), "wait"),
    "being_made": (_("Is being made"), "now"),
    "ready": (_("Ready"), "done"),
    "failed": (_("Could not be made"), "stop"),
    "gone": (_("Deleted after its term"), "plain"),
}


@signed_in
def my_archives(request):
    """One's organisations with the newest archive of each; asking puts it into the queue, a worker makes it."""
    own = Organisation.objects.represented_by(request.user).order_by("name", "pk")
    if request.method == "POST":
        organisation = get_object_or_404(own, slug=request.POST.get("organisation", ""))
        try:
            ask_archive(organisation, by=request.user, language=get_language(), at=now())
        except Refused as why:
            messages.error(request, str(why))
        else:
            look_soon("submissions.tasks.make_archives")
            messages.success(request, _("It is asked for. A letter tells you when it is ready."))
        return redirect("submissions:my_archives")
    at, archives = now(), Prefetch("input_archives", InputsArchive.objects.order_by("-asked_at"), to_attr="archives")
    lines = [_line(organisation, at) for organisation in own.prefetch_related(archives)]
    return render(request, "submissions/participant/my_archives.html", {"lines": lines})


def _line(organisation, at) -> dict:
    archive = organisation.archives[0] if organisation.archives else None
    state = archive.state(at) if archive else ""
    word, tone = WORDS.get(state, ("", ""))
    return {"organisation": organisation, "archive": archive, "state": state, "word": word, "tone": tone}


@signed_in
@in_own_name
def fetch(request, key):
    """The file, to those who may read the inputs of that organisation today."""
    own = Organisation.objects.represented_by(request.user)
    ready = InputsArchive.objects.ready(now()).select_related("organisation")
    archive = get_object_or_404(ready, key=key, organisation__in=own)
    try:
        stream = archive.file.open("rb")
    except FileNotFoundError as why:
        raise Http404 from why
    name = f"imrf-{archive.organisation.slug}-{archive.made_at:%Y-%m-%d}.zip"
    response = FileResponse(stream, as_attachment=True, filename=name, content_type="application/zip")
    response.headers["Cache-Control"] = "no-store, private"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
