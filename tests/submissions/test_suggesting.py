"""Objectives that words point to: transparent lists in six languages, suggestions that name their words and set nothing."""

import pytest
from django.conf import settings
from django.urls import reverse

from submissions.models import Submission
from submissions.suggesting import lists, suggest
from tests.factories import make_draft


@pytest.mark.parametrize("language", dict(settings.LANGUAGES))
def test_every_language_has_words_for_every_objective(language):
    assert sorted(lists()[language]) == list(range(1, 24))
    assert all(terms and all(terms) for terms in lists()[language].values())


@pytest.mark.parametrize("language", dict(settings.LANGUAGES))
def test_no_word_stands_for_two_objectives(language):
    every = [term for terms in lists()[language].values() for term in terms]
    assert sorted(every) == sorted(set(every))


@pytest.mark.parametrize(
    ("language", "text", "numbers"),
    [
        ("en", "Embassies and consulates help seasonal workers.", [14]),
        ("en", "EMBASSIES\nhelp; detention ends. Detained children, unaccompanied.", [7, 13, 14]),
        ("fr", "L'inspection du travail et les ambassades", [6, 14]),
        ("es", "La trata de personas y las remesas", [10, 20]),
        ("ru", "Посольства и консульские учреждения, жертвы торговли людьми", [10, 14]),
        ("zh-hans", "领事保护与打击人口贩运", [10, 14]),
        ("ar", "الحماية القُنصُلية ومكافحة الاتجار بالبشر", [10, 14]),
        ("en", "Nothing that points anywhere.", []),
        ("fr", "Un visage, une visite", []),
        ("ru", "Мой визит был долгим", []),
        ("", "Embassies", []),
        ("en", "", []),
    ],
)
def test_words_point_to_objectives(language, text, numbers):
    assert sorted(one.number for one in suggest(text, language)) == numbers


def test_the_likeliest_comes_first_with_the_words_it_comes_from():
    first, second = suggest("Consular services, embassies and consulates; one word on pensions.", "en")
    assert (first.number, set(first.words)) == (14, {"consular", "embassies", "consulates"})
    assert (second.number, second.words) == (22, ("pensions",))


def test_at_most_five_are_suggested():
    text = "data climate passports visas recruitment vulnerable smuggling detention consular remittances"
    assert len(suggest(text, "en")) == 5


@pytest.fixture
def writing(client, amina):
    client.force_login(amina)
    return client


@pytest.mark.django_db
def test_the_page_suggests_with_a_way_to_the_box_and_ticks_nothing(writing, call, organisation, amina):
    draft = make_draft(
        call=call, organisation=organisation, by=amina, text="Embassies <b>help</b> returnees.", objectives=[3]
    )
    page = writing.get(reverse("submissions:edit", args=[draft.pk])).content.decode()
    part = page.partition('data-part="suggested"')[2].partition("</div></div>")[0]
    assert "Nothing is chosen for you" in part
    for word in ("embassies", "returnees"):
        assert f"<q>{word}</q>" in part
    anchor = part.partition('<a href="#')[2].partition('"')[0]
    assert f'id="{anchor}"' in page
    assert Submission.objects.get().chosen()["objectives"] == [3]


@pytest.mark.django_db
def test_what_is_chosen_already_is_not_suggested_and_saving_brings_new_ones(writing, call, organisation, amina):
    draft = make_draft(call=call, organisation=organisation, by=amina, text="Consular help.", objectives=[14])
    page = writing.get(reverse("submissions:edit", args=[draft.pk])).content.decode()
    assert "Nothing is chosen for you" not in page
    typed = {"edition": draft.edition, "text": "Smuggling of migrants.", "language": "en", "objectives": ["14"]}
    answer = writing.post(reverse("submissions:autosave", args=[draft.pk]), typed, HTTP_ACCEPT="application/json").json()
    assert "<q>smuggling</q>" in answer["suggested"]
