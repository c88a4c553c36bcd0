"""An example of every address of the API, as a line for a shell; a test types them all in."""

import json
import re

from django.conf import settings

# What an example asks for, where an address or a parameter needs a value.
EXAMPLES = {
    "reference": "IMRF-2022-I-00001",
    "number": "7",
    "code": "ECA",
    "iso3": "KEN",
    "forum": "demo",
    "slug": "2022",
}
NUMBERS = {"/api/v1/inputs/{reference}/versions/{number}/": "1"}
SLUGS = {
    "/api/v1/organisations/{slug}/": "caritas-internationalis",
    "/api/v1/calls/{forum}/{slug}/": "stakeholder-inputs",
    "/api/v1/sessions/{forum}/{slug}/": "opening",
}
QUERIES = {
    "/api/v1/inputs/": "?q=review&level=national&page_size=2",
    **dict.fromkeys((f"/api/v1/{name}/" for name in ("milestones", "documents", "round-tables")), "?forum=2026"),
    **dict.fromkeys((f"/api/v1/{name}/" for name in ("calls", "sessions")), "?forum=demo"),
}


PART = re.compile(r"{(\w+)}")
ID = "6f2c0f3e-5d0a-4b58-9d0e-3f1f5f0a1c11"
OWN_EXAMPLES = {"id": ID, "file": ID, "upload": ID, "offset": "0", "number": "1"}
# What an example sends, by operation.
BODIES = {
    "my_inputs_create": {"forum": "demo", "call": "stakeholder-inputs", "language": "en"},
    "my_inputs_partial_update": {"title": "Consular help", "level": "national", "countries": ["KEN"], "objectives": [14]},
    "my_inputs_send_create": {"edition": 2, "publish_as": "named", "declared": True},
    "my_inputs_question_partial_update": {"answer": "We mean the year 2024."},
    "my_inputs_answer_create": {"answer": "We mean the year 2024.", "edition": 2},
    "my_inputs_withdraw_create": {"reason": "It was sent twice."},
    "my_inputs_uploads_create": {"name": "annex.txt", "size": 6, "mark": "annex of May"},
    "my_inputs_files_partial_update": {"language": "en"},
}
PIECE_SENT = "Annex."


def is_own(path) -> bool:
    return path.startswith("/api/v1/my/")


def line_for(method, path, operation) -> str:
    """A line to try in a shell; what is an organisation's own needs its token in $TOKEN."""
    if not is_own(path):
        return f"curl '{_example(path)}'"
    words = ["curl"] if method == "get" else ["curl", "-X", method.upper()]
    words += ["-H", '"Authorization: Bearer $TOKEN"']
    words += [f"-H '{name}: {value}'" for name, value in _headers(operation)]
    if body := BODIES.get(operation["operationId"]):
        words += ["-H 'Content-Type: application/json'", f"-d '{json.dumps(body)}'"]
    elif "application/octet-stream" in operation.get("requestBody", {}).get("content", {}):
        words += ["-H 'Content-Type: application/octet-stream'", f"--data-binary '{PIECE_SENT}'"]
    return " ".join([*words, f"'{_example(path)}'"])


def _headers(operation):
    for given in operation.get("parameters", []):
        if given["in"] == "header":
            yield (
                given["name"],
                f"{operation['operationId']}-1" if given["name"] == "Idempotency-Key" else given["schema"]["example"],
            )


def value_of(path, name) -> str:
    """What an example has in the place of that part of an address."""
    if is_own(path):
        return OWN_EXAMPLES[name]
    return {"number": NUMBERS, "slug": SLUGS}.get(name, {}).get(path, EXAMPLES[name])


def _example(path) -> str:
    return settings.SITE_URL + PART.sub(lambda part: value_of(path, part[1]), path) + QUERIES.get(path, "")
