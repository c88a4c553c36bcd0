"""PDF: its text page by page, what it hides, what it could do; written anew without these."""

import re

from pypdf import PdfReader, PdfWriter
from pypdf.errors import PdfReadError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject

from submissions.extracting import drawing
from submissions.extracting.found import answer, detail, time_is_up

MOST_OBJECTS = 400_000
ACTIONS = {
    "/JavaScript": "script",
    "/Launch": "launch",
    "/SubmitForm": "sending",
    "/ImportData": "sending",
    "/GoToR": "sending",
    "/GoToE": "embedded",
    "/Rendition": "media",
    "/Sound": "media",
    "/Movie": "media",
    "/GoTo3DView": "media",
    "/RichMediaExecute": "media",
}
ANNOTATIONS = {
    "/FileAttachment": "embedded",
    **dict.fromkeys(("/RichMedia", "/Screen", "/Movie", "/Sound", "/3D"), "media"),
}
KEYS = {"/JS": "script", "/EF": "embedded", "/EmbeddedFiles": "embedded", "/Collection": "embedded", "/XFA": "xfa"}
NOTES = {"/Text", "/Popup", "/Caret", "/Highlight", "/Underline", "/StrikeOut", "/Squiggly"}
CLEANED = {"script", "embedded", "opening", "sending", "xfa", "media", "locked"}
ABOUT = {"/Author": "author", "/Creator": "software", "/Title": "title", "/Company": "company"}


class Unfinished(ValueError):
    """It has more objects than were looked at, so nothing can be said of it."""


def opened(file):
    """The document and whether it needs a password or only forbids something."""
    reader = PdfReader(file, strict=False)
    if not reader.is_encrypted:
        return reader, ""
    try:
        return reader, "locked" if reader.decrypt("") else "encrypted"
    except (PdfReadError, NotImplementedError):
        return reader, "encrypted"


def preview(file, _extension):
    return {"pictures": drawing.of_pdf(file)}


def read(file, _extension):
    reader, lock = opened(file)
    if lock == "encrypted":
        return answer([], hazards=["encrypted"])
    root = reader.trailer["/Root"].get_object()
    hazards, comments = look(reader.trailer)
    hazards |= {lock} if lock else set()
    raw = file.read_bytes()
    revisions = len(re.findall(rb"startxref\s+[1-9]\d*\s+%%EOF", raw)) - 1 - (b"/Linearized" in raw[:2048])
    hidden = {**_about(reader, root), "comments": comments, "revisions": max(0, revisions)}
    is_tagged = "/StructTreeRoot" in root and bool(_plain(root.get("/MarkInfo"), {}).get("/Marked"))
    pages = len(reader.pages)
    return answer(_texts(reader), pages=pages, hidden=hidden, hazards=hazards, is_tagged=is_tagged)


def _texts(reader):
    for page in reader.pages:
        try:
            yield page.extract_text()
        except MemoryError:
            raise
        except Exception:
            yield ""


def _plain(thing, otherwise=None):
    thing = thing.get_object() if isinstance(thing, IndirectObject) else thing
    return otherwise if thing is None else thing


def _about(reader, root):
    info = reader.metadata or {}
    hidden = {name: detail(_plain(info.get(key), "")) for key, name in ABOUT.items()}
    producer = detail(_plain(info.get("/Producer"), ""))
    hidden["software"] = " · ".join(part for part in (hidden["software"], producer) if part)[:200]
    if not hidden["author"] and (stream := _plain(root.get("/Metadata"))) is not None:
        named = re.search(rb"<dc:creator>.{0,200}?<rdf:li[^>]*>([^<]{1,200})", stream.get_data()[:500_000], re.DOTALL)
        hidden["author"] = detail(named[1].decode("utf-8", "replace")) if named else ""
    return hidden


def walk(start):
    """Every dictionary and list that can be reached, once; raises Unfinished when there are too many or too little time."""
    heap, seen, count = [start], set(), 0
    while heap:
        thing = heap.pop()
        if isinstance(thing, IndirectObject):
            if (key := (thing.idnum, thing.generation)) in seen:
                continue
            seen.add(key)
            thing = thing.get_object()
        if not isinstance(thing, DictionaryObject | ArrayObject):
            continue
        count += 1
        if count > MOST_OBJECTS or (count % 512 == 0 and time_is_up()):
            raise Unfinished
        yield thing
        inner = thing.values() if isinstance(thing, DictionaryObject) else list.__iter__(thing)
        heap.extend(value for value in inner if isinstance(value, IndirectObject | DictionaryObject | ArrayObject))


