"""The API told to people: one page made from the schema, with every address, parameter, field and an example to try."""

from functools import cache

from django.conf import settings
from django.shortcuts import render
from drf_spectacular.generators import SchemaGenerator

from forums.public_page import public_page

# What an example asks for, where an address or a parameter needs a value.
EXAMPLES = {
    "reference": "IMRF-2022-I-00001",
    "number": "7",
    "code": "ECA",
    "iso3": "KEN",
    "forum": "demo",
    "slug": "2022",
}
SLUGS = {
    "/api/v1/organisations/{slug}/": "caritas-internationalis",
    "/api/v1/calls/{forum}/{slug}/": "stakeholder-inputs",
    "/api/v1/sessions/{forum}/{slug}/": "opening",
}
QUERIES = {
    "/api/v1/inputs/": "?q=consular&level=national&page_size=2",
    **dict.fromkeys((f"/api/v1/{name}/" for name in ("calls", "milestones", "sessions", "documents")), "?forum=2026"),
}


@public_page
def api_docs(request):
    schema = described()
    about = {
        "operations": operations(schema),
        "parts": parts(schema),
        "site": settings.SITE_URL,
        "version": schema["info"]["version"],
        "openapi": schema["openapi"],
    }
    return render(request, "api_docs.html", about)


@cache
def described() -> dict:
    """The schema; it only changes with the code."""
    return SchemaGenerator().get_schema(public=True)


def operations(schema) -> list:
    return [
        {
            "id": operation["operationId"],
            "path": path,
            "summary": operation.get("summary", ""),
            "description": operation.get("description", ""),
            "parameters": [_parameter(each) for each in operation.get("parameters", [])],
            "answer": _answer(operation),
            "example": _example(path),
        }
        for path, methods in schema["paths"].items()
        for method, operation in methods.items()
        if method == "get"
    ]


def parts(schema) -> list:
    """What answers are made of, each with its fields; wrappers of pages are left out."""
    return [
        {"name": name, "fields": [_field(field, given, part) for field, given in part.get("properties", {}).items()]}
        for name, part in schema["components"]["schemas"].items()
        if not name.startswith("Paginated")
    ]


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
    content = operation["responses"].get("200", {}).get("content", {})
    part = _part(content.get("application/json", {}).get("schema", {}))
    return part.removeprefix("Paginated").removesuffix("List") if part.startswith("Paginated") else part


def _example(path) -> str:
    path = path.replace("{slug}", SLUGS.get(path, "{slug}"))
    for name, value in EXAMPLES.items():
        path = path.replace(f"{{{name}}}", value)
    return settings.SITE_URL + path + QUERIES.get(path, "")
