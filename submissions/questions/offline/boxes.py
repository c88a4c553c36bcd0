"""How a question is found again in a document: a bookmark and a readable mark stand before the table it is answered in.

Programs that drop bookmarks keep the mark, those that drop content controls keep the table.
"""

import re

BOOKMARK = "imrf_q_"  # followed by the key of the question
MARK = re.compile(r"⟦\s*([a-z][a-z0-9_]{0,39})\s*⟧")
TICKED, OPEN = "☒", "☐"
FORM = "imrf-form:"  # in the properties of the document, followed by the key of the version
ROWS = 6  # of a table of measures, filled or empty


def mark_of(key) -> str:
    return f"⟦{key}⟧"
