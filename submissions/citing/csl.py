"""CSL-JSON, the common tongue of citation styles. Pure."""

from submissions.describing import PUBLISHER, Described


def csl(input: Described) -> dict:
    item = {
        "id": input.reference,
        "type": "report",
        "title": input.title,
        "author": [{"literal": author.name} for author in input.authors],
        "issued": {"date-parts": [[input.dated.year, input.dated.month, input.dated.day]]},
        "genre": "Input to the International Migration Review Forum",
        "number": input.symbol,
        "event-title": input.forum[1],
        "publisher": PUBLISHER,
        "language": input.language,
        "abstract": input.excerpt,
        "URL": input.url,
        "source": input.source_url,
    }
    return {name: value for name, value in item.items() if value}
