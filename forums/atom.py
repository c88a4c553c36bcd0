"""Atom feeds of lists: each entry in its own language and named for ever, an empty feed the same at every look."""

from datetime import UTC, datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse
from django.utils import translation
from django.utils.feedgenerator import Atom1Feed

BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)
HELD_SINCE = "2026"  # when this site began to speak for its host: a part of every entry's name, never changed


class Entries(Atom1Feed):
    """Each entry says in which language it is written."""

    def item_attributes(self, item):
        return {"xml:lang": item["language"]} if item["language"] else {}

    def latest_post_date(self):
        return super().latest_post_date() if self.items else BEGINNING


def feed_of(request, *, title, description, page, name) -> Entries:
    """An empty feed of the list at `page`; `name` says which list it is, whatever its address."""
    return Entries(
        title=title,
        link=settings.SITE_URL + page,
        description=description,
        language=translation.get_language(),
        feed_url=settings.SITE_URL + request.get_full_path(),
        feed_guid=tag(name),
    )


def tag(what) -> str:
    """A tag URI (RFC 4151): the same for ever, whatever the address does."""
    return f"tag:{urlsplit(settings.SITE_URL).hostname},{HELD_SINCE}:{what}"


def midnight(day) -> datetime:
    """The moment by which an entry is dated of which only the day is known."""
    return datetime.combine(day, datetime.min.time(), UTC)


def answer(feed):
    response = HttpResponse(content_type=feed.content_type)
    feed.write(response, "utf-8")
    return response


def refusal(sentences):
    return HttpResponse("\n".join(map(str, sentences)) + "\n", status=400, content_type="text/plain; charset=utf-8")
