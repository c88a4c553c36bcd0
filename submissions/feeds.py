"""The Atom feed of published inputs: the first of any list, asked by the same filters, order and language as its page."""

from contextlib import nullcontext
from datetime import UTC, datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse
from django.utils import translation
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.timezone import now
from django.utils.translation import gettext as _

from forums.public_page import public_page
from submissions.cards import authors
from submissions.following.lists import address_of, name_of
from submissions.search.asking import understand
from submissions.search.listing import in_order
from submissions.search.querying import by_index

NEWEST = 50
BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)
HELD_SINCE = "2026"  # when this site began to speak for its host: a part of every entry's name, never changed


class Entries(Atom1Feed):
    """Each entry says in which language it is written."""

    def item_attributes(self, item):
        return {"xml:lang": item["language"]}

    def latest_post_date(self):
        return super().latest_post_date() if self.items else BEGINNING  # an empty feed is the same at every look


@public_page
def inputs_feed(request):
    """`lang` chooses the language of the feed's own words and links; every other parameter is a filter of the list."""
    language = request.GET.get("lang", settings.LANGUAGE_CODE)
    if language not in dict(settings.LANGUAGES):
        return _refusal([_("“%(value)s” is not one of the six languages.") % {"value": language[:40]}])
    with translation.override(language):
        return _answer(request, now())


def _answer(request, at):
    question = understand(request.GET, at=at, others=["lang", "sort"])
    if troubles := question.unknown() + question.ignored():
        return _refusal(sentence for _field, sentence in troubles)
    with by_index() if question.filters.q else nullcontext():
        inputs = list(in_order(question.inputs(at), question.filters).lean()[:NEWEST])
    response = HttpResponse(content_type=Entries.content_type)
    _feed(request, question, inputs).write(response, "utf-8")
    return response


def _feed(request, question, inputs):
    filters = question.filters
    feed = Entries(
        title=_title(question),
        link=settings.SITE_URL + address_of(filters.whole_query()),
        description=_("Published inputs of States and stakeholders."),
        language=translation.get_language(),
        feed_url=settings.SITE_URL + request.get_full_path(),
        feed_guid=_name(f"inputs?{filters.whole_query()}"),
    )
    for each in inputs:
        feed.add_item(
            title=each.title,
            link=settings.SITE_URL + each.get_absolute_url(),
            description=escape(each.excerpt),  # Atom1Feed declares it as HTML
            author_name=", ".join(name for name, _language in authors(each)),
            pubdate=each.visible_at,
            updateddate=max(each.changed_at, each.visible_at),
            unique_id=_name(f"input/{each.reference}"),
            language=each.language,
            categories=[each.symbol],
        )
    return feed


def _title(question):
    """A reader of feeds shows it beside others: it says which list this is."""
    if question.filters.q or question.filters.chosen:
        return _("International Migration Review Forum: inputs, %(list)s") % {"list": name_of(question)}
    return _("International Migration Review Forum: inputs")


def _name(what):
    """A tag URI (RFC 4151): the same for ever, whatever the address does."""
    return f"tag:{urlsplit(settings.SITE_URL).hostname},{HELD_SINCE}:{what}"


def _refusal(sentences):
    return HttpResponse("\n".join(map(str, sentences)) + "\n", status=400, content_type="text/plain; charset=utf-8")
