"""The outline of a PDF: lines under lines, each leading to a page."""

import pydyf

from submissions.compilations.pdf_file import reference


class Line:
    """A line of the outline."""

    def __init__(self, number, depth, title, anchor):
        self.number, self.depth, self.title, self.anchor = number, depth, title, anchor
        self.above, self.children, self.beside = None, [], {}

    def within(self) -> dict:
        if not self.children:
            return {}
        ends = {"First": reference(self.children[0].number), "Last": reference(self.children[-1].number)}
        return {**ends, "Count": self.count()}

    def count(self) -> int:
        return len(self.children) + sum(each.count() for each in self.children)

    def content(self, page):
        there = {"Title": pydyf.String(self.title), "Dest": pydyf.Array([reference(page), "/Fit"])}
        return pydyf.Dictionary({**there, "Parent": reference(self.above.number), **self.beside, **self.within()})


def hang(root, items):
    latest = {root.depth: root}
    for item in items:
        item.above = latest[item.depth - 1]
        if item.above.children:
            item.above.children[-1].beside["Next"] = reference(item.number)
            item.beside["Prev"] = reference(item.above.children[-1].number)
        item.above.children.append(item)
        latest[item.depth] = item
