"""The API told to people: pages made from the schema, with every address, parameter, field and an example to try.

One page is for reading what is public, the other for programs of an organisation, so that each stays light.
"""

import json
from functools import cache

from django.conf import settings
from django.shortcuts import render

from forums.public_page import public_page
from imrf_portal.api_examples import is_own, line_for
from submissions.search.filters import FIELDS


@public_page
def api_docs(request):
    """Reading what is public."""
    return _page(request, "api_docs.html", own=False)


@public_page
def api_docs_own(request):
    """Reading and writing what is an organisation's own."""
    return _page(request, "api_docs_own.html", own=True)


def _page(request, template, *, own):
    schema = described()
    about = {
        "operations": operations(schema, own=own),
        "parts": parts(schema, own=own),
        "site": settings.SITE_URL,
        "version": schema["info"]["version"],
        "openapi": schema["openapi"],
    }
    return render(request, template, about)


@cache
def described() -> dict:
    """The schema; it only changes with the code."""
    from drf_spectacular.generators import SchemaGenerator  # loaded when the description is read

    return SchemaGenerator().get_schema(public=True)


TOLD_ONCE = {"fields", "cursor", "page_size"}  # above all addresses
SAME_FILTERS = "/api/v1/statistics/"  # as those of /api/v1/inputs/, its summary says


def untold(path) -> set:
    """Parameters that are not told at each address, so that the page stays light."""
    return TOLD_ONCE | ({"q", *FIELDS} if path == SAME_FILTERS else set())


def operations(schema, *, own) -> list:
    return [
        {
            "id": operation["operationId"],
            "method": method.upper(),
            "path": path,
            "short": path.removeprefix("/api/v1"),
            "summary": operation.get("summary", ""),
            "description": operation.get("description", ""),
            "parameters": [_parameter(each) for each in operation.get("parameters", []) if each["name"] not in untold(path)],
            "sends": _sends(operation),
            "answer": _answer(operation),
            "example": line_for(method, path, operation),
        }
        for path, methods in schema["paths"].items()
        for method, operation in methods.items()
        if is_own(path) == own
    ]


def parts(schema, *, own) -> list:
    """What these answers are made of, each with its fields; wrappers of pages are left out."""
    every = schema["components"]["schemas"]
    named = _reached(
        every, [op for path, methods in schema["paths"].items() if is_own(path) == own for op in methods.values()]
    )
    return [
        {"name": name, "fields": [_field(field, given, part) for field, given in part.get("properties", {}).items()]}
        for name, part in every.items()
        if name in named and not name.startswith("Paginated")
    ]


def _reached(every, start) -> set:
    """The names of parts to which these operations lead, through other parts."""
    found, text = set(), json.dumps(start, default=str)
    while True:
        named = {name for name in every if f'/schemas/{name}"' in text} - found
        if not named:
            return found
        found |= named
        text = json.dumps([every[name] for name in named], default=str)


def _parameter(given):
    schema = given.get("schema", {})
    values = schema.get("enum") or schema.get("items", {}).get("enum") or []
    return {
        "name": given["name"],
        "place": given["in"],
        "required": given.get("required", False),
        "kind": _kind(schema),
        "values": values,
        "description": given.get("description", ""),
    }


def _field(name, given, part):
    return {
        "name": name,
        "kind": _kind(given),
        "part": _part(given),
        "description": given.get("description", ""),
    }


def _kind(schema) -> str:
    if part := _part(schema):
        return f"{part}[]" if "items" in schema else part
    kind = schema.get("type", "")
    if isinstance(kind, list):
        kind = " | ".join(kind)
    if kind == "array":
        return f"{_kind(schema['items'])}[]"
    return schema.get("format") or kind


def _part(schema) -> str:
    """The name of the part a schema leads to, through lists and wrappers."""
    for inner in (schema, schema.get("items", {}), *schema.get("allOf", []), *schema.get("oneOf", [])):
        if "$ref" in inner:
            return inner["$ref"].rpartition("/")[2]
    return ""


def _answer(operation) -> str:
    content = next(
        (operation["responses"][status].get("content", {}) for status in ("200", "201") if status in operation["responses"]),
        {},
    )
    part = _part(content.get("application/json", {}).get("schema", {}))
    return part.removeprefix("Paginated").removesuffix("List") if part.startswith("Paginated") else part


def _sends(operation) -> str:
    content = operation.get("requestBody", {}).get("content", {})
    return _part(content.get("application/json", {}).get("schema", {}))
