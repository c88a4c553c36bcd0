"""From the work list through inputs, each taken up, ticked, accepted and published, by keys alone in a real browser.

Three in the ordinary run, twenty in `make soak`. Seconds and key presses are printed, not judged: of each press how long its
page took, and how long of it the server did.
"""

import time
from collections import defaultdict
from datetime import timedelta
from statistics import median

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
IS_FOCUSED = "words => document.activeElement.textContent.includes(words)"
BY_THE_SERVER = """() => {
    const [page] = performance.getEntriesByType("navigation");
    return (page.responseStart - (page.redirectStart || page.requestStart)) / 1000;
}"""


class Keyboard:
    """Presses keys one by one, counts them, and keeps how long the pages took to which they led."""

    def __init__(self, page):
        self.page, self.presses, self.took = page, 0, defaultdict(list)

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

    def opens(self, what, key, arrived):
        """Press a key that leads to another page; `arrived` waits for it. Keys are heard once the whole page is there."""
        began = time.monotonic()
        self.press(key)
        arrived()
        self.page.wait_for_load_state("load")
        self.took[what].append((time.monotonic() - began, self.page.evaluate(BY_THE_SERVER)))

    def says(self, words):
        expect(self.page.get_by_text(words)).to_be_visible(timeout=PATIENT)

    def leads_to(self, button):
        self.page.wait_for_function(IS_FOCUSED, arg=button, timeout=PATIENT)

    def told(self) -> str:
        """Seconds of each kind of page: in the middle, at most, and of the middle one those of the server."""
        lines = [f"{what}: {_seconds(seen)}" for what, seen in self.took.items()]
        return "\n".join(lines)


def _seconds(seen):
    whole, server = zip(*seen, strict=True)
    return f"{median(whole):.2f} s, at most {max(whole):.2f} s; {median(server):.2f} s of it the server"


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
    keys.opens("taken up", "Enter", lambda: keys.says("You review this input now."))
    keys.press(*"12345678", "a")
    keys.leads_to("Accept")
    carry_out(keys, "accepted", "The input is accepted.")
    keys.press("u")
    keys.leads_to("Publish")
    carry_out(keys, "published", "The input is public now.")


def carry_out(keys, what, words):
    """On the page of letters the button that sends them waits for Enter; it leads back to the page of the input."""
    before = keys.page.url
    send = expect(keys.page.get_by_role("button", name="Carry out and send this letter"))
    keys.opens(f"letters of “{what}”", "Enter", lambda: send.to_be_focused(timeout=PATIENT))
    keys.opens(what, "Enter", lambda: keys.says(words))
    assert keys.page.url == before


def to_the_next(keys):
    here = keys.page.url
    keys.opens("the next", "n", lambda: keys.page.wait_for_url(lambda url: url != here and "/change/" in url))


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
    print(f"\n{many} inputs reviewed and published by {keys.presses} key presses in {each}\n{keys.told()}")  # noqa: T201
    own = Submission.objects.filter(call=open_call)
    assert own.filter(status="published").count() == many
    assert list(own.exclude(status="published").values_list("title", "status")) == [("Input 1", "accepted")]
    announce_steps()
    told = Letter.objects.filter(kind__in=["submissions/accepted", "submissions/published"])
    assert told.filter(to="amina@example.org").count() == 2 * many + 1  # and of the one that was accepted before
