"""Signing in through a provider, on a real round trip: verified addresses, no account but its own, no factor skipped."""

import time
from urllib.parse import urlsplit

import pytest
import requests
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from cryptography.hazmat.primitives.asymmetric import rsa
from django.conf import settings as configured
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.urls import reverse

from accreditation.models import User
from forums.models import Letter
from imrf_portal.oidc_settings import provider_of
from tests.accreditation.provider import CLIENT, SECRET, running
from tests.browser import prove_second_factor, totp_code, totp_of
from tests.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db
ROLES = {"imrf-reviewers": "Reviewer", "imrf-editors": "Editor"}


@pytest.fixture(scope="module")
def server():
    with running() as provider:
        yield provider


@pytest.fixture
def provider(server, settings, monkeypatch):
    """As the settings would name it, with a fresh memory."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    issuer, key = server.issuer, server.key
    server.__init__()
    server.issuer, server.key, server.signs_with = issuer, key, key
    settings.SOCIALACCOUNT_PROVIDERS = provider_of(issuer, CLIENT, SECRET, "Network login", "groups")
    settings.OIDC_ROLES = ROLES
    return server


def door(process="login") -> str:
    (app,) = configured.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
    address = reverse("openid_connect_login", args=[app["provider_id"]])
    return address if process == "login" else f"{address}?process={process}"


def go(client, address=None):
    """Press the button, let the provider answer, and follow it back; what the portal answers to that."""
    sent = client.post(address or door())
    assert sent.status_code == 302, sent.content.decode()
    answered = requests.get(sent.headers["Location"], allow_redirects=False, timeout=5)
    back = urlsplit(answered.headers["Location"])
    return client.get(f"{back.path}?{back.query}")


def is_in(client) -> bool:
    return client.get("/en/my/").status_code == 200


def roles_of(email) -> list:
    return sorted(User.objects.get(email=email).groups.values_list("name", flat=True))


def linked(person, provider, sub="1"):
    """An account that the person connected before."""
    (app,) = configured.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
    return SocialAccount.objects.create(user=person, provider=app["provider_id"], uid=sub, extra_data={"userinfo": {}})


# The way in -------------------------------------------------------------------------------------------------------------


def test_without_a_provider_there_is_no_door(client):
    assert configured.SOCIALACCOUNT_PROVIDERS == {}
    assert client.post("/accounts/oidc/any/login/").status_code == 404
    assert client.get("/accounts/oidc/any/login/callback/?code=1&state=1").status_code == 404
    assert "/oidc/" not in client.get(reverse("account_login")).content.decode()


def test_somebody_new_signs_in_with_a_verified_address(client, provider):
    assert door() in client.get(reverse("account_login")).content.decode()
    assert go(client).headers["Location"] == reverse("my")
    assert is_in(client)
    person = User.objects.get(email="olga@example.org")
    assert (person.name, person.is_staff, person.has_usable_password()) == ("Olga", False, False)
    assert EmailAddress.objects.get(user=person).verified
    assert provider.asked["code_challenge_method"] == "S256"


def test_the_same_person_comes_back_to_the_same_account(client, provider):
    go(client)
    provider.person |= {"email": "olga.new@example.org"}
    again = Client()
    go(again)
    assert is_in(again)
    assert User.objects.count() == 1


def test_only_what_is_needed_is_kept_of_what_the_provider_tells(client, provider):
    provider.person |= {"birthdate": "1970-01-01", "phone_number": "+1"}
    go(client)
    assert set(SocialAccount.objects.get().extra_data["userinfo"]) == {"sub", "email", "email_verified", "name", "groups"}


@pytest.mark.parametrize("verified", [False, None, "false", "", 0, "absent"])
def test_an_address_that_is_not_verified_signs_nobody_in(client, provider, verified):
    provider.person["email_verified"] = verified
    if verified == "absent":
        del provider.person["email_verified"]
    assert go(client).headers["Location"] == reverse("account_login")
    assert not is_in(client)
    assert User.objects.count() == 0


def test_nor_does_it_for_somebody_who_is_known(client, provider, amina):
    linked(amina, provider)
    provider.person["email_verified"] = False
    go(client)
    assert not is_in(client)


LIES = {
    "another issuer": {"iss": "https://evil.example"},
    "another portal": {"aud": "somebody-else"},
    "too old": {"exp": int(time.time()) - 3600},
    "another person": {"sub": "2"},
}


@pytest.mark.parametrize("lie", LIES)
def test_a_token_that_is_wrong_signs_nobody_in(client, provider, lie):
    provider.lies = LIES[lie]
    assert go(client).status_code in (200, 401)
    assert not is_in(client)
    assert User.objects.count() == 0


@pytest.mark.parametrize("how", ["another key", "no signature", "the secret as key"])
def test_a_token_that_the_provider_did_not_sign_signs_nobody_in(client, provider, how):
    if how == "another key":
        provider.signs_with = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    else:
        provider.signs_with, provider.algorithm = (None, "none") if how == "no signature" else (SECRET * 3, "HS256")
    assert go(client).status_code in (200, 401)
    assert not is_in(client)


def test_a_provider_that_calls_itself_otherwise_signs_nobody_in(client, provider):
    provider.calls_itself = "https://login.example.org"
    assert go(client).status_code in (200, 401)
    assert not is_in(client)


def test_an_answer_that_nobody_asked_for_signs_nobody_in(client, provider):
    """Somebody else's answer, put into this browser."""
    sent = Client().post(door())
    back = urlsplit(requests.get(sent.headers["Location"], allow_redirects=False, timeout=5).headers["Location"])
    client.get(f"{back.path}?{back.query}")
    assert not is_in(client)


