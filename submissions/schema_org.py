"""A published input as schema.org has it, for the head of its page. Pure."""

import json

from submissions import licences
from submissions.describing import PUBLISHER, Described

# As json_script of Django: nothing in it can end the element it stands in.
SAFE = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


def report(input: Described) -> dict:
    """A Report with who, when, where and about what; what is empty is left out."""
    about = [{"@type": "DefinedTerm", "termCode": str(code), "name": word} for code, word in input.objectives]
    thing = {
        "@context": "https://schema.org",
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
    return json.dumps(thing, ensure_ascii=False).translate(SAFE)
