"""The one long walk through the pages in a real browser: from an account to a published input, and to its tombstone."""

import json

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from submissions.models import Submission
from tests.browser import NARROW
from tests.journeys import acts
from tests.submissions.documents import printed

pytestmark = pytest.mark.django_db(transaction=True)

TITLE = "Consular help that seasonal workers reach by telephone"
TEXT = "Nine missions answer in four languages since 2024.\n\n## What changed\n\nWages of **212 workers** were paid out."
PDF = printed("Wages of 212 workers.")


def traces(browser, reference) -> dict:
    """Where the public finds the input today."""

    def seen(address, what=f"/inputs/{reference}/"):
        return what in browser.context.request.get(browser.portal + address).text()

    return {
        "list": seen("/en/inputs/"),
        "list in Arabic": seen("/ar/inputs/"),
        "list of the forum": seen("/en/forums/demo/inputs/"),
        "search": seen("/en/inputs/?q=seasonal+worker"),
        "filter": seen("/en/inputs/?country=KEN&objective=14&level=national"),
        "objective": seen("/en/objectives/14/"),
        "own page": seen(f"/en/inputs/{reference}/", TITLE),
        "API": seen("/api/v1/inputs/"),
        "feed": seen("/feeds/inputs.atom"),
        "home": seen("/en/"),
    }


def nowhere(browser, reference):
    assert [place for place, found in traces(browser, reference).items() if found] == []


