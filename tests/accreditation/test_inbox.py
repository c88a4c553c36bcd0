"""The letters to a person on their own pages: the same rows as are mailed; never those that open something by themselves."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import now

from forums.models import Letter, LettersSeen
from tests.factories import make_user
from tests.imrf_portal.rooms import make_letter

pytestmark = pytest.mark.django_db
PAGE = reverse("accreditation:inbox")


@pytest.fixture
def mine(client, amina):
    client.force_login(amina)
    return client


def to(person, key, **fields):
    dates = {"written_at": now(), "not_before": now()}
    return make_letter(key, to=person.email, subject=f"Subject {key}", text=f"Text {key}", **{**dates, **fields})


def subjects(client):
    return [letter.subject for letter in client.get(PAGE).context["page"].object_list]


def test_what_was_mailed_is_read_here_too_newest_first_and_nobody_elses(mine, amina, bruno):
    to(amina, "older", sent_at=now(), not_before=now() - timedelta(hours=1))
    to(amina, "newer", failed=True)
    to(bruno, "theirs")
    assert subjects(mine) == ["Subject newer", "Subject older"]
    page = mine.get(PAGE).content.decode()
    assert "Text newer" in page
    assert "theirs" not in page


def test_codes_and_what_is_held_superseded_or_for_later_are_not_shown(mine, amina):
    to(amina, "code", private=True)
    to(amina, "held", held=True)
    to(amina, "later", not_before=now() + timedelta(days=1))
    to(amina, f"{Letter.SUPERSEDED}x")
    assert subjects(mine) == []


def test_the_number_of_new_ones_stands_on_private_pages_only_until_they_are_looked_at(mine, client, amina):
    to(amina, "one")
    to(amina, "two")
    assert "2 new letters" in mine.get(reverse("my")).content.decode()
    assert "new letters" not in mine.get("/en/inputs/").content.decode()
    assert mine.get(PAGE).content.decode().count(">New<") == 2
    assert "new letter" not in mine.get(reverse("my")).content.decode()
    assert ">New<" not in mine.get(PAGE).content.decode()
    to(amina, "three")
    assert "1 new letter" in mine.get(reverse("my")).content.decode()


def test_a_public_page_asks_for_no_letters(mine, amina):
    to(amina, "one")
    with CaptureQueriesContext(connection) as captured:
        assert mine.get("/en/inputs/").status_code == 200
    assert not [query for query in captured if "forums_letter" in query["sql"]]


def test_strangers_sign_in_first_and_nothing_is_posted(client, amina):
    assert client.get(PAGE)["Location"].startswith(reverse("account_login"))
    client.force_login(amina)
    assert client.post(PAGE).status_code == 405
    assert not LettersSeen.objects.exists()


def test_the_page_asks_the_same_for_one_letter_and_for_many(client, count_statements):
    counts = []
    for number in (1, 24):
        person = make_user()
        client.force_login(person)
        client.get(PAGE)
        for each in range(number):
            to(person, f"{person.pk}-{each}")
        counts.append(count_statements(lambda: client.get(PAGE)))
    assert counts[0] == counts[1]
