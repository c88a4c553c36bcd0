"""Who acts for an organisation: invited, given a role, removed, gone; somebody always speaks for it."""

import re
import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils.timezone import now

from accreditation import operations
from accreditation.models import Invitation, Membership, Organisation
from forums.models import Letter
from forums.refusals import Refused
from tests.factories import NOW, join, make_organisation, make_user

pytestmark = pytest.mark.django_db
PEOPLE = "accreditation:people"


@pytest.fixture
def mine(client, amina):
    client.force_login(amina)
    return client


def invite(client, organisation, email="bruno@example.org", role="drafter"):
    return client.post(reverse(PEOPLE, args=[organisation.slug]), {"email": email, "role": role})


def link_to(email="bruno@example.org"):
    text = Letter.objects.filter(to=email, kind="accreditation/invited").latest("written_at").text
    return re.search(r"(/en/my/invitations/\S+)", text)[1]


def test_an_invited_person_joins_by_pressing_and_only_once(mine, client, organisation, bruno):
    assert invite(mine, organisation).status_code == 302
    assert Letter.objects.get().private
    assert Invitation.objects.get().fingerprint not in Letter.objects.get().text
    address = link_to()
    client.force_login(bruno)
    assert "invites you to act for" in client.get(address).content.decode()
    assert not organisation.memberships.filter(user=bruno).exists()  # following the link accepts nothing
    assert client.post(address).headers["Location"].endswith(f"/my/organisations/{organisation.slug}/")
    assert organisation.memberships.standing().get(user=bruno).role == "drafter"
    assert "was used already" in client.post(address).content.decode()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"taken_back_at": NOW}, "was taken back"),
        ({"expires_at": NOW}, "has run out"),
        ({"email": "somebody.else@example.org"}, "sent to another address"),
    ],
)
def test_a_link_that_does_not_hold_says_why(mine, client, organisation, bruno, change, words):
    invite(mine, organisation)
    address = link_to()
    Invitation.objects.update(**change)
    client.force_login(bruno)
    for answer in (client.get(address), client.post(address)):
        assert words in answer.content.decode()
    assert not organisation.memberships.filter(user=bruno).exists()


def test_an_unknown_link_helps_and_somebody_signed_out_comes_back(mine, client, organisation):
    unknown = client.get("/en/my/invitations/nothing/")
    assert (unknown.status_code, "whole link" in unknown.content.decode()) == (404, True)
    invite(mine, organisation)
    client.logout()
    assert "next=/en/my/invitations/" in client.get(link_to()).headers["Location"].replace("%2F", "/")


def test_the_answer_does_not_tell_who_has_an_account(mine, organisation, bruno):
    said = [
        mine.post(reverse(PEOPLE, args=[organisation.slug]), {"email": email, "role": "viewer"}, follow=True)
        for email in ("bruno@example.org", "nobody@example.org")
    ]
    assert said[0].redirect_chain == said[1].redirect_chain
    assert Letter.objects.filter(kind="accreditation/invited").count() == 2


def test_inviting_again_leaves_one_link_and_floods_nobody(mine, organisation):
    for _press in range(5):
        invite(mine, organisation)
    assert Invitation.objects.open(now()).count() == 1
    assert "Try again tomorrow" in invite(mine, organisation).content.decode()
    assert Letter.objects.filter(to="bruno@example.org").count() == 5


def test_a_name_of_an_organisation_puts_no_link_into_the_letter(client, amina):
    organisation = make_organisation("Win [here](https://evil.example) <b>now</b>\r\nBcc: x@evil.example", focal_point=amina)
    operations.invite(organisation, email="bruno@example.org", role="viewer", by=amina, at=NOW)
    letter = Letter.objects.get()
    assert "\n" not in letter.subject
    assert 'href="https://evil.example' not in letter.html
    assert "<b>now</b>" not in letter.html


# Roles ---------------------------------------------------------------------------------------------------------------


