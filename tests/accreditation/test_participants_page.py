"""The public page of participants: names of persons who agreed, where the forum says so; never addresses or needs."""

import pytest
from django.urls import reverse

from accreditation.models import Accreditation
from accreditation.participation import registering
from forums.models import Country
from tests.accreditation.participation import make_participant, make_terms, registered
from tests.factories import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def standing(forum, amina):
    make_terms(forum, participants_public=True)
    return make_participant(forum, by=amina, name="Harbour Light")


def page_of(forum):
    return reverse("accreditation:participants", args=[forum.slug])


def shown(client, forum):
    answer = client.get(page_of(forum))
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_forum_that_publishes_no_names_has_no_such_page(client, forum):
    assert client.get(page_of(forum)).status_code == 404
    registered(make_participant(forum), name_public=True)
    make_terms(forum, participants_public=False)
    assert client.get(page_of(forum)).status_code == 404


def test_only_persons_who_agreed_are_named_with_their_organisation(client, standing):
    registered(standing, name="Ada Agreed", name_public=True)
    registered(standing, name="Bo Quiet")
    page = shown(client, standing.forum)
    assert "Ada Agreed" in page
    assert "Harbour Light" in page
    assert "Bo Quiet" not in page


def test_an_organisation_of_which_nobody_agreed_is_not_named(client, standing):
    registered(standing, name="Bo Quiet")
    assert "Harbour Light" not in shown(client, standing.forum)


def test_neither_address_nor_needs_nor_gender_nor_country_nor_function_is_there(client, standing):
    private = {"email": "zq-address@example.org", "access_needs": "zq-ramp", "function": "zq-function"}
    registered(standing, name="Ada Agreed", name_public=True, country=Country.objects.get(pk="NPL"), **private)
    page = shown(client, standing.forum)
    assert "Ada Agreed" in page
    assert not [word for word in ("zq-", "Nepal", "Woman", "amina") if word in page]


def test_who_takes_the_consent_back_is_gone_at_once(client, standing, amina):
    made = registered(standing, name="Ada Agreed", name_public=True)
    said = {name: getattr(made, name) for name in registering.PERSON}
    registering.correct(made, person={**said, "name_public": False}, by=amina, at=NOW)
    assert "Ada Agreed" not in shown(client, standing.forum)


def test_who_is_cancelled_is_gone(client, standing, amina):
    made = registered(standing, name="Ada Agreed", name_public=True)
    registering.cancel(made, reason="Ill", by=amina, at=NOW)
    assert "Ada Agreed" not in shown(client, standing.forum)


@pytest.mark.parametrize("status", ["withdrawn", "expired", "not_accredited"])
def test_persons_of_an_organisation_without_standing_are_gone(client, standing, status):
    registered(standing, name="Ada Agreed", name_public=True)
    Accreditation.objects.filter(pk=standing.pk).update(status=status)
    assert "Ada Agreed" not in shown(client, standing.forum)


def test_the_page_costs_the_same_for_many(client, standing, count_statements):
    registered(standing, name_public=True)
    shown(client, standing.forum)
    few = count_statements(lambda: shown(client, standing.forum))
    for _number in range(5):
        registered(make_participant(standing.forum), name_public=True)
    assert count_statements(lambda: shown(client, standing.forum)) == few
