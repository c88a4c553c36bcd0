"""Promise 15 in a real browser: hostile words stand on public, authors' and desk pages, and nothing of them runs.

Watched are dialogs, a variable that every hostile script would leave behind, requests to any other host, and what the
content security policy had to stop: of what is shown as text there is nothing to be stopped.
"""

import re
from urllib.parse import urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.timezone import now

from submissions import operations
from submissions.markup import MOST_MARKS
from submissions.models import PublishedInput, Submission
from submissions.views import participant
from tests import hostile
from tests.factories import make_call, make_draft, make_organisation, tick_everything
from tests.pages.turns import turn

pytestmark = pytest.mark.django_db(transaction=True)
STRINGS = [hostile.as_line(word) for word in hostile.strings(2000)]
ACROSS = 8  # inputs that carry all of them
WATCH = """
    window.seen = [];
    const keep = (event) => seen.push(`${event.violatedDirective} ${event.blockedURI}`);
    document.addEventListener("securitypolicyviolation", keep);
"""


def share(number):
    """An eighth of them, another one each week."""
    return [word[:200] for word in STRINGS[(number + turn()) % ACROSS :: ACROSS] if word]


def make_world(forum, amina, ravi, elena, inputs):
    """Inputs of organisations with hostile names, published and not, with hostile files, questions, notes and reasons."""
    return [bring(draft_of(forum, amina, share(number)), number, amina, ravi, elena) for number in range(inputs)]


def draft_of(forum, amina, words):
    organisation = make_organisation(" ".join(words[2:9])[:240], focal_point=amina, acronym=words[1][:40])
    changes = {"title": " ".join(words[9:18])[:300], "summary": "\n".join(words[30:60])[:4900], "text": "\n\n".join(words)}
    assert sum(changes["text"].count(mark) for mark in "*_[]`~<>|!") < MOST_MARKS  # else it is shown as typed
    draft = make_draft(call=make_call(forum, most_words=1_000_000), organisation=organisation, by=amina, **changes)
    for place in range(3):
        file = SimpleUploadedFile("x.txt", b"Harmless.")
        file.name = f"{words[70 + place]}.txt"
        operations.attach(draft, file, by=amina, at=now())
    draft.attachments.update(verdict="clean", reading="read", scanned_at=now())
    return draft


def bring(draft, number, amina, ravi, elena):
    """The first stays a draft, one is asked back, one declined, one under review; the others are published."""
    words = share(number)
    if number == 0:
        return draft
    operations.submit(draft, by=amina)
    sent = Submission.objects.get(pk=draft.pk)
    operations.add_note(sent, by=ravi, at=now(), text="\n".join(words[90:110]))
    operations.take_up(sent, by=ravi, at=now())
    if number == 1:
        operations.ask_for_clarification(sent, by=ravi, at=now(), question="\n".join(words[110:130]))
    elif number == 2:
        operations.decline(sent, by=ravi, at=now(), reason="\n".join(words[130:150]))
    elif number > 3:
        tick_everything(sent, ravi, now())
        operations.accept(sent, by=ravi, at=now())
        operations.publish(sent, by=elena, at=now())
    return Submission.objects.get(pk=draft.pk)


def watched(visitor, person=None, **wishes):
    """A browser that notes what hostile words would do; the fixture fails on whatever the console complains about."""
    browser = visitor()
    browser.done = []
    browser.context.add_init_script(WATCH)
    browser.page.on("dialog", lambda dialog: (browser.done.append(f"dialog {dialog.message}"), dialog.dismiss()))
    browser.context.on("request", lambda request: note_foreign(browser, request.url))
    return browser.enter(person, **wishes) if person else browser


def note_foreign(browser, url):
    if urlsplit(url).scheme in ("http", "https") and urlsplit(url).netloc != urlsplit(browser.portal).netloc:
        browser.done.append(f"request {url}")


def look(browser, addresses):
    """Open each page, move over and into what is there; everything that hostile words did."""
    page = browser.page
    for address in addresses:
        answer = page.goto(address)
        assert answer.status == 200, address
        page.wait_for_load_state("networkidle")
        page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
        page.keyboard.press("Tab")
        page.mouse.move(300, 300)
        ran = page.evaluate("window.hostile || 0")
        stopped = page.evaluate("window.seen")
        browser.done += [f"{address}: ran {ran}"] * bool(ran) + [f"{address}: stopped {what}" for what in stopped]
    return browser.done


def own_pages(world):
    for one in world:
        yield reverse("submissions:my_input", args=[one.pk])
        if one.is_writable:
            yield reverse("submissions:edit", args=[one.pk])
            yield reverse("submissions:check", args=[one.pk])
        elif one.reference:
            yield reverse("submissions:receipt", args=[one.pk])
    yield reverse("submissions:my_inputs")
    yield reverse("my")
    yield reverse("accreditation:my_organisation", args=[world[0].organisation.slug])


def public_pages():
    yield from ("/en/", "/en/inputs/", "/ar/inputs/", f"/en/inputs/?q={hostile.percent(STRINGS[0])}")
    for row in PublishedInput.objects.all():
        yield f"/en/inputs/{row.reference}/"
        yield f"/en/organisations/{row.organisation_slug}/"


def desk_pages(world):
    yield from ("/admin/", "/admin/submissions/submission/", "/admin/submissions/submission/?q=%3Cscript%3E")
    for one in world:
        if one.reference:
            yield f"/admin/submissions/submission/{one.pk}/change/"


@pytest.mark.parametrize("inputs", [5, pytest.param(ACROSS, marks=pytest.mark.soak)])
def test_nothing_hostile_runs_on_public_pages_on_authors_pages_or_at_the_desk(visitor, forum, amina, ravi, elena, inputs):
    """One input in each state; all strings at once in the long trial, and in the course of weeks."""
    world = make_world(forum, amina, ravi, elena, inputs)
    assert PublishedInput.objects.count() == inputs - 4
    assert look(watched(visitor), public_pages()) == []
    assert look(watched(visitor, amina), own_pages(world)) == []
    assert look(watched(visitor, ravi, second_factor=True), desk_pages(world)) == []


def test_control_a_page_that_does_not_escape_is_seen(visitor, forum, amina, ravi, elena, monkeypatch):
    world = make_world(forum, amina, ravi, elena, inputs=1)
    monkeypatch.setattr(participant, "html_of", lambda text: mark_safe(text))
    browser = watched(visitor, amina)
    done = look(browser, [reverse("submissions:my_input", args=[world[0].pk])])
    browser.complaints.clear()  # they are what was wanted
    assert [what for what in done if "stopped script-src" in what]
    assert [what for what in done if re.search(hostile.FOREIGN, what)]
