"""What a note consists of: sections, each with a heading, notes, and inputs named by reference and paragraphs."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from forums.refusals import StandsAgainst
from submissions import publication
from submissions.words import count

MOST_SECTIONS = 40
MOST_NOTES = 60_000
MOST_HEADING = 200
LINE = re.compile(r"(?P<reference>\S+)(?:\s+(?P<paragraphs>\d+(?:\s*[-–]\s*\d+)?(?:\s*[,;]\s*\d+(?:\s*[-–]\s*\d+)?)*))?")


@dataclass(frozen=True)
class Section:
    heading: str
    notes: str
    inputs: tuple  # pairs of a reference and paragraphs, as they are numbered in a compilation

    @property
    def lines(self) -> str:
        return "\n".join(" ".join(filter(None, pair)) for pair in self.inputs)

    def __bool__(self):
        return bool(self.heading or self.notes or self.inputs)


def sections_of(content) -> list:
    return [
        Section(one["heading"], one["notes"], tuple(map(tuple, one["inputs"])))
        for one in (content or {}).get("sections", [])
    ]


def content_of(sections) -> dict:
    """As it is kept; sections with nothing in them are left out."""
    kept = [{"heading": one.heading, "notes": one.notes, "inputs": list(map(list, one.inputs))} for one in sections if one]
    return {"sections": kept}


def words_of(sections) -> int:
    return sum(count(one.heading) + count(one.notes) for one in sections)


def read_section(heading, notes, lines) -> tuple:
    """A section as it was typed, and what is wrong with it; a line is a reference and, where wanted, its paragraphs."""
    pairs, wrong = [], []
    for line in filter(None, map(str.strip, lines.splitlines())):
        found = LINE.fullmatch(line)
        if found is None:
            said = _("“%(line)s” is no reference with paragraphs, such as IMRF-2026-I-00042 3–5.")
            wrong.append(said % {"line": line[:80]})
            continue
        pairs.append((found["reference"].upper(), " ".join((found["paragraphs"] or "").split())))
    return Section(heading.strip(), notes.strip(), tuple(pairs)), wrong


def check(sections, forum, at):
    """Refuses what a note may not hold, all reasons at once: inputs that the public does not see, too much of anything."""
    wrong = []
    if len(sections) > MOST_SECTIONS:
        wrong.append(_("A note has at most %(most)d sections.") % {"most": MOST_SECTIONS})
    for one in sections:
        if len(one.notes) > MOST_NOTES or len(one.heading) > MOST_HEADING:
            wrong.append(_("“%(heading)s” is too long.") % {"heading": one.heading[:60]})
    named = {reference for one in sections for reference, _paragraphs in one.inputs}
    public = publication.visible(at).filter(forum=forum, reference__in=named).values_list("reference", flat=True)
    for reference in sorted(named - set(public)):
        wrong.append(_("%(reference)s is no published input of this forum.") % {"reference": reference[:40]})
    if wrong:
        raise StandsAgainst(wrong)
