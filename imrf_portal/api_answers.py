"""Examples in the description of the API: what is asked for, what is sent, and what the demonstration answered to it.

The answers stand in api_answers.json, by operation, as they came; long lists are cut after the first row. A test asks each
address again and compares answer, example and schema (tests/imrf_portal/api_answers.py says how they are made anew).
"""

import json
from functools import cache
from pathlib import Path

from django.conf import settings

from imrf_portal.api_examples import BODIES, PIECE_SENT, value_of

FILE = Path(__file__).with_name("api_answers.json")
ASKED = {
    "q": "review",
    "forum": "2026",
    "level": "national",
    "objective": "7",
    "round_table": "2",
    "region": "ECA",
    "country": "KEN",
    "kind": "civil_society",
    "basis": "ecosoc",
    "language": "en",
    "year": "2026",
    "organisation": "caritas-internationalis",
    "letter": "C",
    "page_size": 2,
    "status": "draft",
}
DONE = ("200", "201")


def with_examples(result, generator, request, public):
    """A hook of drf-spectacular, after with_refusals."""
    for path, methods in result["paths"].items():
        for operation in methods.values():
            for parameter in operation.get("parameters", []):
                _add_to_parameter(path, parameter)
            _add_to_body(operation)
            _add_to_answer(operation)
    return result


@cache
def answers() -> dict:
    return json.loads(FILE.read_text().replace("{site}", settings.SITE_URL))


def _add_to_parameter(path, parameter):
    name, kind = parameter["name"], parameter["schema"]
    if parameter["in"] == "header":
        return  # said where it is described
    value = value_of(path, name) if parameter["in"] == "path" else ASKED.get(name)
    if name == "fields":
        parameter["example"] = kind["items"]["enum"][:2]
    elif value is not None:
        number = kind.get("type") == "integer"
        parameter["example"] = [value] if kind.get("type") == "array" else int(value) if number else value


def _add_to_body(operation):
    for media_type, content in operation.get("requestBody", {}).get("content", {}).items():
        if media_type == "application/octet-stream":
            content["example"] = PIECE_SENT
        elif body := BODIES.get(operation["operationId"]):
            content["example"] = body


def _add_to_answer(operation):
    answer = answers().get(operation["operationId"])
    for status in DONE:
        content = operation["responses"].get(status, {}).get("content", {}).get("application/json")
        if content and answer is not None:
            content["example"] = answer
