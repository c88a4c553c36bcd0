"""An input in unqualified Dublin Core: fifteen elements, each as often as it is needed. Pure.

The writer of XML is imported where XML is written: pages say the same in their heads without it.
"""

from submissions import licences
from submissions.describing import PUBLISHER, Described

NAMESPACE = "http://www.openarchives.org/OAI/2.0/oai_dc/"
SCHEMA = "http://www.openarchives.org/OAI/2.0/oai_dc.xsd"
DC = "http://purl.org/dc/elements/1.1/"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
TYPE = "Text"  # of the DCMI type vocabulary


def element(input: Described):
    from lxml import etree

    root = etree.Element(f"{{{NAMESPACE}}}dc", nsmap={"oai_dc": NAMESPACE, "dc": DC, "xsi": XSI})
    root.set(f"{{{XSI}}}schemaLocation", f"{NAMESPACE} {SCHEMA}")
    for name, text, language in statements(input):
        child = etree.SubElement(root, f"{{{DC}}}{name}")
        child.text = text
        if language:
            child.set(LANG, language)
    return root


def statements(input: Described) -> list[tuple]:
    """Triples of element, text and the language of the text where it has one; nothing empty."""
    own = input.language
    said = [
        ("title", input.title, own),
        *(("creator", author.name, author.language) for author in input.authors),
        *(("subject", word, "en") for _code, word in input.objectives),
        ("description", input.excerpt, own),
        ("publisher", PUBLISHER, "en"),
        ("date", input.dated.isoformat(), ""),
        ("type", TYPE, ""),
        ("identifier", input.url, ""),
        ("identifier", input.symbol, ""),
        ("source", input.source_url, ""),
        ("language", own, ""),
        ("relation", input.forum[1], "en"),
        *(("coverage", word, "en") for _code, word in (*input.countries, *input.regions)),
        ("coverage", input.level[1], "en"),
        ("rights", licences.OF_TEXTS, "en"),
    ]
    return [each for each in said if each[1]]
