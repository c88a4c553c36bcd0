"""The questions of a call in a real browser: shown by condition, rows added, saved while typing; without scripts too."""

import pytest
from django.urls import reverse
from django.utils.timezone import now
from playwright.sync_api import expect

from submissions import operations
from submissions.models import Submission
from tests.browser import scrolls_sideways
from tests.factories import ask_form, make_form, make_organisation
from tests.journeys import acts

pytestmark = pytest.mark.django_db(transaction=True)
ASKED = (
    ("consulted", "yes_no"),
    {"key": "whom", "kind": "several", "shown_if": "consulted", "shown_if_answers": ["yes"]},
    {"key": "laws", "kind": "long", "word_limit": 5, "shown_if": "whom", "shown_if_answers": ["law"]},
    ("measures", "table"),
)


@pytest.fixture
def draft(open_call, amina):
    ask_form(open_call, make_form(*ASKED))
    ask_form(open_call, make_form(("city", "short")), "local")
    organisation = make_organisation("Harbour Light", focal_point=amina)
    return operations.start(call=open_call, organisation=organisation, by=amina, at=now(), language="en")


def edit(draft):
    return reverse("submissions:edit", args=[draft.pk])


def saved(page):
    expect(page.locator("[data-saved]").first).to_have_class("saved done", timeout=20_000)


def test_questions_come_with_the_answers_they_depend_on_and_all_is_saved_while_typing(visitor, draft, amina):
    browser = visitor().enter(amina)
    page = browser.page
    browser.go(edit(draft))
    whom, laws = page.get_by_role("group", name="What about whom?"), page.get_by_label("What about laws?")
    expect(whom).to_be_hidden()
    page.locator("[name=q_consulted][value=yes]").check()
    expect(whom).to_be_visible()
    expect(laws).to_be_hidden()
    page.locator("[name=q_whom][value=law]").check()
    laws.fill("one two three four five six")
    expect(page.get_by_text("Words: 6 of 5. Too many by 1.")).to_be_visible()
    acts.press(page, "Add a row")
    page.locator("[name=q_measures-3-measure]").fill("The fourth row")
    page.locator("[name=title]").click()
    browser.picture("70-a-form")
    saved(page)
    page.locator("[name=q_consulted][value=no]").check()
    expect(laws).to_be_hidden()
    page.locator("[name=title]").click()
    page.wait_for_timeout(500)
    saved(page)
    kept = Submission.objects.get(pk=draft.pk).answers
    assert kept == {
        "consulted": "no",
        "whom": ["law"],
        "laws": "one two three four five six",
        "measures": [{"measure": "The fourth row"}],
    }


def test_a_level_with_other_questions_says_so_and_leads_to_them(visitor, draft, amina):
    browser = visitor().enter(amina)
    page = browser.page
    browser.go(edit(draft))
    page.locator("[name=q_consulted][value=yes]").check()
    page.locator("[name=level][value=local]").check()
    link = page.get_by_role("link", name="Show these questions")
    expect(link).to_be_visible(timeout=20_000)
    saved(page)
    link.click()
    page.get_by_label("What about city?").fill("Nairobi")
    with page.expect_navigation():
        acts.press(page, "Save")
    kept = Submission.objects.get(pk=draft.pk)
    assert (kept.level, kept.answers) == ("local", {"consulted": "yes", "city": "Nairobi"})


def test_without_scripts_every_question_is_shown_with_the_answer_it_depends_on(visitor, draft, amina):
    browser = visitor(scripts=False, width=360).enter(amina)
    page = browser.page
    browser.go(edit(draft))
    expect(page.get_by_text("Only if you answered “Yes” to: What about consulted?")).to_be_visible()
    page.get_by_label("What about laws?").fill("An old law")
    page.locator("[name=q_measures-0-measure]").fill("Hotline")
    assert not scrolls_sideways(page)
    with page.expect_navigation():
        page.get_by_role("button", name="Save", exact=True).first.click()
    kept = Submission.objects.get(pk=draft.pk)
    assert kept.answers == {"laws": "An old law", "measures": [{"measure": "Hotline"}]}
