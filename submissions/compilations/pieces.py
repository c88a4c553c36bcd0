"""A part that was laid out elsewhere: its pieces, and the numbers that they get in the file."""

from dataclasses import dataclass, field

from submissions.compilations.pdf_file import reference
from submissions.compilations.taking import REFERENCE


@dataclass
class Laid:
    """Anchor -> (page of the part, x, y in points); the pages of the file, each with its bytes; tags; keys of tags."""

    anchors: dict
    page_objects: list = field(default_factory=list)
    tags: list = field(default_factory=list)
    keys: list = field(default_factory=list)

    @property
    def pages(self) -> int:
        return len(self.page_objects)


class Numbers:
    """Numbers of the file for those of a part. `others` is number -> number of what all parts have in common."""

    def __init__(self, base, others):
        self.base, self.others = base, others

    def of(self, number) -> int:
        return self.others.get(number, self.base + number)

    def anew(self, content: bytes) -> bytes:
        return REFERENCE.sub(lambda found: reference(self.of(int(found[1]))) if found[1] else found[0], content)


def cut(pieces, content):
    """Kind, number, bytes and name of each piece; the bytes stand one after another in `content`."""
    start = 0
    for kind, number, size, name in pieces:
        yield kind, number, content[start : start + size], name
        start += size
