"""The non-objection list: built, frozen, circulated, considered, decided elsewhere, recorded; letters go out together."""

import threading
from datetime import timedelta
from io import BytesIO
from itertools import product

import pytest
from django.db import connection

from accreditation import tasks
from accreditation.models import Accreditation, AccreditationStep, ListLine, NonObjectionList
from accreditation.non_objection import documents, figures, operations, telling
from accreditation.notifications import letters_for
from forums.models import Letter
from forums.operations import announce_pending
from forums.refusals import IllegalMove, Refused
from tests.accreditation.lists import CIRCULATION, DECISION, ENDS, LATER, make_list, make_screened
from tests.factories import NOW, make_user

pytestmark = pytest.mark.django_db
Status = NonObjectionList.Status


@pytest.fixture
def desk(db):
    return make_user(staff=True, roles=["accreditation"])


# Building ------------------------------------------------------------------------------------------------------------


def test_only_a_screened_special_application_is_put_on_a_list_and_once(forum, desk):
    screened = make_screened(forum)
    operations.add_to_list(screened, by=desk, at=NOW)
    with pytest.raises(Refused, match="only once"):
        operations.add_to_list(screened, by=desk, at=NOW)
    other = make_screened(forum)
    Accreditation.objects.filter(pk=other.pk).update(basis="ecosoc")
    with pytest.raises(Refused, match="Only an application in screening"):
        operations.add_to_list(Accreditation.objects.get(pk=other.pk), by=desk, at=NOW)
    assert NonObjectionList.objects.count() == 1


def test_freezing_numbers_the_lines_by_name_and_keeps_what_they_say(forum, desk):
    listed = make_list(forum, "birch weavers", "Amber Guild", by=desk, status="frozen")
    assert list(listed.lines.values_list("position", "name")) == [(1, "Amber Guild"), (2, "birch weavers")]
    assert (listed.number, listed.frozen_by) == (1, desk)
    organisation = listed.lines.first().accreditation.organisation
    organisation.name = "Another name"
    organisation.save()
    assert listed.lines.first().name == "Amber Guild"
    with pytest.raises(Refused, match="frozen"):
        operations.take_off(listed.lines.first(), by=desk, at=NOW, because="")


def test_an_empty_list_is_not_frozen_and_one_that_lost_a_line_says_which(forum, desk):
    with pytest.raises(Refused, match="empty"):
        operations.freeze(operations.begin_list(forum, by=desk, at=NOW), by=desk, at=NOW)
    listed = make_list(forum, "Amber Guild", by=desk)
    listed.lines.get().accreditation.move("withdrawn", by=desk, at=NOW)
    with pytest.raises(Refused, match="Amber Guild"):
        operations.freeze(listed, by=desk, at=NOW)


def test_opening_a_frozen_list_again_drops_its_documents_and_keeps_its_number(forum, desk):
    listed = make_list(forum, by=desk, status="frozen")
    documents.want(listed, format="xlsx", language="en", by=desk, at=NOW)
    operations.thaw(listed, by=desk, at=NOW)
    assert listed.documents.count() == 0
    operations.add_to_list(make_screened(forum, "Aaa"), by=desk, at=NOW)
    again = operations.freeze(listed, by=desk, at=NOW)
    assert (again.number, again.lines.order_by("position").first().name) == (1, "Aaa")


def test_the_figures_count_regions_kinds_and_who_said_what(forum, desk):
    listed = make_list(forum, by=desk)
    first = listed.lines.first().accreditation
    Accreditation.objects.filter(pk=first.pk).update(women=2, men=1)
    tables = {table.title: table.rows for table in figures.balance(listed.lines.select_related("accreditation", "country"))}
    assert tables["Gender of representatives"] == [
        ("Women", 2, 67),
        ("Men", 1, 33),
        ("Others", 0, 0),
        ("Applications that do not say", 1, None),
    ]
    assert tables["Kind of organisation"] == [("Civil society organisation", 2, 100)]


# Circulating ---------------------------------------------------------------------------------------------------------


def test_circulating_puts_every_application_to_member_states(forum, desk):
    listed = make_list(forum, by=desk, status="circulated")
    assert set(listed.lines.values_list("accreditation__status", flat=True)) == {"put_forward"}
    assert listed.period_ends_at == ENDS


