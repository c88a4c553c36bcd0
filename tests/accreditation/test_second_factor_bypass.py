"""Twelve ways round the second factor, each tried for real by somebody who knows the password; none of them leads in."""

import base64
import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.conf import settings
from django.contrib.admin.sites import all_sites
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from forums.models import Letter
from imrf_portal.desk import Desk
from tests.browser import totp_code, totp_of
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db
INSIDE = ("/en/my/", "/admin/", "/admin/forums/forum/", "/accounts/email/", "/accounts/password/change/", "/accounts/2fa/")


def by_password(user, client=None, **more):
    """A browser that gave the password and is asked for the code."""
    client = client or Client()
    answer = client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD, **more})
    assert answer.headers["Location"].startswith(reverse("mfa_authenticate"))
    return client


def code_in(letter):
    return re.search(r"^\s*([A-Z0-9]{3,}-?[A-Z0-9]{3,})\s*$", letter.text, re.MULTILINE).group(1)


# The routes: each is given somebody of the desk with a second factor and returns the browser it used ---------------------


def by_the_login_page_of_the_admin(user):
    client = Client()
    client.get("/admin/login/?next=/admin/")
    given = {
        "username": user.email,
        "password": PASSWORD,
        "login": user.email,
        "next": "/admin/",
        "this_is_the_login_form": 1,
    }
    assert client.post("/admin/login/?next=/admin/", given).headers["Location"].startswith(reverse("account_login"))
    return client


def by_the_api(user):
    """Neither a session, nor a name with a password, nor a token makes the API know anybody."""
    client = by_password(user)
    basic = base64.b64encode(f"{user.email}:{PASSWORD}".encode()).decode()
    for word in (f"Basic {basic}", f"Token {basic}", f"Bearer {client.session.session_key}"):
        for address in ("/api/v1/", "/api/v1/inputs/", "/api/v1/forums/", "/admin/"):
            answer = client.get(address, headers={"authorization": word})
            assert not answer.cookies.get(settings.SESSION_COOKIE_NAME)
        assert client.post("/api/v1/inputs/", {}, headers={"authorization": word}).status_code in (403, 405)
    return client


def by_a_new_password(user):
    client, new = Client(), "another horse battery staple"
    client.post(reverse("account_reset_password"), {"email": user.email})
    link = re.search(r"(/accounts/password/reset/key/\S+)", Letter.objects.latest("written_at").text).group(1)
    form = client.get(link, follow=True).redirect_chain[-1][0]
    client.post(form, {"password1": new, "password2": new})
    user.refresh_from_db()
    assert user.check_password(new)
    answer = client.post(reverse("account_login"), {"login": user.email, "password": new})
    assert answer.headers["Location"].startswith(reverse("mfa_authenticate"))
    return client


def by_confirming_an_address(user):
    """An address that was never confirmed asks for a code by mail; that code is no second factor."""
    user.emailaddress_set.update(verified=False)
    client = Client()
    answer = client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    assert answer.headers["Location"].startswith(reverse("account_email_verification_sent"))
    answer = client.post(answer.headers["Location"], {"code": code_in(Letter.objects.latest("written_at"))})
    assert answer.headers["Location"].startswith(reverse("mfa_authenticate"))
    assert user.emailaddress_set.get().verified
    return client


def by_another_provider(user):
    """Without a provider in the settings there is no such door (with one: test_oidc.py)."""
    client = by_password(user)
    for address in ("/accounts/oidc/any/login/", "/accounts/oidc/any/login/callback/", "/accounts/google/login/"):
        assert client.post(address).status_code == 404
        assert client.get(f"{address}?code=1&state=1").status_code == 404
    assert client.get("/accounts/3rdparty/signup/").status_code == 302
    return client


def by_a_recovery_code_that_was_used(user):
    code = RecoveryCodes.activate(user).get_unused_codes()[0]
    used = by_password(user)
    used.post(reverse("mfa_authenticate"), {"code": code})
    assert used.get("/admin/").status_code == 200
    client = by_password(user)
    assert client.post(reverse("mfa_authenticate"), {"code": code}).status_code == 200
    return client


def by_a_code_that_was_used(user):
    code = totp_code()
    used = by_password(user)
    used.post(reverse("mfa_authenticate"), {"code": code})
    assert used.get("/admin/").status_code == 200
    client = by_password(user)
    for again in (code, f" {code[:3]} {code[3:]}", f"{code} "):
        assert client.post(reverse("mfa_authenticate"), {"code": again}).status_code == 200
    return client


def by_skipping_the_step(user):
    """Pages behind the step, and those that would take the factor off or put another on, asked for by their address."""
    client = by_password(user)
    pages = ("mfa_activate_totp", "mfa_deactivate_totp", "mfa_generate_recovery_codes", "mfa_view_recovery_codes")
    for page in (*pages, "mfa_add_webauthn", "mfa_list_webauthn", "mfa_reauthenticate", "account_reauthenticate"):
        for ask in (client.get, client.post):
            assert ask(reverse(page)).status_code == 302, page
    assert client.post("/accounts/2fa/trust/", {"action": "trust"}).status_code == 404
    assert Authenticator.objects.get(user=user).type == "totp"
    return client


