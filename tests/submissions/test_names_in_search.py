"""Inputs are found by every public name of their organisations: in each language, by acronym, after a rename or a merger."""

from datetime import timedelta

import pytest

from accreditation.merging import merging, undoing
from accreditation.merging.previewing import preview
from accreditation.models import OrganisationName
from accreditation.operations.describing import PLAIN, describe
from imrf_portal.invariants.names_searched import names_that_were_indexed_are_in_the_vector as stand_in_the_vector
from imrf_portal.invariants.names_searched import what_is_visible_is_found_by_the_names_of_today as found_by_todays
from submissions import operations
from submissions.models import KnownWord, PublishedInput, SearchedNames, Submission
from submissions.operations.publishing import show_co_sponsors_anew
from submissions.publication import visible
from submissions.search import found_by
from tests.factories import NOW, make_organisation, make_published

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)
OFFICIAL = {
    "ar": "المنظمة الدولية للمرافئ",
    "fr": "Fédération des phares",
    "ru": "Международная организация маяков",
    "zh-hans": "国际灯塔组织",
}


def name(organisation, use, words, language=""):
    return OrganisationName.objects.create(organisation=organisation, use=use, name=words, language=language)


def found(words):
    return [one.reference for one in found_by(visible(LATER), words)]


@pytest.fixture
def body(forum, amina):
    return make_organisation("Harbour Light Alliance", acronym="HLAX", focal_point=amina)


@pytest.fixture
def published(body):
    for language, words in OFFICIAL.items():
        name(body, "official", words, language)
    name(body, "alias", "Zqalias people")
    name(body, "former", "Zqformer league")
    return make_published(organisation=body)


def sweep(at=LATER):
    return operations.index_changed_names(at=at)


def saying(organisation, **changed):
    """What the page of an organisation says, with something changed."""
    plain = {field: getattr(organisation, field) for field in PLAIN}
    lists = {"official": {}, "also_called": [], "former": [], "regions": [], "networks": []}
    return {**plain, **lists, **changed}


def rename(organisation, by, **changed):
    organisation.refresh_from_db()
    about = saying(organisation, **changed)
    return describe(organisation, by=by, at=LATER, edition=organisation.edition, about=about)


@pytest.mark.parametrize(
    "words",
    [
        *("harbour light alliance", "HLAX", "hlax", "alliances -protection"),
        *OFFICIAL.values(),
        *("federation phares", "Fédération", "ФЕДЕРАЦИЯ OR маяков", "международной организации", "маяк"),
        *("المنظمه", "المرافئ", "国际灯塔", "灯塔"),
        '"Fédération des phares"',
    ],
)
def test_an_english_input_is_found_by_any_name_of_who_sent_it(published, words):
    assert found(words) == [published.reference]


@pytest.mark.parametrize("words", ["zqalias", "zqformer", "zqalias people", "Maison des phares"])
def test_what_no_public_page_calls_it_finds_nothing(published, words):
    assert sweep() == 0
    assert found(words) == []
    assert not KnownWord.objects.filter(word__startswith="zq").exists()


def test_a_new_name_an_acronym_and_one_in_another_language_are_found_after_the_next_sweep(body, published, amina):
    stamp = published.stamp
    rename(body, amina, name="Beacon Union", acronym="BCNU", official={"es": "Unión de faros"})
    assert [found(words) for words in ("beacon", "BCNU", "faros")] == [[], [], []]
    assert (sweep(), sweep(), sweep()) == (1, 0, 0)
    for words in ("beacon union", "BCNU", "faros", "harbour light"):  # what it was called on that day stays beside it
        assert found(words) == [published.reference], words
    assert [found(words) for words in ("HLAX", "маяков")] == [[], []]  # called so no longer
    published.refresh_from_db()
    assert (published.organisation_name, published.changed_at) == ("Harbour Light Alliance", LATER)
    assert published.stamp > stamp
    assert not KnownWord.objects.filter(word="hlax").exists()


def test_a_name_that_no_page_says_makes_nothing_anew(body, published):
    stamp = published.stamp
    sweep()
    name(body, "alias", "Zqother people")
    assert sweep() == 0
    published.refresh_from_db()
    assert published.stamp == stamp


