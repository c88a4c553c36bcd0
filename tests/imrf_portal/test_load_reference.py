import re
from datetime import UTC, date, datetime
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import translation

from accreditation.models import Basis, Organisation, Register, RegisterEntry
from forums.models import (
    Country,
    Forum,
    GuidingPrinciple,
    Letter,
    Milestone,
    Objective,
    OfficialDocument,
    Region,
    RegionalReview,
    RoundTable,
)
from forums.timeline import Standing, State
from submissions.models import PublishedInput, Submission, SubmissionStep
from submissions.notifications import letters_for

pytestmark = pytest.mark.usefixtures("lists", "aside")
AT = datetime(2026, 11, 23, 12, tzinfo=UTC)
SIX = ("en", "fr", "es", "ru", "ar", "zh-hans")


def load(*arguments):
    said = StringIO()
    call_command("load_reference", *arguments, stdout=said)
    return said.getvalue()


@pytest.mark.parametrize(
    ("model", "count"),
    [(Objective, 23), (GuidingPrinciple, 10), (Country, 248), (Region, 5), (Forum, 3), (RegionalReview, 10), (Basis, 10)],
)
def test_every_list_is_whole(model, count):
    assert model.objects.count() == count


def test_registers_hold_what_their_sources_hold():
    counts = {kind: RegisterEntry.objects.filter(register=kind).count() for kind in Register.Kind.values}
    assert counts == {"ecosoc": 6283, "gcm": 0, "nhri": 52, "un_entity": 57, "state": 195}
    states = RegisterEntry.objects.filter(register="state")
    assert states.filter(status="Member State").count() == 193
    assert not Register.objects.filter(source="").exists()


def test_countries_belong_to_the_commissions_of_the_united_nations():
    counts = {region.pk: region.countries.count() for region in Region.objects.all()}
    assert counts == {"ECA": 54, "ECE": 56, "ECLAC": 46, "ESCAP": 53, "ESCWA": 21}
    assert {region.pk for region in Country.objects.get(pk="EGY").regions.all()} == {"ECA", "ESCWA"}
    members = Country.objects.filter(un_status="member")
    assert members.count() == 193
    assert (Country.objects.filter(ldc=True).count(), Country.objects.filter(lldc=True).count()) == (44, 32)
    assert members.filter(sids=True).count() == 37


@pytest.mark.parametrize("language", SIX)
def test_vocabularies_speak_all_six_languages(language):
    with translation.override(language):
        things = [
            *(objective.title for objective in Objective.objects.all()),
            *(objective.label for objective in Objective.objects.all()),
            *(country.name for country in Country.objects.all()),
            *(region.commission for region in Region.objects.all()),
            *(basis.name for basis in Basis.objects.all()),
            *(basis.explanation for basis in Basis.objects.all()),
            *(milestone.name for milestone in Milestone.objects.all()),
            *(table.title for table in RoundTable.objects.all()),
            *(forum.name for forum in Forum.objects.all()),
        ]
    assert all(things)
    if language in ("ru", "ar", "zh-hans"):
        latin = [thing for thing in things if re.fullmatch(r"[\x00-\x7f]+", thing)]
        assert latin == []


def test_wordings_that_were_not_seen_stay_marked():
    assert Objective.objects.get(pk=1).verified_languages == ["en", "es", "fr", "ru"]
    assert GuidingPrinciple.objects.get(pk=1).verified_languages == ["en", "es", "fr", "zh-hans"]


def test_the_forum_of_2022_keeps_its_former_dates_and_its_early_report():
    forum = Forum.objects.get(slug="2022")
    assert (forum.first_day, forum.last_day, forum.status) == (date(2022, 5, 17), date(2022, 5, 20), "held")
    former = forum.former_dates.get()
    assert (former.first_day, former.last_day) == (date(2022, 5, 10), date(2022, 5, 13))
    report = forum.milestones.get(kind="report")
    assert (report.due_on, report.met_on) == (date(2022, 2, 22), date(2021, 12, 27))
    assert report.state(AT) == State(Standing.MET, 57)
    assert report.documents.get().symbol == "A/76/642"


