"""Every receipt of one's organisations: each version that was sent, newest first, with its PDF."""

from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.shortcuts import render
from django.utils.translation import get_language

from accreditation.entrance import signed_in
from submissions.models import PrintedReceipt, Submission, Version

PER_PAGE = 25


@signed_in
def my_receipts(request):
    """The list; the number of statements does not grow with it."""
    own = Submission.objects.of(request.user).values("pk")
    printed = PrintedReceipt.objects.filter(language=get_language()).exclude(file="")
    versions = (
        Version.objects.filter(submission__in=own)
        .select_related("submission__organisation", "submission__call", "forum")
        .prefetch_related(Prefetch("printed", printed, to_attr="printed_here"))
        .order_by("-sent_at", "-pk")
    )
    page = Paginator(versions, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "submissions/participant/my_receipts.html", {"page": page})