def raw_values(thing):
    return {key: dict.__getitem__(thing, key) for key in thing}


def look(trailer):
    """What could happen when it is opened or clicked, and how many comments it carries."""
    found, comments = set(), 0
    for thing in walk(trailer):
        if isinstance(thing, DictionaryObject):
            found |= hazards_of(thing)
            comments += _plain(thing.get("/Subtype")) in ("/Text", "/Caret") and "/Rect" in thing
    return found, comments


def hazards_of(thing) -> set:
    found = {KEYS[key] for key in KEYS if key in thing}
    action = _plain(thing.get("/S"))
    if isinstance(action, str) and action in ACTIONS and ("/Type" not in thing or _plain(thing.get("/Type")) == "/Action"):
        found.add(ACTIONS[action])
    if (kind := _plain(thing.get("/Subtype"))) in ANNOTATIONS and "/Rect" in thing:
        found.add(ANNOTATIONS[kind])
    if "/AA" in thing or ("/OpenAction" in thing and is_action(thing.get("/OpenAction"))):
        found.add("opening")
    if "/Fields" in thing and _plain(thing.get("/Fields")):
        found.add("form")
    if _plain(thing.get("/FT")) == "/Sig" and "/V" in thing:
        found.add("signed")
    return found


def is_action(thing) -> bool:
    """Whether opening does more than go to a page."""
    thing = _plain(thing)
    return isinstance(thing, DictionaryObject) and _plain(thing.get("/S")) not in (None, "/GoTo")


def harmless(file, to, _extension):
    """The same pages without what they could do (docs/decisions has the policy); says what was taken out."""
    reader, lock = opened(file)
    if lock == "encrypted":
        raise PdfReadError("needs a password")
    was, _comments = look(reader.trailer)
    was |= {lock} if lock else set()
    writer = PdfWriter(clone_from=reader)
    for thing in list(walk(writer._root_object)):
        if isinstance(thing, DictionaryObject):
            _disarm(thing)
        else:
            _leave_out(thing, lambda one: "/Subtype" in one and "/Rect" in one and _plain(one["/Subtype"]) in ANNOTATIONS)
    writer.write(to)
    left, _comments = look(PdfReader(to).trailer)
    if left & (CLEANED | {"launch"}):
        raise ValueError(f"still there: {left}")
    return {"cleaned_of": sorted(was & CLEANED)}


def _disarm(thing):
    for key in ("/AA", "/JS", "/JavaScript", "/EF", "/EmbeddedFiles", "/Collection", "/XFA", "/AF", "/RichMediaContent"):
        if key in thing and not (key == "/JavaScript" and isinstance(thing, StreamObject)):
            del thing[key]
    if "/OpenAction" in thing and is_action(thing.get("/OpenAction")):
        del thing["/OpenAction"]
    for key in ("/A", "/PA", "/Next"):
        target = _plain(thing.get(key))
        if isinstance(target, DictionaryObject) and _plain(target.get("/S")) in ACTIONS:
            del thing[key]
        elif isinstance(target, ArrayObject):
            _leave_out(target, lambda one: _plain(one.get("/S")) in ACTIONS)


def _leave_out(things, goes):
    """Take members out of a list that are dictionaries of a kind."""
    kept = [one for one in list.__iter__(things) if not (isinstance(_plain(one), DictionaryObject) and goes(_plain(one)))]
    if len(kept) < len(things):
        things[:] = kept


def clean(file, to, extension):
    """Without author, program, XMP, comments and earlier states; the pages stay as they are."""
    reader, lock = opened(file)
    if lock:
        raise PdfReadError("locked")
    writer = PdfWriter(clone_from=reader)
    writer.metadata = None
    writer._root_object.pop("/Metadata", None)
    for thing in list(walk(writer._root_object)):
        if isinstance(thing, ArrayObject):
            _leave_out(thing, lambda one: "/Rect" in one and _plain(one.get("/Subtype")) in NOTES)
        else:
            for key in ("/Metadata", "/PieceInfo", "/LastModified"):
                thing.pop(key, None)
    writer.write(to)
    return {}
