"""Sessions end when they are no longer to be believed, and nobody brings one of their own along into another's."""

import time

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, Permission
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse

from accreditation import operations
from accreditation.desk_roles import group_of
from accreditation.models import User
from forums.models import Letter
from tests.browser import prove_second_factor, totp_code, totp_of
from tests.factories import PASSWORD, make_organisation, make_user

pytestmark = pytest.mark.django_db
OPEN, DESK = "/en/my/", "/admin/"


def browser_of(user, *, twice=False):
    """A browser in which this person signed in by the page."""
    client, factors = Client(), Authenticator.objects.filter(user=user)
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    if factors.exists():
        cache.clear()  # the same code is taken once only
        client.post(reverse("mfa_authenticate"), {"code": totp_code()})
    if twice:
        prove_second_factor(client, user)
    return client


def is_in(client) -> bool:
    return client.get(OPEN).status_code == 200


def reauthenticated(client, user):
    """As if the password had just been given again, which pages of the second factor ask for."""
    session = client.session
    records = session.get("account_authentication_methods", [])
    session["account_authentication_methods"] = [
        *records,
        {"method": "password", "at": time.time(), "reauthenticated": True},
    ]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()


# What ends sessions -----------------------------------------------------------------------------------------------------
# Each takes the acting browser and the person, and says whether the acting browser stays signed in.


def signs_out(client, user):
    client.post(reverse("account_logout"))
    return False


def changes_password(client, user):
    new = "another horse battery staple"
    client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert User.objects.get(pk=user.pk).check_password(new)
    return True


def forgets_password(client, user):
    stranger = Client()
    stranger.post(reverse("account_reset_password"), {"email": user.email})
    link = next(word for word in Letter.objects.latest("written_at").text.split() if "/password/reset/key/" in word)
    page = stranger.get(link[link.index("/accounts/") :], follow=True)
    new = "another horse battery staple"
    stranger.post(page.redirect_chain[-1][0], {"password1": new, "password2": new})
    assert User.objects.get(pk=user.pk).check_password(new)
    return False


def adds_second_factor(client, user):
    reauthenticated(client, user)
    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret
    client.post(reverse("mfa_activate_totp"), {"code": totp_code(secret)})
    assert Authenticator.objects.filter(user=user, type="totp").exists()
    return True


def removes_second_factor(client, user):
    prove_second_factor(client, user)
    reauthenticated(client, user)
    client.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.filter(user=user).exists()
    return True


def makes_new_recovery_codes(client, user):
    prove_second_factor(client, user)
    reauthenticated(client, user)
    client.post(reverse("mfa_generate_recovery_codes"))
    assert Authenticator.objects.filter(user=user, type="recovery_codes").exists()
    return True


def presses_sign_out_everywhere_else(client, user):
    assert client.post(reverse("accreditation:my_sessions"), follow=True).status_code == 200
    return True


def gets_a_role(client, user):
    user.groups.add(group_of("reviewer"))
    return False


def gets_a_permission(client, user):
    user.user_permissions.add(Permission.objects.first())
    return False


def becomes_staff(client, user):
    User.objects.filter(pk=user.pk).update(is_staff=True)
    return False


def becomes_superuser(client, user):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE accreditation_user SET is_superuser = true WHERE id = %s", [user.pk])
    return False


def is_suspended_and_comes_back(client, user):
    User.objects.filter(pk=user.pk).update(is_active=False)
    User.objects.filter(pk=user.pk).update(is_active=True)
    return False


def is_ended_by_the_desk(client, user):
    administrator = make_user("adam", staff=True, roles=["administrator"])
    desk = browser_of(administrator, twice=True)
    listed = reverse("admin:accreditation_user_changelist")
    told = desk.post(listed, {"action": "end_sessions", "_selected_action": [user.pk, administrator.pk]}, follow=True)
    assert "2 people are signed out." in told.content.decode()
    assert (
        "All sessions were ended." in desk.get(reverse("admin:accreditation_user_history", args=[user.pk])).content.decode()
    )
    return False


@pytest.mark.parametrize(
    "happens",
    [
        signs_out,
        changes_password,
        forgets_password,
        removes_second_factor,
        presses_sign_out_everywhere_else,
        gets_a_role,
        gets_a_permission,
        becomes_staff,
        becomes_superuser,
        is_suspended_and_comes_back,
        is_ended_by_the_desk,
    ],
)
def test_a_session_that_was_copied_before_is_dead_afterwards(amina, happens):
    it_ends_the_others(amina, happens)


@pytest.mark.django_db(transaction=True)  # what is told after the commit must come before the answer
@pytest.mark.parametrize("happens", [adds_second_factor, makes_new_recovery_codes])
def test_so_it_is_after_a_change_of_the_second_factor(amina, happens):
    it_ends_the_others(amina, happens)


