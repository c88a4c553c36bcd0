"""The examples in the description of the API, each asked of the demonstration."""

import shlex

import pytest

from imrf_portal.api_answers import ASKED
from imrf_portal.api_docs import described
from imrf_portal.api_examples import is_own, line_for
from imrf_portal.api_schema import PROBLEM
from tests.imrf_portal.api_answers import compare, contents, faults

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]


def operations():
    """Path and description of every address that is for reading what is public."""
    paths = [(path, methods) for path, methods in described()["paths"].items() if not is_own(path)]
    return [(path, operation) for path, methods in paths for operation in methods.values()]


def asked(client, path, operation):
    response = client.get(shlex.split(line_for("get", path, operation))[-1].removeprefix("http://testserver"))
    assert response.status_code == 200, (path, response.content)
    return response.json()


def test_each_example_is_what_the_demonstration_answers_and_what_the_description_says(client):
    answered = {operation["operationId"]: asked(client, path, operation) for path, operation in operations()}
    assert len(answered) == 25
    assert compare(described(), answered) == []


def test_each_example_of_a_parameter_is_taken(client):
    for path, operation in operations():
        address = shlex.split(line_for("get", path, operation))[-1].removeprefix("http://testserver").partition("?")[0]
        for parameter in operation["parameters"]:
            if parameter["in"] == "query" and parameter["name"] != "cursor":  # that one comes with an answer
                value = parameter["example"]
                value = ",".join(value) if parameter["name"] == "fields" else value
                response = client.get(address, {parameter["name"]: value})
                assert response.status_code == 200, (address, parameter["name"], response.content)
            elif parameter["in"] == "path":
                assert parameter["example"] not in ("", None)


def test_the_example_of_a_refusal_is_one(client):
    (example,) = PROBLEM["examples"]
    assert client.get("/api/v1/inputs/?level=lokal").json() == example


def test_control_an_example_that_is_none_is_found():
    (content,) = [content for operation, content in contents(described()) if operation["operationId"] == "regions_retrieve"]
    assert faults(described(), content["schema"], {"code": 7}) != []
    assert set(ASKED) >= {"q", "forum", "letter"}
