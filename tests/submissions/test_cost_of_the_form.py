"""What opening a draft costs, without a stopwatch: templates that are rendered, and functions of Python that are called."""

import sys

import pytest
from django.template import Template
from django.urls import reverse

from forums.models import Country, Region
from submissions import checklists
from tests.factories import ask_form, make_draft, make_form
from tests.submissions.test_form_answers import EVERY_KIND, KEPT

pytestmark = pytest.mark.django_db
COUNTRIES = 195
MOST_TEMPLATES = 26  # 20 today; 710 when each box to tick had its own
MOST_CALLS = 34_000  # 28,400 today; 139,500 then
MOST_MORE_FOR_COUNTRIES = 2_000  # for reading their names and looking which are ticked: 1,100 today; 63,300 then


@pytest.fixture
def world(forum):
    """As many countries as there are, in five regions."""
    regions = [Region.objects.create(code=f"R{number}", name=f"Region {number}", commission="") for number in range(5)]
    for number in range(COUNTRIES):
        code = f"{chr(65 + number // 26)}{chr(65 + number % 26)}9"
        country = Country.objects.create(iso3=code, m49=f"{number:03}", name=f"Country {number}", un_status="member")
        country.regions.add(regions[number % 5])


@pytest.fixture
def page(client, call, organisation, amina):
    """Opens the page of a draft with questions of every kind."""
    ask_form(call, make_form(*EVERY_KIND))
    draft = make_draft(call=call, organisation=organisation, by=amina, answers=KEPT)
    client.force_login(amina)
    address = reverse("submissions:edit", args=[draft.pk])

    def open_it():
        answer = client.get(address)
        assert answer.status_code == 200
        return answer.content.decode()

    open_it()  # what a process keeps ready is made now
    return open_it


def calls_of(act) -> int:
    """How many functions of Python `act` calls."""
    calls = 0

    def count(_frame, event, _argument):
        nonlocal calls
        calls += event == "call"

    sys.setprofile(count)
    try:
        act()
    finally:
        sys.setprofile(None)
    return calls


def test_a_draft_is_opened_with_few_templates_however_long_its_lists_are(world, page, monkeypatch):
    rendered, render = [], Template.render

    def note(self, context):
        rendered.append(self.name)
        return render(self, context)

    monkeypatch.setattr(Template, "render", note)
    assert page().count('type="checkbox"') > COUNTRIES
    assert len(rendered) <= MOST_TEMPLATES, rendered
    assert not [name for name in rendered if name and name.startswith("django/forms/widgets/")]


def test_a_draft_is_opened_with_few_calls_of_functions(world, page):
    calls = calls_of(page)
    assert calls <= MOST_CALLS


def test_more_countries_cost_next_to_nothing(page, request):
    few = calls_of(page)
    request.getfixturevalue("world")
    page()
    more = calls_of(page) - few
    assert more <= MOST_MORE_FOR_COUNTRIES


def test_a_country_that_got_another_name_stands_on_the_next_page(world, page):
    assert "Country 77<" in page()
    Country.objects.filter(name="Country 77").update(name="Land of the seventy-seven")
    checked = page()
    assert "Land of the seventy-seven" in checked
    assert "Country 77<" not in checked


def test_what_one_person_ticked_is_in_nothing_that_is_kept(world, page):
    checklists.written.cache_clear()
    assert " checked>" in page()
    groups = checklists.written.cache_info()
    assert groups.currsize == 3
    again = page()
    assert checklists.written.cache_info().misses == groups.misses
    assert again.count(" checked>") == page().count(" checked>")
