from io import StringIO

import pytest
import yaml
from django.core.management import call_command

pytestmark = pytest.mark.django_db


def test_the_schema_is_valid_openapi_without_a_warning(capsys):
    out = StringIO()
    call_command("spectacular", validate=True, fail_on_warn=True, stdout=out)
    assert yaml.safe_load(out.getvalue())["openapi"] == "3.1.0"


def test_the_page_tells_every_address_parameter_and_field_of_the_schema(client):
    schema = yaml.safe_load(client.get("/api/schema/").content)
    page = client.get("/api/docs/").content.decode()
    assert len(schema["paths"]) == 14
    for path, methods in schema["paths"].items():
        assert f"GET {path}" in page
        for parameter in methods["get"].get("parameters", []):
            assert f'<code dir="ltr">{parameter["name"]}</code>' in page
    for name, part in schema["components"]["schemas"].items():
        if not name.startswith("Paginated"):
            assert f'id="part-{name}"' in page
            for field in part["properties"]:
                assert f'<code dir="ltr">{field}</code>' in page


def test_the_page_can_be_had_in_a_language_without_a_cookie(client):
    response = client.get("/api/docs/?lang=ar")
    assert '<html lang="ar" dir="rtl">' in response.content.decode()
    assert not response.cookies


def test_the_examples_on_the_page_work(client, forum, call):
    import re

    from tests.factories import make_published

    make_published(title="Consular help", level="national")
    page = client.get("/api/docs/").content.decode().replace("&amp;", "&").replace("&#x27;", "'")
    examples = re.findall(r"curl '?http://testserver([^'<]+)'?", page)
    assert len(examples) == 14
    listed = [
        example for example in examples if "IMRF" not in example and not re.search(r"/\w+/(2022|7|ECA|KEN|1)/$", example)
    ]
    assert {client.get(example).status_code for example in listed} == {200}
