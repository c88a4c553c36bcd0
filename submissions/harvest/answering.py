"""The answers of OAI-PMH 2.0 as XML: six verbs, each fault by its code."""

from dataclasses import replace
from datetime import UTC

from django.conf import settings
from django.utils import translation
from lxml import etree

from submissions.describing import PUBLISHER, described, host, plain
from submissions.harvest import selecting
from submissions.harvest.asking import Fault, read
from submissions.harvest.formats import FORMATS
from submissions.harvest.horizon import horizon
from submissions.harvest.sets import every_set, specs_of
from submissions.search.vocabulary import vocabulary

OAI = "http://www.openarchives.org/OAI/2.0/"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
IDENTIFIER = "http://www.openarchives.org/OAI/2.0/oai-identifier"
UNNAMED = ("badVerb", "badArgument")  # after these the request is repeated without its attributes (section 3.2)


def answer(query, *, at) -> bytes:
    """The whole answer to a query; words that are not the authors' are English."""
    with translation.override("en"):
        until = min(horizon(), at)
        root, request = _envelope(until)
        try:
            asked = read(query)
            body = VERBS[asked.verb](asked, at, until)
        except Fault as fault:
            etree.SubElement(root, _name("error"), code=fault.code).text = plain(fault.sentence)
            if fault.code not in UNNAMED:
                _repeat(request, query)
        else:
            _repeat(request, query)
            root.append(body)
        return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def base_url() -> str:
    return f"{settings.SITE_URL}/oai"


def identifier_of(reference) -> str:
    return f"oai:{host()}:{reference}"


def _envelope(until):
    root = etree.Element(_name("OAI-PMH"), nsmap={None: OAI, "xsi": XSI})
    root.set(f"{{{XSI}}}schemaLocation", f"{OAI} {OAI}OAI-PMH.xsd")
    _put(root, "responseDate", _second(until))  # who goes on from here next time misses nothing
    return root, _put(root, "request", base_url())


def _repeat(request, query):
    for name in query:
        request.set(name, plain(query[name]))


# The six verbs -------------------------------------------------------------------------------------------------------


def _identify(asked, at, until):
    body = etree.Element(_name("Identify"))
    _put(body, "repositoryName", f"Inputs to the International Migration Review Forum ({PUBLISHER})")
    _put(body, "baseURL", base_url())
    _put(body, "protocolVersion", "2.0")
    _put(body, "adminEmail", settings.CONTACT_EMAIL)
    _put(body, "earliestDatestamp", _second(selecting.earliest(at, until) or until))
    _put(body, "deletedRecord", "persistent")
    _put(body, "granularity", "YYYY-MM-DDThh:mm:ssZ")
    if "." in host():  # the scheme asks for a domain name
        scheme = etree.SubElement(_put(body, "description"), f"{{{IDENTIFIER}}}oai-identifier", nsmap={None: IDENTIFIER})
        scheme.set(f"{{{XSI}}}schemaLocation", f"{IDENTIFIER} {IDENTIFIER}.xsd")
        parts = {"scheme": "oai", "repositoryIdentifier": host(), "delimiter": ":"}
        for name, text in {**parts, "sampleIdentifier": identifier_of("IMRF-2026-I-00042")}.items():
            etree.SubElement(scheme, f"{{{IDENTIFIER}}}{name}").text = text
    return body


def _list_formats(asked, at, until):
    if "identifier" in asked.arguments:
        _row(asked, at, until)
    body = etree.Element(_name("ListMetadataFormats"))
    for prefix, each in FORMATS.items():
        entry = _put(body, "metadataFormat")
        _put(entry, "metadataPrefix", prefix)
        _put(entry, "schema", each.schema)
        _put(entry, "metadataNamespace", each.namespace)
    return body


def _list_sets(asked, at, until):
    if "resumptionToken" in asked.arguments:
        raise Fault("badResumptionToken", "All sets are told at once; no token was given out.")
    body = etree.Element(_name("ListSets"))
    for spec, name in every_set():
        entry = _put(body, "set")
        _put(entry, "setSpec", spec)
        _put(entry, "setName", plain(name))
    return body


def _get_record(asked, at, until):
    body = etree.Element(_name("GetRecord"))
    body.append(_record(_row(asked, at, until), asked.arguments["metadataPrefix"], vocabulary([])))
    return body


def _list_identifiers(asked, at, until):
    return _listed(asked, at, until, lambda rows: map(_header, rows))


def _list_records(asked, at, until):
    words = vocabulary([])
    return _listed(asked, at, until, lambda rows: (_record(row, asked.place.prefix, words) for row in rows))


VERBS = {
    "Identify": _identify,
    "ListMetadataFormats": _list_formats,
    "ListSets": _list_sets,
    "GetRecord": _get_record,
    "ListIdentifiers": _list_identifiers,
    "ListRecords": _list_records,
}


# Their parts ---------------------------------------------------------------------------------------------------------


def _row(asked, at, until):
    start = identifier_of("")
    reference = asked.identifier.removeprefix(start)
    known = asked.identifier.startswith(start) and plain(reference) == reference
    row = selecting.one(reference, at=at, until=until) if known else None
    if row is None:
        raise Fault("idDoesNotExist", "There is no record with this identifier.")
    return row


def _listed(asked, at, until, elements):
    place = asked.place
    rows = selecting.page_of(place, at=at, until=until)
    if not rows and not place.after:
        raise Fault("noRecordsMatch", "No record answers all of this together.")
    body, shown = etree.Element(_name(asked.verb)), rows[: selecting.A_PAGE]
    body.extend(elements(shown))
    if len(rows) > len(shown):
        size = place.size or selecting.size_of(place, at=at, until=until)
        last = {"stamp": shown[-1].stamp.isoformat(), "key": shown[-1].pk}
        token = replace(place, **last, given=place.given + len(shown), size=size).token()
        _put(body, "resumptionToken", token, cursor=str(place.given), completeListSize=str(max(size, place.given)))
    elif place.after:
        _put(body, "resumptionToken", cursor=str(place.given))  # empty: the list ends here
    return body


def _header(row):
    header = etree.Element(_name("header"))
    if row.taken_down_at:
        header.set("status", "deleted")
    _put(header, "identifier", identifier_of(row.reference))
    _put(header, "datestamp", _second(row.stamp))
    for spec in specs_of(row):
        _put(header, "setSpec", spec)
    return header


def _record(row, prefix, words):
    record = etree.Element(_name("record"))
    record.append(_header(row))
    if not row.taken_down_at:
        _put(record, "metadata").append(FORMATS[prefix].element(described(row, words)))
    return record


def _put(parent, name, text=None, **attributes):
    child = etree.SubElement(parent, _name(name), attributes)
    child.text = text
    return child


def _name(name):
    return f"{{{OAI}}}{name}"


def _second(instant) -> str:
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
