"""Atom of what changed in the calendar: of all forums, or of one; `?lang=` chooses the language, English unless said."""

import uuid
from datetime import UTC, datetime

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import translation
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from forums.changes import path_of, words_of
from forums.models import Change, Forum
from forums.public_page import in_asked_language, public_page

NEWEST = 50
BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)
FEEDS = uuid.UUID("5f0a2c2e-7a35-4c43-9d55-6b0f6a4c3f10")  # with the forum's address it names its feed, for ever


class Changes(Atom1Feed):
    def latest_post_date(self):
        return super().latest_post_date() if self.items else BEGINNING  # an empty feed is the same at every look


@public_page
@in_asked_language
def calendar_changes(request):
    title = _("International Migration Review Forum: changes of the calendar")
    return _answer(request, Change.objects.all(), title, "everything", reverse("forums:calendar"))


@public_page
@in_asked_language
def forum_changes(request, slug):
    forum = get_object_or_404(Forum, slug=slug)
    title = _("%(forum)s: changes of the calendar") % {"forum": forum.name}
    return _answer(request, Change.objects.filter(forum=forum), title, slug, forum.get_absolute_url())


def _answer(request, changes, title, name, path):
    feed = Changes(
        title=title,
        link=settings.SITE_URL + path,
        description=_("Dates set and moved, closings, duties met or waived, documents, the programme. The newest first."),
        language=translation.get_language(),
        feed_url=settings.SITE_URL + request.get_full_path(),
        feed_guid=uuid.uuid5(FEEDS, name).urn,
    )
    for change in changes.select_related("forum").order_by("-at", "pk")[:NEWEST]:
        words = words_of(change)
        feed.add_item(
            title=_("%(forum)s: %(what)s") % {"forum": change.forum.name, "what": words.title},
            link=settings.SITE_URL + path_of(change),
            description=_in_html(words),
            pubdate=change.at,
            updateddate=change.at,
            unique_id=change.pk.urn,
            author_name=_("United Nations Network on Migration"),
        )
    response = HttpResponse(content_type=Changes.content_type)
    feed.write(response, "utf-8")
    return response


def _in_html(words):
    """Atom1Feed declares a summary as HTML; the reason is in whatever language it was given in."""
    lines = format_html_join("", "<li>{}</li>", ((line,) for line in words.lines))
    listed = format_html("<ul>{}</ul>", lines) if lines else ""
    return format_html('{}<p dir="auto">{}</p>', listed, words.reason) if words.reason else listed or words.title