def test_the_key_of_the_session_changes_on_the_way_in(client, provider):
    client.post(door())
    before = client.session.session_key
    go(client)
    assert is_in(client)
    assert client.session.session_key != before


# No account but its own -------------------------------------------------------------------------------------------------


def test_the_address_of_an_account_opens_it_not(client, provider):
    """Whoever owns it is told by letter; connecting asks for the account's own password first."""
    owner = make_user("olga")
    answer = go(client)
    assert not is_in(client)
    assert SocialAccount.objects.count() == 0
    assert answer.headers["Location"].startswith(reverse("account_email_verification_sent"))
    assert Letter.objects.get().to == owner.email


def test_an_account_is_connected_by_who_proved_it_and_other_sessions_end(client, provider):
    owner = make_user("olga")
    other = Client()
    for browser in (client, other):
        browser.post(reverse("account_login"), {"login": owner.email, "password": PASSWORD})
    asked = go(client, door("connect"))
    assert asked.headers["Location"].startswith(reverse("account_reauthenticate"))
    assert SocialAccount.objects.count() == 0
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert SocialAccount.objects.get().user == owner
    assert (is_in(client), is_in(other)) == (True, False)
    stranger = Client()
    go(stranger)
    assert is_in(stranger)


def test_somebody_suspended_stays_out(client, provider, amina):
    linked(amina, provider)
    User.objects.filter(pk=amina.pk).update(is_active=False)
    go(client)
    assert not is_in(client)


# The second factor ------------------------------------------------------------------------------------------------------


def test_the_provider_skips_no_second_factor(client, provider, ravi):
    linked(ravi, provider)
    provider.person["groups"] = ["imrf-reviewers"]
    totp_of(ravi)
    assert go(client).headers["Location"].startswith(reverse("mfa_authenticate"))
    for address in ("/en/my/", "/admin/", reverse("mfa_index")):
        assert client.get(address).status_code == 302
    assert "_auth_user_id" not in client.session
    client.post(reverse("mfa_authenticate"), {"code": totp_code()})
    assert client.get("/admin/").status_code == 200


def test_who_has_no_second_factor_yet_sets_one_up_before_the_desk_opens(client, provider):
    provider.person |= {"groups": ["imrf-reviewers"], "amr": ["mfa"], "acr": "2"}
    go(client)
    assert is_in(client)
    answer = client.get("/admin/", follow=True)
    assert answer.redirect_chain[-1][0].startswith(reverse("mfa_activate_totp"))


# Roles ------------------------------------------------------------------------------------------------------------------


def test_groups_give_roles_at_each_sign_in_and_take_them_back(provider):
    email = provider.person["email"]
    for groups, roles, staff in (
        (["imrf-reviewers", "unknown"], ["Reviewer"], True),
        (["imrf-reviewers", "imrf-editors"], ["Editor", "Reviewer"], True),
        ("imrf-editors", ["Editor"], True),
        ([], [], False),
        ([{"odd": 1}, "Administrator", "imrf-superusers"], [], False),
    ):
        provider.person["groups"] = groups
        client = Client()
        go(client)
        assert is_in(client)
        assert (roles_of(email), User.objects.get(email=email).is_staff) == (roles, staff)
    assert not User.objects.get(email=email).is_superuser


def test_a_claim_that_is_missing_takes_the_roles_back(provider, client):
    provider.person["groups"] = ["imrf-reviewers"]
    go(Client())
    del provider.person["groups"]
    go(client)
    assert (roles_of("olga@example.org"), User.objects.get().is_staff) == ([], False)


def test_a_role_taken_back_ends_the_sessions_that_were_open_with_it(provider):
    provider.person["groups"] = ["imrf-reviewers"]
    desk, after = Client(), Client()
    go(desk)
    prove_second_factor(desk, User.objects.get())
    assert desk.get("/admin/").status_code == 200
    provider.person["groups"] = []
    go(after)
    assert (is_in(desk), desk.get("/admin/").status_code) == (False, 302)


def test_roles_given_by_hand_stay(client, provider):
    person = make_user("olga", staff=True, roles=["accreditation", "editor"])
    linked(person, provider)
    go(client)
    assert roles_of(person.email) == ["Accreditation"]
    assert User.objects.get(pk=person.pk).is_staff


def test_superusers_are_left_alone(client, provider):
    person = make_user("olga", staff=True, is_superuser=True, roles=["editor"])
    linked(person, provider)
    go(client)
    assert roles_of(person.email) == ["Editor"]
    assert User.objects.get(pk=person.pk).is_superuser


def test_without_a_map_roles_are_given_by_hand_alone(client, provider, settings, ravi):
    settings.OIDC_ROLES = {}
    linked(ravi, provider)
    go(client)
    assert (roles_of(ravi.email), User.objects.get(pk=ravi.pk).is_staff) == (["Reviewer"], True)


def test_the_history_of_a_person_says_which_roles_came_and_went(provider):
    for groups in (["imrf-reviewers"], ["imrf-reviewers"], ["imrf-editors"]):
        provider.person["groups"] = groups
        go(Client())
    said = [entry.get_change_message() for entry in LogEntry.objects.order_by("pk")]
    assert said == [
        "Roles as Network login said at signing in: + Reviewer.",
        "Roles as Network login said at signing in: + Editor, − Reviewer.",
    ]
