"""Around the forum, for the public: regional reviews by round, the Secretary-General's reports."""

from datetime import date
from itertools import groupby

from django.db.models import Q
from django.shortcuts import render
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from forums.citing import paragraph_in_words
from forums.models import OfficialDocument, RegionalReview
from forums.public_page import public_page

FORMS = {"virtual": _("online"), "hybrid": _("in person and online"), "in person": _("in person")}
COMPACT = "A/RES/73/195"
ADOPTED = date(2018, 12, 19)  # what was reported before the Compact is no report on it


@public_page
def regional_reviews(request):
    today = now().date()
    reviews = RegionalReview.objects.prefetch_related("regions")
    rounds = [_round(number, list(among), today) for number, among in groupby(reviews, key=lambda review: review.round)]
    return render(
        request, "forums/regional_reviews.html", {"rounds": rounds[::-1], "basis": paragraph_in_words(COMPACT, "50")}
    )


def _round(number, reviews, today):
    """A round with the years it spans, as far as its days are known."""
    days = [day for review in reviews for day in (review.first_day, review.last_day) if day]
    for review in reviews:
        review.in_which_form = FORMS.get(review.format, review.format)
        review.is_over = bool(review.first_day) and (review.last_day or review.first_day) < today
    return {
        "number": number,
        "reviews": reviews,
        "first_year": min(days).year if days else None,
        "last_year": max(days).year if days else None,
    }


@public_page
def reports(request):
    """The reports on the Compact, with the days between them, and the duty of a forum that some of them met."""
    on_the_compact = Q(dated_on__gte=ADOPTED) | Q(meets__kind="report")
    documents = OfficialDocument.objects.filter(on_the_compact, kind=OfficialDocument.Kind.REPORT, modifies=None)
    documents = documents.select_related("meets__forum", "forum").prefetch_related("languages").distinct()
    at, line, before = now(), [], None
    for document in sorted(documents, key=lambda document: document.dated_on or date.max):
        apart = (document.dated_on - before).days if document.dated_on and before else None
        state = document.meets.state(at) if document.meets else None
        line.append({"document": document, "apart": apart, "state": state, "duty": document.meets})
        before = document.dated_on or before
    return render(request, "forums/reports.html", {"line": line})
