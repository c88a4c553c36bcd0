"""The door of the desk, and every page behind it."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.contrib import admin
from django.contrib.admin.helpers import ActionForm
from django.contrib.admin.templatetags.admin_list import results
from django.contrib.admin.templatetags.admin_urls import add_preserved_filters
from django.contrib.admin.views.main import ChangeList
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils.html import escape
from pytest_django.asserts import assertContains, assertHTMLEqual

from forums.admin.acting import Actions
from forums.admin.lines import lines_of
from imrf_portal.rooms import rooms_of
from tests import factories

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
ROOMS = sorted((model._meta.app_label, model._meta.model_name) for model in admin.site._registry)


def code():
    counter = next(iter(yield_hotp_counters_from_time()))
    return format_hotp_value(hotp_value(SECRET, counter))


def by_password(client, user):
    return client.post(reverse("account_login"), {"login": user.email, "password": factories.PASSWORD})


# The door ------------------------------------------------------------------------------------------------------------


def test_strangers_are_sent_to_the_one_place_where_anybody_signs_in(client):
    response = client.get("/admin/forums/forum/", follow=True)
    assert response.redirect_chain[0][0] == "/admin/login/?next=/admin/forums/forum/"
    assert response.redirect_chain[-1][0] == "/accounts/login/?next=/admin/forums/forum/"


def test_the_log_in_page_of_django_is_never_shown(client, ravi):
    for user in (None, ravi):
        if user:
            client.force_login(user)
        for method in (client.get, client.post):
            response = method("/admin/login/", {"username": "ravi@example.org", "password": factories.PASSWORD})
            assert response.status_code == 302
            assert "/admin/" not in response["Location"].partition("?")[0]


def test_a_log_in_leads_nowhere_outside(client, ravi, desk_client):
    desk_client(ravi)
    assert client.get("/admin/login/?next=https://evil.example/").headers["Location"] == "/admin/"


def test_staff_without_a_second_factor_are_led_to_set_one_up(client, ravi):
    by_password(client, ravi)
    response = client.get("/admin/", follow=True)
    assert "/accounts/2fa/totp/activate/" in [url.partition("?")[0] for url, _status in response.redirect_chain]


@pytest.mark.parametrize(
    "address", ["/admin/", "/admin/forums/forum/", "/admin/jsi18n/", "/admin/autocomplete/", "/admin/nothing/"]
)
def test_a_session_with_a_password_only_sees_no_page(client, ravi, address):
    client.force_login(ravi)
    assert client.get(address).status_code == 302
    assert client.post(address).status_code == 302


def test_who_set_up_a_second_factor_later_proves_it_before_the_desk_opens(client, ravi):
    client.force_login(ravi)
    TOTP.activate(ravi, SECRET)
    response = client.get("/admin/", follow=True)
    assert response.redirect_chain[-1][0] == "/accounts/2fa/reauthenticate/?next=/admin/"
    response = client.post("/accounts/2fa/reauthenticate/?next=/admin/", {"code": code(), "next": "/admin/"})
    assert response.headers["Location"] == "/admin/"
    assert client.get("/admin/").status_code == 200


def test_signing_in_with_password_and_code_opens_the_desk(client, ravi):
    TOTP.activate(ravi, SECRET)
    assert by_password(client, ravi).headers["Location"].startswith("/accounts/2fa/authenticate/")
    assert client.get("/admin/").status_code == 302
    client.post("/accounts/2fa/authenticate/", {"code": code()})
    assert client.get("/admin/").status_code == 200


def test_a_recovery_code_opens_the_desk(client, ravi):
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    TOTP.activate(ravi, SECRET)
    codes = RecoveryCodes.activate(ravi).get_unused_codes()
    by_password(client, ravi)
    client.post("/accounts/2fa/authenticate/", {"code": codes[0]})
    assert client.get("/admin/").status_code == 200


def test_a_passkey_opens_the_desk(client, ravi):
    key = Authenticator.objects.create(user=ravi, type="webauthn", data={"name": "Key", "credential": {}})
    client.force_login(ravi)
    session = client.session
    session["account_authentication_methods"] = [
        {"method": "mfa", "at": time.time(), "id": key.pk, "type": "webauthn", "passwordless": True}
    ]
    session["account_authentication_methods_user"] = str(ravi.pk)
    session.save()
    assert client.get("/admin/").status_code == 200


def test_a_second_factor_that_was_taken_off_closes_the_desk_at_once(client, ravi, desk_client):
    desk_client(ravi)
    assert client.get("/admin/").status_code == 200
    Authenticator.objects.filter(user=ravi).delete()
    assert client.get("/admin/").status_code == 302


def test_what_another_person_proved_in_this_browser_does_not_count(client, ravi, elena, desk_client):
    desk_client(ravi)
    session = client.session
    methods = session["account_authentication_methods"]
    client.force_login(elena)
    session = client.session
    session["account_authentication_methods"] = methods
    session["account_authentication_methods_user"] = str(ravi.pk)
    session.save()
    assert client.get("/admin/").status_code == 302


def test_suspended_and_former_staff_are_out_with_the_next_click(client, ravi, desk_client):
    desk_client(ravi)
    ravi.is_staff = False
    ravi.save()
    assert client.get("/admin/").status_code == 302
    ravi.is_staff, ravi.is_active = True, False
    ravi.save()
    assert client.get("/admin/").status_code == 302


def test_a_stakeholder_is_led_to_their_own_page(client, amina, desk_client):
    desk_client(amina)
    assert client.get("/admin/login/?next=/admin/").headers["Location"] == reverse("my")


def test_signing_out_asks_for_a_form_and_ends_the_session(client, ravi, desk_client):
    desk_client(ravi)
    assert client.get("/admin/logout/").headers["Location"] == reverse("account_logout")
    assert client.get("/admin/").status_code == 200
    assert client.post("/admin/logout/").headers["Location"] == reverse("home")
    assert client.get("/admin/").status_code == 302


def test_passwords_are_changed_where_everybody_changes_them(client, ravi, desk_client):
    desk_client(ravi)
    for address in ("/admin/password_change/", "/admin/password_change/done/"):
        for method in (client.get, client.post):
            assert method(address).status_code == 302
    assert client.get("/admin/password_change/").headers["Location"] == reverse("account_change_password")


def test_no_page_of_the_desk_tells_what_stands_at_the_address_of_any_object(client, ravi, desk_client, draft):
    from django.contrib.contenttypes.models import ContentType

    desk_client(ravi)
    kind = ContentType.objects.get_for_model(draft).pk
    assert client.get(f"/admin/r/{kind}/{draft.pk}/").status_code == 404


# Languages -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("language", "direction"), [("ar", "rtl"), ("fr", "ltr"), ("zh-hans", "ltr")])
def test_the_language_is_chosen_on_any_page_and_its_filters_stay(client, dalia, desk_client, language, direction):
    desk_client(dalia)
    response = client.get(f"/admin/forums/letter/?state=failed&lang={language}")
    assert response.headers["Location"] == "/admin/forums/letter/?state=failed"
    page = client.get(response.headers["Location"]).content.decode()
    assert f'<html lang="{language}" dir="{direction}">' in page
    assert "/admin/forums/letter/?state=failed&amp;lang=es" in page


def test_what_somebody_signed_out_typed_into_a_form_is_given_back_once(client, dalia, desk_client, forum):
    address = reverse("admin:forums_forum_change", args=[forum.pk])
    assert client.post(address, {"chair_en": "A name looked up for an hour", "year": "2026"}).status_code == 302
    shelf = {name: value for name, value in client.session.items() if name.startswith("typed")}
    desk_client(dalia)
    session = client.session
    session.update(shelf)
    session.save()
    assert "A name looked up for an hour" in client.get(address).content.decode()
    assert "A name looked up for an hour" not in client.get(address).content.decode()


# Pages ---------------------------------------------------------------------------------------------------------------


def test_every_room_has_its_place_in_the_order():
    from imrf_portal.desk import ORDER

    assert {name for _app, name in ROOMS} == set(ORDER)


def test_only_the_rooms_of_the_portal_are_there():
    assert {app for app, _name in ROOMS} == {"forums", "accreditation", "submissions"}


@pytest.fixture
def superuser(db):
    return factories.make_user("sam", staff=True, is_superuser=True)


@pytest.mark.parametrize("roles", [["reviewer"], ["administrator"], []])
def test_the_list_of_rooms_says_what_that_of_django_says(rf, roles, db):
    request = rf.get("/admin/")
    request.user = factories.make_user(staff=True, roles=roles, is_superuser=not roles)
    theirs = admin.site._build_app_dict(request)
    for app in theirs.values():
        app["models"] = [{"view_only": True, **room} for room in app["models"]]  # theirs says it only where one may look
    assert rooms_of(admin.site, request) == theirs


def test_a_permission_that_is_taken_away_takes_its_room_out_of_the_list_at_once(rf, db):
    request = rf.get("/admin/")
    request.user = person = factories.make_user(staff=True, roles=["reviewer"])
    named = {room["object_name"] for room in rooms_of(admin.site, request)["submissions"]["models"]}
    assert "Submission" in named
    person.groups.clear()
    request.user = type(person).objects.get(pk=person.pk)
    assert rooms_of(admin.site, request) == {}


@pytest.mark.parametrize("is_superuser", [True, False])
def test_permissions_are_those_that_django_reads_in_two_statements(is_superuser, count_statements, db):
    person = factories.make_user(staff=True, roles=["reviewer", "editor"], is_superuser=is_superuser)
    person.user_permissions.add(Permission.objects.get(codename="view_sweep"))
    person, other = (type(person).objects.get(pk=person.pk) for _each in range(2))
    assert count_statements(person.get_all_permissions) == 1
    assert person.get_all_permissions() == other.get_user_permissions() | other.get_group_permissions()
    assert "forums.view_sweep" in person.get_all_permissions()


def test_boxes_and_addresses_of_a_list_are_those_that_django_makes(client, superuser, desk_client):
    organisation = factories.make_organisation('"><b>Sœurs & "Frères"</b>')
    page = desk_client(superuser).get("/admin/accreditation/organisation/", {"q": "Frères", "o": "-1"})
    shown, room = page.context["cl"], admin.site._registry[type(organisation)]
    assertHTMLEqual(room.action_checkbox(organisation), admin.ModelAdmin.action_checkbox(room, organisation))
    plain = ChangeList.url_for_result(shown, organisation)
    theirs = add_preserved_filters({"preserved_filters": shown.kept, "opts": shown.opts}, plain)
    assert shown.kept
    assertContains(page, f'href="{escape(theirs)}"')


def test_the_line_of_actions_is_that_of_django():
    theirs, ours = ActionForm(auto_id=None), Actions(auto_id=None)
    for form in (theirs, ours):
        form.fields["action"].choices = [("", "-" * 9), ("take_up", '"><b>Sœurs & "Frères"</b>')]
    assertHTMLEqual("".join(map(str, ours)), "".join(map(str, theirs)))
    assert Actions({"action": "take_up"}).fields["action"].required


@pytest.mark.parametrize(("app", "name"), ROOMS)
def test_every_page_of_every_room_opens_for_a_superuser(client, superuser, desk_client, rooms, app, name):
    desk_client(superuser)
    row = rooms[name]
    for address in (
        reverse(f"admin:{app}_{name}_changelist"),
        reverse(f"admin:{app}_{name}_changelist") + "?q=harbour",
        reverse(f"admin:{app}_{name}_change", args=[row.pk]),
        reverse(f"admin:{app}_{name}_history", args=[row.pk]),
    ):
        response = client.get(address)
        assert response.status_code == 200, address
        page = response.content.decode()
        assert "<script>" not in page
        assert ' style="' not in page
        assert ' onclick="' not in page
    listed = client.get(reverse(f"admin:{app}_{name}_changelist"))
    assert reverse(f"admin:{app}_{name}_change", args=[row.pk]) in listed.content.decode()
    if "cl" in listed.context:  # not the audit, which draws a page of its own
        assert lines_of(listed.context["cl"]) == ["".join(cells) for cells in results(listed.context["cl"])]


@pytest.mark.parametrize(("app", "name"), ROOMS)
def test_nobody_deletes_anything_superusers_neither(client, superuser, desk_client, rooms, app, name):
    desk_client(superuser)
    row = rooms[name]
    assert client.post(reverse(f"admin:{app}_{name}_delete", args=[row.pk]), {"post": "yes"}).status_code == 403
    listed = reverse(f"admin:{app}_{name}_changelist")
    client.post(listed, {"action": "delete_selected", "_selected_action": row.pk, "post": "yes"})
    assert type(row)._base_manager.filter(pk=row.pk).exists()
