"""What stands on the paper of an input, in the language of the page: what its public page says. One list for all forms."""

from dataclasses import dataclass

from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _

from forums.templatetags.moments import date_in_words, in_words
from submissions import publication
from submissions.citing.sentence import names
from submissions.describing import Described, address_of, described
from submissions.in_words import how_it_came
from submissions.markup import html_of
from submissions.models import Redaction
from submissions.paper.beside import Together, additions_of, being_checked, files_of, together_of, translated_of, uses_of
from submissions.questions.showing import in_sections, sent_answers
from submissions.search.vocabulary import vocabulary
from submissions.translated import label_of

ELSEWHERE = gettext_noop(
    "The desk recorded this input on behalf of its author, from a public source; the text stands there, not here."
)


@dataclass(frozen=True)
class Paper:
    input: Described
    together: Together  # who stands under it beside its lead
    translated: dict  # title and summary in the language of the page, with where they come from; empty where there is none
    notes: tuple  # sentences that stand over everything else
    lines: tuple  # pairs of label and words
    summary: str  # safe HTML
    sections: tuple  # of the public answers: pairs of a title and its answers
    text: str
    files: tuple
    being_checked: str  # a sentence; empty where no file waits
    additions: tuple
    used_in: tuple
    authors: str  # as the citation names them
    cited_on: str
    address: str


def paper_of(published, language) -> Paper:
    """Of a row with version and forum, under the language that is active."""
    published.version_number, published.version_sent_at = published.version.number, published.version.sent_at
    words = vocabulary([published.forum], forum=published.forum)
    input = described(published, words)
    content = publication.public_content(published)
    versions = publication.public_versions(published) if published.corrected_at else []
    return Paper(
        input=input,
        together=together_of(published),
        translated=translated_of(published, language),
        notes=tuple(_notes(published, content, versions)),
        lines=tuple((label, said) for label, said in _lines(published, input, content, words, versions) if said),
        summary=html_of(content["summary"]),
        sections=tuple(in_sections(sent_answers(content))),
        text=html_of(content["text"]),
        files=files_of(publication.public_files(published)),
        being_checked=being_checked(publication.files_being_checked(published)),
        additions=additions_of(published),
        used_in=uses_of(published),
        authors=names((author.name, author.language) for author in input.authors),
        cited_on=input.source_date or date_in_words(input.dated),
        address=address_of(input.reference, language),
    )


def _notes(published, content, versions):
    """What a reader has to know before reading, as the page says it."""
    if published.title_is_described:
        yield _("The title describes the input; its source gives it no title of its own.")
    if published.corrected_at:
        moment = in_words(published.corrected_at, published.forum.zone)
        yield f"{_('Corrected:')} {moment} · {published.symbol}"
        yield (
            _("What you read here is the corrected text.")
            if len(versions) > 1
            else _("What you read here is the corrected text; the former one is no longer shown.")
        )
    if published.recorded_by_desk:
        here = content["text"] or publication.public_files(published).exists()
        yield _("The desk recorded this input on behalf of its author.") if here else _(ELSEWHERE)
        if came := how_it_came(publication.how_it_came(published)):
            yield f"{came['how']} · {in_words(came['at'], published.forum.zone)}"


def _lines(published, input, content, words, versions):
    zone, sent = published.forum.zone, published.version
    again = in_words(sent.sent_at, zone, seconds=True) if sent.number > 1 else ""
    return [
        (_("Reference"), input.symbol),
        (_("Forum"), input.forum[1]),
        (_("Call"), published.call_name.get(get_language()) or published.call_name.get("en", "")),
        (_("Kind of organisation"), input.kind[1]),
        (_("Standing"), input.basis[1] or _("No standing recorded")),
        (_("Level"), input.level[1]),
        (_("Countries"), _joined(input.countries)),
        (_("Regions"), _joined(input.regions)),
        (_("Objectives"), _joined(input.objectives)),
        (_("Guiding principles"), "; ".join(words.word("principle", number) for number in content["principles"])),
        (_("Round tables"), _joined(input.round_tables)),
        (_("Languages") if published.translations else _("Language"), "; ".join(_languages(published, words))),
        (_("Received"), in_words(input.received_at, zone, seconds=True)),
        (_("This version received"), again),
        (_("Published"), in_words(published.visible_at, zone)),
        (_("Versions"), "; ".join(_versions(versions, zone))),
        (_("Redacted by the Network"), "; ".join(str(Redaction.Kind(kind).label) for kind in content["redacted"])),
        (_("Source"), _source(input)),
    ]


def _languages(published, words):
    yield f"{words.word('language', published.language)} · {_('original')}"
    for code, said in published.translations.items():
        yield f"{words.word('language', code)} · {label_of(said)}"


def _versions(versions, zone):
    """What was public and is, where a correction left the former one to be read."""
    for one in versions if len(versions) > 1 else ():
        until = f"{_('public until')} {in_words(one.until, zone)}" if one.until else _("shown here")
        yield f"{one.symbol} · {until}"


def _source(input):
    if not (input.source_url or input.source_title):
        return ""
    given = _("(date given there: %(day)s)") % {"day": input.source_date} if input.source_date else ""
    return " ".join(filter(None, (input.source_title, input.source_url, given)))


def _joined(pairs):
    return "; ".join(word for _code, word in pairs)
