"""Atom feeds of organisations that became public and of national reviews, narrowed as their pages are."""

from django.conf import settings
from django.urls import reverse
from django.utils.html import escape
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accreditation.models import Organisation
from forums.atom import answer, feed_of, refusal, tag
from forums.models import Forum
from forums.public_page import in_asked_language, public_page
from submissions import national_reviews, organisation_lists
from submissions.search.vocabulary import vocabulary

NEWEST = 50
REVIEWS = 500  # one recorded today may be of years ago: nearly all of them, so that it is among them


@public_page
@in_asked_language
def organisations_feed(request):
    """Those that were the last to become public; `lang` beside the filters of the page."""
    at = now()
    _every, asked, keys = organisation_lists.narrowed(request.GET, at, others=("q", "lang"), steady=True)
    if asked.sentences:
        return refusal(asked.sentences)
    title = _titled(_("International Migration Review Forum: organisations"), asked)
    about = _("Organisations with a published input or a recorded standing, by letter, kind, region and country.")
    page = f"{reverse('submissions:organisations')}?{asked.query}"
    feed = feed_of(request, title=title, description=about, page=page, name=f"organisations?{asked.query}")
    since_when = organisation_lists.public_since(keys, at)
    newest = sorted(since_when.items(), key=lambda pair: (pair[1], pair[0]), reverse=True)[:NEWEST]
    bodies = Organisation.objects.select_related("country").in_bulk([key for key, _since in newest])
    for key, since in newest:
        body = bodies[key]
        feed.add_item(
            title=body.name,
            link=settings.SITE_URL + body.get_absolute_url(),
            description=escape(_joined(body.get_kind_display(), body.country and body.country.name)),
            pubdate=since,
            updateddate=since,
            unique_id=tag(f"organisation/{body.pk}"),
            language=body.name_language,
        )
    return answer(feed)


@public_page
@in_asked_language
def national_reviews_feed(request):
    """Those sent to a forum and those recorded from elsewhere, the newest first; `lang` beside the filters of the page."""
    at, forums = now(), list(Forum.objects.all())
    words, every = vocabulary(forums).words, national_reviews.entries(at, forums)
    asked, found = national_reviews.narrowed(every, request.GET, words, others=("lang",))
    if asked.sentences:
        return refusal(asked.sentences)
    title = _titled(_("International Migration Review Forum: national reviews"), asked)
    about = _("Voluntary reviews of the Global Compact for Migration by States: by country, region, forum and year.")
    page = f"{reverse('submissions:national_reviews')}?{asked.query}"
    feed = feed_of(request, title=title, description=about, page=page, name=f"national-reviews?{asked.query}")
    for entry in sorted(found, key=lambda entry: (entry.since, entry.name), reverse=True)[:REVIEWS]:
        countries = ", ".join(words["country"].get(code, code) for code in entry.country)
        feed.add_item(
            title=entry.title,
            link=_link(entry),
            description=escape(_joined(countries, str(entry.year), entry.reference or _("Published elsewhere"))),
            pubdate=entry.since,
            updateddate=entry.changed or entry.since,
            unique_id=tag(entry.name),
            language=entry.language,
        )
    return answer(feed)


def _link(entry):
    """Its page here; of a review from elsewhere its own address, else where it stands in the list."""
    if entry.reference or not entry.url:
        return settings.SITE_URL + (entry.url or f"{reverse('submissions:national_reviews')}?country={entry.country[0]}")
    return entry.url


def _titled(title, asked):
    """A reader of feeds shows it beside others: it says which list this is."""
    words = [f"“{words}”" for _name, words in asked.kept]
    return " · ".join([title, *words, *(pill["label"] for pill in asked.pills)])


def _joined(*words):
    return " · ".join(str(word) for word in words if word)
