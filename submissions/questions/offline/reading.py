"""The answers in a filled-in document. It came from anywhere: nothing is loaded, run or believed, and little is unpacked.

The reader of XML is imported where a document is read, so that a web process which reads none does not hold it.
"""

import re
import zipfile
import zlib
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from forums import uploads
from forums.refusals import Refused
from submissions.questions.offline.boxes import BOOKMARK, MARK, OPEN

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BODY, PROPERTIES = "word/document.xml", "docProps/core.xml"
MOST_BYTES = 20 * 1024 * 1024  # of the text of a document, unpacked
MOST_BOXES = 500
IDENTIFIER = re.compile(rb"imrf-form:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})")


@dataclass
class Found:
    """What stands in a document: by key the cells of the table behind its mark; and which form it says it is."""

    boxes: dict = field(default_factory=dict)
    form: str = ""


def read(file) -> Found:
    """Read an uploaded DOCX; raises Refused where it is none, too big, or holds no mark of a form."""
    from lxml import etree

    uploads.look_at(file, folder="", types=(".docx",))
    file.seek(0)
    try:
        archive = zipfile.ZipFile(file)
        body = _unpacked(archive, BODY)
        named = IDENTIFIER.search(_unpacked(archive, PROPERTIES)) if PROPERTIES in archive.namelist() else None
        root = etree.fromstring(body, _parser())
    except (
        zipfile.BadZipFile,
        etree.XMLSyntaxError,
        zlib.error,
        OSError,
        KeyError,
        RuntimeError,
        NotImplementedError,
    ) as why:
        raise Refused(_("This document cannot be read. Save it as DOCX once more and try again.")) from why
    if root.getroottree().docinfo.doctype:
        raise Refused(_("This document cannot be read. Save it as DOCX once more and try again."))
    found = Found(_boxes(root), named[1].decode() if named else "")
    if not found.boxes:
        raise Refused(
            _(
                "No answer was found: the marks in double brackets are gone, or this is another document. "
                "Fill in the form anew."
            )
        )
    return found


def _parser():
    from lxml import etree

    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False)


def _unpacked(archive, name) -> bytes:
    """A part of the document; what a zip says about its sizes is not believed."""
    with archive.open(name) as member:
        part = member.read(MOST_BYTES + 1)
    if len(part) > MOST_BYTES:
        raise Refused(_("This document is too long to be a form. Take pictures and other texts out and try again."))
    return part


def _boxes(root) -> dict:
    """Marks and tables in the order of the document; a table answers the mark before it, the first one of a key counts."""
    boxes, key = {}, ""
    for block in root.iter(f"{W}p", f"{W}tbl"):
        if next(block.iterancestors(f"{W}tbl"), None) is not None:
            continue
        if block.tag == f"{W}p":
            key = _key_in(block) or key
        elif key:
            if len(boxes) < MOST_BOXES:
                boxes.setdefault(key, _cells(block))
            key = ""
    return boxes


def _key_in(paragraph) -> str:
    if mark := MARK.search(_text(paragraph)):
        return mark[1]
    names = (one.get(f"{W}name", "") for one in paragraph.iter(f"{W}bookmarkStart"))
    return next((name.removeprefix(BOOKMARK) for name in names if name.startswith(BOOKMARK)), "")


def _cells(table) -> list:
    rows = []
    for row in table.iter(f"{W}tr"):
        if next(row.iterancestors(f"{W}tbl")) is table:
            rows.append([_of_cell(cell) for cell in row.iter(f"{W}tc") if next(cell.iterancestors(f"{W}tr")) is row])
    return rows


def _of_cell(cell) -> str:
    return "\n".join(_of_paragraph(line) for line in cell.iter(f"{W}p")).strip()


def _of_paragraph(paragraph) -> str:
    """A line of light Markdown: points of a list, bold words and headings as the portal writes them."""
    text = "".join(_of_run(run) for run in paragraph.iter(f"{W}r")).replace("****", "")
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    named = (style.get(f"{W}val") or "").lower() if style is not None else ""
    if text.strip() and (paragraph.find(f"{W}pPr/{W}numPr") is not None or named.startswith("list")):
        return text if text.lstrip().startswith(("- ", "* ")) else f"- {text}"
    if text.strip() and named.startswith("heading"):
        return f"## {text.replace('**', '')}"
    return text


def _of_run(run) -> str:
    text = _text(run)
    bold = run.find(f"{W}rPr/{W}b")
    if text.strip() and bold is not None and bold.get(f"{W}val", "1") not in ("0", "false", "none"):
        inner = text.strip()
        return text.replace(inner, f"**{inner}**")
    return text


def _text(element) -> str:
    found = []
    for part in element.iter(f"{W}t", f"{W}tab", f"{W}br", f"{W}cr"):
        found.append(part.text or "" if part.tag == f"{W}t" else "\t" if part.tag == f"{W}tab" else "\n")
    return "".join(found)


def is_ticked(cell: str) -> bool:
    """Anything in the cell but an open box."""
    return cell.replace(OPEN, "").strip() != ""
