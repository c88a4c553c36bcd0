"""A real Chromium on a real server: fixtures `portal` (its address) and `visitor` (one person's browser).

Where Chromium is not installed these tests are skipped and say so. SCREENSHOTS=1 leaves pictures in screenshots/.
"""

import os
import re
import shutil
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.conf import settings
from django.db import connection, connections
from django.test import Client
from django.test.utils import override_settings

CHROMIUM = shutil.which("chromium-headless-shell") or shutil.which("chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PICTURES = Path(__file__).resolve().parent.parent / "screenshots"
WIDE, NARROW, NARROWEST = 1280, 360, 320
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOUR_RULES = ["color-contrast", "link-in-text-block"]
# Answers such as 404 and 409 are pages of ours; Chromium writes each to the console.
OWN_REFUSALS = re.compile(r"Failed to load resource: the server responded with a status of 4(?!\d\d \(Too)")


@pytest.fixture(scope="module")
def chromium():
    """The browser. While it runs, Django would take the thread of the test for an asynchronous one."""
    if not CHROMIUM:
        pytest.skip("Chromium is not installed (Debian package chromium), so nothing was looked at in a browser.")
    from playwright.sync_api import sync_playwright

    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        connections.close_all()  # while it runs, the thread has database connections of its own
        browser.close()


@pytest.fixture(scope="module")
def portal(django_db_setup):
    """The address of a real HTTP server of this process, which answers from the database of the tests."""
    from pytest_django.live_server_helper import LiveServer

    server = LiveServer("localhost")
    own = {"SITE_URL": server.url, "ALLOWED_HOSTS": ["localhost", "testserver"], "CSRF_TRUSTED_ORIGINS": [server.url]}
    with override_settings(**own):
        yield server.url
    server.stop()


@pytest.fixture
def visitor(chromium, portal):
    """Opens a browser of its own for a person; at the end no browser may have complained about anything."""
    opened = []

    def open_browser(**wishes):
        opened.append(Visitor(chromium, portal, **wishes))
        return opened[-1]

    yield open_browser
    complaints = [complaint for one in opened for complaint in one.complaints]
    for one in opened:
        one.context.close()
    assert not complaints, "\n".join(complaints)


class Visitor:
    """One person's browser: a window, its cookies, and what the browser complained about."""

    def __init__(self, chromium, portal, *, language="en", width=WIDE, scripts=True, dark=False):
        self.portal, self.language, self.complaints = portal, language, []
        self.context = chromium.new_context(
            base_url=portal,
            viewport={"width": width, "height": 900},
            locale=language,
            java_script_enabled=scripts,
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
        )
        self.context.set_default_timeout(15_000)
        self.context.on("console", self._heard)
        self.context.on("weberror", lambda error: self.complaints.append(str(error.error)))
        self.page = self.context.new_page()

    def _heard(self, message):
        if message.type == "error" and not (OWN_REFUSALS.match(message.text) and "/static/" not in str(message.location)):
            self.complaints.append(f"{message.text} ({message.location.get('url')})")

    def go(self, address):
        return self.page.goto(address)

    def enter(self, user, *, second_factor=False):
        """Sign in without the pages, for tests that are about something else."""
        cookie = committed(session_of, user, second_factor=second_factor)
        self.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": self.portal}])
        return self

    def picture(self, name):
        """Keep what is seen now, when SCREENSHOTS=1 asks for it."""
        if os.environ.get("SCREENSHOTS"):
            PICTURES.mkdir(exist_ok=True)
            self.page.screenshot(path=PICTURES / f"{name}.png", full_page=True)

    def at_width(self, width):
        self.page.set_viewport_size({"width": width, "height": 900})
        return self.page


def committed(act, *args, **kwargs):
    """Do it on a connection of its own, which commits at once: the server answers from another one than the test."""

    def do():
        try:
            return act(*args, **kwargs)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as thread:
        return thread.submit(do).result()


def session_of(user, *, second_factor):
    """The key of a new session in which this person is signed in."""
    client = Client()
    client.force_login(user)
    if second_factor:
        prove_second_factor(client, user)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def prove_second_factor(client, user):
    """Note in the session that this person gave a code of their authenticator, which is made if there is none."""
    factor = totp_of(user)
    session = client.session
    session["account_authentication_methods"] = [
        {"method": "password", "at": 0, "email": user.email},
        {"method": "mfa", "at": time.time(), "type": factor.type, "id": factor.pk},
    ]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()


def totp_of(user):
    """The person's authenticator, with a secret that `totp_code` knows."""
    from allauth.mfa.models import Authenticator
    from allauth.mfa.totp.internal.auth import TOTP

    there = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).first()
    return there or TOTP.activate(user, TOTP_SECRET).instance


TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
TOTP_SECONDS = 30  # for which a code is good


def totp_code(secret=TOTP_SECRET):
    """The six digits that an authenticator shows now and for two more seconds, so that no slow page makes them old."""
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time

    if (left := TOTP_SECONDS - time.time() % TOTP_SECONDS) < 2:
        time.sleep(left)
    return format_hotp_value(hotp_value(secret, list(yield_hotp_counters_from_time())[-1]))


def violations(page, *, colours=True, else_too=True, but=(), within=None) -> str:
    """What axe finds on the page as it stands now, one line each; nothing when all is well.

    Judging colours takes most of its time, so a page that was looked at before may be spared one half or the other, single
    rules, or what is not within a selector.
    """
    chosen = {"type": "tag", "values": AXE_TAGS} if else_too else {"type": "rule", "values": COLOUR_RULES}
    options = {"resultTypes": ["violations"], "runOnly": chosen, "preload": False}
    options["rules"] = {rule: {"enabled": False} for rule in (*but, *([] if colours else COLOUR_RULES))}
    found = page.evaluate(AXE_FINDS, [within, options])
    if found is None:  # not every window brings it along
        page.evaluate(AXE_SCRIPT)
        found = page.evaluate(AXE_FINDS, [within, options])
    return "\n".join(found)


# Only what is wrong leaves the browser: all that axe says of a page is a hundred times as much, and slower to hand over.
AXE_FINDS = """async ([within, options]) => {
    if (!window.axe) return null;
    const said = (node) => node.failureSummary.trim().split(/\\s+/).join(" ").slice(0, 240);
    const line = (rule, node) => `${rule.id} (${rule.impact}): ${node.html.slice(0, 160)} ${said(node)}`;
    const { violations } = await window.axe.run(within ?? document, options);
    return violations.flatMap((rule) => rule.nodes.map((node) => line(rule, node)));
}"""


def scrolls_sideways(page) -> str:
    """The elements that stick out of the window, or nothing when it need not be scrolled sideways."""
    return page.evaluate(STICKING_OUT)


STICKING_OUT = """() => {
    const whole = document.scrollingElement.scrollWidth;
    if (whole <= window.innerWidth) return "";
    const sticksOut = ({ left, right, width }) => width && (right > window.innerWidth + 1 || left < -1);
    const out = [...document.querySelectorAll("body *")].filter((one) => sticksOut(one.getBoundingClientRect()));
    return `${whole} px: ` + out.slice(0, 5).map((one) => one.outerHTML.slice(0, 120)).join(" | ");
}"""
