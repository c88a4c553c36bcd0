"""Everything that stands in a compilation, gathered once; all its formats are written from this and nothing else."""

from dataclasses import dataclass, field
from hashlib import sha256

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from forums.templatetags.moments import in_words
from submissions import publication
from submissions.compilations import choosing, ordering
from submissions.compilations.paragraphs import Piece, excerpt_of, pieces_of, words_of
from submissions.compilations.tallies import tallies_of
from submissions.describing import Described, plain
from submissions.markup import html_of
from submissions.questions.showing import sent_answers
from submissions.search.vocabulary import vocabulary
from submissions.words import count


@dataclass(frozen=True)
class Part:
    """A text of an input under its heading: its summary, an answer, its text, an excerpt, or what was added to it."""

    title: str
    pieces: tuple
    language: str
    added: bool = False  # then its heading is its own title, in its own language


@dataclass(frozen=True)
class Entry:
    """One input. `first` and `last` are the numbers of its paragraphs; equal, and none of them, where it has no words."""

    input: Described
    address: str
    parts: tuple
    first: int
    last: int
    words: int  # of what stands here; input.words is the length of the whole
    public: bool

    @property
    def anchor(self) -> str:
        return f"input-{self.input.reference}"

    @property
    def numbers(self) -> str:
        return numbers_in_words(self.first, self.last)

    def lines(self) -> list:
        """Pairs of a label and what it says, in the order of all formats."""
        input = self.input
        said = [
            (_("Standing"), input.basis[1] or _("No standing recorded")),
            (_("Kind of organisation"), input.kind[1]),
            (_("Level"), input.level[1]),
            (_("Countries"), _joined(input.countries)),
            (_("Regions"), _joined(input.regions)),
            (_("Objectives"), _joined(input.objectives)),
            (_("Words"), _("%(here)d here, %(all)d in all") % {"here": self.words, "all": input.words}),
        ]
        return [(label, words) for label, words in said if words]


@dataclass(frozen=True)
class Group:
    code: str
    title: str
    entries: tuple


@dataclass(frozen=True)
class Compiled:
    title: str
    forum: str
    language: str
    lines: tuple  # of the title page: pairs of label and words
    groups: tuple
    tallies: tuple
    by_organisation: tuple  # pairs of (name, language) and its entries
    by_objective: tuple  # pairs of a word and its entries
    paragraphs: int
    words: int
    counted_only: int
    not_public: bool
    at: object  # the instant of what it holds
    holds: list = field(default_factory=list)  # keys of inputs
    versions: list = field(default_factory=list)  # keys of the texts
    fingerprint: str = ""

    @property
    def entries(self) -> list:
        return [entry for group in self.groups for entry in group.entries]


def numbers_in_words(first, last) -> str:
    if last < first:
        return "–"
    return str(first) if first == last else f"{first}–{last}"


def compiled(compilation, user=None, progress=lambda: None) -> Compiled:
    """Gather it, in the language that is active; `user` is who asked, where it takes what is not public.

    A statement for each two hundred published inputs, whatever they are about, and one for what was added to all of them;
    `progress` is called for each input.
    """
    words = vocabulary([compilation.forum], forum=compilation.forum)
    rows = list(choosing.public_rows(compilation).iterator(chunk_size=choosing.CHUNK))
    public = {row.submission_id for row in rows}
    rows += [row for row in choosing.coming_rows(compilation, user) if row.submission_id not in public]
    counted = choosing.counted_codes(compilation)
    added = choosing.additions_to(rows) if compilation.extent == "full" else {}
    groups, number = [], 1
    for code, title, members in ordering.grouped(rows, compilation, words):
        entries = []
        for row, input in members:
            texts = [*_texts(row, compilation.extent), *_additions(added.get(row.submission_id, ()))]
            entry = _entry(row, input, texts, number, public=row.submission_id in public)
            number = entry.last + 1
            entries.append(entry)
            progress()
        groups.append(Group(code, title, tuple(entries)))
    versions = [version for of_input in added.values() for _symbol, version in of_input]
    return _whole(compilation, words, rows, tuple(groups), counted, versions)


