"""From the work list through inputs, each taken up, ticked, accepted and published, by keys alone in a real browser.

Three in the ordinary run, twenty in `make soak`. Seconds and key presses are printed, not judged.
"""

import time
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from forums.models import Letter
from submissions.models import Submission
from submissions.tasks import announce_steps
from tests.factories import make_organisation, make_submission
from tests.journeys.acts import PATIENT

pytestmark = pytest.mark.django_db(transaction=True)
WAITING = "Inputs nobody has taken up"
FOCUSED = "document.activeElement.textContent.trim()"


class Keyboard:
    """Presses keys one by one, and counts them."""

    def __init__(self, page):
        self.page, self.presses = page, 0

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)
            self.presses += 1

    def tab_to(self, words):
        for _each in range(60):
            self.press("Tab")
            if words in self.page.evaluate(FOCUSED):
                return
        raise AssertionError(f"{words}: not reached by the Tab key")

    def says(self, words):
        expect(self.page.get_by_text(words)).to_be_visible(timeout=PATIENT)

    def leads_to(self, button):
        assert button in self.page.evaluate(FOCUSED)


@pytest.fixture
def inputs(open_call, amina):
    """So many that wait, each received an hour after the one before; and one that the list of them does not show."""
    body = make_organisation("Harbour Light", focal_point=amina)

    def make(many):
        for number in range(many + 1):
            at = open_call.opens_at + timedelta(hours=number)
            status = "accepted" if number == 1 else "submitted"  # the walk passes it by
            make_submission(status=status, call=open_call, organisation=body, by=amina, at=at, title=f"Input {number}")

    return make


def review_and_publish(keys):
    """One input, from its page to its page: seen again as public."""
    keys.press("t")
    keys.leads_to("Take up")
    keys.press("Enter")
    keys.says("You review this input now.")
    keys.press(*"12345678", "a")
    keys.leads_to("Accept")
    keys.press("Enter")
    carry_out(keys, "The input is accepted.")
    keys.press("u")
    keys.leads_to("Publish")
    keys.press("Enter")
    carry_out(keys, "The input is public now.")


def carry_out(keys, words):
    """On the page of letters the button that sends them waits for Enter; it leads back to the page of the input."""
    before = keys.page.url
    expect(keys.page.get_by_role("button", name="Carry out and send this letter")).to_be_focused(timeout=PATIENT)
    keys.press("Enter")
    keys.says(words)
    assert keys.page.url == before


def to_the_next(keys):
    here = keys.page.url
    keys.press("n")
    keys.page.wait_for_url(lambda url: url != here and "/change/" in url)


@pytest.mark.parametrize("many", [3, pytest.param(20, marks=pytest.mark.soak)])
def test_inputs_are_reviewed_and_published_by_keys_alone(many, visitor, inputs, open_call, elena):
    inputs(many)
    keys = Keyboard(visitor().enter(elena, second_factor=True).page)
    keys.page.goto("/admin/")
    began = time.monotonic()
    keys.tab_to(WAITING)
    keys.press("Enter")
    keys.page.wait_for_url("**/submission/?*")
    keys.press("j", "o")
    keys.page.wait_for_url("**/change/**")
    for number in range(many):
        review_and_publish(keys)
        if number + 1 < many:
            to_the_next(keys)
    took = time.monotonic() - began
    each = f"{took:.1f} s, {took / many:.1f} s each"
    print(f"\n{many} inputs reviewed and published by {keys.presses} key presses in {each}")  # noqa: T201
    own = Submission.objects.filter(call=open_call)
    assert own.filter(status="published").count() == many
    assert list(own.exclude(status="published").values_list("title", "status")) == [("Input 1", "accepted")]
    announce_steps()
    told = Letter.objects.filter(kind__in=["submissions/accepted", "submissions/published"])
    assert told.filter(to="amina@example.org").count() == 2 * many + 1  # and of the one that was accepted before
