"""A published input as PDF or DOCX: made by a worker when somebody asks first, kept, and given only while it is public."""

from django.http import FileResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.utils.timezone import now
from django.utils.translation import get_language

from forums.hints import look_soon
from forums.public_page import public_page, unless_unchanged
from submissions import operations
from submissions.models import PrintedInput
from submissions.views.other_forms import found

TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@public_page
def paper(request, reference, form):
    """The file; while it is being made, a page that says so and looks again by itself (202).

    Nothing is written here: a worker is told what is wanted, and told again whenever somebody looks before it is there.
    """
    row, gone = found(reference)
    if gone:
        return gone
    printed = operations.paper_there(row, form=form, language=get_language(), at=now())
    if printed is None or not printed.file:
        return _waits(request, row, form, trouble=printed.trouble if printed else "")
    return unless_unchanged(
        request, lambda: _download(row, printed), printed.sha256, changed_at=max(row.changed_at, row.visible_at)
    )


def _waits(request, row, form, *, trouble):
    if not trouble:
        look_soon("submissions.tasks.print_input", about=(row.pk, form, get_language()))
    context = {"published": row, "symbol": row.version.symbol, "form": PrintedInput.Form(form).label, "trouble": trouble}
    response = render(request, "submissions/public/paper_waits.html", context, status=503 if trouble else 202)
    response.headers["Retry-After"] = "600" if trouble else "10"
    add_never_cache_headers(response)
    return response


def _download(row, printed):
    name = f"{row.reference}_{printed.language}.{printed.form}"
    response = FileResponse(printed.file.open("rb"), as_attachment=True, filename=name, content_type=TYPES[printed.form])
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
