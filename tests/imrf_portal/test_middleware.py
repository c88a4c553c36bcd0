"""What happens to every request."""

import pytest
from django.http import HttpResponse
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.http import parse_http_date

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "address", ["/en/inputs/?q=%00", "/en/inputs/?q=a%07b", "/en/\x00", "/api/v1/inputs/?q=%1f", "/en/inputs/?%00=1"]
)
def test_control_characters_in_an_address_get_400(client, forum, address):
    assert client.get(address).status_code in (400, 404)
    if "?" in address:
        assert client.get(address).status_code == 400


@pytest.mark.parametrize("query", ["q=%09", "q=a%0Ab", "q=%D9%85"])
def test_tabs_line_ends_and_other_scripts_are_no_control_characters(client, forum, query):
    assert client.get(f"/en/inputs/?{query}").status_code == 200


def test_each_request_has_a_name(client, forum):
    first, second = (client.get("/en/")["X-Request-ID"] for _ in range(2))
    assert len(first) == 16
    assert first != second


@pytest.mark.parametrize("address", ["/accounts/login/", "/en/my/", "/admin/"])
def test_private_addresses_are_kept_by_no_cache(client, forum, address):
    assert "no-store" in client.get(address)["Cache-Control"]


def test_what_no_cache_may_keep_says_so_as_django_does(client, forum):
    add_never_cache_headers(expected := HttpResponse())
    answer = client.get(reverse("account_login"))
    assert answer["Cache-Control"] == expected["Cache-Control"]
    assert parse_http_date(answer["Expires"]) == pytest.approx(parse_http_date(expected["Expires"]), abs=5)


def test_the_policy_lets_no_foreign_or_inline_script_run(client, forum):
    policy = client.get("/en/")["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy


@pytest.mark.parametrize(("code", "direction"), [("ar", "rtl"), ("fr", "ltr"), ("zh-hans", "ltr")])
def test_lang_chooses_the_language_of_account_pages_and_is_kept(client, forum, code, direction):
    answer = client.get(f"/accounts/login/?lang={code}")
    assert f'lang="{code}"' in answer.text
    assert f'dir="{direction}"' in answer.text
    assert f'lang="{code}"' in client.get("/accounts/login/").text


def test_an_unknown_language_changes_nothing(client, forum):
    assert 'lang="en"' in client.get("/accounts/login/?lang=tlh").text