def _whole(compilation, words, rows, groups, counted, added):
    entries = [entry for group in groups for entry in group.entries]
    shown = [choosing.codes_of_row(row) for row in rows]
    all_words = sum(entry.words for entry in entries)
    paragraphs = entries[-1].last if entries else 0
    return Compiled(
        title=_("Compilation of inputs"),
        forum=str(compilation.forum),
        language=compilation.language,
        lines=tuple(_title_lines(compilation, words, len(entries), paragraphs, all_words, len(counted))),
        groups=groups,
        tallies=tallies_of(shown, counted, words),
        by_organisation=tuple(ordering.by_organisation(entries, compilation.language)),
        by_objective=tuple(ordering.by_objective(entries, words)),
        paragraphs=paragraphs,
        words=all_words,
        counted_only=len(counted),
        not_public=compilation.unpublished,
        at=compilation.asked_at,
        holds=[row.submission_id for row in rows],
        versions=[*(row.version_id for row in rows), *(version.pk for version in added)],
        fingerprint=_fingerprint(rows, counted, added),
    )


def _fingerprint(rows, counted, added) -> str:
    said = [f"{row.reference} {row.stamp.isoformat()} {row.version_id}" for row in rows]
    said += [f"{version.pk} {sorted(version.changes.items())}" for version in added]
    return sha256("\n".join([*said, str(len(counted))]).encode()).hexdigest()


def _title_lines(compilation, words, inputs, paragraphs, all_words, counted):
    yield _("Forum"), str(compilation.forum)
    yield from choosing.chosen_in_words(compilation, words)
    yield _("Texts"), str(compilation.get_extent_display())
    yield _("Order"), str(compilation.get_order_display())
    yield _("As it was at"), in_words(compilation.asked_at, compilation.forum.zone, seconds=True)
    yield _("Inputs"), str(inputs)
    yield _("Paragraphs"), str(paragraphs)
    yield _("Words"), str(all_words)
    if counted:
        yield (
            _("Counted only"),
            ngettext(
                "%(n)d more input is counted in the figures and not shown, as its authors wished.",
                "%(n)d more inputs are counted in the figures and not shown, as their authors wished.",
                counted,
            )
            % {"n": counted},
        )


# One input ------------------------------------------------------------------------------------------------------------


def _entry(row, input, texts, first, *, public) -> Entry:
    parts, number, length = [], first, 0
    for title, html, language, added in texts:
        pieces, number = pieces_of(html, number)
        if pieces:
            parts.append(Part(title, pieces, language, added))
            length += count(words_of(html), language)
    address = input.url if public else desk_address(row.submission_id)
    return Entry(input, address, tuple(parts), first, number - 1, length, public)


def desk_address(key) -> str:
    """Where the desk reads what is not public."""
    from django.conf import settings

    return settings.SITE_URL + reverse("admin:submissions_submission_change", args=[key])


def _texts(row, extent):
    content = publication.public_content(row)
    for title, html in _excerpt(content) if extent == "excerpt" else _full(content):
        yield title, html, content["language"], False


def _additions(added):
    """What its page shows of an addition, under its symbol and title, in the language of the addition."""
    for symbol, version in added:
        content = version.shown
        html = "\n".join(filter(None, (html_of(content["summary"]), html_of(content["text"]))))
        yield f"{symbol} · {plain(content['title'])}", html, content["language"], True


def _excerpt(content):
    text = content["text"] or "\n\n".join(answer.plain for answer in sent_answers(content))
    yield "", html_of(excerpt_of(content["summary"], text, content["language"]))


def _full(content):
    """As its page shows it: summary, public answers under their questions, text."""
    yield _("Summary"), html_of(content["summary"])
    for answer in sent_answers(content):
        yield plain(answer.label), _html_of_answer(answer)
    yield _("Text") if content["summary"] else "", html_of(content["text"])


def _html_of_answer(answer) -> str:
    from django.utils.html import format_html, format_html_join

    if answer.html:
        return answer.html
    if answer.rows:
        rows = [answer.columns, *answer.rows]
        cells = [(format_html_join("", "<td>{}</td>", ((cell,) for cell in row)),) for row in rows]
        return format_html("<table>{}</table>", format_html_join("", "<tr>{}</tr>", cells))
    return format_html_join("", "<p>{}</p>", ((word,) for word in answer.words))


def _joined(pairs):
    return "; ".join(word for _code, word in pairs)


__all__ = ["Compiled", "Entry", "Group", "Part", "Piece", "compiled", "numbers_in_words"]
