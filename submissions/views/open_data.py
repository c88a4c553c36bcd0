"""Open data at fixed addresses, and the page that says what there is to reuse."""

import zipfile
from urllib.parse import urlencode

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import get_language_from_request
from django.utils.translation import gettext as _

from forums.models import Forum
from forums.public_page import in_asked_language, public_page, unless_unchanged
from submissions import licences
from submissions.open_data import editions
from submissions.open_data.package import MEMBERS

ARCHIVE = "inputs.zip"
TYPES = {
    ".zip": "application/zip",
    ".csv": "text/csv; charset=utf-8",
    ".json": "application/json",
    ".txt": "text/plain; charset=utf-8",
    "SUMS": "text/plain; charset=utf-8",
}


@public_page
def to_page(request):
    """/open-data/ leads to the page in the language that the browser asks for."""
    language = get_language_from_request(request)
    response = redirect(f"/{language}/open-data/")
    response["Vary"] = "Accept-Language, Cookie"
    return response


@public_page
def open_data(request):
    edition = editions.served()
    members = edition.package["members"] if edition else []
    files = [{"name": name, "size": size, "sha256": sha256} for name, size, sha256 in members]
    forum = Forum.objects.current(now().date())
    about = {
        "edition": edition,
        "archive": ARCHIVE,
        "files": files,
        "licence": licences,
        "embedded": f"{reverse('submissions:embed')}?{urlencode({'forum': forum.slug, 'number': 5})}" if forum else "",
    }
    return render(request, "submissions/public/open_data.html", about)


@public_page
@in_asked_language
def open_data_file(request, name):
    """The ZIP, or a member of it; withheld (503) from a take-down of what it holds until a new one is made."""
    if name not in (ARCHIVE, *MEMBERS):
        raise Http404
    edition = editions.served()
    if edition is None:
        return _withheld()
    members = {member: measured for member, *measured in edition.package["members"]}
    if name == ARCHIVE:
        return unless_unchanged(request, lambda: _whole(edition), edition.sha256, changed_at=edition.made_at)
    size, sha256 = members[name]
    return unless_unchanged(request, lambda: _part(edition, name, size), sha256, changed_at=edition.made_at)


def _withheld():
    sentence = _("The open data are being made anew. Ask again in a few minutes.")
    response = HttpResponse(f"{sentence}\n", status=503, content_type="text/plain; charset=utf-8")
    response.headers["Retry-After"], response.headers["Cache-Control"] = "120", "no-store"
    return response


def _whole(edition):
    response = FileResponse(edition.file.open("rb"), as_attachment=True, filename="imrf-inputs.zip")
    response.headers["Content-Length"] = str(edition.size)
    return _plain(response, ".zip")


def _part(edition, name, size):
    archive = zipfile.ZipFile(edition.file.open("rb"))
    response = FileResponse(archive.open(name))
    response.headers["Content-Length"] = str(size)
    return _plain(response, name)


def _plain(response, name):
    response.headers["Content-Type"] = next(kind for ending, kind in TYPES.items() if name.endswith(ending))
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response
