"""The likeliest entry of a register comes first, says why, and is never a decision."""

# ruff: noqa: T201 - the benchmark prints what it measured

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accreditation import likeness
from accreditation.models import Register, RegisterEntry, RegisterName
from accreditation.reference import FILES
from accreditation.registers.matching import keep_names, match
from tests.accreditation import matching_bench as bench
from tests.factories import make_vocabularies

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("asked", "known", "reason"),
    [
        ("harbour  LIGHT", "Harbour Light", "exact"),
        ("Société d’Été", "Societe d'ete", "exact"),
        ("Harbour Light (HL)", "Harbour Light", "brackets"),
        ("Harbоur Light", "Harbour Light", "look_alike"),  # the о is Cyrillic
        ("Friends of Harbour", "The Friends of the Harbour", "articles"),
        ("Light Harbour", "Harbour Light", "word_order"),
        ("Harbour Lihgt", "Harbour Light", "spelling"),
        ("جمعيّة الأمل", "جمعية الامل", "exact"),
    ],
)
def test_the_reason_is_said(asked, known, reason):
    value, why = likeness.score(asked, known)
    assert (why, value >= likeness.CONFIDENT) == (reason, True)


@pytest.mark.parametrize("asked", ["Harbour Lights Orchestra", "Light", "", "...", "灯"])
def test_other_names_are_not_taken_for_it(asked):
    assert likeness.score(asked, "Harbour Light")[0] < likeness.CONFIDENT


@pytest.fixture
def register(db):
    make_vocabularies()
    made = Register.objects.create(kind="nhri", as_of="2024-05-31", source="A list")
    for name, country, more in (
        ("National Human Rights Commission", "KEN", {"acronym": "KNHRC", "status": "A"}),
        ("National Human Rights Commission", "NPL", {"status": "A"}),
        ("Office of the Ombudsperson", "NPL", {"former_names": ["Public Defender of Rights"]}),
    ):
        made.entries.create(name=name, country_id=country, **more)
    keep_names(RegisterEntry.objects.all())
    return made


def test_the_country_decides_between_equal_names(register):
    assert [each.thing.country_id for each in match("National Human Rights Commission", country="NPL")][:2] == ["NPL", "KEN"]
    assert [each.thing.country_id for each in match("National Human Rights Commission", country="KEN")][:2] == ["KEN", "NPL"]


def test_acronyms_and_former_names_are_found(register):
    by_acronym, by_former = match("KNHRC")[0], match("Public Defender of Rights")[0]
    assert (by_acronym.thing.country_id, by_acronym.reason) == ("KEN", "acronym")
    assert (by_former.thing.name, by_former.use) == ("Office of the Ombudsperson", "former")


def test_names_of_an_entry_follow_it(register):
    entry = register.entries.get(name="Office of the Ombudsperson")
    entry.name, entry.former_names = "Ombudsperson’s Office", ["Office of the Ombudsperson"]
    entry.save()
    keep_names([entry])
    assert sorted(entry.names.values_list("use", "name")) == [
        ("former", "Office of the Ombudsperson"),
        ("main", "Ombudsperson’s Office"),
    ]


def test_the_command_prints_matches_for_people_and_machines(register):
    said = StringIO()
    call_command("match_register", "KNHRC", "--kind", "nhri", "--json", stdout=said)
    [row] = json.loads(said.getvalue())
    assert (row["country"], row["reason"], row["confident"], row["status"]) == ("KEN", "acronym", True, "A")
    said = StringIO()
    call_command("match_register", "zzzz", stdout=said)
    assert said.getvalue() == "Nothing is called like that.\n"


def test_without_registers_it_says_what_to_do(db):
    with pytest.raises(CommandError, match="load_reference"):
        call_command("match_register", "Anything")


# The real register ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def ecosoc(django_db_setup, django_db_blocker):
    """The 6,283 names of the ECOSOC register; what every test here shares."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        make_vocabularies()
        FILES["ecosoc_ngos.csv"]()
        yield sorted(RegisterEntry.objects.filter(register="ecosoc").values_list("name", flat=True))
        transaction.set_rollback(True)


def test_a_name_is_found_however_it_is_written(ecosoc):
    """A small draw of each class; the whole one is the benchmark below."""
    assert RegisterName.objects.filter(use="main").count() == len(ecosoc) == 6283
    for change in bench.CLASSES.values():
        share, missed, _took = bench.found_among(bench.sample(ecosoc, change, 25), "ecosoc", 3)
        assert share >= 0.95, missed


def test_a_changed_register_turns_the_trial_red(ecosoc):
    """Control: without its names nothing is found."""
    RegisterName.objects.filter(entry__register="ecosoc").update(folded="x", skeleton="x")
    share, _missed, _took = bench.found_among(bench.sample(ecosoc, bench.typo, 5), "ecosoc", 3)
    assert share == 0


def test_names_of_nobody_give_no_confident_match(ecosoc):
    for name in bench.invented(40):
        assert not [each for each in match(name) if each.is_confident], name


@pytest.mark.soak
def test_benchmark_of_matching(ecosoc):
    share, missed, took = bench.found_among([(name, name) for name in ecosoc], "ecosoc", 1)
    print(f"\nexact names found first: {len(ecosoc) - len(missed)} of {len(ecosoc)}; {bench.speed(took)}")
    assert share == 1, missed[:5]
    for title, change in bench.CLASSES.items():
        cases = bench.sample(ecosoc, change, 500)
        share, missed, took = bench.found_among(cases, "ecosoc", 3)
        print(f"{title}: {share:.1%} of {len(cases)} among the first three; {bench.speed(took)}")
        assert share >= 0.95, missed[:5]
    confident = [name for name in bench.invented(200) if any(each.is_confident for each in match(name))]
    print(f"confident matches of 200 invented names: {len(confident)}")
    assert not confident
