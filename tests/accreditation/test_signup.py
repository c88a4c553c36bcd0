"""Signing up and in through HTTP, as a browser does it; the codes are read from the stored letters."""

import re

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import translation

from accreditation.models import User
from forums.models import Letter
from forums.operations import send_due_letters
from tests.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db
NEW = "nadia@example.org"
WHERE_TO = "/fr/my/inputs/"


def sign_up(client, email=NEW, **answers):
    url = reverse("account_signup") + f"?next={WHERE_TO}"
    shown = client.get(url)
    form = {"name": "Nadia", "email": email, "password1": PASSWORD, "language": "fr", "next": WHERE_TO}
    assert shown.status_code == 200
    return client.post(url, {**form, **answers})


def code_in(letter):
    return re.search(r"^\s*([A-Z0-9]{3,}-?[A-Z0-9]{3,})\s*$", letter.text, re.MULTILINE).group(1)


def newest_letter():
    return Letter.objects.order_by("-written_at").first()


def test_a_new_address_signs_up_with_the_code_of_its_letter_and_arrives_where_it_wanted_to_go(client):
    answer = sign_up(client)
    assert answer.url == reverse("account_email_verification_sent")
    letter = newest_letter()
    assert (letter.to, letter.private) == (NEW, True)
    confirmed = client.post(answer.url, {"code": code_in(letter)})
    assert confirmed.url == WHERE_TO
    person = User.objects.get(email=NEW)
    assert (person.name, person.language) == ("Nadia", "fr")
    assert client.get(confirmed.url).status_code == 200


def test_nobody_is_in_before_the_code(client):
    sign_up(client)
    assert client.get("/fr/my/").status_code == 302
    assert not User.objects.get(email=NEW).emailaddress_set.get().verified


def test_a_wrong_code_opens_nothing(client):
    answer = sign_up(client)
    assert client.post(answer.url, {"code": "WRONG1"}).status_code == 200
    assert client.get("/fr/my/").status_code == 302


def test_the_code_is_erased_once_the_letter_is_sent(client):
    sign_up(client)
    letter = newest_letter()
    assert send_due_letters(at=letter.not_before) == 1
    letter.refresh_from_db()
    assert (letter.text, letter.html) == ("", "")


def plain(answer):
    """A page without what differs at every request."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", answer.content.decode())
    return text.replace("known@example.org", NEW)


def test_known_and_new_addresses_get_the_same_answer_at_signing_up(client, django_user_model):
    make_user("known")
    new, known = sign_up(client), sign_up(type(client)(), email="known@example.org")
    assert (new.status_code, new.url) == (known.status_code, known.url)
    assert new.headers.keys() == known.headers.keys()
    other = type(client)()
    known = sign_up(other, email="known@example.org")
    assert plain(client.get(new.url)) == plain(other.get(known.url))
    assert User.objects.count() == 2


def test_whoever_has_an_account_already_is_told_by_letter(client):
    make_user("known")
    sign_up(client, email="known@example.org")
    letter = newest_letter()
    assert letter.to == "known@example.org"
    assert f"{settings.SITE_URL}{reverse('account_reset_password')}" in letter.text


@pytest.mark.parametrize("email", ["known@example.org", "nobody@example.org"])
def test_known_and_new_addresses_get_the_same_answer_at_a_wrong_password(client, email):
    make_user("known")
    answer = client.post(reverse("account_login"), {"login": email, "password": "not this one at all"})
    shown = answer.content.decode()
    assert answer.status_code == 200
    assert "The email address and/or password you specified are not correct." in shown


def reset(client, email):
    return client.post(reverse("account_reset_password"), {"email": email})


def test_known_and_new_addresses_get_the_same_answer_at_a_forgotten_password(client):
    make_user("known")
    known, new = reset(client, "known@example.org"), reset(client, "nobody@example.org")
    assert (known.status_code, known.url) == (new.status_code, new.url)
    assert sorted(Letter.objects.values_list("to", flat=True)) == ["known@example.org", "nobody@example.org"]


def test_a_forgotten_password_is_set_anew_through_the_link_of_the_letter(client):
    make_user("known")
    reset(client, "known@example.org")
    link = re.search(rf"^{re.escape(settings.SITE_URL)}(/accounts/\S+)$", newest_letter().text, re.MULTILINE).group(1)
    form = client.get(link, follow=True)
    new = "a wholly different sentence"
    client.post(form.redirect_chain[-1][0], {"password1": new, "password2": new})
    assert sign_in(type(client)(), PASSWORD).status_code == 200
    assert sign_in(type(client)(), new).url == reverse("my")


def sign_in(client, password, **more):
    return client.post(reverse("account_login"), {"login": "known@example.org", "password": password, **more})


def test_signing_in_leads_back_to_the_page_in_its_language(client):
    make_user("known")
    sent_away = client.get("/es/my/inputs/?status=draft")
    assert sent_away.url == reverse("account_login") + "?lang=es&next=%2Fes%2Fmy%2Finputs%2F%3Fstatus%3Ddraft"
    form = client.get(sent_away.url)
    assert form.headers["Content-Language"] == "es"
    assert 'name="next" value="/es/my/inputs/?status=draft"' in form.content.decode()
    assert sign_in(client, PASSWORD, next="/es/my/inputs/?status=draft").url == "/es/my/inputs/?status=draft"


@pytest.mark.parametrize("away", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"])
def test_signing_in_never_leads_to_another_site(client, away):
    make_user("known")
    assert sign_in(client, PASSWORD, next=away).url == reverse("my")


@pytest.mark.parametrize("language", [code for code, _ in settings.LANGUAGES])
def test_my_page_sends_signed_out_people_to_sign_in_in_their_language(client, language):
    with translation.override(language):
        page = reverse("my")
    answer = client.get(page)
    assert answer.url == f"{reverse('account_login')}?lang={language}&next=%2F{language}%2Fmy%2F"
    assert client.get(answer.url).headers["Content-Language"] == language


def test_a_letter_about_an_account_names_the_configured_host(client, settings):
    settings.ALLOWED_HOSTS = ["*"]
    make_user("known")
    client.post(reverse("account_reset_password"), {"email": "known@example.org"}, headers={"host": "evil.example"})
    letter = newest_letter()
    assert "evil.example" not in letter.text + letter.html
    assert settings.SITE_URL in letter.text


def test_a_letter_about_an_account_is_in_the_language_its_reader_chose(client):
    make_user("known", language="ar")
    reset(client, "known@example.org")
    assert newest_letter().language == "ar"
