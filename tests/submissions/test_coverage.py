"""Coverage: what was said where and by whom, as the person may see it; who could be asked; a letter by two people."""

from datetime import timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook

from accreditation.models import Organisation
from forums.models import Letter
from forums.operations.stopping import stop_topic
from forums.refusals import MovedMeanwhile, Refused
from submissions.coverage import asking, counting
from submissions.coverage.askable import askable
from submissions.models import CallLetter
from submissions.search.vocabulary import vocabulary
from tests.factories import NOW, join, make_call, make_organisation, make_standing, make_submission, make_user

pytestmark = pytest.mark.django_db
ROOM = "/admin/submissions/callletter/"


@pytest.fixture
def here(forum):
    """A local, a national and a regional input; a draft, one that was withdrawn."""
    call = make_call(forum)
    nhri = make_organisation("Rights Office", kind="nhri")
    make_submission(call=call, organisation=nhri, objectives=[7, 14])
    make_submission(call=call, status="published", level="local", objectives=[7])
    make_submission(call=call, level="regional", regions=["ECA"], countries=[], objectives=[3], organisation=nhri)
    make_submission(call=call, status="draft", objectives=[1])
    make_submission(call=call, status="withdrawn", objectives=[1])
    return call


@pytest.fixture
def silent(forum):
    """Two with a standing that have sent nothing, and one without a standing."""
    amina = make_user("amina")
    amina.language = "fr"
    amina.save()
    bodies = [make_organisation(name, kind="nhri", focal_point=amina) for name in ("Alpha", "=Beta", "No standing")]
    for body in bodies[:2]:
        make_standing(body, forum)
    return bodies


@pytest.fixture
def editors(db):
    return [make_user(name, staff=True, roles=["editor"]) for name in ("eva", "ella")]


def figures(forum, user, across, call=None):
    words = vocabulary([forum], forum=forum)
    table = counting.table(counting.Scope(forum, call), user, words, across)
    codes = [code for code, _word in table.columns]
    return {
        (row, codes[place]): number for row, _word, numbers in table.rows for place, number in enumerate(numbers) if number
    }


def test_figures_count_what_was_received_on_each_objective(here, forum, editors):
    assert figures(forum, editors[0], "level") == {
        ("7", "national"): 1,
        ("7", "local"): 1,
        ("14", "national"): 1,
        ("3", "regional"): 1,
    }
    assert figures(forum, editors[0], "region") == {("7", "ECA"): 2, ("14", "ECA"): 1, ("3", "ECA"): 1}
    assert figures(forum, editors[0], "kind") == {
        ("7", "nhri"): 1,
        ("7", "civil_society"): 1,
        ("14", "nhri"): 1,
        ("3", "nhri"): 1,
    }
    assert figures(forum, editors[0], "level", call=make_call(forum)) == {}


def test_what_ones_own_organisation_wrote_is_not_even_counted(here, forum, editors):
    from accreditation.models import Organisation

    join(Organisation.objects.get(name="Rights Office"), editors[0], "viewer")
    assert figures(forum, editors[0], "level") == {("7", "local"): 1}


def test_three_tables_take_two_statements_and_the_page_the_same_for_many(
    here, forum, editors, desk_client, count_statements
):
    words = vocabulary([forum], forum=forum)
    scope = counting.Scope(forum)
    assert count_statements(lambda: counting.tables(scope, editors[0], words)) <= 2 + 2  # and what the person may see
    client = desk_client(editors[0])
    client.get(f"{ROOM}coverage/?forum=2026")
    few = count_statements(lambda: client.get(f"{ROOM}coverage/?forum=2026"))
    for _number in range(4):
        make_submission(call=here, objectives=[9])
    assert count_statements(lambda: client.get(f"{ROOM}coverage/?forum=2026")) == few


def test_each_figure_leads_to_as_many_inputs_and_each_gap_to_who_could_be_asked(here, forum, silent, editors, desk_client):
    client = desk_client(editors[0])
    page = client.get(f"{ROOM}coverage/?forum=2026")
    cells = [cell for table in page.context["tables"] for row in table["rows"] for cell in row["cells"]]
    for cell in cells:
        if cell["number"]:
            assert client.get(cell["url"]).context["page"].paginator.count == cell["number"], cell
    gap = next(cell for cell in cells if not cell["number"])
    assert client.get(gap["url"]).status_code == 200
    shown = page.content.decode()
    assert shown.count('class="gap"') == sum(not cell["number"] for cell in cells)
    assert ">none<" in shown


def test_who_could_be_asked_has_a_standing_and_has_sent_nothing(here, forum, silent, editors):
    names = lambda **narrow: [one.name for one in askable(forum, editors[0], **narrow)]  # noqa: E731
    assert names() == ["=Beta", "Alpha"]
    assert names(kind="nhri", region="ECA") == ["=Beta", "Alpha"]
    assert names(kind="academia") == []
    make_submission(call=here, organisation=silent[0], objectives=[3])
    assert names() == ["=Beta"]
    assert names(objective="7") == ["=Beta", "Alpha"]
    join(silent[1], editors[0], "viewer")
    assert names() == []


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_list_is_exported_and_no_cell_is_a_formula(here, forum, silent, editors, desk_client, form):
    answer = desk_client(editors[0]).get(f"{ROOM}coverage/ask.{form}?forum=2026&kind=nhri")
    if form == "csv":
        lines = answer.content.decode("utf-8-sig").splitlines()
        assert lines[1].startswith("'=Beta,National human rights institution,nhri,Kenya,KEN,ecosoc,ecosoc,/")
        assert len(lines) == 3
    else:
        sheet = load_workbook(BytesIO(answer.content)).active
        assert [cell.data_type for line in sheet.iter_rows() for cell in line].count("f") == 0
        assert [sheet["A2"].value, sheet["A3"].value] == ["'=Beta", "Alpha"]


