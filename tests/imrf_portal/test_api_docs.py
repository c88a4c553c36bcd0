import re
from datetime import timedelta
from html import unescape
from io import StringIO

import pytest
import yaml
from django.core.management import call_command

from accreditation.models import Organisation
from tests.factories import NOW, make_call, make_forum, make_published
from tests.forums.test_ics import release, snapshot

pytestmark = pytest.mark.django_db


def test_the_schema_is_valid_openapi_without_a_warning(capsys):
    out = StringIO()
    call_command("spectacular", validate=True, fail_on_warn=True, stdout=out)
    assert yaml.safe_load(out.getvalue())["openapi"] == "3.1.0"


def test_the_page_tells_every_address_parameter_and_field_of_the_schema(client):
    schema = yaml.safe_load(client.get("/api/schema/").content)
    page = client.get("/api/docs/").content.decode()
    assert len(schema["paths"]) == 20
    for path, methods in schema["paths"].items():
        assert f"GET {path}" in page
        for parameter in methods["get"].get("parameters", []):
            assert f"<code>{parameter['name']}</code>" in page
    for name, part in schema["components"]["schemas"].items():
        if not name.startswith("Paginated"):
            assert f'id="part-{name}"' in page
            for field in part["properties"]:
                assert f"<code>{field}</code>" in page


def test_the_page_can_be_had_in_a_language_without_a_cookie(client):
    response = client.get("/api/docs/?lang=ar")
    assert '<html lang="ar" dir="rtl">' in response.content.decode()
    assert not response.cookies


def test_the_examples_on_the_page_work(client):
    call = make_call(make_forum("2022", year=2022, name="First forum"))
    demonstration = make_forum("demo", name="A demonstration")
    make_call(demonstration, slug="stakeholder-inputs")
    release(demonstration, 1, [snapshot(1, "opening", NOW, NOW + timedelta(hours=3))])
    published = make_published(call=call, title="Consular help", level="national", objectives=[7])
    Organisation.objects.filter(pk=published.organisation_id).update(slug="caritas-internationalis")
    make_forum()
    page = unescape(client.get("/api/docs/").content.decode())
    examples = re.findall(r"curl 'http://testserver([^']+)'", page)
    assert len(examples) == 20
    assert {example: client.get(example).status_code for example in examples} == dict.fromkeys(examples, 200)


def test_every_refusal_is_described(client):
    schema = yaml.safe_load(client.get("/api/schema/").content)
    for methods in schema["paths"].values():
        assert {"200", "304", "400", "404", "429"} <= set(methods["get"]["responses"])
    assert "410" in schema["paths"]["/api/v1/inputs/{reference}/"]["get"]["responses"]
