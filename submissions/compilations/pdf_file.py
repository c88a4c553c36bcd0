"""A PDF that is written object by object, so that a long one is never held as a tree of objects.

Small objects go two hundred at a time into compressed streams of objects; a stream of cross-references ends the file
(ISO 32000-1, 7.5.7 and 7.5.8).
"""

from io import BytesIO

import pydyf

PACKED = 200  # objects in one stream of objects


class PdfFile:
    """Numbers are reserved first and written in any order; one that is never written is free."""

    def __init__(self):
        self.out, self.free, self.places, self.waiting = BytesIO(), 1, {}, []
        self.out.write(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")

    def reserve(self, count=1) -> int:
        """The first of so many numbers."""
        first, self.free = self.free, self.free + count
        return first

    def add(self, number, content: bytes):
        self.waiting.append((number, content))
        if len(self.waiting) == PACKED:
            self._pack()

    def add_stream(self, number, content: bytes):
        """`content` is a dictionary with the stream that follows it."""
        self.places[number] = (1, self.out.tell(), 0)
        self.out.write(b"%d 0 obj\n%b\nendobj\n" % (number, content))

    def ended(self, root, info) -> bytes:
        self._pack()
        number = self.reserve()
        start = self.out.tell()
        self.places[number] = (1, start, 0)
        rows = (self.places.get(each, (0, 0, 0)) for each in range(self.free))
        table = b"".join(
            kind.to_bytes(1, "big") + at.to_bytes(4, "big") + place.to_bytes(2, "big") for kind, at, place in rows
        )
        about = {"Type": "/XRef", "W": pydyf.Array([1, 4, 2]), "Size": self.free}
        about |= {"Root": reference(root), "Info": reference(info)}
        self.add_stream(number, pydyf.Stream([table], about, compress=True).data)
        self.out.write(b"startxref\n%d\n%%%%EOF\n" % start)
        return self.out.getvalue()

    def _pack(self):
        if not self.waiting:
            return
        number, heads, position = self.reserve(), [], 0
        for place, (each, content) in enumerate(self.waiting):
            self.places[each] = (2, number, place)
            heads += [each, position]
            position += len(content) + 1
        first = " ".join(map(str, heads))
        about = {"Type": "/ObjStm", "N": len(self.waiting), "First": len(first) + 1}
        self.add_stream(number, pydyf.Stream([first, *(content for _, content in self.waiting)], about, compress=True).data)
        self.waiting = []


def reference(number) -> bytes:
    return b"%d 0 R" % number
