"""What people do on the pages, by clicking and typing: read as sentences by the walks."""

import re

from django.core import mail
from playwright.sync_api import expect

from forums.models import Letter
from forums.tasks import send_letters
from submissions.tasks import announce_steps
from tests.browser import totp_code, totp_of
from tests.factories import PASSWORD

PATIENT = 20_000


def post_arrives():
    """The sweeps of a minute: steps become letters, letters become mail. Returns what arrived, newest last."""
    announce_steps()
    send_letters()
    return mail.outbox


def code_in_mail(to) -> str:
    """The code that was sent to that address; the stored letter no longer holds it."""
    text = next(message.body for message in reversed(post_arrives()) if message.to == [to])
    assert list(Letter.objects.filter(to=to, private=True).values_list("text", "html").distinct()) == [("", "")]
    return re.search(r"\b[A-Z0-9]{4}-[A-Z0-9]{4}\b", text)[0]


def text_of(page):
    """The large field for the text; the part of the page round it is called Text as well."""
    return page.get_by_role("textbox", name="Text", exact=True)


def press(page, name):
    """Press the button; where that leads to another page, wait until the whole of it is there."""
    page.get_by_role("main").get_by_role("button", name=name, exact=True).first.click()
    page.wait_for_load_state()


def follow(page, name):
    page.get_by_role("link", name=name).first.click()


def sign_up(browser, *, name, email):
    """Make an account from the front page; the address is verified by the code in the letter."""
    page = browser.page
    page.goto("/en/")
    follow(page, "Sign in")
    page.get_by_role("main").get_by_role(
        "link", name=re.compile("sign up|create an account|account", re.IGNORECASE)
    ).first.click()
    page.get_by_label("Your name").fill(name)
    page.locator("[name=email]").fill(email)
    page.locator("[name=password1]").fill(PASSWORD)
    browser.picture("01-sign-up")
    page.locator("main form button[type=submit], main form button:not([type])").last.click()
    expect(page.locator("[name=code]")).to_be_visible()
    browser.picture("02-code")
    page.locator("[name=code]").fill(code_in_mail(email))
    page.locator("main form button").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("My page")
    browser.picture("03-my-page")


def sign_in(browser, user, *, language="en", second_factor=False):
    """Sign in on the page that is before one, or from the start; with the code of the authenticator where one is asked."""
    page = browser.page
    if "/accounts/login/" not in page.url:
        page.goto(f"/accounts/login/?lang={language}")
    page.locator("[name=login]").fill(user.email)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main form:has([name=password]) button").first.click()
    if second_factor:
        page.locator("[name=code]").fill(totp_code())
        page.locator("main form:has([name=code]) button").first.click()
    page.wait_for_url(lambda url: "/accounts/" not in url)


def enter_desk(browser, user):
    """Open the desk, which asks for password and code; afterwards the work list is seen."""
    totp_of(user)
    browser.go("/admin/")
    sign_in(browser, user, second_factor=True)
    expect(browser.page.get_by_role("heading", level=1)).to_have_text("Work list")


def found_organisation(browser, *, name, basis):
    page = browser.page
    follow(page, "Create an organisation")
    page.get_by_label("Official name").fill(name)
    page.get_by_label("What it is").select_option("civil_society")
    page.get_by_label("Country or area of its seat").select_option("KEN")
    page.get_by_label(re.compile(basis)).check()
    browser.picture("04-organisation")
    press(page, "Create the organisation")
    expect(page.get_by_text("The organisation was created. You are its focal point.")).to_be_visible()
    browser.picture("05-organisation-made")


def begin_draft(browser, call):
    page = browser.page
    page.goto("/en/my/")
    page.get_by_role("main").get_by_role("link", name=re.compile(f"Write an input.*{call}")).click()
    browser.picture("06-begin")
    press(page, "Begin the draft")
    expect(page.get_by_role("textbox", name="Title", exact=True)).to_be_visible()


def wait_until_saved(page):
    expect(page.locator("[data-saved]").first).to_have_text(re.compile(r"^Saved \d\d:\d\d:\d\d"), timeout=PATIENT)


def tick(page, *labels):
    for label in labels:
        page.get_by_label(label, exact=True).check()


def decide(page, decision, words, tick=""):
    """On the review page: open a decision that asks for words, write them, tick one thing, press its button."""
    panel = page.locator("details", has=page.locator("summary", has_text=decision))
    panel.locator("summary").click()
    panel.locator("textarea").first.fill(words)
    if tick:
        panel.get_by_label(tick, exact=True).check()
    panel.get_by_role("button", name=decision).click()
    let_letters_go(page)


def let_letters_go(page):
    """On the page that shows the letters of a decision: the button that Enter presses."""
    page.get_by_role("button", name=re.compile("^Carry out and send th")).first.click()


def send(browser):
    """From the check page: declare, send, and see the receipt."""
    page = browser.page
    page.get_by_label(re.compile("I may speak for this organisation")).check()
    press(page, "Send to the Network")
    expect(page.get_by_role("heading", level=1)).to_have_text("Your input was received")
