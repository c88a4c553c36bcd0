"""Non-objection lists outside the desk: what Member States see of one; names, where a forum makes them public."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import now

from accreditation.entrance import signed_in
from accreditation.models import Accreditation, Membership, NonObjectionList, Reading
from accreditation.operations import note_reading
from accreditation.participation.terms import terms_of
from accreditation.public_list import shown_lists
from accreditation.second_factor import second_factor_needed
from forums.models import Forum
from forums.public_page import public_page

Status = NonObjectionList.Status
SEEN = (Status.CIRCULATED, Status.PERIOD_ENDED, Status.OUTCOME_RECORDED)


def lists_for(user):
    """Circulated lists of the forums at which this person acts for a Member State or observer whose standing is recorded."""
    states = Membership.objects.standing().filter(user=user, organisation__kind="member_state").values("organisation")
    forums = Accreditation.objects.standing().filter(organisation__in=states).values("forum")
    return NonObjectionList.objects.filter(forum__in=forums, status__in=SEEN).select_related("forum")


@signed_in
def circulated(request):
    """The lists that Member States consider; for anybody else there is no such page."""
    lists = list(lists_for(request.user).order_by("-forum__year", "-number"))
    if not lists:
        raise Http404
    return _with_second_factor(request, lists)


@second_factor_needed
def _with_second_factor(request, lists):
    return render(request, "accreditation/participant/lists.html", {"lists": lists, "at": now()})


@signed_in
def circulated_list(request, key):
    """One of them: names, countries and kinds, no persons; each reading is noted."""
    listed = get_object_or_404(lists_for(request.user), key=key)
    return _one_with_second_factor(request, listed)


@second_factor_needed
def _one_with_second_factor(request, listed):
    note_reading(Reading.What.LIST, listed, by=request.user, at=now())
    lines = listed.lines.filter(struck_at__isnull=True).select_related("country").order_by("position")
    return render(request, "accreditation/participant/list.html", {"list": listed, "lines": lines, "at": now()})


@public_page
def public_lists(request, slug):
    """Names before the outcome and after it, each only where the forum's terms make them public."""
    forum = get_object_or_404(Forum, slug=slug)
    told = shown_lists(forum, terms_of(forum))
    found = [(one, one.lines.filter(struck_at__isnull=True).select_related("country").order_by("position")) for one in told]
    if not found:
        raise Http404
    return render(request, "accreditation/public/non_objection.html", {"forum": forum, "lists": found})
