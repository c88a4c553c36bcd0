"""The Atom feed of published inputs: the first of any list, asked by the same filters, order and language as its page."""

from contextlib import nullcontext

from django.conf import settings
from django.utils import translation
from django.utils.html import escape
from django.utils.timezone import now
from django.utils.translation import gettext as _

from forums.atom import answer, feed_of, refusal, tag
from forums.public_page import public_page
from submissions.cards import authors
from submissions.following.lists import address_of, name_of
from submissions.search.asking import understand
from submissions.search.listing import in_order
from submissions.search.querying import by_index

NEWEST = 50


@public_page
def inputs_feed(request):
    """`lang` chooses the language of the feed's own words and links; every other parameter is a filter of the list."""
    language = request.GET.get("lang", settings.LANGUAGE_CODE)
    if language not in dict(settings.LANGUAGES):
        return refusal([_("“%(value)s” is not one of the six languages.") % {"value": language[:40]}])
    with translation.override(language):
        return _answer(request, now())


def _answer(request, at):
    question = understand(request.GET, at=at, others=["lang", "sort"])
    if troubles := question.unknown() + question.ignored():
        return refusal(sentence for _field, sentence in troubles)
    with by_index() if question.filters.q else nullcontext():
        inputs = list(in_order(question.inputs(at), question.filters).lean()[:NEWEST])
    return answer(_feed(request, question, inputs))


def _feed(request, question, inputs):
    filters = question.filters
    feed = feed_of(
        request,
        title=_title(question),
        description=_("Published inputs of States and stakeholders."),
        page=address_of(filters.whole_query()),
        name=f"inputs?{filters.whole_query()}",
    )
    for each in inputs:
        feed.add_item(
            title=each.title,
            link=settings.SITE_URL + each.get_absolute_url(),
            description=escape(each.excerpt),  # Atom1Feed declares it as HTML
            author_name=", ".join(name for name, _language in authors(each)),
            pubdate=each.visible_at,
            updateddate=max(each.changed_at, each.visible_at),
            unique_id=tag(f"input/{each.reference}"),
            language=each.language,
            categories=[each.symbol],
        )
    return feed


def _title(question):
    """A reader of feeds shows it beside others: it says which list this is."""
    if question.filters.q or question.filters.chosen:
        return _("International Migration Review Forum: inputs, %(list)s") % {"list": name_of(question)}
    return _("International Migration Review Forum: inputs")