def test_from_an_account_to_a_published_input_and_its_tombstone(visitor, open_call, ravi, elena, scan, tmp_path):
    amina, public = visitor(), visitor()
    page = amina.page

    acts.sign_up(amina, name="Amina Otieno", email="amina@example.org")
    acts.found_organisation(amina, name="Harbour Light", basis="consultative status|ECOSOC")
    acts.begin_draft(amina, open_call)

    # a draft saves itself while she types, and stays when she leaves
    page.get_by_role("textbox", name="Title", exact=True).fill(TITLE)
    acts.text_of(page).fill("Nine missions answer")
    acts.wait_until_saved(page)
    amina.picture("07-draft-saved")
    edit = page.url
    page.goto("/en/my/")
    expect(page.get_by_role("main")).to_contain_text(TITLE)
    page.goto(edit)
    expect(acts.text_of(page)).to_have_value("Nine missions answer")

    # the check page says what is missing
    acts.press(page, "Save and check your answers")
    expect(page.get_by_role("heading", level=1)).to_have_text("Check your answers")
    missing = page.locator(".note.stop li").all_inner_texts()
    assert missing == ["Choose the level.", "Choose at least one objective."]
    amina.picture("08-check-incomplete")
    page.get_by_role("link", name="Choose the level.").click()

    page.get_by_label("National", exact=True).check()
    page.locator("summary", has_text="Africa").first.click()
    acts.tick(page, "Kenya")
    page.locator("[name=objectives][value='14']").check()
    acts.text_of(page).fill(TEXT)
    figures = tmp_path / "figures.pdf"
    figures.write_bytes(PDF)
    page.get_by_label("Add files").set_input_files(figures)
    expect(page.locator("[data-listed]")).to_contain_text("figures.pdf")
    acts.wait_until_saved(page)
    amina.picture("09-draft-complete")
    acts.press(page, "Save and check your answers")
    expect(page.locator(".note.stop li")).to_have_count(0)
    amina.picture("10-check-complete")

    # pressing send gives a receipt with number, time with zone, fingerprint
    acts.send(amina)
    submission = Submission.objects.get(call=open_call)
    version = submission.versions.get()
    receipt = page.get_by_role("region", name="Receipt")
    amina.picture("11-receipt")
    assert submission.reference == "IMRF-DEMO-I-00001"
    for words in (submission.reference, version.sha256, TITLE, "figures.pdf", "New York", "UTC"):
        expect(receipt).to_contain_text(words)
    page.reload()
    expect(receipt).to_contain_text(version.sha256)
    receipt_page = page.url
    page.get_by_role("link", name="Check this receipt").click()
    expect(page.get_by_text("Genuine", exact=True)).to_be_visible()
    amina.picture("12-receipt-check")
    expect(page.get_by_role("main")).not_to_contain_text(TITLE)
    assert submission.reference in acts.post_arrives()[-1].body + acts.post_arrives()[-1].subject
    nowhere(public, submission.reference)

    # the desk takes it up and asks back
    reviewer = visitor()
    acts.enter_desk(reviewer, ravi)
    reviewer.picture("13-work-list")
    desk = reviewer.page
    desk.goto(reverse("admin:submissions_submission_changelist"))
    reviewer.picture("14-queue")
    desk.get_by_role("link", name=submission.reference).first.click()
    reviewer.picture("15-review")
    expect(desk.get_by_role("main")).to_contain_text("Wages of 212 workers were paid out.")
    acts.press(desk, "Take up")
    expect(desk.get_by_text("You review this input now.")).to_be_visible()
    acts.decide(desk, "Ask for clarification", "Which nine missions?", tick="Text")
    expect(desk.get_by_text("The question goes to the author")).to_be_visible()
    assert "Which nine missions?" in acts.post_arrives()[-1].body
    nowhere(public, submission.reference)

    # she answers and sends again: a second receipt
    page.goto("/en/my/")
    expect(page.get_by_role("main")).to_contain_text("The Network asks")
    page.goto(edit)
    expect(page.get_by_role("main")).to_contain_text("Which nine missions?")
    amina.picture("16-question")
    acts.text_of(page).fill(TEXT + "\n\nThe missions are in the ports of Mombasa and Lamu.")
    acts.wait_until_saved(page)
    acts.press(page, "Save and check your answers")
    acts.send(amina)
    expect(page.get_by_role("region", name="Receipt")).to_contain_text(f"{submission.reference}/Rev.1")
    expect(page.get_by_role("main")).to_contain_text("All receipts of this input")

    # he accepts once every line of the checklist is ticked
    desk.goto(desk.url)
    acts.press(desk, "Take up")
    acts.press(desk, "Accept")
    reviewer.picture("17-not-ticked")
    submission.refresh_from_db()
    assert submission.status == "under_review"
    for box in desk.locator("[name=checklist][type=checkbox]").all():
        box.check()
    acts.press(desk, "Save the checklist")
    acts.press(desk, "Accept")
    acts.let_letters_go(desk)
    expect(desk.get_by_text("The input is accepted.")).to_be_visible()
    reviewer.picture("18-accepted")
    nowhere(public, submission.reference)

    # an editor publishes, not before the scanner called the file clean
    editor = visitor()
    acts.enter_desk(editor, elena)
    editor.page.goto(reverse("admin:submissions_submission_change", args=[submission.pk]))
    editor.page.get_by_role("main").locator("summary", has_text="Publish").first.click()
    acts.press(editor.page, "Publish")
    expect(editor.page.get_by_text("The virus scanner has not yet looked at figures.pdf.")).to_be_visible()
    nowhere(public, submission.reference)
    scan()
    editor.page.goto(editor.page.url)
    acts.press(editor.page, "Publish")
    acts.let_letters_go(editor.page)
    expect(editor.page.get_by_text("The input is public now.")).to_be_visible()
    editor.picture("19-published")

    # anybody finds it everywhere
    missing = [place for place, found in traces(public, submission.reference).items() if not found]
    assert missing == []
    found = public.page
    found.goto("/en/inputs/")
    found.get_by_role("combobox").first.fill("212 workers")
    found.keyboard.press("Enter")
    public.picture("20-found")
    found.get_by_role("link", name=TITLE).click()
    assert found.url == f"{public.portal}/en/inputs/{submission.reference}/"
    expect(found.get_by_role("heading", name="What changed")).to_be_visible()
    expect(found.get_by_role("main")).to_contain_text("Mombasa and Lamu")
    public.picture("21-input")
    with found.expect_download() as download:
        found.get_by_role("link", name="figures.pdf", exact=True).click()
    assert download.value.path().read_bytes() == PDF
    found.get_by_role("navigation", name="Language").get_by_role("link", name="العربية").click()
    assert found.locator("html").get_attribute("dir") == "rtl"
    assert found.get_by_role("heading", level=1).get_attribute("dir") == "ltr"
    public.at_width(NARROW)
    public.picture("22-input-arabic")
    [shown] = json.loads(public.context.request.get(f"{public.portal}/api/v1/inputs/?q=seasonal").text())["results"]
    assert shown["reference"] == submission.reference
    assert "amina@example.org" not in json.dumps(shown) + found.content()
    assert public.context.cookies() == []

    # and once withdrawn, a tombstone stays
    page.goto(submission.get_absolute_url())
    page.get_by_role("link", name="Withdraw").click()
    acts.press(page, "Withdraw it")
    expect(page.get_by_text("The input was withdrawn.")).to_be_visible()
    nowhere(public, submission.reference)
    later = visitor()  # a browser that has just shown the page may keep it for a minute
    assert later.go(f"/en/inputs/{submission.reference}/").status == 410
    expect(later.page.get_by_role("main")).to_contain_text("Withdrawn by its author.")
    later.picture("23-tombstone")
    page.goto(receipt_page)
    expect(receipt).to_contain_text(submission.reference)
