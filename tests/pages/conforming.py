"""What the Nu Html Checker found on our pages, and what else it would find in the same places, as rules of our own.

A page can be read without an error and still not conform: a form inside a span, a role that a cell has anyway. The checker
itself is written in Java, which an ordinary run does not ask for; docs/measurements.md says how it is run by hand.
"""

import re

PHRASING = {"span", "p", "a", "strong", "em", "small", "bdi", "b", "i", "label", "button", "summary", "abbr", "code", "time"}
PHRASING |= {"h1", "h2", "h3", "h4", "h5", "h6", "dt", "legend", "caption", "mark", "ins", "del", "q", "cite"}
THROUGH = {"a", "ins", "del"}  # may hold blocks where their own place may
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6", "hgroup"}
BLOCKS = {
    "address",
    "article",
    "aside",
    "blockquote",
    "details",
    "div",
    "dl",
    "fieldset",
    "figure",
    "footer",
    "form",
    "header",
}
BLOCKS |= {"hr", "main", "menu", "nav", "ol", "p", "pre", "section", "table", "ul"}
TABLE_PARTS = {"table", "thead", "tbody", "tfoot", "tr", "th", "td"}
SAME = {
    "nav": "navigation",
    "main": "main",
    "button": "button",
    "ul": "list",
    "ol": "list",
    "form": "form",
    "article": "article",
}
INSTANT = re.compile(
    r"\d{4,}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:?\d\d)?)?|\d{4,}(-\d\d)?|\d\d:\d\d(:\d\d)?|P\w+"
)
# Django's own templates and widgets write these.
OF_DJANGO = re.compile(r"admin-autocomplete|name=initial-|for=id_(kind|language)$")


def nonconforming(tree) -> list[str]:
    around = {child: one for one in tree.iter() for child in one}
    ids = {one.get("id"): one for one in tree.iter() if one.get("id")}
    elements = [one for one in tree.iter() if isinstance(one.tag, str)]
    return [fault for one in elements for fault in _faults_of(one, around, ids) if not OF_DJANGO.search(fault)]


def _faults_of(one, around, ids):
    yield from _control(one, ids)
    yield from _place(one, around)
    role = one.get("role")
    if role and (role == SAME.get(one.tag) or one.tag in TABLE_PARTS):
        yield f"<{one.tag}> has a role of its own, not {role}"
    if one.tag == "time" and not INSTANT.fullmatch(one.get("datetime") or "".join(one.itertext()).strip()):
        yield f"no time: {one.get('datetime')}"
    if one.tag in ("section", "article") and not any(inner.tag in HEADINGS for inner in one.iter()):
        yield f"<{one.tag} class={one.get('class')}> without a heading"
    if one.tag in ("img", "area") and one.get("alt") is None:
        yield f"<{one.tag} src={one.get('src')}> without words in its place"


def _control(one, ids):
    unfit = [name for name in one.attrib if name == "autocomplete" or name.startswith("aria-")]
    if one.tag == "input" and one.get("type") == "hidden" and unfit:
        yield f"a hidden field with {' '.join(unfit)}: name={one.get('name')}"
    if one.tag == "label" and ids.get(one.get("for")) is not None and ids[one.get("for")].get("type") == "hidden":
        yield f"a label of a hidden field: for={one.get('for')}"
    if one.tag == "select":
        options, kind = one.findall(".//option"), f"name={one.get('name')} class={one.get('class')}"
        if any(option.get("label") is None and not "".join(option.itertext()).strip() for option in options):
            yield f"an option without words: {kind}"
        if (
            one.get("required") is not None
            and one.get("multiple") is None
            and (not options or options[0].get("value") != "")
        ):
            yield f"a choice that must be made, without an empty one first: {kind}"


def _place(one, around):
    """Blocks stand in blocks."""
    above = around.get(one)
    while one.tag in BLOCKS and above is not None and above.tag in THROUGH:
        above = around.get(above)
    if one.tag in BLOCKS and above is not None and above.tag in PHRASING:
        yield f"<{one.tag}> in <{above.tag} class={above.get('class')}>"
    if one.tag == "div" and above is not None and above.tag in ("ul", "ol"):
        yield f"<div> in <{above.tag}>"
    if one.tag in ("a", "button", "input", "select") and one.get("type") != "hidden":
        while above is not None and above.tag not in ("a", "button"):
            above = around.get(above)
        if above is not None:
            yield f"<{one.tag}> in <{above.tag}>"
