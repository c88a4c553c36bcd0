"""Names of registered persons, where the forum's terms let them be public and the person agreed: names and organisation."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, render

from accreditation.participation.showing import participants_of
from accreditation.participation.terms import terms_of
from forums.models import Forum
from forums.public_page import public_page

A_PAGE = 100


@public_page
def participants(request, slug):
    """By organisation; a forum that publishes no names has no such page."""
    forum = get_object_or_404(Forum, slug=slug)
    if not terms_of(forum).participants_public:
        raise Http404
    page = Paginator(participants_of(forum), A_PAGE).get_page(request.GET.get("page"))
    return render(request, "accreditation/public/participants.html", {"forum": forum, "page": page})
