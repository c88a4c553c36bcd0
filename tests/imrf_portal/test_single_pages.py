"""Single pages: what is promised on them is there, in every language; whom to tell of a weakness."""

from datetime import datetime
from pathlib import Path

import pytest
from django.utils.timezone import now

from tests.factories import make_forum

pytestmark = pytest.mark.django_db
CHANGES = Path(__file__).resolve().parents[2] / "CHANGELOG.md"


@pytest.mark.parametrize("name", ["about", "terms", "moderation", "privacy", "accessibility", "demonstration"])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_single_page_opens_and_is_public(client, forum, name, language):
    answer = client.get(f"/{language}/{name}/")
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "public, max-age=60, s-maxage=1")
    assert not answer.cookies
    assert 'href="http://testserver/zh-hans/' in answer.content.decode()


def test_every_page_leads_to_them(client, forum):
    page = client.get("/en/").content.decode()
    for name in ("about", "terms", "moderation", "privacy", "accessibility", "open-data"):
        assert f'href="/en/{name}/"' in page


def test_the_page_on_demonstration_says_whether_there_is_any(client, forum):
    assert "Nothing here is demonstration" in client.get("/en/demonstration/").content.decode()
    make_forum("demo", demonstration=True)
    page = client.get("/en/demonstration/").content.decode()
    assert "What is invented" in page


def test_security_txt_says_whom_to_tell_until_when(client, settings):
    answer = client.get("/.well-known/security.txt")
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    lines = dict(line.split(": ", 1) for line in answer.content.decode().splitlines())
    assert lines["Contact"] == f"mailto:{settings.CONTACT_EMAIL}"
    left = datetime.fromisoformat(lines["Expires"]) - now()
    assert 365 <= left.days + 1 <= 731
    assert client.get(lines["Policy"].removeprefix("http://testserver").partition("#")[0]).status_code == 200


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_change_log_is_shown_and_marked_as_english(client, forum, language):
    answer = client.get(f"/{language}/changes/")
    page = answer.content.decode()
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "public, max-age=60, s-maxage=1")
    log = page.split('<div class="written" lang="en" dir="ltr">')[1]
    first = next(line[2:50] for line in CHANGES.read_text().splitlines() if line.startswith("- "))
    assert first in log
    assert "Unreleased" in log
    assert 'href="/en/changes/"' in client.get("/en/").content.decode()


def test_the_image_of_the_portal_carries_its_change_log():
    assert "!CHANGELOG.md" in (CHANGES.parent / ".dockerignore").read_text().splitlines()
