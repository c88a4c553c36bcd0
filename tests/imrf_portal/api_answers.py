"""Answers of the API beside the examples of its description: of the same shape, and as the description says.

`API_ANSWERS=write` keeps what was answered as the examples, which is how they are made.
"""

import json
import os

from django.conf import settings
from jsonschema import Draft202012Validator

from imrf_portal.api_answers import DONE, FILE

WRITTEN = os.environ.get("API_ANSWERS") == "write"


def compare(schema, answered: dict) -> list:
    """What is wrong with examples, given operation -> what was answered now."""
    if WRITTEN:
        kept = json.loads(FILE.read_text()) | {name: shortened(answer) for name, answer in answered.items()}
        text = json.dumps(dict(sorted(kept.items())), ensure_ascii=False, indent=1)
        FILE.write_text(text.replace(settings.SITE_URL, "{site}") + "\n")
    described = {operation["operationId"]: content for operation, content in contents(schema)}
    wrong = []
    for name, answer in answered.items():
        example = described[name].get("example")
        wrong += [(name, "answer", fault) for fault in faults(schema, described[name]["schema"], answer)]
        if WRITTEN:
            continue
        wrong += [(name, "example", fault) for fault in faults(schema, described[name]["schema"], example)]
        if shape(example) != shape(shortened(answer)):
            wrong.append((name, "shape", shape(example), shape(shortened(answer))))
    return wrong


def contents(schema):
    """Pairs of an operation that answers in JSON, and what is said of its answer."""
    for methods in schema["paths"].values():
        for operation in methods.values():
            for status in DONE:
                if content := operation["responses"].get(status, {}).get("content", {}).get("application/json"):
                    yield operation, content


def faults(schema, part, value) -> list:
    validator = Draft202012Validator({**part, "components": schema["components"]})
    return [f"{error.json_path}: {error.message[:120]}" for error in validator.iter_errors(value)]


def shortened(answer):
    """The first row of each list, where there are several things in a row; a list of plain values as it is."""
    if isinstance(answer, list):
        return [shortened(one) for one in (answer[:1] if answer and isinstance(answer[0], dict) else answer)]
    return {name: shortened(value) for name, value in answer.items()} if isinstance(answer, dict) else answer


def shape(value, depth=3):
    """The names in it, of so many floors: the same whatever the demonstration holds today."""
    if isinstance(value, dict) and depth:
        return {name: shape(one, depth - 1) for name, one in value.items() if name != "by"}
    if isinstance(value, list) and depth and value and isinstance(value[0], dict):
        return [shape(value[0], depth)]
    return "…"
