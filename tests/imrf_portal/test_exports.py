"""Lists that leave the desk as files: exactly what is in view, safe in a spreadsheet, with codes, noted as a reading."""

import csv
import io

import pytest
from openpyxl import load_workbook

from accreditation.models import Reading
from forums.cells import as_text, cell_of
from forums.exports import MOST
from submissions import operations
from submissions.models import Submission
from tests.factories import NOW, join, make_call, make_organisation, make_standing, make_submission, make_user
from tests.imrf_portal.rooms import make_letter

pytestmark = pytest.mark.django_db
QUEUE = "/admin/submissions/submission/"
ROOMS = ("submissions/submission", "submissions/publishedinput", "accreditation/organisation", "accreditation/accreditation")
FORMULAS = ("=1+1", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", " =1", "＝1", "\n+1")


def rows_of(answer):
    assert answer.status_code == 200, answer
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def book_of(answer):
    assert answer.status_code == 200, answer
    return load_workbook(io.BytesIO(b"".join(answer.streaming_content)))


@pytest.fixture
def two(forum, amina):
    call = make_call(forum)
    one, other = (make_organisation(name, focal_point=amina) for name in ("=cmd()", "Zebra"))
    a = make_submission(call=call, organisation=one, by=amina, title="=HYPERLINK(1)", language="fr", objectives=[7, 3])
    b = make_submission(call=call, organisation=other, by=amina, title="Schools")
    return a, b


@pytest.mark.parametrize("typed", FORMULAS)
def test_no_cell_is_a_formula(typed):
    assert as_text(typed).startswith("'")
    assert not str(cell_of(typed)).startswith(("=", "+", "-", "@", "\t", "\r"))


def test_the_file_has_the_rows_and_columns_in_view_and_codes(desk_client, elena, two):
    a, b = two
    client = desk_client(elena)
    operations.choose_columns(by=elena, columns=["author", "state"])
    rows = rows_of(client.get(f"{QUEUE}export.csv", {"q": "status:sent", "o": "author"}))
    assert rows[0] == [
        *("Reference", "Organisation", "Status"),
        *("status_code", "level_code", "language_code", "objectives", "countries_iso3166", "regions", "kind_code"),
        "received_utc",
    ]
    assert [row[0] for row in rows[1:]] == [a.reference, b.reference]
    assert rows[1][1:] == [
        *("'=cmd() · No standing recorded", "Sent", "submitted", "national", "fr", "3 7", "KEN", "", "civil_society"),
        "2026-01-20T12:00:00Z",
    ]
    narrowed = rows_of(client.get(f"{QUEUE}export.csv", {"q": "schools"}))
    assert [row[0] for row in narrowed[1:]] == [b.reference]


def test_the_workbook_says_what_was_asked_and_when(desk_client, elena, two):
    answer = desk_client(elena).get(f"{QUEUE}export.xlsx", {"q": "lang:fr", "o": "-author"})
    book = book_of(answer)
    rows, about = book.worksheets
    assert [cell.value for cell in rows["A"]] == ["Reference", two[0].reference]
    assert all(cell.data_type != "f" for row in rows.iter_rows() for cell in row)
    said = {line[0].value: line[1].value for line in about.iter_rows()}
    assert said["Search, filters and order"] == "q=lang:fr; o=-author"
    assert said["Rows"] == 1
    assert said["Made by"] == "Elena"
    noted = Reading.objects.get()
    assert f'filename="{noted.of}"' in answer["Content-Disposition"]
    assert said["Made at (UTC)"] == f"{noted.at:%Y-%m-%dT%H:%M:%SZ}"


def test_each_file_is_noted_as_a_reading(desk_client, elena, two):
    rows_of(desk_client(elena).get(f"{QUEUE}export.csv", {"q": "lang:fr", "p": "1"}))
    noted = Reading.objects.get()
    assert (noted.what, noted.by, noted.label, noted.reason) == ("export", elena, "Inputs · 1", "q=lang:fr")
    assert noted.of == f"submission-{noted.at:%Y%m%dT%H%M%SZ}.csv"


@pytest.mark.parametrize(
    ("role", "may"),
    [("reviewer", False), ("editor", True), ("administrator", True), ("accreditation", False), ("forum manager", False)],
)
def test_who_may_take_the_queue_out(desk_client, two, role, may):
    client = desk_client(make_user(staff=True, roles=[role]))
    assert client.get(f"{QUEUE}export.csv").status_code == (200 if may else 403)
    assert Reading.objects.exists() is may
    if role == "reviewer":
        assert "export.csv" not in client.get(QUEUE).content.decode()
    assert client.post(f"{QUEUE}export.csv").status_code in (302, 403, 405)


def test_what_may_not_be_seen_is_in_no_file(desk_client, elena, two, organisation, amina, call):
    make_submission(call=call, organisation=organisation, by=amina, status="draft")
    join(two[0].organisation, elena)
    client = desk_client(elena)
    for kind, asked in (("csv", {}), ("csv", {"q": "hyperlink"}), ("csv", {"q": "-lang:en"})):
        text = str(rows_of(client.get(f"{QUEUE}export.{kind}", asked)))
        assert "HYPERLINK" not in text
        assert two[0].reference not in text
    assert Reading.objects.order_by("pk").first().label == "Inputs · 1"


def test_a_line_that_is_not_understood_makes_no_file(desk_client, elena, two):
    answer = desk_client(elena).get(f"{QUEUE}export.csv", {"q": "colour:red"})
    assert answer.url == f"{QUEUE}?q=colour%3Ared"
    assert desk_client(elena).get(f"{QUEUE}export.csv", {"status": "nonsense"}).status_code == 302
    assert desk_client(elena).get(f"{QUEUE}export.pdf").status_code == 404
    assert not Reading.objects.exists()


def test_a_list_that_is_too_long_is_refused(desk_client, elena, two, monkeypatch):
    monkeypatch.setitem(MOST, "xlsx", 1)
    page = desk_client(elena).get(f"{QUEUE}export.xlsx", follow=True).content.decode()
    assert "Narrow it first." in page
    assert not Reading.objects.exists()


@pytest.mark.parametrize("room", [*ROOMS, "accreditation/registration", "forums/letter"])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_main_rooms_hand_out_their_lists(desk_client, two, forum, amina, elena, room, kind):
    Submission.objects.filter(pk=two[1].pk)
    make_standing(two[1].organisation, forum)
    make_submission(call=two[0].call, organisation=two[1].organisation, by=amina, status="published")
    make_letter("one")
    client = desk_client(make_user(staff=True, is_superuser=True))
    page = client.get(f"/admin/{room}/")
    assert f"/admin/{room}/export.{kind}?" in page.content.decode()
    answer = client.get(f"/admin/{room}/export.{kind}")
    rows = rows_of(answer) if kind == "csv" else list(book_of(answer).worksheets[0].iter_rows(values_only=True))
    assert len(rows) == page.context["cl"].result_count + 1
    assert all(len(row) == len(rows[0]) for row in rows)


def test_addresses_of_letters_stay_inside(desk_client, amina):
    make_letter("one", to="secret@example.org")
    rows = rows_of(desk_client(make_user(staff=True, is_superuser=True)).get("/admin/forums/letter/export.csv"))
    assert "secret@example.org" not in str(rows)
    assert rows[0][-4:] == ["pk", "kind", "written_at", "sent_at"]
    assert NOW.year == 2026