def test_after_a_merger_the_inputs_of_both_are_found_by_the_names_that_are_kept_and_back(body, published, dalia, bruno):
    gone = make_organisation("Zephyr Society", acronym="ZPHS", focal_point=bruno)
    theirs = make_published(organisation=gone)
    sweep()
    made = merging.merge(body, gone, seen=preview(body, gone).mark, by=dalia, at=LATER, reason="Same register number.")
    assert sweep() == 1
    assert sorted(found("HLAX")) == sorted([published.reference, theirs.reference])
    assert found("zephyr") == [theirs.reference]  # its name on the day of publication
    assert found("ZPHS") == []  # an acronym that nobody uses any more
    undoing.undo(made, by=dalia, at=LATER + timedelta(hours=1))
    assert sweep() == 1
    assert (found("HLAX"), found("ZPHS")) == ([published.reference], [theirs.reference])


def test_names_of_co_sponsors_are_found_as_long_as_they_stand_under_it(published, bruno):
    bridge = make_organisation("Northern Bridge", acronym="NBRX", focal_point=bruno)
    spoken_for = make_organisation("Choir of the Quay", acronym="CQYX")
    beside = [
        {"name": one.name, "language": "en", "slug": "", "organisation": one.pk, "admitted": False, "on_behalf": spoken}
        for one, spoken in ((bridge, False), (spoken_for, True))
    ]
    PublishedInput.objects.filter(pk=published.pk).update(co_sponsors=beside, co_sponsor_keys=[bridge.pk])
    assert sweep() == 1
    assert (found("NBRX"), found("CQYX")) == ([published.reference], [])  # nobody asked the other one
    sweep()
    name(bridge, "official", "Puente del norte", "es")
    assert sweep() == 1
    assert found("puente") == [published.reference]
    show_co_sponsors_anew(Submission.objects.get(), at=LATER)
    assert (found("NBRX"), found("puente")) == ([], [])


def test_what_was_taken_down_is_found_by_no_name_and_keeps_none(body, published, amina, elena):
    operations.take_down(Submission.objects.get(), by=elena, at=NOW, reason="Names a person.")
    assert not SearchedNames.objects.exists()
    assert not KnownWord.objects.filter(word__in=["hlax", "маяков", "phares"]).exists()
    rename(body, amina, acronym="BCNU")
    assert sweep() == 0
    assert (found("HLAX"), found("BCNU")) == ([], [])


def test_inputs_from_before_are_indexed_without_telling_harvesters(published):
    SearchedNames.objects.update(names=None)
    PublishedInput.objects.update(vector="old")
    stamp = PublishedInput.objects.get().stamp
    assert (found("HLAX"), sweep(), sweep()) == ([], 1, 0)
    assert found("HLAX") == [published.reference]
    assert PublishedInput.objects.get().stamp == stamp


def test_a_name_that_changed_goes_before_what_is_indexed_for_the_first_time(body, published, amina, monkeypatch):
    later = [make_published(organisation=make_organisation(f"Body {number}")) for number in range(3)]
    sweep()
    SearchedNames.objects.exclude(pk=published.submission_id).update(names=None, due=True)
    rename(body, amina, acronym="BCNU")
    monkeypatch.setattr(operations.showing_names, "A_SWEEP", 1)
    assert (sweep(), found("BCNU")) == (1, [published.reference])
    assert [sweep() for _each in range(5)] == [1, 1, 1, 0, 0]
    assert not operations.names_are_due()
    assert all(found(f'"{one.organisation_name}"') == [one.reference] for one in later)


def test_rules_find_rows_that_are_behind(published):
    sweep()
    assert (list(found_by_todays()), list(stand_in_the_vector())) == ([], [])
    SearchedNames.objects.update(names=[["en", "Harbour Light Alliance"]])
    assert list(found_by_todays()) == [published.reference]
    SearchedNames.objects.update(names=[["en", "Elsewhere"]])
    assert list(stand_in_the_vector()) == [published.reference]


def test_a_card_says_that_a_name_answered(client, published):
    said = client.get("/en/inputs/?q=HLAX").content.decode()
    assert "The words stand in its text, or in a name of an organisation under it." in said


def test_comparing_costs_the_same_for_many(body, published, count_statements):
    for _each in range(3):
        make_published(organisation=body)
    SearchedNames.objects.update(due=True)
    many = count_statements(sweep)
    SearchedNames.objects.filter(pk=published.submission_id).update(due=True)
    assert count_statements(sweep) == many