def test_an_application_withdrawn_meanwhile_is_struck_with_the_reason(forum, desk):
    listed = make_list(forum, by=desk, status="frozen")
    listed.lines.first().accreditation.move("withdrawn", by=desk, at=NOW)
    operations.circulate(listed, by=desk, at=NOW, **CIRCULATION)
    struck = listed.lines.get(struck_at__isnull=False)
    assert "withdrawn before" in struck.struck_because
    assert struck.accreditation.status == "withdrawn"


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"period_ends_at": NOW}, "must end after now"),
        ({"evidence": " "}, "Fill in both"),
        ({"circulated_by": ""}, "Fill in both"),
    ],
)
def test_a_circulation_has_its_evidence_and_an_end(forum, desk, change, why):
    listed = make_list(forum, by=desk, status="frozen")
    with pytest.raises(Refused, match=why):
        operations.circulate(listed, by=desk, at=NOW, **{**CIRCULATION, **change})
    assert NonObjectionList.objects.get().status == "preparing"


def test_what_is_not_frozen_is_not_circulated(forum, desk):
    with pytest.raises(Refused, match="Freeze the list first"):
        operations.circulate(make_list(forum, by=desk), by=desk, at=NOW, **CIRCULATION)


@pytest.mark.parametrize(("at", "ended"), [(ENDS - timedelta(microseconds=1), 0), (ENDS, 1), (LATER, 1)])
def test_the_period_ends_at_its_instant(forum, desk, at, ended):
    listed = make_list(forum, by=desk, status="circulated")
    assert operations.end_periods(at=at) == ended
    assert operations.end_periods(at=at) == 0
    assert NonObjectionList.objects.get(pk=listed.pk).status == ("period_ended" if ended else "circulated")


def test_the_desk_is_reminded_once_and_told_when_the_period_ended(forum, desk):
    make_list(forum, by=desk, status="circulated")
    for at in (ENDS - timedelta(days=4), ENDS - timedelta(days=3), ENDS - timedelta(days=2)):
        operations.remind_of_periods(at=at)
    operations.end_periods(at=LATER)
    steps = NonObjectionList.steps.rel.related_model.objects.all()
    announce_pending(steps, telling.letters_for, at=LATER)
    kinds = list(Letter.objects.filter(to=desk.email).order_by("written_at", "pk").values_list("kind", flat=True))
    assert kinds == ["accreditation/period_ends_soon", "accreditation/period_ended"]


# Objections ----------------------------------------------------------------------------------------------------------


def test_an_objection_needs_no_ground_and_no_state(forum, desk):
    line = make_list(forum, by=desk, status="circulated").lines.first()
    objection = operations.record_objection(line, by=desk, at=NOW, received_on=NOW.date(), evidence="A letter")
    assert (objection.ground, objection.state) == ("", None)
    operations.lift_objection(objection, by=desk, at=NOW, lifted_on=NOW.date(), evidence="Another letter")
    with pytest.raises(Refused, match="lifted already"):
        operations.lift_objection(objection, by=desk, at=NOW, lifted_on=NOW.date(), evidence="Again")


@pytest.mark.parametrize("status", ["preparing", "frozen", "outcome_recorded"])
def test_objections_are_recorded_between_circulation_and_outcome(forum, desk, status):
    line = make_list(forum, by=desk, status=status).lines.first()
    with pytest.raises(Refused, match="after the list was circulated"):
        operations.record_objection(line, by=desk, at=NOW, received_on=NOW.date(), evidence="A letter")


# The outcome ---------------------------------------------------------------------------------------------------------


def test_nothing_is_recorded_before_the_period_ended(forum, desk):
    listed = make_list(forum, by=desk, status="circulated")
    with pytest.raises(Refused, match="has not ended"):
        operations.record_list_outcome(listed, by=desk, at=ENDS - timedelta(seconds=1), all_accredited=True, **DECISION)
    assert operations.record_list_outcome(listed, by=desk, at=ENDS, all_accredited=True, **DECISION)


def test_every_line_gets_its_outcome_and_each_application_follows(forum, desk):
    listed = make_list(forum, "Amber Guild", "Birch Weavers", by=desk, status="period_ended")
    operations.set_outcomes(listed, outcomes={1: "not_accredited"}, by=desk, at=LATER)
    with pytest.raises(Refused, match="Lines without an outcome: 1"):
        operations.record_list_outcome(listed, by=desk, at=LATER, **DECISION)
    operations.record_list_outcome(listed, by=desk, at=LATER, all_accredited=True, **DECISION)
    became = dict(listed.lines.values_list("name", "accreditation__status"))
    assert became == {"Amber Guild": "not_accredited", "Birch Weavers": "accredited"}
    granted = listed.lines.get(position=2).accreditation
    assert (granted.decided_by, granted.decided_on) == (DECISION["decided_by"], DECISION["decided_on"])