def it_ends_the_others(amina, happens):
    acting, other, copied = browser_of(amina), browser_of(amina), Client()
    copied.cookies[settings.SESSION_COOKIE_NAME] = acting.cookies[settings.SESSION_COOKIE_NAME].value
    assert (is_in(acting), is_in(other), is_in(copied)) == (True, True, True)
    stays = happens(acting, amina)
    assert (is_in(acting), is_in(copied)) == (stays, False)
    assert is_in(other) is (happens is signs_out)
    assert is_in(acting) is stays  # and it was no accident


def test_losing_a_role_ends_the_desk_in_every_browser(ravi):
    here, there = browser_of(ravi, twice=True), browser_of(ravi, twice=True)
    assert (here.get(DESK).status_code, there.get(DESK).status_code) == (200, 200)
    ravi.groups.clear()
    assert (is_in(here), is_in(there)) == (False, False)


def test_what_a_person_says_of_themselves_ends_nothing(amina):
    client = browser_of(amina)
    User.objects.filter(pk=amina.pk).update(name="Amina N.", language="fr")
    make_organisation("Another one", focal_point=amina)
    browser_of(amina)  # signing in elsewhere
    assert is_in(client)


def test_a_person_saved_from_an_older_copy_opens_no_session_again(amina):
    client = browser_of(amina)
    old = User.objects.get(pk=amina.pk)
    operations.end_sessions(User.objects.get(pk=amina.pk))
    old.name = "Amina N."
    old.save()
    assert User.objects.get(pk=amina.pk).session_round == 1
    assert not is_in(client)


def test_sessions_of_before_this_release_go_on(amina):
    assert amina.get_session_auth_hash() == AbstractBaseUser.get_session_auth_hash(User(password=amina.password))
    operations.end_sessions(amina)
    assert amina.get_session_auth_hash() != AbstractBaseUser.get_session_auth_hash(User(password=amina.password))


def test_only_who_may_change_people_ends_their_sessions(amina, elena, desk_client):
    client = browser_of(amina)
    listed = reverse("admin:accreditation_user_changelist")
    desk_client(elena).post(listed, {"action": "end_sessions", "_selected_action": [amina.pk]})
    assert is_in(client)


def test_the_page_of_sessions_asks_for_a_form(client, amina):
    browser, other = browser_of(amina), browser_of(amina)
    assert "Sign out everywhere else" in browser.get(reverse("accreditation:my_sessions")).content.decode()
    assert is_in(other)
    assert client.post(reverse("accreditation:my_sessions")).status_code == 302
    assert is_in(other)


# Fixation ---------------------------------------------------------------------------------------------------------------


def test_a_session_that_somebody_prepared_is_not_the_one_that_is_signed_in(amina, draft):
    prepared = Client()
    prepared.post(f"/en/my/inputs/{draft.pk}/edit/", {"title": "Typed while signed out"})
    key = prepared.cookies[settings.SESSION_COOKIE_NAME].value
    victim = Client()
    victim.cookies[settings.SESSION_COOKIE_NAME] = key
    victim.post(reverse("account_login"), {"login": amina.email, "password": PASSWORD})
    assert is_in(victim)
    assert victim.cookies[settings.SESSION_COOKIE_NAME].value != key
    assert not is_in(prepared)
    assert not Session.objects.filter(pk=key).exists()


def test_a_key_that_nobody_gave_out_is_not_taken_over(amina):
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = "presetpresetpresetpresetpreset12"
    client.post(reverse("account_login"), {"login": amina.email, "password": PASSWORD})
    assert is_in(client)
    assert client.cookies[settings.SESSION_COOKIE_NAME].value != "presetpresetpresetpresetpreset12"
    assert not Session.objects.filter(pk="presetpresetpresetpresetpreset12").exists()


def test_the_key_changes_between_password_and_second_factor_and_at_each_press_that_ends_others(amina):
    totp_of(amina)
    client, keys = Client(), []
    client.get(reverse("account_login"))
    for address, given in (
        ("account_login", {"login": amina.email, "password": PASSWORD}),
        ("mfa_authenticate", {"code": totp_code()}),
        ("accreditation:my_sessions", {}),
    ):
        client.post(reverse(address), given)
        keys.append(client.cookies[settings.SESSION_COOKIE_NAME].value)
    assert is_in(client)
    assert len(set(keys)) == 3
    stale = Client()
    for key in keys[:2]:
        stale.cookies[settings.SESSION_COOKIE_NAME] = key
        assert not is_in(stale)


def test_a_session_of_one_person_is_not_carried_into_the_session_of_another(amina, bruno):
    client = browser_of(amina)
    session = client.session
    session["mark"] = "amina's"
    session.save()
    client.force_login(bruno)
    assert "mark" not in client.session
