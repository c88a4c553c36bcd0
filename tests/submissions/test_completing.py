"""Suggestions while one types: public names only, each leads to what it names."""

import json
from datetime import timedelta

import pytest

from accreditation.models import OrganisationName
from forums.models import Country
from submissions import operations
from submissions.models import PublishedInput
from tests.factories import NOW, make_organisation, make_published, make_user

pytestmark = pytest.mark.django_db


def body(name, **fields):
    organisation = make_organisation(name, **fields)
    OrganisationName.objects.follow(organisation)
    return organisation


def suggested(client, typed, language="en"):
    response = client.get(f"/{language}/suggest/", {"q": typed})
    assert response.status_code == 200
    return [(one["kind"], one["label"], one["url"]) for one in json.loads(response.content)["suggestions"]]


def organisations(client, typed):
    return [label for kind, label, _url in suggested(client, typed) if kind == "Organisation"]


def test_organisations_countries_and_objectives_are_suggested_and_lead_to_themselves(client, forum):
    organisation = body("Kenya Harbour Alliance")
    make_published(organisation=organisation)
    assert suggested(client, "keny") == [
        ("Country or area", "Kenya", "/en/inputs/?country=KEN"),
        ("Organisation", "Kenya Harbour Alliance", f"/en/organisations/{organisation.slug}/"),
    ]
    assert suggested(client, "7") == []  # one sign is too little
    assert ("Objective", "17. O17", "/en/objectives/17/") in suggested(client, "17")


@pytest.mark.parametrize("typed", ["harb", "HARBOUR light", "light harbour", "HLA", "harbuor", "hàrbour"])
def test_an_organisation_is_found_by_words_acronym_accents_and_typos(client, forum, typed):
    make_published(organisation=body("Harbour Light Alliance", acronym="HLA"))
    assert organisations(client, typed) == ["Harbour Light Alliance"]


def test_names_in_other_scripts_are_found(client, forum):
    make_published(organisation=body("جمعيّة الأمل للهجرة", name_language="ar"))
    make_published(organisation=body("移民之家", name_language="zh-hans"))
    assert organisations(client, "الامل") == ["جمعيّة الأمل للهجرة"]
    assert organisations(client, "移") == ["移民之家"]


def test_only_what_is_public_is_suggested_and_not_a_moment_longer(client, forum):
    hidden, shown = body("Zqxhidden body"), body("Zqxshown body")
    published = make_published(organisation=shown)
    assert organisations(client, "zqx") == ["Zqxshown body"]
    assert hidden.name not in client.get("/en/suggest/?q=zqxhidden").content.decode()
    PublishedInput.objects.update(visible_at=NOW + timedelta(days=36500))
    assert organisations(client, "zqx") == []
    PublishedInput.objects.update(visible_at=NOW)
    operations.take_down(published.submission, by=make_user(staff=True), at=NOW, reason="Asked for.")
    assert organisations(client, "zqx") == []


def test_suggestions_are_in_the_language_of_the_page(client, forum):
    Country.objects.filter(pk="KEN").update(name_ar="كينيا")
    assert suggested(client, "كيني", "ar")[0][1:] == ("كينيا", "/ar/inputs/?country=KEN")


def test_the_answer_is_cacheable_and_sets_no_cookie(client, forum):
    response = client.get("/en/suggest/?q=ke")
    assert response.headers["Content-Type"] == "application/json"
    assert "public" in response.headers["Cache-Control"]
    assert not response.cookies
    assert client.post("/en/suggest/").status_code == 405


@pytest.mark.parametrize("typed", ["", " ", "%", "_", "'" * 300, "((", "\\", "x" * 10_000, "\u202e\ufeff", "🦊🦊"])
def test_anything_may_be_typed(client, forum, typed):
    assert suggested(client, typed) == []


def test_it_costs_the_same_however_many_there_are(client, forum, count_statements):
    make_published(organisation=body("Harbour 1"))
    client.get("/en/suggest/?q=harbour")
    few = count_statements(lambda: client.get("/en/suggest/?q=harbour"))
    for number in range(2, 9):
        make_published(organisation=body(f"Harbour {number}"))
    assert count_statements(lambda: client.get("/en/suggest/?q=harbour")) == few <= 4
    assert len(organisations(client, "harbour")) == 5