def test_the_last_one_who_speaks_neither_leaves_nor_is_removed(mine, organisation, amina, bruno):
    drafter = join(organisation, bruno, role="drafter")
    own = organisation.memberships.get(user=amina)
    for act in (
        lambda: operations.leave(own, at=NOW),
        lambda: operations.remove(own, by=bruno, at=NOW),
        lambda: operations.change_role(own, role="viewer", by=bruno, at=NOW),
    ):
        with pytest.raises(Refused, match="Nobody else speaks"):
            act()
    operations.hand_over(own, to=drafter, by=amina, at=NOW)
    roles = dict(organisation.memberships.values_list("user__name", "role"))
    assert roles == {"Amina": "drafter", "Bruno": "focal_point"}
    operations.leave(Membership.objects.get(pk=own.pk), at=NOW)
    assert Membership.objects.get(pk=own.pk).ended == "left"


def test_a_removed_person_sees_nothing_from_that_moment(mine, client, organisation, bruno):
    membership = join(organisation, bruno, role="alternate")
    other = type(client)()
    other.force_login(bruno)
    own = reverse("accreditation:my_organisation", args=[organisation.slug])
    assert other.get(own).status_code == 200
    mine.post(reverse("accreditation:member", args=[organisation.slug, membership.pk]), {"act": "remove"})
    missing = other.get(reverse("accreditation:my_organisation", args=["no-such-body"]))
    assert (other.get(own).status_code, missing.status_code) == (404, 404)
    assert Letter.objects.filter(to=bruno.email, kind="accreditation/membership_ended").count() == 1


@pytest.mark.parametrize("role", ["drafter", "viewer"])
def test_only_those_who_speak_manage_people(client, organisation, bruno, role):
    membership = join(organisation, bruno, role=role)
    client.force_login(bruno)
    pages = [
        reverse(PEOPLE, args=[organisation.slug]),
        reverse("accreditation:member", args=[organisation.slug, membership.pk]),
    ]
    assert [client.get(page).status_code for page in pages] == [404, 404]
    assert invite(client, organisation).status_code == 404
    assert client.get(reverse("accreditation:leave", args=[organisation.slug])).status_code == 200


def test_strangers_and_suspended_people_find_no_such_page(client, organisation, bruno, amina):
    client.force_login(bruno)
    assert client.get(reverse(PEOPLE, args=[organisation.slug])).status_code == 404
    client.force_login(amina)
    type(amina).objects.filter(pk=amina.pk).update(is_active=False)
    assert client.get(reverse(PEOPLE, args=[organisation.slug])).status_code == 302


def test_members_of_another_organisation_are_not_reached(mine, organisation, other_organisation):
    theirs = other_organisation.memberships.get()
    answer = mine.post(reverse("accreditation:member", args=[organisation.slug, theirs.pk]), {"act": "remove"})
    assert answer.status_code == 404
    assert Membership.objects.get(pk=theirs.pk).until is None


# The desk ------------------------------------------------------------------------------------------------------------


def test_the_desk_hands_over_when_the_person_has_left(organisation, amina, bruno, dalia):
    gone, to = organisation.memberships.get(), join(organisation, bruno, role="viewer")
    with pytest.raises(Refused, match="Say why"):
        operations.hand_over_by_desk(organisation, to=to, ending=[gone], reason=" ", by=dalia, at=NOW)
    operations.hand_over_by_desk(organisation, to=to, ending=[gone], reason="Letter of 5 January", by=dalia, at=NOW)
    states = dict(organisation.memberships.values_list("user__name", "ended"))
    assert states == {"Amina": "by_desk", "Bruno": ""}
    assert organisation.memberships.standing().get().role == "focal_point"
    assert set(Letter.objects.values_list("to", flat=True)) == {"amina@example.org", "bruno@example.org"}


def test_nobody_of_the_desk_hands_over_to_themselves(organisation, dalia):
    own = join(organisation, dalia, role="viewer")
    with pytest.raises(Refused, match="to themselves"):
        operations.hand_over_by_desk(organisation, to=own, ending=[], reason="A letter", by=dalia, at=NOW)


@pytest.mark.django_db(transaction=True)
def test_two_focal_points_remove_each_other_at_once_and_one_stays():
    organisation = make_organisation()
    both = [join(organisation, make_user()) for _each in range(2)]
    start, said = threading.Barrier(2), []

    def act(mine, theirs):
        start.wait()
        try:
            operations.remove(theirs, by=mine.user, at=NOW + timedelta(seconds=1))
            said.append("done")
        except Refused:
            said.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=act, args=pair) for pair in (both, both[::-1])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(said) == ["done", "refused"]
    assert Organisation.objects.get().memberships.standing().count() == 1
