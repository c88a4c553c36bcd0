"""What stands on the paper: the lines of particulars and the texts, in the language of the page. One list for all forms."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from forums.templatetags.moments import date_in_words, in_words
from submissions import publication
from submissions.describing import Described, address_of, described
from submissions.markup import html_of
from submissions.models import Redaction
from submissions.questions.showing import in_sections, sent_answers
from submissions.search.vocabulary import vocabulary


@dataclass(frozen=True)
class Paper:
    input: Described
    lines: tuple  # pairs of label and words
    summary: str  # safe HTML
    sections: tuple  # of the public answers: pairs of a title and its answers
    text: str
    files: tuple  # pairs of name and checksum
    cited_on: str
    address: str


def paper_of(published, language) -> Paper:
    """Of a row with version and forum, under the language that is active."""
    published.version_number, published.version_sent_at = published.version.number, published.version.sent_at
    input = described(published, vocabulary([published.forum], forum=published.forum))
    content = publication.public_content(published)
    return Paper(
        input=input,
        lines=tuple((label, words) for label, words in _lines(published, input, content) if words),
        summary=html_of(content["summary"]),
        sections=tuple(in_sections(sent_answers(content))),
        text=html_of(content["text"]),
        files=tuple((file.name, file.sha256) for file in publication.public_files(published)),
        cited_on=input.source_date or date_in_words(input.dated),
        address=address_of(input.reference, language),
    )


def _lines(published, input, content):
    zone = published.forum.zone
    return [
        (_("Reference"), input.symbol),
        (_("Forum"), input.forum[1]),
        (_("Kind of organisation"), input.kind[1]),
        (_("Standing"), input.basis[1] or _("No standing recorded")),
        (_("Level"), input.level[1]),
        (_("Countries"), _joined(input.countries)),
        (_("Regions"), _joined(input.regions)),
        (_("Objectives"), _joined(input.objectives)),
        (_("Round tables"), _joined(input.round_tables)),
        (_("Received"), in_words(input.received_at, zone, seconds=True)),
        (_("Published"), in_words(published.visible_at, zone)),
        (_("Redacted by the Network"), "; ".join(str(Redaction.Kind(kind).label) for kind in content["redacted"])),
        (_("Source"), input.source_url),
    ]


def _joined(pairs):
    return "; ".join(word for _code, word in pairs)
