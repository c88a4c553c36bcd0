"""A file on its way in a real browser: a cut, a reload, cancelling; what it hides is shown and removed."""

import pytest
from django.urls import reverse
from django.utils.timezone import now
from playwright.sync_api import expect

from submissions import operations
from submissions.models import Attachment, Upload
from submissions.uploads import PIECE
from tests.browser import scrolls_sideways, violations
from tests.factories import make_draft, make_organisation
from tests.journeys import acts
from tests.submissions import documents

pytestmark = pytest.mark.django_db(transaction=True)
WHOLE = b"%PDF-1.7\n" + b"0123456789abcde\n" * (PIECE // 16 * 3)


@pytest.fixture
def draft(open_call, amina):
    return make_draft(call=open_call, organisation=make_organisation("Harbour Light", focal_point=amina), by=amina, at=now())


def choose(page, name, raw):
    page.locator("#id_files").set_input_files({"name": name, "mimeType": "application/pdf", "buffer": raw})


def opened(visitor, draft, amina):
    browser = visitor().enter(amina)
    browser.go(reverse("submissions:edit", args=[draft.pk]))
    return browser, browser.page


def test_a_cut_connection_is_waited_for_and_the_file_arrives_whole(visitor, draft, amina):
    browser, page = opened(visitor, draft, amina)
    cuts = []

    def cut(route):
        if route.request.method == "PUT" and len(cuts) < 2:
            cuts.append(route.request.url)
            return route.abort("connectionreset")
        return route.continue_()

    page.route("**/uploads/**", cut)
    choose(page, "annex.pdf", WHOLE)
    expect(page.get_by_text("The connection is cut. annex.pdf waits")).to_have_count(2)  # seen, and told to who listens
    browser.picture("70-waiting")
    expect(page.locator("[data-listed]").get_by_text("annex.pdf").first).to_be_visible(timeout=acts.PATIENT)
    expect(page.locator("[data-told]")).to_have_text("annex.pdf was taken in.")
    assert len(cuts) == 2
    assert Attachment.objects.get().size == len(WHOLE)
    assert page.evaluate("document.activeElement.id") == "id_files" or page.locator("#id_files").is_enabled()
    page.unroute_all(behavior="wait")
    browser.complaints[:] = [one for one in browser.complaints if "ERR_CONNECTION_RESET" not in one]


def test_after_a_reload_the_same_file_goes_on_and_another_is_cancelled_by_the_keyboard(visitor, draft, amina):
    browser, page = opened(visitor, draft, amina)
    upload = operations.begin_upload(draft, name="annex.pdf", size=len(WHOLE), mark="", by=amina, at=now())
    operations.add_piece(upload, offset=0, content=WHOLE[:PIECE], at=now())
    page.reload()
    expect(page.get_by_text("Choose the same file again to go on.")).to_be_visible()
    browser.picture("71-stands-still")
    page.get_by_role("button", name="Cancel annex.pdf").focus()
    page.keyboard.press("Enter")
    page.wait_for_load_state()
    expect(page.get_by_text("Choose the same file again to go on.")).to_have_count(0)
    assert not Upload.objects.exists()


def test_hidden_details_are_shown_and_removed_in_every_direction(visitor, draft, amina):
    for name, raw in (
        ("plan.docx", documents.word("The plan.", author="Amina B", comment=True, tracked=True)),
        ("a.pdf", documents.printed()),
    ):
        choose_by_operation(draft, name, raw, amina)
    operations.read_waiting(at=now())
    for language in ("en", "ar"):
        browser = visitor(language=language).enter(amina)
        page = browser.page
        browser.go(reverse("submissions:edit", args=[draft.pk]).replace("/en/", f"/{language}/"))
        page.locator(".file-details details").first.evaluate("one => (one.open = true)")
        for width in (1280, 360):
            browser.at_width(width)
            assert scrolls_sideways(page) == ""
            browser.picture(f"72-hidden-{language}-{width}")
        assert violations(page) == ""
    page = visitor().enter(amina).page
    page.goto(reverse("submissions:edit", args=[draft.pk]))
    expect(page.get_by_text("Written by: Amina B")).to_be_visible()
    acts.press(page, "Remove hidden details plan.docx")
    expect(page.get_by_text("Hidden details of “plan.docx” were removed.")).to_be_visible()
    operations.read_waiting(at=now())
    page.reload()
    expect(page.get_by_text("Written by: Amina B")).to_have_count(0)
    expect(page.get_by_text("1 tracked change")).to_be_visible()


def choose_by_operation(draft, name, raw, by):
    from django.core.files.uploadedfile import SimpleUploadedFile

    operations.attach(draft, SimpleUploadedFile(name, raw), by=by, at=now())
