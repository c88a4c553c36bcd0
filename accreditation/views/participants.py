"""Names of registered persons, where the forum's terms let them be public and the person agreed: names and organisation."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render

from accreditation.participation.showing import participants_of
from accreditation.participation.terms import terms_of
from forums.models import Forum
from forums.narrowing import read
from forums.paging import page_of
from forums.public_page import public_page

A_PAGE = 100


@public_page
def participants(request, slug):
    """By organisation; a forum that publishes no names has no such page."""
    forum = get_object_or_404(Forum, slug=slug)
    if not terms_of(forum).participants_public:
        raise Http404
    page, no_page = page_of(participants_of(forum), A_PAGE, request.GET)
    about = {"forum": forum, "page": page, "asked": read(request.GET), "no_page": no_page}
    return render(request, "accreditation/public/participants.html", about, status=400 if no_page else 200)
