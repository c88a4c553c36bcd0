"""The letters to a person, on their own page: the same rows as are mailed, so that a lost mail is read all the same."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.timezone import now
from django.views.decorators.http import require_safe

from accreditation.entrance import signed_in
from accreditation.standing_in import is_standing_in
from forums import operations
from forums.models import Letter, LettersSeen

PER_PAGE = 25


@require_safe
@signed_in
def inbox(request):
    """Newest first; those that came since the last look are marked, and count as seen from now on.

    Who stands in for somebody only looks, so for them nothing counts as seen.
    """
    person, at = request.user, now()
    seen = LettersSeen.objects.filter(person=person).values_list("up_to", flat=True).first()
    letters = Letter.objects.for_reader(person.email, at).select_related("forum").defer("html")
    page = Paginator(letters.order_by("-not_before", "-pk"), PER_PAGE).get_page(request.GET.get("page"))
    for letter in page.object_list:
        letter.is_new = letter.not_before > (seen or person.date_joined)
    if request.method == "GET" and not is_standing_in(request):
        operations.see_letters(person, at=at)
    return render(request, "accreditation/participant/inbox.html", {"page": page, "query": ""})
