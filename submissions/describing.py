"""What is said of a published input to other programs: ONE description, from which all their formats are made.

Catalogues, citations, metadata in pages and open data are written from `Described` alone. A new public column comes in
here, after publication.py let it out, and each format takes from it what it has a place for.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from submissions.un_order import in_un_order

PUBLISHER = "United Nations Network on Migration"
NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Author:
    name: str
    language: str
    url: str


@dataclass(frozen=True)
class Described:
    """Codes and words of one input; the words of codes are in the language that the vocabulary was asked in."""

    reference: str
    symbol: str
    url: str
    title: str
    title_is_described: bool
    language: str
    authors: tuple
    kind: tuple  # code and word, as all pairs below
    basis: tuple
    level: tuple
    forum: tuple
    year: int
    objectives: tuple
    round_tables: tuple
    countries: tuple
    regions: tuple
    excerpt: str
    words: int
    files: int
    received_at: datetime
    dated: date  # of this version, in the forum's zone; what is cited
    published_at: datetime
    changed_at: datetime
    recorded_by_desk: bool
    source_url: str
    source_title: str
    source_date: str
    used_in: tuple = ()  # symbols or titles of official documents

    def address(self, suffix, language=None) -> str:
        """The address of the same input in another form, such as `pdf`; in the language of its text unless said."""
        return address_of(self.reference, language or self.language, f".{suffix}")


def described(published, words) -> Described:
    """Of a row with its forum, and `version_number` and `version_sent_at` beside it (publication.with_version).

    `words` is a vocabulary. Asks nothing of the database.
    """
    pairs = {name: _pairs(words, name, getattr(published, column)) for name, column in LISTS.items()}
    return Described(
        reference=published.reference,
        symbol=symbol_of(published),
        url=address_of(published.reference, published.language),
        title=plain(published.title),
        title_is_described=published.title_is_described,
        language=published.language,
        authors=authors_of(published),
        kind=_pair(words, "kind", published.kind),
        basis=_pair(words, "basis", published.basis) if published.basis else ("", ""),
        level=_pair(words, "level", published.level),
        forum=(published.forum.slug, str(published.forum)),
        year=published.forum.year,
        **pairs,
        excerpt=plain(published.excerpt),
        words=published.words,
        files=published.files,
        received_at=published.received_at,
        dated=published.version_sent_at.astimezone(published.forum.zone).date(),
        published_at=published.visible_at,
        changed_at=max(published.changed_at, published.visible_at),
        recorded_by_desk=published.recorded_by_desk,
        source_url=published.source_url,
        source_title=plain(published.source_title),
        source_date=published.source_seen,
        used_in=tuple(dict.fromkeys(use["symbol"] or plain(use["title"]["en"]) for use in published.used_in)),
    )


LISTS = {
    "objectives": "objectives",
    "round_tables": "round_tables",
    "countries": "countries",
    "regions": "regions",
}
FIELDS = {"objectives": "objective", "round_tables": "round_table", "countries": "country", "regions": "region"}


def authors_of(published) -> tuple:
    """Who speaks, the lead first; then those that agreed, in the order of the United Nations for the reader."""
    lead = Author(plain(published.organisation_name), published.organisation_language or "und", _of(published, ""))
    agreed = [body for body in published.co_sponsors if not body["on_behalf"]]
    ordered = in_un_order(agreed, translation.get_language() or "en")
    return (lead, *(Author(plain(body["name"]), body["language"], _of(published, body["slug"])) for body in ordered))


def _of(published, slug):
    return _in(published.language, "submissions:organisation", slug or published.organisation_slug)


def symbol_of(published) -> str:
    """As Version.symbol, copied beside what is public."""
    return published.symbol


def address_of(reference, language, suffix="") -> str:
    way = _in(language, "submissions:input", reference)
    return f"{way.rstrip('/')}{suffix}" if suffix else way


def plain(text) -> str:
    """One line without the control characters that XML cannot hold."""
    return " ".join(NOT_XML.sub(" ", text or "").split())


def host() -> str:
    return urlsplit(settings.SITE_URL).hostname


def _in(language, name, word):
    return settings.SITE_URL + _way(language, name).replace(ANY, word)


ANY = "IMRF-0000-X-00000"


@cache
def _way(language, name) -> str:
    """The way to the page of any input or organisation; sought once, where one description would seek it ten times."""
    with translation.override(language):
        return reverse(name, args=[ANY])


def _pairs(words, name, codes):
    return tuple(_pair(words, FIELDS[name], code) for code in codes)


def _pair(words, field, code):
    return (code, words.word(field, code))
