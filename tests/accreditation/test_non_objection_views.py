"""Who sees a circulated list: Member States with a second factor; the public only what the forum's terms say."""

import pytest
from django.urls import reverse

from accreditation.models import Accreditation, ForumTerms, Membership, NonObjectionList, Reading
from accreditation.non_objection import operations
from tests.accreditation.lists import DECISION, LATER, make_list
from tests.factories import make_organisation, make_standing, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def mission(forum):
    """Somebody of a mission whose standing is recorded."""
    person = make_user("envoy")
    mission = make_organisation("Permanent Mission", kind="member_state", focal_point=person)
    make_standing(mission, forum)
    return person


def pages(listed):
    return [reverse("accreditation:circulated"), reverse("accreditation:circulated_list", args=[listed.key])]


def test_a_member_state_reads_the_names_and_each_reading_is_noted(desk_client, mission, forum):
    listed = make_list(forum, "Amber Guild", status="circulated")
    index, one = pages(listed)
    client = desk_client(mission)
    assert one in client.get(index).content.decode()
    page = client.get(one).content.decode()
    assert "Amber Guild" in page
    assert "@example.org" not in page
    assert Reading.objects.filter(what="list", by=mission).count() == 1


def test_without_a_second_factor_one_is_asked_for(client, mission, forum):
    listed = make_list(forum, status="circulated")
    client.force_login(mission)
    for address in pages(listed):
        assert client.get(address).headers["Location"].startswith(reverse("mfa_activate_totp"))
    assert Reading.objects.count() == 0


@pytest.mark.parametrize("status", ["preparing", "frozen"])
def test_a_list_that_was_not_circulated_is_as_a_missing_one(desk_client, mission, forum, status):
    listed = make_list(forum, status=status)
    assert [desk_client(mission).get(address).status_code for address in pages(listed)] == [404, 404]


def strangers(forum):
    former = make_user()
    mission = make_organisation(kind="member_state", focal_point=former)
    make_standing(mission, forum)
    Membership.objects.filter(user=former).update(until="2026-01-21T00:00Z")
    unrecorded, applicant = make_user(), make_user()
    make_organisation(kind="member_state", focal_point=unrecorded)
    make_standing(make_organisation(focal_point=applicant), forum)
    return {"former": former, "standing not recorded": unrecorded, "another kind": applicant, "of no body": make_user()}


def test_for_anybody_else_there_is_no_such_page(desk_client, forum):
    listed = make_list(forum, status="circulated")
    for who, person in strangers(forum).items():
        answers = [desk_client(person).get(address).status_code for address in pages(listed)]
        assert answers == [404, 404], who


@pytest.mark.parametrize(
    ("status", "before", "after", "answer"),
    [
        ("circulated", False, True, 404),
        ("circulated", True, False, 200),
        ("preparing", True, True, 404),
        ("outcome_recorded", True, False, 404),
        ("outcome_recorded", False, True, 200),
    ],
)
def test_the_public_reads_names_as_the_forum_sets(client, forum, status, before, after, answer):
    ForumTerms.objects.create(forum=forum, names_before=before, names_after=after)
    make_list(forum, "Amber Guild", status=status)
    NonObjectionList.objects.filter(status="outcome_recorded").update(letters_released_at="2026-03-01T00:00Z")
    found = client.get(reverse("accreditation:public_lists", args=[forum.slug]))
    assert found.status_code == answer
    assert ("Amber Guild" in found.content.decode()) == (answer == 200)
    assert not found.cookies


def test_nobody_reads_the_outcome_here_before_the_letters_went_out(client, forum):
    ForumTerms.objects.create(forum=forum, names_after=True)
    make_list(forum, status="outcome_recorded")
    assert client.get(reverse("accreditation:public_lists", args=[forum.slug])).status_code == 404


@pytest.mark.parametrize("accredited", [True, False])
def test_an_outcome_is_on_ones_own_pages_once_all_are_told_of_theirs(client, forum, accredited):
    listed = make_list(forum, "Amber Guild", status="period_ended")
    line = listed.lines.get()
    organisation = line.accreditation.organisation
    person = organisation.memberships.get().user
    client.force_login(person)
    outcome = "accredited" if accredited else "not_accredited"
    recorder = make_user(staff=True)
    operations.set_outcomes(listed, outcomes={1: outcome}, by=recorder, at=LATER)
    operations.record_list_outcome(listed, by=recorder, at=LATER, **DECISION)
    pages = [
        reverse("accreditation:my_organisation", args=[organisation.slug]),
        reverse("accreditation:application", args=[organisation.slug, forum.slug]),
        reverse("my"),
    ]
    word = f">{Accreditation.Status(outcome).label}<"

    def shown():
        return [word in client.get(page).content.decode() for page in pages]

    assert shown() == [False] * 3
    asked = client.post(reverse("accreditation:ask_letter", args=[organisation.slug, forum.slug]), {"language": "en"})
    assert asked.url == pages[0]
    assert not line.accreditation.letters.exists()
    operations.release_letters(listed, by=make_user(staff=True), at=LATER)
    assert shown()[:2] == [True, True]
