"""Names in the writing of the world are taken as they are; signs that nobody sees are taken out of them."""

import unicodedata

import pytest
from django.urls import reverse

from accreditation.forms import NameLine
from accreditation.likeness import score
from accreditation.models import Organisation
from accreditation.names import fold
from accreditation.search import organisations_alike
from forums.typed import a_name
from tests.factories import make_organisation, make_vocabularies
from tests.hostile import as_received, honest_names, strings

NAMES = {
    "Latin": "Fédération des Travailleurs Migrants",
    "Latin of Viet Nam": "Hội Người Việt Nam ở Nước Ngoài",
    "Arabic": "جمعية الميناء الآمن",
    "Persian": "انجمن پناهنده‌های جوان",
    "Cyrillic": "Объединение трудовых мигрантов",
    "Han": "国际移民协会",
    "Hiragana and Katakana": "みなとの ひかり センター",
    "Hangul": "이주민 지원 센터",
    "Devanagari": "प्रवासी श्रमिक संघ",
    "Bengali": "অভিবাসী শ্রমিক সমিতি",
    "Gurmukhi": "ਪਰਵਾਸੀ ਮਜ਼ਦੂਰ ਸਭਾ",
    "Gujarati": "સ્થળાંતરિત કામદાર સંઘ",
    "Tamil": "புலம்பெயர்ந்தோர் சங்கம்",
    "Telugu": "వలస కార్మికుల సంఘం",
    "Malayalam": "പ്രവാസി തൊഴിലാളി സംഘം",
    "Sinhala": "ශ්‍රී සංක්‍රමණික සංගමය",
    "Thai": "สมาคมแรงงานข้ามชาติ",
    "Lao": "ສະມາຄົມແຮງງານເຄື່ອນຍ້າຍ",
    "Khmer": "សមាគមពលករចំណាកស្រុក",
    "Myanmar": "ရွှေ့ပြောင်းလုပ်သားအသင်း",
    "Tibetan": "གནས་སྤོ་བའི་ཚོགས་པ",
    "Georgian": "მიგრანტთა ასოციაცია",
    "Armenian": "Միգրանտների միություն",
    "Hebrew": "אגודת המהגרים",
    "Greek": "Ένωση Μεταναστών",
    "Ethiopic": "የስደተኞች ማህበር",
    "N'Ko": "ߞߊ߬ߙߊ߲ ߘߋ߬ߟߌ",
    "Tifinagh": "ⵜⴰⵎⵙⵙⵓⵎⴰⵏⵜ ⵏ ⵉⵎⵣⴷⴰⵖ",
    "Mongolian": "ᠮᠣᠩᠭᠣᠯ ᠨᠡᠶᠢᠭᠡᠮᠯᠢᠭ",
}
TURNING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"
WITHOUT_WIDTH = "\u200b\u2060\ufeff\u00ad\u180e\u034f\u3164\ufe0f\U000e0041"


@pytest.mark.parametrize("script", NAMES)
def test_a_name_in_this_script_stays_as_it_was_written(script):
    name = NAMES[script]
    assert a_name(name) == unicodedata.normalize("NFC", name)
    assert NameLine().clean(name) == unicodedata.normalize("NFC", name)
    assert fold(name), "a name that folds to nothing is never found"
    assert score(name, name) == (1.0, "exact")


def test_two_hundred_real_names_of_the_registers_stay_as_they_are_written():
    names = honest_names(200)
    assert len(names) == 200
    assert [name for name in names if a_name(name) != name or NameLine().clean(name) != name] == []


def test_hostile_strings_in_a_name_become_one_harmless_line_and_stay_that():
    for typed in strings(2000):
        name = a_name(as_received(typed))
        assert not set(name) & set(TURNING + "\u200b\u2060\ufeff\r\n\x00\u2028"), (typed, name)
        assert name == " ".join(name.split())
        assert a_name(name) == name, (typed, name)


@pytest.mark.parametrize("script", NAMES)
@pytest.mark.parametrize("sign", TURNING + WITHOUT_WIDTH, ids=lambda sign: f"U+{ord(sign):04X}")
def test_no_sign_that_nobody_sees_stays_in_a_name(script, sign):
    name = unicodedata.normalize("NFC", NAMES[script])
    place = name.find(" ") if " " in name else 0
    assert a_name(sign + name[:place] + sign + name[place:] + sign) == name


@pytest.mark.parametrize("joiner", ["\u200c", "\u200d"])
def test_joiners_stay_only_where_they_shape_the_writing(joiner):
    assert a_name(f"Har{joiner}bour") == "Harbour"
    assert a_name(f"{joiner}Harbour{joiner}") == "Harbour"
    assert a_name(f"ක්{joiner}ර") == f"ක්{joiner}ර"
    assert fold(f"Har{joiner}bour") == fold("Harbour")


def test_the_non_joiner_stays_between_arabic_letters_and_is_no_other_name():
    assert a_name("پناهنده\u200cها") == "پناهنده\u200cها"
    assert a_name("پناهنده\u200dها") == "پناهندهها"
    assert fold("پناهنده\u200cها") == fold("پناهندهها")


def test_a_name_of_signs_alone_is_refused_with_a_sentence():
    from django.core.exceptions import ValidationError

    for typed in ("!!! – …", "🙂🙂"):
        with pytest.raises(ValidationError, match="letters or digits"):
            NameLine().clean(typed)
    for nothing in ("\u200b\u200b", "\u3164", "   "):
        with pytest.raises(ValidationError, match="required"):
            NameLine().clean(nothing)


@pytest.mark.django_db
@pytest.mark.parametrize("script", NAMES)
def test_an_organisation_of_this_script_is_created_shown_and_found(client, amina, script):
    make_vocabularies()
    client.force_login(amina)
    name = NAMES[script]
    typed = {"name": f"\u202e{name}\u200b", "name_language": "en", "kind": "civil_society", "acronym": "", "country": ""}
    key = "7c7d7e7f-0000-4000-8000-00000000000a"
    answer = client.post(reverse("accreditation:new_organisation"), {**typed, "website": "", "basis": "", "form_key": key})
    assert answer.status_code == 302, answer.context["form"].errors
    made = Organisation.objects.get()
    assert made.name == unicodedata.normalize("NFC", name)
    assert made.name in client.get(answer.headers["Location"]).content.decode()
    assert [match.thing for match in organisations_alike(name)] == [made]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("known", "typed"),
    [
        ("Caritas", "Саritаs"),  # Cyrillic letters in a Latin name
        ("Mexico Hope", "Мехісо Норе"),
        ("OXFAM", "ОХFАМ"),
        ("Atlas Network", "Αtlas Netwοrk"),  # Greek letters
        ("Hope 100", "Hope 1OO"),  # letters for digits
        ("Мост надежды", "Moст нaдeжды"),  # Latin letters in a Russian name
    ],
)
def test_letters_of_another_script_make_a_twin_not_another_name(known, typed):
    make_organisation(known)
    [match] = organisations_alike(typed)
    assert (match.thing.name, match.reason) == (known, "look_alike")
    assert match.is_confident


def test_the_recognition_of_look_alikes_can_fail():
    assert score("Caritas", "Саritаz")[1] != "look_alike"
