"""What schemathesis asks of the API, drawn from the API's own description, and which answers fit which question."""

from functools import cache

import schemathesis
from hypothesis import strategies as st
from schemathesis.config import SchemathesisConfig
from schemathesis.core.parameters import ParameterLocation
from schemathesis.generation import GenerationMode

from imrf_portal.api_examples import is_own
from imrf_portal.wsgi import application

MODES = [GenerationMode.POSITIVE, GenerationMode.NEGATIVE]
GOOD = [*range(200, 300)]
# What fits the types may ask for what is not there, or is not possible now: that is said, and described. By what is asked:
TO_READ = [*GOOD, 400, 401]  # a list; a filter may be a word that is no choice
TO_READ_ONE = [*TO_READ, 404, 410]
MAY_NOT = 403  # on one's own side a token may lack the right
TO_CHANGE = [*TO_READ_ONE, MAY_NOT, 409, 412, 413, 415, 422, 428]
NEGATIVE = [400, 401, 403, 404, 405, 406, 409, 410, 412, 413, 415, 422, 428, 429]  # a wrong If-Match is one of no edition
METHODS = ("get", "post", "put", "patch", "delete")


NOT_NOW = 409


def accepted(method, path) -> list:
    """What a well-formed question may be answered with; a reading is refused as "not now" only where that is described."""
    if method != "get":
        return TO_CHANGE
    not_now = str(NOT_NOW) in of_the_api()[path][method]["responses"]
    return (TO_READ_ONE if "{" in path else TO_READ) + [MAY_NOT] * is_own(path) + [NOT_NOW] * not_now


def described():
    """The API as it describes itself; every check is on, also those that are not named here."""
    refused = ("negative_data_rejection", "missing_required_header")
    checks = {name: {"expected-statuses": NEGATIVE} for name in refused}
    questions = [(method, path) for path, methods in of_the_api().items() for method in methods if method in METHODS]
    operations = [
        {
            "include-name": f"{method.upper()} {path}",
            "checks": {"positive_data_acceptance": {"expected-statuses": accepted(method, path)}},
        }
        for method, path in questions
    ]
    config = SchemathesisConfig.from_dict({"checks": checks, "operations": operations})
    return asked_of_itself(config=config)


def uncompressed(environ, start_response):
    """The portal to a client that says it reads gzip, as this one does, and does not read it where no network is between."""
    return application({**environ, "HTTP_ACCEPT_ENCODING": "identity"}, start_response)


def asked_of_itself(**more):
    return schemathesis.openapi.from_wsgi("/api/schema/", uncompressed, headers={"Accept": "application/json"}, **more)


@cache
def of_the_api() -> dict:
    return asked_of_itself().raw_schema["paths"]


def places_in(world, path):
    """Real values for what stands in an address."""
    known = dict(world["places"])
    known["slug"] = next((slug for name, slug in world["slugs"].items() if f"/{name}/" in path), "")
    known["id"] = world["sent"] if any(word in path for word in ("receipts", "withdraw", "amend")) else known["id"]
    known["id"] = world["asked"] if path.endswith(("/question/", "/answer/")) else known["id"]
    return {name: value for name, value in known.items() if f"{{{name}}}" in path and value}


def cases(operation, world):
    """Well-formed and malformed questions, at addresses that are there and at others."""
    real = places_in(world, operation.path)
    there = [operation.as_strategy(generation_mode=mode, path_parameters=real or None) for mode in MODES]
    return st.one_of(*there, operation.as_strategy(generation_mode=GenerationMode.POSITIVE))


def at_the_edges(operation, world):
    """Each value at its least and most, each part left out, each method that is not there: all that the description has."""
    generation = operation.schema.config.generation_for(operation=operation, phase="coverage")
    real = places_in(world, operation.path)
    for case in operation.schema.iter_coverage_cases(operation, generation_modes=MODES, generation_config=generation):
        place = case.meta.components.get(ParameterLocation.PATH)
        if real and place and place.mode == GenerationMode.POSITIVE:
            case.path_parameters = {**case.path_parameters, **real}
        yield case
