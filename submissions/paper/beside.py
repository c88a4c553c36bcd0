"""What stands on a paper beside the words of the input: who is under it, its files, additions, and where it was used."""

from dataclasses import dataclass

from django.template.defaultfilters import filesizeformat
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from forums.templatetags.moments import in_words
from submissions import publication
from submissions.describing import Author, plain
from submissions.in_words import how_readable, used_in_words
from submissions.markup import html_of
from submissions.translated import for_reader
from submissions.un_order import in_un_order


@dataclass(frozen=True)
class Together:
    """Bodies in the order of the United Nations for the reader, as pairs of an Author and a word about it."""

    co_sponsors: tuple
    on_behalf_of: tuple


@dataclass(frozen=True)
class OnFile:
    name: str
    about: str
    sha256: str


@dataclass(frozen=True)
class Addition:
    symbol: str
    title: str
    language: str
    about: str
    summary: str  # safe HTML
    text: str
    files: tuple
    being_checked: str


@dataclass(frozen=True)
class UsedIn:
    words: str
    about: str
    url: str
    places: tuple


def together_of(published) -> Together:
    ordered = in_un_order(published.co_sponsors, get_language() or "en")
    bodies = [
        (body["on_behalf"], Author(plain(body["name"]), body["language"], ""), _("accredited") if body["admitted"] else "")
        for body in ordered
    ]
    asked = tuple((author, word) for on_behalf, author, word in bodies if not on_behalf)
    return Together(asked, tuple((author, word) for on_behalf, author, word in bodies if on_behalf))


def translated_of(published, language) -> dict:
    """Title and summary for a reader of that language, as translated.for_reader has them, the summary as safe HTML."""
    told = for_reader(published, language)
    return {**told, "title": plain(told["title"]), "summary": html_of(told["summary"])} if told else {}


def files_of(files) -> tuple:
    return tuple(OnFile(file.name, _about(file), file.sha256) for file in files)


def _about(file) -> str:
    kind = file.name.rpartition(".")[2].upper()
    pages = ngettext("%(pages)s page", "%(pages)s pages", file.pages) % {"pages": file.pages} if file.pages else ""
    about = (kind, filesizeformat(file.size), pages, file.get_language_display())
    return " · ".join(
        filter(None, (", ".join(filter(None, about)), str(file.get_translation_display()), how_readable(file)))
    )


def being_checked(number) -> str:
    if not number:
        return ""
    return ngettext(
        "%(number)s file is still being checked for viruses; it appears here once it is found clean.",
        "%(number)s files are still being checked for viruses; they appear here once they are found clean.",
        number,
    ) % {"number": number}


def additions_of(published) -> tuple:
    """What was added to it and approved, oldest first, each with its own files."""
    versions = publication.public_additions(published)
    files = list(publication.clean_files(*versions)) if versions else []
    return tuple(_addition(version, files, published.forum.zone) for version in versions)


def _addition(version, files, zone) -> Addition:
    content = version.shown
    named = set(publication.named_files(content))
    own = [file for file in files if str(file.pk) in named]
    late = _("Received after the deadline") if version.proposal.late else ""
    return Addition(
        symbol=version.symbol,
        title=plain(content["title"]),
        language=content["language"],
        about=" · ".join(filter(None, (f"{_('Received')} {in_words(version.sent_at, zone)}", late))),
        summary=html_of(content["summary"]),
        text=html_of(content["text"]),
        files=files_of(own),
        being_checked=being_checked(len(named) - len(own)),
    )


def uses_of(published) -> tuple:
    return tuple(_use(each) for each in used_in_words(published))


def _use(one) -> UsedIn:
    places = tuple(" · ".join(filter(None, (plain(each["place"]), plain(each["note"])))) for each in one["places"])
    words = " · ".join(filter(None, (plain(one["symbol"]), plain(one["title"]))))
    return UsedIn(words=words, about=str(one["kind"]), url=one["url"], places=places)
