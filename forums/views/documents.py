"""Kept files of official documents: one permanent address a language."""

from django.http import FileResponse, Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag

from forums.models import DocumentFile
from forums.public_page import public_page
from forums.uploads import TYPES


@public_page
def document_file(request, pk, language):
    """The bytes of a clean file as a download that can run nothing in a browser; where only a link is known, the link."""
    entry = get_object_or_404(DocumentFile.objects.select_related("document"), document_id=pk, language=language)
    if entry.url:
        return HttpResponseRedirect(entry.url)
    if not (entry.document.is_available and entry.is_clean):
        raise Http404
    etag = quote_etag(entry.sha256)
    response = get_conditional_response(request, etag=etag) or _download(entry)
    response.headers["ETag"] = etag
    return response


def _download(entry):
    try:
        response = FileResponse(entry.file.open("rb"), content_type=TYPES[entry.extension])
    except FileNotFoundError as gone:
        raise Http404 from gone
    response.headers["Content-Length"] = str(entry.size)
    response.headers["Content-Disposition"] = f'attachment; filename="{entry.download_name}"'
    response.headers["Content-Language"] = entry.language
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
