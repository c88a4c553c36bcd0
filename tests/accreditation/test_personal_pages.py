"""The page of one's own data, and the door to the file: its person only, who has just said who they are."""

import io
import zipfile

import pytest
from django.urls import reverse
from django.utils.timezone import now

from accreditation.personal.archives import make_archives
from tests.accreditation.test_personal_archive import made
from tests.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db


def say_again(client, user):
    """Signed in, and asked once more just now who they are, as allauth notes it."""
    client.force_login(user)
    session = client.session
    said = {"method": "password", "at": now().timestamp(), "reauthenticated": True}
    session["account_authentication_methods"] = [said]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
    return client


def test_the_page_asks_and_says_how_far_it_is(client, amina):
    client.force_login(amina)
    page = reverse("accreditation:my_data")
    assert "Ask for your data" in client.get(page).content.decode()
    assert client.post(page).status_code == 302
    assert "Asked for" in client.get(page).content.decode()
    make_archives(at=now())
    assert "Ready" in client.get(page).content.decode()
    assert "less than a day ago" in client.post(page, follow=True).content.decode()


def test_it_is_fetched_only_by_its_person_who_has_just_said_who_they_are(client, amina, bruno):
    made(amina, at=now())
    address = reverse("accreditation:my_archive")
    assert "/accounts/login/" in client.get(address).headers["Location"]
    client.force_login(amina)
    assert "/accounts/reauthenticate/" in client.get(address).headers["Location"]
    again = client.post("/accounts/reauthenticate/", {"password": PASSWORD, "next": address})
    assert again.headers["Location"] == address
    answer = client.get(address)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/zip")
    assert answer.headers["Cache-Control"] == "no-store, private"
    assert zipfile.is_zipfile(io.BytesIO(b"".join(answer.streaming_content)))
    assert say_again(client, bruno).get(address).status_code == 404


def test_nobody_fetches_it_by_standing_in(desk_client, amina):
    made(amina, at=now())
    client = desk_client(make_user("root", staff=True, is_superuser=True))
    stand_in = reverse("admin:accreditation_user_stand_in", args=[amina.pk])
    client.post(stand_in, {"user_pk": amina.pk, "reason": "Cannot find a draft"})
    assert client.get(reverse("accreditation:my_archive")).status_code == 403
    assert client.get(reverse("accreditation:close_account")).status_code == 403
    assert client.post(reverse("accreditation:my_data")).status_code == 403