# The letter -----------------------------------------------------------------------------------------------------------


def asked(call, by, **fields):
    return asking.ask_call_letter(
        call, **{"chosen": {"kind": "nhri"}, "words": "Write to us.", "by": by, "at": NOW, **fields}
    )


def test_a_second_person_lets_it_go_and_each_is_asked_once_a_call(here, forum, silent, editors):
    row = asked(here, editors[0])
    assert set(row.organisations) == {silent[0].pk, silent[1].pk}
    assert not Letter.objects.filter(kind=asking.TEMPLATE).exists()
    with pytest.raises(Refused, match="second person"):
        asking.release_call_letter(row, by=editors[0], at=NOW)
    make_submission(call=here, organisation=silent[1])  # has answered meanwhile
    assert asking.release_call_letter(row, by=editors[1], at=NOW) == 1
    letter = Letter.objects.get(kind=asking.TEMPLATE)
    assert (letter.to, letter.language) == ("amina@example.org", "fr")
    assert "Write to us." in letter.text
    assert "/letters/" in letter.text or "stop" in letter.text  # the way out
    with pytest.raises(MovedMeanwhile):
        asking.release_call_letter(CallLetter.objects.get(), by=editors[1], at=NOW)
    again = asked(here, editors[0], chosen={})
    assert asking.release_call_letter(again, by=editors[1], at=NOW) == 0
    assert Letter.objects.filter(kind=asking.TEMPLATE).count() == 1


def test_who_stopped_such_letters_gets_none(here, forum, silent, editors):
    stop_topic("amina@example.org", "call_letters", at=NOW)
    assert asking.release_call_letter(asked(here, editors[0]), by=editors[1], at=NOW) == 0


def test_what_cannot_be_asked_is_refused_with_a_sentence(here, forum, silent, editors):
    with pytest.raises(Refused, match="nobody to ask"):
        asked(here, editors[0], chosen={"kind": "academia"})
    with pytest.raises(Refused, match="not open"):
        asked(make_call(forum, window="closed"), editors[0])
    row = asked(here, editors[0])
    with pytest.raises(Refused, match="waits for a second person"):
        asked(here, editors[1])
    here.closes_at = NOW
    here.save()
    row.call.refresh_from_db()
    with pytest.raises(Refused, match="not open"):
        asking.release_call_letter(row, by=editors[1], at=NOW + timedelta(days=1))


def test_at_the_desk(here, forum, silent, editors, desk_client):
    client = desk_client(editors[0])
    page = f"{ROOM}coverage/ask/?forum=2026&kind=nhri"
    assert "=Beta" in client.get(page).content.decode()
    answer = client.post(page, {"call": here.pk, "words": "Write to us."})
    row = CallLetter.objects.get()
    at = f"{ROOM}{row.pk}/change/"
    assert answer.headers["Location"] == at
    assert client.post(page, {"call": here.pk, "words": ""}).status_code == 409
    assert 'value="release"' not in client.get(at).content.decode()
    assert client.post(at, {"decision": "release"}).status_code == 409
    other = desk_client(editors[1])
    assert "Write to us." in other.get(at).content.decode()
    assert other.post(at, {"decision": "release"}).status_code == 302
    assert Letter.objects.filter(kind=asking.TEMPLATE).count() == 2  # one for each organisation that she speaks for
    assert "=Beta" in other.get(at).content.decode()


@pytest.mark.parametrize(
    ("role", "status"), [("reviewer", 403), ("accreditation", 403), ("editor", 200), ("forum manager", 200)]
)
def test_who_asks(here, forum, desk_client, role, status):
    client = desk_client(make_user(staff=True, roles=[role]))
    assert client.get(f"{ROOM}coverage/ask/?forum=2026").status_code == status
    assert client.get(f"{ROOM}coverage/ask.csv?forum=2026").status_code == status
    assert client.get(f"{ROOM}coverage/?forum=2026").status_code == (403 if role == "accreditation" else 200)
    sees = 200 if role in ("reviewer", "editor") else 403
    assert client.get(f"{ROOM}coverage/inputs/?forum=2026").status_code == sees


def test_who_asks_and_reads_no_inputs_is_told_numbers_and_led_to_none(here, forum, desk_client, editors):
    manager = make_user(staff=True, roles=["forum manager"])
    assert figures(forum, manager, "level") == figures(forum, editors[0], "level")
    page = desk_client(manager).get(f"{ROOM}coverage/?forum=2026").content.decode()
    assert "coverage/ask/?" in page
    assert "coverage/inputs/" not in page
    assert f"{ROOM}coverage/" in desk_client(manager).get(ROOM).content.decode()
    join(Organisation.objects.get(name="Rights Office"), manager, "viewer")
    assert set(figures(forum, manager, "level")) == {("7", "local")}


def test_an_address_that_names_nothing_is_a_missing_page(here, desk_client, editors):
    client = desk_client(editors[0])
    for query in ("forum=9999", "forum=2026&call=x", "forum=2026&call=999999999"):
        assert client.get(f"{ROOM}coverage/?{query}").status_code == 404
