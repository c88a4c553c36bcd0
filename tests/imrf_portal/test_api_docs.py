import itertools
import re
import shlex
from datetime import timedelta
from html import unescape
from io import StringIO

import pytest
import yaml
from django.conf import settings
from django.core.management import call_command

from accreditation.models import Organisation
from imrf_portal.api_docs import described
from imrf_portal.api_examples import is_own
from submissions import operations
from tests.factories import NOW, make_call, make_forum, make_published
from tests.forums.test_ics import release, snapshot
from tests.imrf_portal.api_answers import compare, contents
from tests.programs import OWN, make_program

pytestmark = pytest.mark.django_db


def test_the_schema_is_valid_openapi_without_a_warning(capsys):
    out = StringIO()
    call_command("spectacular", validate=True, fail_on_warn=True, stdout=out)
    assert yaml.safe_load(out.getvalue())["openapi"] == "3.1.0"


PAGES = {False: "/api/docs/", True: "/api/docs/own/"}


def test_the_pages_tell_every_address_parameter_and_field_of_the_schema(client):
    schema = yaml.safe_load(client.get("/api/schema/").content)
    pages = {own: client.get(address).content.decode() for own, address in PAGES.items()}
    assert len(schema["paths"]) == 42
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            page = pages[is_own(path)]
            assert f">{method.upper()} {path}</code></h2>" in page
            for parameter in operation.get("parameters", []):
                assert f"<code>{parameter['name']}</code>" in page
    for name, part in schema["components"]["schemas"].items():
        if not name.startswith("Paginated"):
            page = next(page for page in pages.values() if f'id="part-{name}"' in page)
            for field in part["properties"]:
                assert f"<code>{field}</code>" in page


@pytest.mark.parametrize("address", PAGES.values())
@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_pages_stay_light(client, address, language):
    styles = (settings.BASE_DIR / "static/css/portal.css").stat().st_size
    assert len(client.get(f"{address}?lang={language}").content) + styles < 100_000


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
    assert len(examples) == 25
    assert {example: client.get(example).status_code for example in examples} == dict.fromkeys(examples, 200)


STATUS = {"POST": 201, "DELETE": 204}
IN_ORDER = [  # as one would do it, and what becomes of the file that lies in between
    *("my_retrieve", "my_inputs_create", "my_inputs_list", "my_inputs_retrieve", "my_inputs_partial_update"),
    *("my_inputs_uploads_create", "my_inputs_uploads_retrieve", "my_inputs_uploads_update", "my_inputs_uploads_file_update"),
    *("my_inputs_files_list", "my_inputs_files_partial_update", "my_inputs_files_destroy", "my_inputs_check_retrieve"),
    *("my_inputs_send_create", "my_inputs_amend_create", "my_inputs_receipts_list", "my_inputs_receipts_retrieve"),
    *("my_inputs_question_retrieve", "my_inputs_question_partial_update", "my_inputs_answer_create"),
    "my_inputs_withdraw_create",
]


def test_the_examples_for_programs_work_in_their_order(client, organisation, amina, ravi):
    call = make_call(make_forum("demo", name="A demonstration"), slug="stakeholder-inputs")
    program = make_program(organisation, amina)
    page = unescape(client.get("/api/docs/own/").content.decode())
    lines = dict(re.findall(r'<h2 id="(\w+)">.*?<code dir="ltr">(curl .*?)</code>', page, re.DOTALL))
    assert set(lines) == {*IN_ORDER, "my_inputs_destroy", "my_inputs_uploads_destroy"}
    known, edition, answered = {}, "1", {}
    for name in IN_ORDER:
        answer = typed_in(program, lines[name], known, edition)
        expected = STATUS.get(re.search(r"-X (\w+)|$", lines[name])[1], 200)
        expected = 200 if name in ("my_inputs_withdraw_create", "my_inputs_answer_create") else expected
        assert answer.status_code == expected, (name, lines[name], answer.content)
        said = answer.json() if answer.content else {}
        if answer.content:
            answered[name] = said
        if name in ("my_inputs_create", "my_inputs_uploads_create", "my_inputs_uploads_file_update"):
            known[{"my_inputs_create": "inputs", "my_inputs_uploads_create": "uploads"}.get(name, "files")] = said["id"]
        edition = str(said.get("edition", edition)) if isinstance(said, dict) else edition
        if name == "my_inputs_partial_update":
            program.change(known["inputs"], {"text": "Nine missions."}, edition=int(edition))
            edition = str(int(edition) + 1)
        if name == "my_inputs_amend_create":
            assert program.ask("delete", f"{OWN}{said['id']}/").status_code == 204
        if name == "my_inputs_receipts_retrieve":
            ask_about(call.submissions.get(), ravi)
    assert call.submissions.get().status == "withdrawn"
    assert compare(described(), answered) == []


def test_every_answer_and_body_in_the_description_has_an_example(client):
    schema = yaml.safe_load(client.get("/api/schema/").content)
    assert [operation["operationId"] for operation, content in contents(schema) if "example" not in content] == []
    for methods in schema["paths"].values():
        for operation in methods.values():
            body = operation.get("requestBody", {}).get("content", {})
            assert not body or any("example" in content for content in body.values()), operation["operationId"]


def ask_about(submission, ravi):
    """The desk takes it up and asks about its text."""
    submission.move("under_review", by=ravi, at=NOW, reviewer=ravi)
    operations.ask_for_clarification(submission, by=ravi, at=NOW, question="Which year?", opens=("text",))


def typed_in(program, line, known, edition):
    """The line as a shell and curl would send it, with the ids that are there."""
    words = shlex.split(line.replace("$TOKEN", program.word))
    address = words[-1].removeprefix("http://testserver")
    for what, key in known.items():
        address = re.sub(rf"(?<=/{what}/)[0-9a-f-]{{36}}", key, address)
    pairs = list(itertools.pairwise(words))
    method = next((after for word, after in pairs if word == "-X"), "GET").lower()
    headers = dict(after.split(": ", 1) for word, after in pairs if word == "-H")
    body = next((after for word, after in pairs if word in ("-d", "--data-binary")), "")
    if "If-Match" in headers:
        headers["If-Match"] = f'"{edition}"'
    body = re.sub(r'"edition": \d+', f'"edition": {edition}', body)
    kind = headers.pop("Content-Type", "application/octet-stream")
    return program.client.generic(method.upper(), address, body, content_type=kind, headers=headers)


def test_every_refusal_is_described(client):
    schema = yaml.safe_load(client.get("/api/schema/").content)
    for path, methods in schema["paths"].items():
        for operation in methods.values():
            own = {"401", "403"} if is_own(path) else {"200", "304"}
            assert {"400", "404", "406", "429", *own} <= set(operation["responses"])
    assert "410" in schema["paths"]["/api/v1/inputs/{reference}/"]["get"]["responses"]
