"""The bases as they are shipped and as staff edit them; what was granted keeps its terms."""

import pytest
from django.urls import reverse
from django.utils import translation

from accreditation import operations
from accreditation.models import Accreditation, Basis, BasisPoint
from accreditation.reference import FILES
from accreditation.terms import of_terms, permits
from tests.factories import NOW, make_organisation, make_user
from tests.forums.test_desk_views import fields_of, save

pytestmark = pytest.mark.django_db
SIX = ("en", "fr", "es", "ru", "ar", "zh_hans")


@pytest.fixture
def shipped(db):
    for name in ("bases.csv", "basis_points.csv"):
        FILES[name]()


def test_every_basis_of_the_resolutions_is_there_in_six_languages(shipped):
    assert set(Basis.objects.values_list("code", flat=True)) == {
        "member_state",
        "observer_igo",
        "un_system",
        "ecosoc",
        "gcm_accredited",
        "special",
        "nhri",
        "nhri_network",
        "local_government",
        "parliament",
    }
    for thing, columns in ((Basis, ("name", "explanation", "decided_by", "evidence")), (BasisPoint, ("label", "help_text"))):
        for row in thing.objects.all():
            texts = [getattr(row, f"{column}_{language}") for column in columns for language in SIX]
            assert all(texts), row
            assert len(set(texts)) == len(texts), f"{row} says the same in two languages"


def test_loading_twice_changes_nothing_and_leaves_what_staff_wrote(shipped):
    point = BasisPoint.objects.get(basis="special", code="purpose")
    BasisPoint.objects.filter(pk=point.pk).update(label_en="What for?")
    again = FILES["basis_points.csv"]()
    assert (again.new, again.differing) == (0, 1)
    point.refresh_from_db()
    with translation.override("en"):
        assert point.label == "What for?"


def test_what_each_basis_permits_is_what_a_source_says(shipped):
    terms = {basis.code: of_terms(basis.terms()) for basis in Basis.objects.all()}
    assert all(each.inputs for each in terms.values())
    assert {code for code, each in terms.items() if not each.attend} == {"nhri_network", "local_government", "parliament"}
    ceilings = ("most_words", "most_persons", "most_persons_hearing")
    assert not any(getattr(each, name) for each in terms.values() for name in ceilings), "a ceiling was invented"


def test_institutions_under_the_paris_principles_are_a_category_of_their_own(shipped):
    nhri, special = Basis.objects.get(pk="nhri"), Basis.objects.get(pk="special")
    assert (nhri.passes_on, nhri.register, nhri.holds, nhri.confirmable) == (["A"], "nhri", "register", True)
    assert (special.non_objection, special.confirmable, special.holds) == (True, False, "forum")
    assert list(Basis.objects.filter(non_objection=True)) == [special]


def test_what_needs_a_letter_asks_for_it(shipped):
    files = BasisPoint.objects.filter(kind="file", required=True)
    assert set(files.values_list("basis", "code")) == {
        ("member_state", "note_verbale"),
        ("special", "statutes"),
        ("local_government", "letter"),
        ("parliament", "letter"),
    }
    assert not BasisPoint.objects.get(basis="special", code="funding").required


# The room -------------------------------------------------------------------------------------------------------------


@pytest.fixture
def desk(desk_client, dalia):
    return desk_client(dalia)


def room(code):
    return reverse("admin:accreditation_basis_change", args=[code])


def test_staff_change_a_basis_and_its_points_in_six_languages(desk, shipped):
    page = desk.get(room("special"))
    shown = page.content.decode()
    assert "Attend the forum" in shown, "a preview of what one can do by it"
    typed = fields_of(page) | {"most_words": "800", "name_fr": "Accréditation particulière"}
    number = int(typed["points-TOTAL_FORMS"]) - 1
    typed |= {
        f"points-{number}-code": "youth",
        f"points-{number}-kind": "text",
        f"points-{number}-position": "20",
        f"points-{number}-most_words": "100",
        f"points-{number}-in_use": "on",
        f"points-{number}-label_en": "Work with young people",
        f"points-{number}-label_ar": "العمل مع الشباب",
    }
    save(desk, room("special"), typed)
    special = Basis.objects.get(pk="special")
    assert (special.most_words, special.name_fr) == (800, "Accréditation particulière")
    point = special.points.get(code="youth")
    with translation.override("ar"):
        assert point.label == "العمل مع الشباب"
    with translation.override("ru"):
        assert point.label == "Work with young people", "what is not translated yet is said in English"


def test_a_point_is_taken_out_of_use_and_what_was_answered_stays(desk, shipped, forum, amina):
    typed = fields_of(desk.get(room("special")))
    taken = next(name for name, value in typed.items() if name.endswith("-code") and value == "funding").removesuffix("code")
    typed.pop(f"{taken}in_use")
    typed[f"{taken}DELETE"] = "on"
    save(desk, room("special"), typed)
    assert BasisPoint.objects.get(basis="special", code="funding").in_use is False


@pytest.mark.parametrize(
    ("code", "changes", "said"),
    [
        ("ecosoc", {"holds": "years", "holds_years": ""}, "for how many years"),
        ("special", {"confirmable": "on"}, "cannot be confirmed for the next"),
        ("ecosoc", {"points-0-most_words": "0"}, "between 1 and 5000"),
    ],
)
def test_what_makes_no_sense_is_refused_with_a_sentence(desk, shipped, code, changes, said):
    answer = desk.post(room(code), fields_of(desk.get(room(code))) | changes)
    assert answer.status_code == 200
    assert said in answer.content.decode()


def test_changing_what_it_permits_says_how_many_keep_the_old_terms(desk, shipped, forum, amina):
    basis = Basis.objects.get(pk="ecosoc")
    for _each in range(2):
        claim = operations.claim(make_organisation(), forum=forum, basis=basis, by=amina, at=NOW)
        operations.take_up(claim, by=amina, at=NOW)
        operations.recognise(claim, by=amina, at=NOW, decided_on=NOW.date(), decided_by="DESA", evidence="iCSO")
    assert "0 standing accreditations keep" in desk.get(room("ecosoc")).content.decode()
    typed = fields_of(desk.get(room("ecosoc"))) | {"most_persons": "3"}
    told = desk.post(room("ecosoc"), typed, follow=True).content.decode()
    assert "2 standing accreditations keep the terms they were granted under." in told
    assert "2 standing accreditations keep" in desk.get(room("ecosoc")).content.decode()
    assert {permits(each).most_persons for each in Accreditation.objects.all()} == {None}


def test_only_administrators_change_a_basis(desk_client, shipped):
    clerk = desk_client(make_user(staff=True, roles=["accreditation"]))
    page = clerk.get(room("special"))
    assert page.status_code == 200
    assert clerk.post(room("special"), {"most_words": "3"}).status_code == 403
    assert Basis.objects.get(pk="special").most_words is None