def test_letters_to_all_wait_and_go_out_together_on_a_second_persons_word(forum, desk):
    listed = make_list(forum, by=desk, status="outcome_recorded")
    steps = AccreditationStep.objects.filter(became="accredited")
    announce_pending(telling.not_held(AccreditationStep.objects.all()), letters_for, at=LATER)
    assert steps.filter(announced_at__isnull=True).count() == 2
    with pytest.raises(Refused, match="You recorded the outcome"):
        operations.release_letters(listed, by=desk, at=LATER)
    operations.release_letters(listed, by=make_user(staff=True), at=LATER)
    with pytest.raises(Refused, match="already"):
        operations.release_letters(listed, by=make_user(staff=True), at=LATER)
    announce_pending(telling.not_held(AccreditationStep.objects.all()), letters_for, at=LATER)
    assert Letter.objects.filter(kind="accreditation/accredited").count() == 2


def test_the_sweep_holds_them_too(forum, desk):
    make_list(forum, by=desk, status="outcome_recorded")
    tasks.announce_steps()
    assert not Letter.objects.filter(kind="accreditation/accredited").exists()
    assert Letter.objects.filter(kind="accreditation/put_forward").exists()


# Every pair of the table ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("was", "to"), list(product(Status.values, Status.values)))
def test_a_list_moves_by_the_table(forum, desk, was, to):
    listed = make_list(forum, by=desk, status=was)
    if to in NonObjectionList.MOVES[was]:
        more = {"circulated_on": NOW.date(), "period_ends_at": ENDS, "frozen_at": NOW} if to == "circulated" else {}
        assert listed.move(to, by=desk, at=NOW, **more).became == to
    else:
        with pytest.raises(IllegalMove):
            listed.move(to, by=desk, at=NOW)


@pytest.mark.django_db(transaction=True)
def test_two_people_circulate_at_once_and_one_wins():
    desk = make_user(staff=True)
    listed = make_list(by=desk, status="frozen")
    both, said = threading.Barrier(2), []

    def act():
        both.wait()
        try:
            operations.circulate(listed, by=desk, at=NOW, **CIRCULATION)
            said.append("done")
        except Refused as why:
            said.append(type(why).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=act) for _each in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(said) in (["IllegalMove", "done"], ["MovedMeanwhile", "done"])
    assert listed.steps.filter(became="circulated").count() == 1


# Documents -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def with_objection(forum, desk):
    listed = make_list(forum, "=HYPERLINK(1)", "جمعية الأمل", by=desk, status="circulated")
    line = listed.lines.get(position=1)
    operations.record_objection(line, by=desk, at=NOW, received_on=NOW.date(), evidence="zqevidence", ground="zqground")
    return listed


def test_the_spreadsheet_holds_text_only_and_no_objection(with_objection):
    from openpyxl import load_workbook

    made = documents.made_of(with_objection, format="xlsx", language="ar", at=NOW)
    sheet = load_workbook(BytesIO(made)).active
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[1][1] == "'=HYPERLINK(1)"
    assert rows[2][1] == "جمعية الأمل"
    assert sheet.sheet_view.rightToLeft
    assert not any("zq" in str(cell) for row in rows for cell in row)


def test_the_word_file_repeats_its_heading_and_holds_every_line(with_objection):
    from docx import Document

    made = documents.made_of(with_objection, format="docx", language="en", at=NOW)
    paper = Document(BytesIO(made))
    [table] = paper.tables
    assert [row.cells[1].text for row in table.rows] == ["Name", "=HYPERLINK(1)", "جمعية الأمل"]
    assert b"tblHeader" in table.rows[0]._tr.xml.encode()
    assert "zq" not in paper.element.xml


def test_documents_are_made_by_a_sweep_once(forum, desk, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    listed = make_list(forum, by=desk, status="frozen")
    for _press in range(2):
        documents.want(listed, format="docx", language="fr", by=desk, at=NOW)
    assert (documents.make_documents(at=NOW), documents.make_documents(at=NOW)) == (1, 0)
    document = listed.documents.get()
    assert (document.size > 10_000, len(document.sha256), document.file.size) == (True, 64, document.size)
    with pytest.raises(Refused, match="Freeze"):
        documents.want(make_list(make_list_forum(), by=desk), format="pdf", language="en", by=desk, at=NOW)


def make_list_forum():
    from tests.factories import make_forum

    return make_forum("2030", year=2030)


def test_lines_without_number_stay_out_of_a_frozen_list(forum, desk):
    listed = make_list(forum, by=desk, status="frozen")
    assert not ListLine.objects.filter(list=listed, position__isnull=True).exists()
