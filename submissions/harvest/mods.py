"""An input in MODS 3.8 (Library of Congress), which has a place for nearly all that is public about it. Pure."""

from lxml import etree

from submissions import licences
from submissions.describing import PUBLISHER, Described

NAMESPACE = "http://www.loc.gov/mods/v3"
SCHEMA = "http://www.loc.gov/standards/mods/v3/mods-3-8.xsd"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
XLINK = "http://www.w3.org/1999/xlink"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
GENRE = "input to the International Migration Review Forum"
DIGITAL = "born digital"


def element(input: Described):
    root = etree.Element(f"{{{NAMESPACE}}}mods", nsmap={None: NAMESPACE, "xsi": XSI, "xlink": XLINK}, version="3.8")
    root.set(f"{{{XSI}}}schemaLocation", f"{NAMESPACE} {SCHEMA}")
    for part in (_names, _nature, _subjects, _sources, _places, _record):
        part(root, input)
    return root


def _put(parent, path, text, **attributes):
    """The element at a path such as `subject/topic`, made anew; with its attributes and text on the last of them."""
    if not text:
        return None
    for name in path.split("/"):
        parent = etree.SubElement(parent, f"{{{NAMESPACE}}}{name}")
    parent.text = str(text)
    for name, value in attributes.items():
        parent.set(LANG if name == "lang" else name, value)
    return parent


def _names(root, input):
    _put(root, "titleInfo/title", input.title, lang=input.language)
    for author in input.authors:
        name = _put(root, "name/namePart", author.name, lang=author.language).getparent()
        name.set("type", "corporate")
        name.set("valueURI", author.url)
        _put(name, "role/roleTerm", "author", type="text", authority="marcrelator")


def _nature(root, input):
    _put(root, "typeOfResource", "text")
    _put(root, "genre", GENRE, lang="en")
    origin = _put(root, "originInfo/publisher", PUBLISHER, lang="en").getparent()
    _put(origin, "dateIssued", input.dated.isoformat(), encoding="w3cdtf", keyDate="yes")
    _put(origin, "dateCaptured", input.received_at.date().isoformat(), encoding="w3cdtf")
    _put(origin, "edition", input.symbol)
    _put(root, "language/languageTerm", input.language, type="code", authority="rfc5646")
    form = _put(root, "physicalDescription/digitalOrigin", DIGITAL).getparent()
    _put(form, "extent", f"{input.words} words" if input.words else "")
    _put(form, "extent", f"{input.files} files" if input.files else "")
    _put(root, "abstract", input.excerpt, lang=input.language)
    _put(root, "targetAudience", input.level[1], lang="en")


def _subjects(root, input):
    for number, word in input.objectives:
        _put(root, "subject/topic", word, lang="en").set("valueURI", f"objective:{number}")
    for code, word in input.countries:
        subject = _put(root, "subject/geographic", word, lang="en").getparent()
        subject.set("authority", "iso3166")
        subject[0].set("valueURI", f"iso3166:{code}")
    for _code, word in input.regions:
        _put(root, "subject/geographic", word, lang="en")


def _sources(root, input):
    host = _put(root, "relatedItem/titleInfo/title", input.forum[1], lang="en").getparent().getparent()
    host.set("type", "host")
    _put(host, "identifier", input.forum[0], type="local")
    if input.source_url:
        original = _put(root, "relatedItem/location/url", input.source_url).getparent().getparent()
        original.set("type", "original")
        if input.source_title:
            _put(original, "titleInfo/title", input.source_title)
    if input.title_is_described:
        _put(root, "note", "The title describes the input; its source gives it no title of its own.", lang="en")
    _put(root, "note", f"Kind of organisation: {input.kind[1]}", lang="en")
    _put(root, "note", f"Standing: {input.basis[1]}" if input.basis[1] else "", lang="en")


def _places(root, input):
    _put(root, "identifier", input.reference, type="local")
    _put(root, "identifier", input.url, type="uri")
    _put(root, "location/url", input.url, usage="primary", access="object in context")
    _put(root, "accessCondition", licences.OF_TEXTS, type="use and reproduction", lang="en")


def _record(root, input):
    record = _put(root, "recordInfo/recordContentSource", PUBLISHER, lang="en").getparent()
    _put(record, "recordChangeDate", input.changed_at.date().isoformat(), encoding="w3cdtf")
    _put(record, "recordIdentifier", input.reference)
    _put(record, "recordInfoNote", f"Metadata: {licences.METADATA_NAME}, {licences.METADATA_URL}", lang="en")
