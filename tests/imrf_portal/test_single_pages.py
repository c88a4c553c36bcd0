"""Single pages: what is promised on them is there, in every language; whom to tell of a weakness."""

from datetime import datetime

import pytest
from django.utils.timezone import now

from tests.factories import make_forum

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["about", "terms", "moderation", "privacy", "accessibility", "demonstration"])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_single_page_opens_and_is_public(client, forum, name, language):
    answer = client.get(f"/{language}/{name}/")
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "public, max-age=60")
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
