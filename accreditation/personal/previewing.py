"""What an erasure would do, counted before it is done: what goes, what is stripped, what stays and why."""

from dataclasses import dataclass, field

from accreditation.personal.parts import PARTS


@dataclass(frozen=True)
class Line:
    """One table: how many rows of the person, and what becomes of them."""

    label: str
    name: str
    erased: int = 0
    stripped: int = 0
    kept: int = 0
    reasons: tuple = ()


@dataclass
class Preview:
    lines: list = field(default_factory=list)

    @property
    def erased(self):
        return [line for line in self.lines if line.erased]

    @property
    def stripped(self):
        return [line for line in self.lines if line.stripped]

    @property
    def kept(self):
        return [line for line in self.lines if line.kept]

    def as_dict(self) -> dict:
        return {line.label: {"erased": line.erased, "stripped": line.stripped, "kept": line.kept} for line in self.lines}


def preview(who, *, in_words_of_others=True) -> Preview:
    """Every table with something of the person in it; changes nothing.

    Where others named them is counted for the desk. The person themselves is not told how often the desk wrote of them.
    """
    lines = (_line(part, who, in_words_of_others) for part in PARTS.values())
    return Preview([line for line in lines if line.erased or line.stripped or line.kept])


def _line(part, who, in_words_of_others) -> Line:
    rows, touched = part.rows(who).count(), part.touched(who).count()
    named = 0
    if part.words_searched and in_words_of_others:
        named = part.naming(who).exclude(pk__in=part.touched(who).values("pk")).count()
    if part.deleted:
        return Line(part.label, part.name, erased=touched)
    stripped = touched if part.replaced else 0
    reasons = tuple(dict.fromkeys(str(reason) for reason in part.kept.values()))
    return Line(part.label, part.name, stripped=stripped + named, kept=rows - stripped, reasons=reasons)
