"""The review page says that a colleague has it open; by name only to those who may know who reviews what."""

from datetime import timedelta

import pytest
from django.core.cache import caches
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from submissions import presence
from tests.factories import join, make_submission, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nobody_there():
    caches["pages"].clear()


@pytest.fixture
def sent(call, organisation, amina):
    return make_submission(call=call, organisation=organisation, by=amina)


def page_of(submission, name="change"):
    return reverse(f"admin:submissions_submission_{name}", args=[submission.pk])


def test_who_opens_it_second_is_told_and_names_are_for_those_who_oversee(desk_client, sent, ravi, elena):
    assert "has this page open too" not in desk_client(ravi).get(page_of(sent)).content.decode()
    page = desk_client(elena).get(page_of(sent)).content.decode()
    assert "Has this page open too: <bdi>Ravi</bdi>" in page
    again = desk_client(ravi).get(page_of(sent)).content.decode()
    assert "A colleague has this page open too." in again
    assert "Elena" not in again


def test_the_script_asks_and_leaves(desk_client, sent, ravi, elena):
    desk_client(elena).get(page_of(sent))
    client = desk_client(ravi)
    assert "A colleague has this page open too." in client.post(page_of(sent, "presence")).content.decode()
    assert desk_client(elena).post(page_of(sent, "presence"), {"leave": "1"}).status_code == 204
    assert desk_client(ravi).post(page_of(sent, "presence")).content.decode().strip() == ""


def test_it_passes_by_itself(sent, ravi, elena):
    at = now()
    presence.others_at(sent.pk, ravi, at=at)
    presence.others_at(sent.pk, elena, at=at, pinged=True)
    assert presence.others_at(sent.pk, ravi, at=at + timedelta(seconds=60)) == ["Elena"]
    assert presence.others_at(sent.pk, ravi, at=at + timedelta(seconds=76)) == []
    assert presence.others_at(sent.pk, elena, at=at + timedelta(minutes=5)) == ["Ravi"]


def test_who_may_not_see_the_input_neither_asks_nor_is_seen(desk_client, sent, ravi, elena, organisation, amina):
    join(organisation, ravi)
    assert desk_client(ravi).post(page_of(sent, "presence")).status_code == 404
    assert "has this page open" not in desk_client(elena).get(page_of(sent)).content.decode()
    stranger = Client()
    stranger.force_login(make_user())
    assert stranger.post(page_of(sent, "presence")).status_code in (302, 403)


def test_without_redis_the_page_opens_all_the_same(desk_client, sent, ravi, monkeypatch):
    class Away:
        def get(self, *_args, **_kwargs):
            return None

        def set(self, *_args, **_kwargs):
            return None

    monkeypatch.setattr(presence, "caches", {"pages": Away()})
    assert desk_client(ravi).get(page_of(sent)).status_code == 200
