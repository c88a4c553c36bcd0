"""A letter that anybody can check: what was verified, by whom, when, for which forum, and whether it still stands."""

from io import BytesIO

import pytest
from django.urls import reverse
from pypdf import PdfReader

from accreditation.models import Accreditation, LetterOfAccreditation
from accreditation.verifying import letters
from forums import printing
from forums.refusals import Refused
from tests.factories import NOW, join, make_standing, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def standing(organisation, forum):
    return make_standing(organisation, forum)


@pytest.fixture
def letter(standing):
    return letters.ask_letter(standing, language="en", at=NOW)


def check(client, code, language="en"):
    return client.get(f"/{language}/verify/{code}/")


def test_the_check_says_exactly_what_was_verified(client, letter):
    page = check(client, letter.code)
    said = page.content.decode()
    for word in ("It stands.", "Harbour Light", "DESA", "20 January 2026", "Second International Migration Review Forum"):
        assert word in said
    assert "@" not in said.partition("<main")[2].partition("</main")[0]
    assert not page.cookies


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"status": "expired"}, "It has expired."),
        ({"status": "withdrawn"}, "It does not stand any more."),
        ({"decided_by": "Somebody else"}, "Something changed since."),
    ],
)
def test_a_letter_follows_what_became_of_the_standing(client, letter, change, words):
    Accreditation.objects.update(**change)
    said = check(client, letter.code).content.decode()
    assert words in said
    assert "It stands." not in said


def test_an_unknown_code_gets_a_sentence_and_capitals_and_dashes_do_not_matter(client, letter):
    unknown = check(client, "0" * 24)
    assert unknown.status_code == 404
    assert "the letter is not from this portal" in unknown.content.decode()
    typed = " ".join([letter.code[:12].upper(), letter.code[12:]])
    answer = client.get("/en/verify/", {"code": typed})
    assert answer.headers["Location"] == f"/en/verify/{letter.code}/"
    assert client.get("/ar/verify/").status_code == 200


@pytest.mark.parametrize("typed", ["العمال 57", "移民", "²²²", "—", "../../etc", "<b>"])
def test_what_cannot_be_a_code_gets_the_sentence_for_unknown_ones(client, forum, typed):
    answer = client.get("/en/verify/", {"code": typed}, follow=True)
    assert answer.status_code == 404
    assert "No letter has this code." in answer.content.decode()


def test_only_a_standing_gets_a_letter(organisation, forum):
    claimed = Accreditation.objects.create(organisation=organisation, forum=forum, basis_id="ecosoc", begun_at=NOW)
    with pytest.raises(Refused, match="recognised or granted"):
        letters.ask_letter(claimed, language="en", at=NOW)


def test_asking_again_gives_the_same_letter_and_after_a_change_another(standing, letter):
    assert letters.ask_letter(standing, language="en", at=NOW) == letter
    assert letters.ask_letter(standing, language="fr", at=NOW) != letter
    Accreditation.objects.update(decided_by="The Council")
    assert letters.ask_letter(standing, language="en", at=NOW) != letter


@pytest.mark.skipif(not printing.has_font(ord("a")), reason="the Noto fonts of Debian are not installed here")
def test_a_sweep_prints_it_once_with_its_address(letter, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    assert (letters.print_letters(), letters.print_letters()) == (1, 0)
    letter.refresh_from_db()
    words = PdfReader(BytesIO(letter.file.read())).pages[0].extract_text()
    assert "Harbour Light" in words
    assert letter.code in words.replace("\n", "").replace(" ", "")


def test_where_a_font_is_missing_it_says_so(client, amina, letter, monkeypatch):
    monkeypatch.setattr(printing, "has_font", lambda point: False)
    letters.print_letters()
    letter.refresh_from_db()
    assert (bool(letter.file), "no font for: Latin" in letter.trouble) == (False, True)
    client.force_login(amina)
    page = client.get(reverse("accreditation:letter", args=["organisation", "2026", letter.code]))
    assert page.status_code == 404  # another organisation's address
    own = reverse("accreditation:letter", args=[letter.accreditation.organisation.slug, "2026", letter.code])
    assert "no font for: Latin" in client.get(own).content.decode()


def test_only_those_who_speak_for_the_organisation_have_it(client, amina, bruno, organisation, letter):
    address = reverse("accreditation:letter", args=[organisation.slug, "2026", letter.code])
    viewer = make_user()
    join(organisation, viewer, role="viewer")
    answers = {}
    for who, person in {"amina": amina, "bruno": bruno, "viewer": viewer}.items():
        client.force_login(person)
        answers[who] = client.get(address).status_code
    assert answers == {"amina": 200, "bruno": 404, "viewer": 404}


def test_it_is_asked_for_by_a_form(client, amina, organisation, standing):
    address = reverse("accreditation:ask_letter", args=[organisation.slug, "2026"])
    client.force_login(amina)
    assert client.get(address).status_code == 302
    assert LetterOfAccreditation.objects.count() == 0
    answer = client.post(address, {"language": "ar"})
    assert answer.headers["Location"].endswith(f"/{LetterOfAccreditation.objects.get().code}/")
    assert client.post(address, {"language": "xx"}).status_code == 404