def test_what_nobody_recorded_of_a_held_forum_is_not_called_overdue():
    standings = {
        (milestone.forum.slug, milestone.kind, milestone.state(AT).standing.value)
        for milestone in Milestone.objects.select_related("forum")
    }
    assert standings == {
        ("2022", "report", "met"),
        ("2022", "note", "not_recorded"),
        ("2022", "hearing", "met"),
        ("2022", "declaration", "met"),
        ("2026", "report", "not_recorded"),
        ("2026", "note", "not_recorded"),
        ("2026", "hearing", "met"),
        ("2026", "declaration", "not_recorded"),
        ("2030", "report", "undated"),
        ("2030", "hearing", "undated"),
        ("2030", "declaration", "undated"),
    }


def test_the_round_tables_of_2022_partition_the_objectives_and_those_of_2026_are_a_marked_copy():
    maps = {}
    for table in RoundTable.objects.prefetch_related("objectives"):
        numbers = [objective.pk for objective in table.objectives.all()]
        maps.setdefault((table.forum.slug, table.indicative), {})[table.number] = numbers
    assert set(maps) == {("2022", False), ("2026", True)}
    assert maps["2022", False] == maps["2026", True]
    assert sorted(number for numbers in maps["2022", False].values() for number in numbers) == list(range(1, 24))


def test_2030_is_announced_with_its_year_only():
    forum = Forum.objects.get(slug="2030")
    assert (forum.status, forum.first_day, forum.last_day, forum.year) == ("announced", None, None, 2030)


def test_official_documents_are_no_inputs():
    symbols = set(OfficialDocument.objects.exclude(symbol="").values_list("symbol", flat=True))
    assert {"A/75/542", "A/76/642", "A/79/590", "A/AC.293/2022/L.1", "A/RES/76/266"} <= symbols
    assert not Submission.objects.filter(title__contains="report of the Secretary-General (A/").exists()


def test_real_inputs_are_recorded_for_their_authors_with_their_source_and_no_text():
    inputs = PublishedInput.objects.select_related("submission")
    assert {forum: inputs.filter(forum__slug=forum).count() for forum in ("2022", "2026")} == {"2022": 24, "2026": 5}
    assert sorted(inputs.filter(forum__slug="2026").values_list("reference", flat=True)) == [
        f"IMRF-2026-I-0000{number}" for number in range(1, 6)
    ]
    assert {(one.recorded_by_desk, one.excerpt, one.words, one.submission.text) for one in inputs} == {(True, "", 0, "")}
    assert all(one.source_url or one.source_title for one in inputs)
    quno = inputs.filter(organisation__slug="quno").order_by("reference")
    assert [one.title_is_described for one in quno] == [True, False]


def test_nobody_is_written_to_about_what_was_loaded():
    assert not SubmissionStep.objects.pending().exists()
    for step in SubmissionStep.objects.all()[:8]:
        assert letters_for(step, at=AT) == []
    assert Letter.objects.count() == 0


def test_loading_again_changes_nothing():
    said = load()
    assert re.findall(r"\b([1-9]\d*) new", said) == []
    assert "left as they are" not in said
    assert Submission.objects.count() == 29


def test_what_staff_edited_stays_unless_it_is_asked_for():
    Objective.objects.filter(pk=7).update(title_ar="صياغة حررها الموظفون")
    Country.objects.get(pk="KEN").regions.add("ESCWA")
    Organisation.objects.filter(slug="quno").update(website="https://edited.example")
    said = load()
    assert "objectives_six.csv: 0 new, 22 unchanged, 1 differ and were left as they are" in said
    assert "countries.csv: 0 new, 247 unchanged, 1 differ and were left as they are" in said
    assert Objective.objects.get(pk=7).title_ar == "صياغة حررها الموظفون"
    assert "1 set back" in load("--overwrite")
    assert Objective.objects.get(pk=7).title_ar != "صياغة حررها الموظفون"
    assert {region.pk for region in Country.objects.get(pk="KEN").regions.all()} == {"ECA"}
    assert Organisation.objects.get(slug="quno").website == "https://quno.org"


def test_a_row_that_is_missing_comes_back():
    Objective.objects.filter(pk=23).delete()
    assert "objectives_six.csv: 1 new, 22 unchanged" in load()


def test_the_page_of_2022_shows_what_was_met_and_no_call_that_only_the_desk_answers(client):
    page = client.get("/en/forums/2022/").content.decode()
    assert "Met 57 days early" in page
    assert "Not recorded" in page
    assert "Overdue" not in page
    assert "Inputs recorded by the desk" not in page
    assert client.get("/api/v1/calls/?forum=2022").json()["results"] == []
