"""Official documents and the inputs they drew on: in words beside an input, and a page of inputs for a document."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import now

from forums.models import OfficialDocument
from forums.narrowing import read
from forums.once import forums_of
from forums.paging import page_of
from forums.public_page import public_page
from submissions import publication
from submissions.cards import cards
from submissions.search.vocabulary import vocabulary

A_PAGE = 25


@public_page
def inputs_used(request, pk):
    """The visible inputs that one official document drew on, newest first; 404 where there are none."""
    document = get_object_or_404(OfficialDocument.objects.select_related("forum"), pk=pk)
    inputs = publication.visible(now()).filter(submission__uses__document=document, submission__uses__removed_at=None)
    inputs = inputs.distinct().newest_first().lean()
    page, no_page = page_of(inputs, A_PAGE, request.GET)
    total = page.paginator.count if page else inputs.count()
    if not total:
        raise Http404
    shown = cards(page or (), vocabulary(forums_of(request), kept=True))
    asked = {"asked": read(request.GET), "no_page": no_page}
    context = {"document": document, "cards": shown, "page": page, "total": total, **asked}
    return render(request, "submissions/public/inputs_used.html", context, status=400 if no_page else 200)
