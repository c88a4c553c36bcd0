"""What the description of the API says of every address alike: how it refuses, that it may answer 304, its fields."""

PROBLEM = {
    "type": "object",
    "description": "Why there is no answer (RFC 9457).",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "A sentence for people."},
        "parameter": {"type": "string", "description": "The query parameter that was not understood."},
        "errors": {"type": "object", "additionalProperties": {}, "description": "What is wrong, field by field."},
        "edition": {"type": "integer", "description": "412: the edition that stands now."},
        "mine": {"type": "object", "additionalProperties": {}, "description": "412: what was sent."},
        "theirs": {"type": "object", "additionalProperties": {}, "description": "412: what stands there now."},
        "arrived": {"type": "integer", "description": "409 of a piece: from where to go on."},
    },
    "examples": [
        {
            "type": "about:blank",
            "title": "Bad Request",
            "status": 400,
            "detail": "“lokal” is not one of the choices under “Level”, so nothing was looked for.",
            "parameter": "level",
        }
    ],
}
REFUSALS = {
    "400": "A parameter, a field or its value is not known.",
    "401": "No token, or one that does not hold.",
    "403": "The token may not do that.",
    "404": "Nothing is at this address.",
    "405": "The address has no such method.",
    "406": "There is only JSON here.",
    "409": "Not now; the sentence says why.",
    "410": "Was published and taken down; the sentence says why and when.",
    "412": "Somebody saved a later edition; both texts are in the answer, nothing was overwritten.",
    "413": "Too large.",
    "415": "Of another media type than this address takes.",
    "422": "Understood, but it cannot be taken; nothing was changed.",
    "428": "If-Match is missing.",
    "429": "Too many requests; Retry-After says how long to wait.",
}
EVERYWHERE = ("400", "404", "406", "429")
OWN = ("401", "403")
WRITING = ("409", "413", "415", "422")
OF_A_MATCH = ("412", "428")


def with_refusals(result, generator, request, public):
    """A hook of drf-spectacular: adds the refusals to every operation, and the sparse fields to those that only read."""
    result["components"]["schemas"]["Problem"] = PROBLEM
    for path, methods in result["paths"].items():
        for method, operation in methods.items():
            _add_refusals(path, method, operation)
            if "/my/" not in path:
                operation["responses"]["304"] = {"description": "Nothing has changed since the ETag that was sent along."}
                _add_fields(operation, result["components"]["schemas"])
    return result


def _add_refusals(path, method, operation):
    answers = operation["responses"]
    named = {*EVERYWHERE, *(status for status in answers if status in REFUSALS)}
    if "/my/" in path:
        named |= {*OWN, *(WRITING if method != "get" else ())}
        named |= set(OF_A_MATCH if method == "patch" and "files" not in path else ())
    for status in named:
        answers[status] = {
            "description": REFUSALS[status],
            "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }


def _add_fields(operation, parts):
    """`fields=` names those of the row that the answer is made of."""
    schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
    part = parts[_row(schema).rpartition("/")[2]]
    if "results" in part["properties"]:
        part = parts[_row(part["properties"]["results"]).rpartition("/")[2]]
    part.pop("required", None)  # with `fields` any of them may be left out
    operation.setdefault("parameters", []).append(
        {
            "name": "fields",
            "in": "query",
            "style": "form",
            "explode": False,
            "description": "Only these fields, separated by commas.",
            "schema": {"type": "array", "items": {"type": "string", "enum": list(part["properties"])}, "minItems": 1},
        }
    )


def _row(schema) -> str:
    return schema.get("$ref") or schema.get("items", {}).get("$ref", "")
