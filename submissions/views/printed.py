"""A receipt as PDF: asked for in one of the six languages, printed by a worker, given to those who speak for the input."""

from django.conf import settings
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now

from accreditation.entrance import signed_in
from forums.hints import look_soon
from submissions import operations
from submissions.models import PrintedReceipt
from submissions.views.own import own_input


@signed_in
def ask(request, pk):
    """Ask for the receipt of a version in a language; asking again leads to the one that is there."""
    submission = own_input(request, pk)
    if request.method != "POST":
        return redirect("submissions:receipt", pk)
    language, number = request.POST.get("language", ""), request.POST.get("version", "")
    if language not in dict(settings.LANGUAGES) or not number.isdecimal():
        raise Http404
    version = get_object_or_404(submission.versions, number=int(number[:4]))
    operations.ask_receipt(version, language=language, at=now())
    look_soon("submissions.tasks.print_receipts")
    return redirect("submissions:printed_receipt", pk, version.number, language)


@signed_in
def printed_receipt(request, pk, number, language):
    """The PDF; while it is being printed, a page that says so and looks again by itself."""
    submission = own_input(request, pk)
    every = PrintedReceipt.objects.select_related("version")
    receipt = get_object_or_404(every, version__submission=submission, version__number=number, language=language)
    if not receipt.file:
        context = {"receipt": receipt, "submission": submission}
        return render(request, "submissions/participant/receipt_waits.html", context)
    name = f"{receipt.version.content['reference']}-{number}-{language}.pdf"
    answer = FileResponse(receipt.file.open("rb"), as_attachment=True, filename=name)
    answer.headers["Cache-Control"] = "no-store, private"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer
