"""Files of inputs: read in any table program's habits, reported line by line, recorded once by a second word."""

import csv
import io
from datetime import timedelta
from time import monotonic

import pytest
from django.core.files.base import ContentFile

from accreditation.models import Organisation
from accreditation.registers.faults import Unreadable
from forums.models import Letter
from forums.refusals import MovedMeanwhile, Refused
from imrf_portal.invariants import check
from submissions.models import Recording, RecordingBatch, Submission
from submissions.on_behalf import batches, importing
from submissions.on_behalf.columns import COLUMNS, template_lines
from tests.factories import CLOSES, NOW, join, make_call, make_organisation, make_submission, make_user
from tests.submissions.recordings import file_of, make_batch, read, row

pytestmark = pytest.mark.django_db
NEXT_DAY = CLOSES + timedelta(days=1)
LATER = NOW + timedelta(minutes=10)


@pytest.fixture
def clerk(db):
    return make_user("clara", staff=True, roles=["editor"])


@pytest.fixture
def window(forum):
    return make_call(forum, window="open")


def line(batch, number=2):
    return batch.lines.get(line=number)


def carried_out(batch, by=None):
    batches.carry_out(batch, by=by or batch.by, at=NOW)
    return read(batch, at=LATER)


# Reading --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_any_separator_with_and_without_a_mark_is_read(organisation, window, delimiter, mark):
    batch = read(make_batch(row("a", title="Über Häfen; und, mehr"), call=window, delimiter=delimiter, mark=mark))
    assert (batch.state, line(batch).faults, line(batch).about["title"]) == ("read", [], "Über Häfen; und, mehr")
    assert line(batch).organisation == organisation


def test_habits_of_excel_are_read(organisation, window):
    text = file_of(row("a"), delimiter=";").read().decode()
    excels = "sep=;\r\n" + text.replace("Harbour Light", '"Harbour Light"') + ";;;;;;;;;\r\n\r\n"
    file = ContentFile(b"\xef\xbb\xbf" + excels.encode(), name="x.csv")
    batch = read(batches.begin(file, call=window, tells_people=False, by=None, at=NOW))
    assert (batch.state, batch.refusal) == ("read", "")
    assert [each.faults for each in batch.lines.all()] == [[]]


def test_the_template_explains_itself_and_is_read_over(window):
    written = io.StringIO()
    csv.writer(written).writerows(template_lines())
    header, about = csv.reader(io.StringIO(written.getvalue()))
    assert header == list(COLUMNS)
    assert all(about)
    batch = read(make_batch(call=window, by=None))
    file = ContentFile(written.getvalue().encode(), name="template.csv")
    batch = read(batches.begin(file, call=window, tells_people=False, by=None, at=NOW))
    assert (batch.state, batch.refusal) == ("refused", "The file has no lines beside its header.")


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "empty"),
        (b"PK\x03\x04not a workbook", "cannot be opened"),
        ("key;organisation\n".encode("utf-16"), "UTF-16"),
        (b"%PDF-1.7", "neither"),
    ],
)
def test_what_is_no_table_is_refused_at_once(window, content, word):
    with pytest.raises(Unreadable, match=word):
        batches.begin(ContentFile(content, name="x.csv"), call=window, tells_people=False, by=None, at=NOW)
    assert RecordingBatch.objects.count() == 0


@pytest.mark.parametrize(
    ("content", "word"),
    [
        ("key,colour\na,red\n", "“colour” is unknown"),
        ("key,key\na,b\n", "there twice"),
        ("key,title\na,b\n", "“organisation” is missing"),
        ("key,organisation,title,language,level,how,received\na,\xe9,t,en,global,letter,2026-01-01\n", "not UTF-8"),
    ],
)
def test_a_wrong_table_is_refused_with_its_line(window, content, word):
    file = ContentFile(content.encode("latin-1"), name="x.csv")
    batch = read(batches.begin(file, call=window, tells_people=False, by=None, at=NOW))
    assert batch.state == "refused"
    assert word in batch.refusal
    assert batch.lines.count() == 0


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ({"objectives": "7;99"}, "99"),
        ({"language": "klingon"}, "klingon"),
        ({"level": "galactic"}, "galactic"),
        ({"how": "pigeon"}, "pigeon"),
        ({"received": "20/01/2026"}, "20/01/2026"),
        ({"received": "2026-03-08 02:30"}, "2026-03-08 02:30"),  # clocks in New York skip it
        ({"received": "2026-01-30"}, "closed on that day"),
        ({"received": "2027-01-30 10:00"}, "future"),
        ({"text": ""}, "source_url"),
        ({"title": ""}, "title"),
        ({"title": "x" * 301}, "301"),
        ({"key": ""}, "key"),
    ],
)
def test_what_is_wrong_with_a_line_is_said_and_it_is_never_recorded(organisation, window, said, word):
    batch = read(make_batch({**row("a"), **said}, row("b"), call=window))
    assert word in " ".join(line(batch).faults)
    carried_out(batch)
    assert list(Submission.objects.values_list("title", flat=True)) == ["Letter b"]


def test_late_lines_need_their_reason(organisation, window):
    late = {"received": "2026-01-30 18:00"}
    batch = make_batch(
        row("a", **late), row("b", late_reason="Post", **late), call=window, at=NEXT_DAY, more=["late_reason"]
    )
    read(batch, at=NEXT_DAY)
    assert [bool(each.faults) for each in batch.lines.order_by("line")] == [True, False]
    batches.carry_out(batch, by=batch.by, at=NEXT_DAY)


def test_a_key_twice_in_a_file_is_wrong(organisation, window):
    batch = read(make_batch(row("a"), row("a", title="Other"), call=window))
    assert "line 2" in line(batch, 3).faults[0]


# Whose it is ----------------------------------------------------------------------------------------------------------


def test_an_organisation_is_found_by_name_or_address_and_a_like_one_is_asked_about(organisation, window):
    batch = read(make_batch(row("a", organisation.slug), row("b", "Harbor Lights"), row("c", "Zyx Quorum"), call=window))
    assert line(batch, 2).organisation == organisation
    asked = line(batch, 3)
    assert (asked.organisation, asked.candidates[0]["pk"]) == (None, organisation.pk)
    assert 0.6 < asked.candidates[0]["score"] < 0.94
    assert "organisation_kind" in line(batch, 4).faults[0]
    assert [each.line for each in batches.open_lines(batch)] == [3]


def test_an_open_line_waits_until_somebody_says_whose_it_is(organisation, window, clerk):
    batch = read(make_batch(row("a"), row("b", "Harbor Lights"), row("c", "Harbour Lighter"), call=window))
    carried_out(batch)
    assert Submission.objects.count() == 1
    batches.settle(line(batch, 3), choice=str(organisation.pk), by=clerk)
    batches.settle(line(batch, 4), choice="new", by=clerk)
    carried_out(batch)
    assert Submission.objects.filter(organisation=organisation).count() == 2
    assert Organisation.objects.filter(name="Harbour Lighter").count() == 1
    with pytest.raises(Refused, match="listed"):
        batches.settle(read(make_batch(row("d", "Harbour Lightest"), call=window)).lines.get(), choice="999", by=clerk)


def test_a_new_organisation_that_several_lines_name_is_made_once(window):
    rows = [row(key, "Zyx Quorum", organisation_kind="academia") for key in "abc"]
    carried_out(read(make_batch(*rows, call=window)))
    assert Submission.objects.filter(organisation__name="Zyx Quorum").count() == 3
    assert Organisation.objects.count() == 1


def test_nobody_imports_for_their_own_organisation(organisation, window, clerk):
    join(organisation, clerk)
    batch = read(make_batch(row("a"), call=window, by=clerk))
    assert "belong to" in line(batch).faults[0]
    batch = read(make_batch(row("b"), call=window))
    with pytest.raises(Refused, match="belong to"):
        batches.carry_out(batch, by=clerk, at=NOW)


def test_what_is_here_already_is_left_out_unless_somebody_takes_it_in(organisation, amina, window, clerk):
    there = make_submission(call=window, organisation=organisation, by=amina, title="Letter a")
    batch = read(make_batch(row("a"), call=window))
    assert (line(batch).state, there.reference in line(batch).doubts[0]) == ("left_out", True)
    with pytest.raises(Refused, match="No line is ready"):
        batches.carry_out(batch, by=clerk, at=NOW)
    batches.settle(line(batch), choice="in", by=clerk)
    carried_out(batch)
    assert Submission.objects.filter(title="Letter a").count() == 2


# The second word ------------------------------------------------------------------------------------------------------


def test_reading_records_nothing_and_the_second_word_everything_that_is_ready(organisation, window, clerk):
    batch = read(make_batch(*(row(f"k{number}") for number in range(5)), call=window))
    assert (Submission.objects.count(), batch.done_rows, batch.all_rows) == (0, 5, 5)
    carried_out(batch, clerk)
    assert (batch.state, batch.done_rows, batch.decided_by) == ("recorded", 5, clerk)
    assert Submission.objects.filter(recorded_by_desk=True, begun_by=clerk).count() == 5
    assert [found.rule for found in check() if found.violations] == []


def test_pressed_twice_or_sent_again_nothing_is_doubled(organisation, window, clerk):
    batch = read(make_batch(row("a"), row("b"), call=window))
    batches.carry_out(batch, by=clerk, at=NOW)
    with pytest.raises(MovedMeanwhile):
        batches.carry_out(batch, by=clerk, at=NOW)
    assert read(batch, at=LATER).state == "recorded"
    again = read(make_batch(row("a"), row("b"), row("c"), call=window))
    assert [each.state for each in again.lines.order_by("line")] == ["left_out", "left_out", "staged"]
    carried_out(again)
    assert Submission.objects.count() == 3


def test_a_key_that_was_recorded_between_reading_and_recording_is_not_recorded_again(organisation, window):
    one = read(make_batch(row("a"), call=window))
    other = read(make_batch(row("a"), row("b"), call=window))
    carried_out(one)
    carried_out(other)
    assert (Submission.objects.count(), "before" in line(other).faults[0]) == (2, True)


def test_work_that_has_not_time_enough_goes_on_where_it_stopped(organisation, window, monkeypatch):
    batch = make_batch(*(row(f"k{number}") for number in range(6)), call=window)
    kept = importing._stage

    def two_only(*args):
        if batch.lines.count() % 2:
            kept(*args)
            monkeypatch.setattr(importing, "monotonic", lambda: monotonic() + 100)
        else:
            kept(*args)

    monkeypatch.setattr(importing, "_stage", two_only)
    for done in (2, 4, 6):
        monkeypatch.setattr(importing, "monotonic", monotonic)
        read(batch)
        assert batch.lines.count() == done
        assert batch.state == ("read" if done == 6 else "reading") or done == 6
    monkeypatch.setattr(importing, "monotonic", monotonic)
    assert read(batch).state == "read"
    assert batch.lines.count() == 6


def test_one_line_that_cannot_be_recorded_holds_up_no_other(organisation, window, monkeypatch):
    batch = read(make_batch(row("a"), row("b"), row("c"), call=window))
    kept = batches.record

    def fails(recording, **how):
        if recording.pk == line(batch, 3).pk:
            raise RuntimeError("no")
        return kept(recording, **how)

    monkeypatch.setattr(batches, "record", fails)
    carried_out(batch)
    assert (Submission.objects.count(), batch.state, "RuntimeError" in line(batch, 3).faults[0]) == (2, "recorded", True)


def test_the_same_file_sent_twice_is_one(window):
    assert make_batch(row("a"), call=window, by=None) == make_batch(row("a"), call=window, by=None)


# At the desk ----------------------------------------------------------------------------------------------------------

ROOM = "/admin/submissions/recordingbatch/"


def test_a_file_is_sent_looked_at_and_recorded_at_the_desk(desk_client, organisation, window, clerk):
    client = desk_client(clerk)
    assert "organisation_kind" in client.get(f"{ROOM}add/").content.decode()
    file = file_of(row("a"), row("b", "Harbor Lights"), row("c", level="galactic"))
    answer = client.post(f"{ROOM}add/", {"call": window.pk, "file": file, "tells_people": ""})
    batch = read(RecordingBatch.objects.get())
    page = f"{ROOM}{batch.pk}/change/"
    assert answer.headers["Location"] == page
    counts = client.get(page).context["counts"]
    assert (counts["ready"], counts["open"], counts["wrong"]) == (1, 1, 1)
    text = client.get(f"{page}?tab=open").content.decode()
    assert f'<option value="{organisation.pk}">' in text
    client.post(f"{ROOM}{batch.pk}/lines/3/", {"choice": str(organisation.pk)})
    assert client.post(page, {"decision": "record", "seen": "read-1"}).status_code == 409  # not what was looked at
    assert client.post(page, {"decision": "record", "seen": client.get(page).context["seen"]}).status_code == 302
    assert read(batch, at=LATER).state == "recorded"
    assert Submission.objects.count() == 2


