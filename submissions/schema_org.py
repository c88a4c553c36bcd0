"""Published inputs, lists and figures as schema.org has them, for the head of their pages. Pure."""

import json

from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from submissions import licences
from submissions.describing import PUBLISHER, Described

CONTEXT = {"@context": "https://schema.org"}
# As json_script of Django: nothing in it can end the element it stands in.
SAFE = {">": "\\u003E", "<": "\\u003C", "&": "\\u0026"}


def report(input: Described) -> dict:
    """A Report with who, when, where and about what; what is empty is left out."""
    about = [{"@type": "DefinedTerm", "termCode": str(code), "name": word} for code, word in input.objectives]
    thing = {
        **CONTEXT,
        "@type": "Report",
        "@id": input.url,
        "url": input.url,
        "identifier": input.reference,
        "reportNumber": input.symbol,
        "name": input.title,
        "abstract": input.excerpt,
        "inLanguage": input.language,
        "author": [{"@type": "Organization", "name": each.name, "url": each.url} for each in input.authors],
        "publisher": {"@type": "Organization", "name": PUBLISHER},
        "dateCreated": input.dated.isoformat(),
        "datePublished": input.published_at.isoformat(timespec="seconds"),
        "dateModified": input.changed_at.isoformat(timespec="seconds"),
        "wordCount": input.words or None,
        "about": about,
        "spatialCoverage": [{"@type": "Place", "name": word} for _code, word in (*input.countries, *input.regions)],
        "isPartOf": {"@type": "Collection", "name": input.forum[1]},
        "isBasedOn": input.source_url,
        "sdLicense": licences.METADATA_URL,
        "encoding": [
            {"@type": "MediaObject", "encodingFormat": media_type, "contentUrl": input.address(suffix)}
            for suffix, media_type in (("pdf", "application/pdf"), ("json", "application/json"))
        ],
    }
    return {name: value for name, value in thing.items() if value}


def script(thing) -> str:
    """As it stands between <script type="application/ld+json"> and its end."""
    text = json.dumps(thing, ensure_ascii=False)
    for sign, written in SAFE.items():  # str.translate looks at each letter, and most texts have none of these
        text = text.replace(sign, written)
    return text


def in_page(thing) -> str:
    """The same, for a template."""
    return mark_safe(script(thing))  # noqa: S308 escaped in script()


def website(url, name, search) -> dict:
    """The whole site with the address that searches it; `search` holds {search_term_string}."""
    action = {"@type": "SearchAction", "target": search, "query-input": "required name=search_term_string"}
    publisher = {"@type": "Organization", "name": PUBLISHER}
    return {**CONTEXT, "@type": "WebSite", "url": url, "name": name, "publisher": publisher, "potentialAction": action}


def collection(url, name) -> dict:
    """A list of things with a page of its own."""
    return {**CONTEXT, "@type": "CollectionPage", "url": url, "name": name, "inLanguage": get_language()}


def event(forum, url) -> dict:
    """A forum with its days and place; one without days has no event yet."""
    place = {"@type": "Place", "name": forum.venue or forum.city, "address": forum.city}
    thing = {
        **CONTEXT,
        "@type": "Event",
        "url": url,
        "name": forum.name,
        "inLanguage": get_language(),
        "startDate": forum.first_day.isoformat(),
        "endDate": forum.last_day.isoformat(),
        "eventStatus": "https://schema.org/EventScheduled",
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "location": place,
        "organizer": {"@type": "Organization", "name": "United Nations General Assembly"},
    }
    return {key: value for key, value in thing.items() if value}


def dataset(url, forum, addresses, day) -> dict:
    """Figures and where their tables are."""
    files = [{"@type": "DataDownload", "encodingFormat": "text/csv", "contentUrl": address} for address in addresses]
    about = str(forum) if forum else _("International Migration Review Forum")
    return {
        **CONTEXT,
        "@type": "Dataset",
        "url": url,
        "name": _("Figures: %(about)s") % {"about": about},
        "description": _("Inputs by level, region, kind of organisation, objective, language and time."),
        "inLanguage": get_language(),
        "creator": {"@type": "Organization", "name": PUBLISHER},
        "license": licences.METADATA_URL,
        "dateModified": day.isoformat(),
        "distribution": files,
    }
