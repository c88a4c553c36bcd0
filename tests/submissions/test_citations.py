"""The sentence by which an input is cited: names, title, forum, symbol, day and permanent address, in each language."""

import pytest
from lxml import html as lxml_html

from submissions.models import PublishedInput
from tests.factories import make_organisation, make_published

pytestmark = pytest.mark.django_db
HERE = "http://testserver"
IN_FULL = {
    "ar": (
        "Harbour Light، ضوء، Nordbrücke، «Nine missions»، مساهمة مقدمة إلى منتدى استعراض الهجرة الدولية لعام 2026، "
        "IMRF-2026-I-00001، 20 يناير 2026. متاحة على الرابط التالي: {url}."
    ),
    "en": (
        "Harbour Light, Nordbrücke, ضوء, “Nine missions”, input to the International Migration Review Forum 2026, "
        "IMRF-2026-I-00001, 20 January 2026. Available at {url}."
    ),
    "es": (
        "Harbour Light, Nordbrücke, ضوء, «Nine missions», aportación al Foro de Examen de la Migración Internacional 2026, "
        "IMRF-2026-I-00001, 20 de enero de 2026. Disponible en: {url}."
    ),
    "fr": (
        "Harbour Light, Nordbrücke, ضوء, « Nine missions », contribution au Forum d’examen des migrations internationales "
        "2026, IMRF-2026-I-00001, 20 janvier 2026. Disponible à l’adresse suivante : {url}."
    ),
    "ru": (
        "Harbour Light, Nordbrücke, ضوء, «Nine missions», материал для Форума по рассмотрению проблем международной "
        "миграции 2026, IMRF-2026-I-00001, 20 января 2026. URL: {url}."
    ),
    "zh-hans": (
        "Harbour Light、Nordbrücke、ضوء，“Nine missions”，提交2026年国际移民问题审查论坛的意见，"
        "IMRF-2026-I-00001，2026年1月20日。可查阅：{url}。"
    ),
}


@pytest.fixture
def joint(forum):
    """Three that speak, and one on whose behalf they do, who is no author."""
    published = make_published(organisation=make_organisation("Harbour Light"), title="Nine missions")
    named = [("ضوء", "ar", False), ("Nordbrücke", "en", False), ("Choir of the Quay", "und", True)]
    bodies = [
        {"name": name, "language": code, "slug": "", "organisation": None, "admitted": False, "on_behalf": on_behalf}
        for name, code, on_behalf in named
    ]
    PublishedInput.objects.filter(pk=published.pk).update(co_sponsors=bodies)
    return published


def citation(client, published, language):
    page = client.get(f"/{language}/inputs/{published.reference}/").content.decode()
    return lxml_html.document_fromstring(page).get_element_by_id("citation")


@pytest.mark.parametrize("language", IN_FULL)
def test_what_the_button_copies_is_the_whole_sentence_with_the_permanent_address(client, joint, language, settings):
    settings.SITE_URL = HERE
    url = f"{HERE}/{language}/inputs/IMRF-2026-I-00001/"
    copied = " ".join(citation(client, joint, language).text_content().split())  # as static/js/copy.js takes it
    assert copied == IN_FULL[language].format(url=url)


@pytest.mark.parametrize("language", IN_FULL)
def test_each_part_runs_in_its_own_direction_whatever_stands_around_it(client, joint, language, settings):
    settings.SITE_URL = HERE
    told = citation(client, joint, language)
    apart = [(part.get("dir"), part.text_content()) for part in told.iter("bdi")]
    assert apart[1:] == [
        (None, "Nine missions"),
        (None, "IMRF-2026-I-00001"),
        ("ltr", f"{HERE}/{language}/inputs/IMRF-2026-I-00001/"),
    ]
    assert [(part.get("lang"), part.get("dir")) for part in told.iter("span")] == [
        ("en", "ltr"),
        *sorted([("ar", "rtl"), ("en", "ltr")], reverse=language != "ar"),
        ("en", "ltr"),
    ]


def test_the_lead_stands_first_and_who_is_spoken_for_is_no_author(client, joint):
    copied = citation(client, joint, "en").text_content()
    assert copied.strip().startswith("Harbour Light, ")
    assert "Choir of the Quay" not in copied
