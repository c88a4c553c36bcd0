"""The Atom feed of who is accredited to a forum, narrowed as the page is."""

from django.conf import settings
from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import gettext as _

from accreditation.models import Accreditation, AccreditationStep
from accreditation.views.public import as_asked
from forums.atom import answer, feed_of, midnight, refusal, tag
from forums.public_page import in_asked_language, public_page
from forums.templatetags.moments import day_in_words

NEWEST = 50


@public_page
@in_asked_language
def accredited_feed(request, slug):
    """Standings in the order in which they were recorded, the newest first; 404 where the forum keeps its list."""
    forum, asked, found, _question = as_asked(request, slug, others=("q", "lang"))
    if asked.sentences:
        return refusal(asked.sentences)
    about = _(
        "Bodies whose standing at this forum is recorded, with the basis, who decided and when. "
        "What is asked for and not yet decided is not shown."
    )
    title = _("%(forum)s: accredited organisations") % {"forum": forum.name}
    feed = feed_of(
        request,
        title=" · ".join([title, *(f"“{words}”" for _name, words in asked.kept), *(pill["label"] for pill in asked.pills)]),
        description=about,
        page=f"{reverse('accreditation:accredited', args=[slug])}?{asked.query}",
        name=f"accredited/{slug}?{asked.query}",
    )
    for standing in _newest(found):
        organisation, since = standing.organisation, standing.recorded_at or midnight(standing.decided_on)
        told = (str(standing.basis), standing.decided_by, day_in_words(standing.decided_on))
        feed.add_item(
            title=organisation.name,
            link=settings.SITE_URL + organisation.get_absolute_url(),
            description=escape(" · ".join(told)),
            pubdate=since,
            updateddate=since,
            unique_id=tag(f"accredited/{slug}/{organisation.pk}/{standing.basis_id}"),
            language=organisation.name_language,
        )
    return answer(feed)


def _newest(accreditations):
    steps = AccreditationStep.objects.filter(accreditation=OuterRef("pk"), became__in=Accreditation.STANDING).order_by("-at")
    dated = accreditations.annotate(recorded_at=Subquery(steps.values("at")[:1]))
    return dated.order_by("-decided_on", "-pk")[:NEWEST]