def by_being_remembered(user):
    client = Client()
    client.cookies["mfa_trusted"] = "1"
    client.cookies["sessionid_remember"] = "1"
    by_password(user, client, remember="on")
    client.post(reverse("mfa_authenticate"), {"code": "", "action": "trust"})
    return client


def by_naming_where_to_go(user):
    client = Client()
    client.get(f"{reverse('account_login')}?next=/admin/")
    by_password(user, client, next="/admin/")
    for address in (f"{reverse('mfa_authenticate')}?next=/admin/", f"{reverse('account_login')}?next=/admin/"):
        client.get(address)
    client.get("/admin/login/?next=/admin/forums/forum/")
    client.get("/en/my/?next=/admin/")
    return client


def by_another_desk(user):
    """There is one AdminSite with addresses, and every view of an admin in the whole portal belongs to it."""
    assert [type(site) for site in all_sites] == [Desk]
    strangers = [
        address
        for address, view in views_of(get_resolver())
        if "contrib.admin" in getattr(view, "__module__", "") and not address.startswith("admin/")
    ]
    assert strangers == []
    return by_password(user)


def by_the_log_in_of_the_api(user):
    client = Client()
    for address in ("/api-auth/login/", "/api/v1/login/", "/api/v1/auth/login/", "/_allauth/browser/v1/auth/login"):
        assert client.post(address, {"username": user.email, "password": PASSWORD}).status_code in (404, 405)
        assert client.get(address).status_code == 404
    page = client.get("/api/v1/", headers={"accept": "text/html"})
    assert "json" in page.headers["Content-Type"]
    return client


ROUTES = (
    by_the_login_page_of_the_admin,
    by_the_api,
    by_a_new_password,
    by_confirming_an_address,
    by_another_provider,
    by_a_recovery_code_that_was_used,
    by_a_code_that_was_used,
    by_skipping_the_step,
    by_being_remembered,
    by_naming_where_to_go,
    by_another_desk,
    by_the_log_in_of_the_api,
)


def views_of(resolver, before=""):
    for each in resolver.url_patterns:
        address = before + str(each.pattern)
        if isinstance(each, URLPattern):
            yield address, each.callback
        else:
            yield from views_of(each, address)


def test_there_are_twelve():
    assert len(set(ROUTES)) == 12


@pytest.mark.parametrize("route", ROUTES)
def test_no_route_leads_round_the_second_factor(ravi, route):
    totp_of(ravi)
    client = route(ravi)
    assert {address: client.get(address).status_code for address in INSIDE} == dict.fromkeys(INSIDE, 302)
    assert "_auth_user_id" not in client.session


def test_the_straight_way_leads_in(ravi):
    """So the table above does not pass because nobody gets in at all."""
    totp_of(ravi)
    client = by_password(ravi)
    client.post(reverse("mfa_authenticate"), {"code": totp_code()})
    inside = {address: client.get(address).status_code for address in INSIDE}
    assert inside == dict.fromkeys(INSIDE, 200)


# Guessing ---------------------------------------------------------------------------------------------------------------


@pytest.fixture
def limits(settings):
    from imrf_portal.settings import ACCOUNT_RATE_LIMITS

    settings.ACCOUNT_RATE_LIMITS = ACCOUNT_RATE_LIMITS


def guesses_taken(guess, most=40):
    """How many of so many guesses are looked at, each from another address and by another X-Forwarded-For."""
    taken = 0
    for number in range(most):
        where = f"198.51.100.{number}"
        page = guess(number, {"REMOTE_ADDR": where, "headers": {"x-forwarded-for": f"203.0.113.{number}, {where}"}})
        taken += "Too many failed login attempts" not in page.content.decode()
    return taken


def test_a_password_is_guessed_five_times_in_a_quarter_of_an_hour_from_wherever(limits, amina):
    def guess(number, come):
        return Client().post(reverse("account_login"), {"login": amina.email, "password": f"guess {number} of many"}, **come)

    assert guesses_taken(guess) == 5
    client = Client()
    client.post(reverse("account_login"), {"login": amina.email, "password": PASSWORD}, REMOTE_ADDR="192.0.2.1")
    assert client.get("/en/my/").status_code == 302


def test_a_code_is_guessed_five_times_in_a_quarter_of_an_hour_from_wherever(limits, ravi):
    totp_of(ravi)
    client = by_password(ravi)

    def guess(number, come):
        return client.post(reverse("mfa_authenticate"), {"code": f"{number:06}"}, **come)

    assert guesses_taken(guess) == 5
    assert client.post(reverse("mfa_authenticate"), {"code": totp_code()}).status_code == 200
    assert client.get("/admin/").status_code == 302
