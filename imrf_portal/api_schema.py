"""What the description of the API says of every address alike: how it refuses, and that it may answer 304."""

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
        "errors": {"type": "object", "additionalProperties": {}},
    },
}
REFUSALS = {
    "400": "A parameter or its value is not known.",
    "404": "Nothing is at this address.",
    "406": "There is only JSON here.",
    "410": "Was published and taken down; the sentence says why and when.",
    "429": "Too many requests; Retry-After says how long to wait.",
}
EVERYWHERE = ("400", "404", "406", "429")


def with_refusals(result, generator, request, public):
    """A hook of drf-spectacular: adds the refusals to every operation."""
    result["components"]["schemas"]["Problem"] = PROBLEM
    for methods in result["paths"].values():
        for operation in methods.values():
            answers = operation["responses"]
            for status in {*EVERYWHERE, *(status for status in answers if status in REFUSALS)}:
                answers[status] = {
                    "description": REFUSALS[status],
                    "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
                }
            answers["304"] = {"description": "Nothing has changed since the ETag that was sent along."}
    return result