def test_the_report_says_of_every_line_what_became_of_it_and_no_cell_is_a_formula(desk_client, organisation, window, clerk):
    batch = carried_out(read(make_batch(row("=1+1", title="@SUM(A1)"), row("b", level="x"), call=window)))
    answer = desk_client(clerk).get(f"{ROOM}{batch.pk}/report.csv")
    text = answer.content.decode("utf-8-sig")
    _header, first, second = csv.reader(io.StringIO(text))
    assert first[:4] == ["2", "'=1+1", "Recorded", "IMRF-2026-I-00001"]
    assert first[6] == "'@SUM(A1)"
    assert (second[2], "level" in second[7]) == ("Wrong", True)
    assert "no-store" in answer.headers["Cache-Control"]


def test_only_editors_import(desk_client, window, ravi):
    batch = read(make_batch(row("a"), call=window))
    client = desk_client(ravi)
    for way in ("", "add/", "template.csv", f"{batch.pk}/change/", f"{batch.pk}/report.csv"):
        assert client.get(f"{ROOM}{way}").status_code == 403, way
    assert client.post(f"{ROOM}{batch.pk}/lines/2/", {"choice": "out"}).status_code == 403


def test_the_report_page_costs_the_same_with_one_line_and_with_many(
    desk_client, organisation, window, clerk, count_statements
):
    client = desk_client(clerk)
    few, many = read(make_batch(row("a"), call=window)), read(make_batch(*(row(f"k{n}") for n in range(30)), call=window))

    def look(batch):
        return count_statements(lambda: client.get(f"{ROOM}{batch.pk}/change/"))

    look(few)
    assert look(few) == look(many)
    make_organisation()
    assert Recording.objects.count() == 31


# Letters --------------------------------------------------------------------------------------------------------------


def test_the_receipts_are_seen_before_anything_is_recorded(organisation, window, clerk, amina):
    batch = read(
        make_batch(row("a", title="First crossing"), row("b", title="Second"), call=window, by=clerk, tells_people=True)
    )
    [letter] = batches.letters_before(batch, by=clerk, at=NEXT_DAY)
    assert (letter.kind, letter.to) == ("submissions/received", amina.email)
    assert "First crossing" in letter.text
    assert (Submission.objects.count(), Letter.objects.count()) == (0, 0)
    assert {each.state for each in batch.lines.all()} == {"staged"}
    carried_out(batch)
    told = list(Submission.objects.order_by("pk"))
    assert len(told) == 2


def test_nobody_sees_the_letters_of_lines_that_are_for_colleagues(organisation, window, clerk, amina):
    batch = read(make_batch(row("a"), call=window, by=clerk, tells_people=True))
    member = make_user("mona", staff=True, roles=["editor"])
    join(organisation, member)
    assert batches.letters_before(batch, by=clerk, at=NEXT_DAY)
    assert batches.letters_before(batch, by=member, at=NEXT_DAY) == []


def test_the_page_shows_the_letter_where_receipts_go_out(desk_client, organisation, window, clerk, amina):
    for tells_people in (True, False):
        batch = read(
            make_batch(row(f"k{tells_people}", title="First crossing"), call=window, by=clerk, tells_people=tells_people)
        )
        page = desk_client(clerk).get(f"{ROOM}{batch.pk}/change/").content.decode()
        assert ('<div class="letter"' in page) == tells_people
    assert not Submission.objects.exists()


def test_a_line_that_breaks_does_not_take_the_report_with_it(desk_client, organisation, window, clerk, amina, monkeypatch):
    batch = read(make_batch(row("a"), call=window, by=clerk, tells_people=True))

    def broken(*args, **kwargs):
        raise ValueError("nobody thought of this")

    monkeypatch.setattr(batches, "record", broken)
    page = desk_client(clerk).get(f"{ROOM}{batch.pk}/change/")
    assert (page.status_code, '<div class="letter"' in page.content.decode()) == (200, False)
