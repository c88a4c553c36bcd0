"""Handing out the bytes of a file that its view has permitted: by this process, by the web server, or by a signed address.

Always with headers that let a browser run nothing of it. A name is made by the server; its sender's name comes beside it.
"""

import re
from urllib.parse import quote

from django.conf import settings
from django.http import FileResponse, Http404, HttpResponse, HttpResponseRedirect
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, parse_http_date_safe

from submissions.uploads import extension_of

HARMLESS = {
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Accept-Ranges": "bytes",
}
SIGNED_SECONDS = 60  # how long an address of the object store holds
RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")
PIECE = 64 * 1024
IN_BROWSER = "application/pdf"  # the one kind that is shown in the window, where that is asked for


def hand_out(request, file, *, plain_name, changed_at=None):
    """The answer with the bytes of `file`, as a download; a PDF also sandboxed in the window with `?inline=1`."""
    inline = request.GET.get("inline") == "1" and file.media_type == IN_BROWSER
    said = disposition(file, plain_name, inline=inline)
    etag = f'"{file.sha256[:32]}"'
    stamp = int(changed_at.timestamp()) if changed_at else None
    response = get_conditional_response(request, etag=etag, last_modified=stamp)
    response = response or _bytes(request, file, said, etag, stamp)
    response.headers["ETag"] = etag
    if stamp:
        response.headers["Last-Modified"] = http_date(stamp)
    return response


def disposition(file, plain_name, *, inline=False) -> str:
    name = f"{plain_name}{extension_of(file.media_type)}"
    how = "inline" if inline else "attachment"
    return f"{how}; filename=\"{name}\"; filename*=UTF-8''{quote(file.name, safe='')}"


def _bytes(request, file, said, etag, stamp):
    if settings.FILES_BY_SIGNED_ADDRESS:
        return _signed(file, said)
    kind = f"{file.media_type}; charset=utf-8" if file.media_type.startswith("text/") else file.media_type
    headers = {**HARMLESS, "Content-Disposition": said}
    if settings.FILES_BY_X_ACCEL:
        headers["X-Accel-Redirect"] = settings.FILES_BY_X_ACCEL + quote(file.file.name)
        return HttpResponse(content_type=kind, headers=headers)
    span = _span(request, file.size, etag, stamp)
    if span == ():
        return HttpResponse(status=416, headers={**HARMLESS, "Content-Range": f"bytes */{file.size}"})
    try:
        stream = file.file.open("rb")
    except FileNotFoundError as gone:
        raise Http404 from gone
    first, last = span or (0, file.size - 1)
    response = FileResponse(Part(stream, first, last), status=206 if span else 200, content_type=kind)
    headers["Content-Length"] = str(last - first + 1)
    if span:
        headers["Content-Range"] = f"bytes {first}-{last}/{file.size}"
    for name, value in headers.items():  # Django has its own idea of the name of a file
        response.headers[name] = value
    return response


def _signed(file, said):
    """To the object store, by an address that holds for a minute and says how the bytes are to be taken."""
    asked = {"ResponseContentDisposition": said, "ResponseContentType": file.media_type, "ResponseCacheControl": "no-store"}
    address = file.file.storage.url(file.file.name, parameters=asked, expire=SIGNED_SECONDS)
    return HttpResponseRedirect(address, headers={"Cache-Control": "no-store"})


def _span(request, size, etag, stamp):
    """First and last byte that were asked for; None for the whole file, () for what is not there."""
    found = RANGE.fullmatch(request.headers.get("Range", "").strip())
    if found is None or found.groups() == ("", "") or not _is_same(request.headers.get("If-Range"), etag, stamp):
        return None
    first, last = found.groups()
    if not first:  # the last so many bytes
        first, last = max(0, size - int(last)), size - 1
        return (first, last) if first < size else ()
    first, last = int(first), min(int(last or size - 1), size - 1)
    return (first, last) if first <= last else ()


def _is_same(condition, etag, stamp) -> bool:
    return condition is None or condition == etag or (stamp is not None and parse_http_date_safe(condition) == stamp)


class Part:
    """A part of an open file, read in small pieces."""

    def __init__(self, stream, first, last):
        self.stream, self.left = stream, last - first + 1
        stream.seek(first)

    def read(self, size=PIECE):
        piece = self.stream.read(min(size if size and size > 0 else PIECE, PIECE, self.left))
        self.left -= len(piece)
        return piece

    def close(self):
        self.stream.close()
