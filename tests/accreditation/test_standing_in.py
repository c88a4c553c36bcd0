"""A superuser looks as a stakeholder: noted with a reason, shown on every page, changing nothing."""

import pytest
from django.urls import reverse

from accreditation.models import Reading, User
from tests.factories import make_user

pytestmark = pytest.mark.django_db
WHY = "Cannot find the draft, ticket 12"


@pytest.fixture
def root(db):
    return make_user("root", staff=True, is_superuser=True)


def stand_in(client, person, reason=WHY):
    return client.post(
        reverse("admin:accreditation_user_stand_in", args=[person.pk]), {"user_pk": person.pk, "reason": reason}
    )


def test_it_is_noted_with_its_reason_and_said_on_every_page(desk_client, root, amina, organisation):
    client = desk_client(root)
    assert stand_in(client, amina).headers["Location"].endswith("/my/")
    noted = Reading.objects.get(what="person")
    assert (noted.by, noted.reason, noted.of, noted.label) == (root, WHY, str(amina.pk), "Amina")
    for address in ("/en/my/", "/en/", reverse("accreditation:my_organisation", args=[organisation.slug])):
        assert "You see the portal as <bdi>Amina</bdi> sees it." in client.get(address).content.decode()


def test_nothing_can_be_changed_but_ending_it(desk_client, root, amina):
    client = desk_client(root)
    stand_in(client, amina)
    answer = client.post("/en/my/letters/", {"language": "fr", "second": "", "topics": []})
    assert answer.status_code == 403
    assert "nothing can be changed" in answer.content.decode()
    assert User.objects.get(pk=amina.pk).language == "en"
    assert client.get("/admin/").status_code == 302  # the desk is closed
    assert client.post(reverse("hijack:release")).status_code == 302
    assert client.get("/en/my/").context["request"].user == root
    assert client.post("/en/my/letters/", {"language": "fr", "second": "", "topics": []}).status_code == 302


def test_a_reason_is_needed(desk_client, root, amina):
    assert "This field is required" in stand_in(desk_client(root), amina, "").content.decode()
    assert Reading.objects.count() == 0


@pytest.mark.parametrize("role", ["administrator", "accreditation"])
def test_only_superusers_may(desk_client, amina, role):
    staff = make_user("staff", staff=True, roles=[role])
    assert stand_in(desk_client(staff), amina).status_code == 403


def test_nobody_stands_in_for_the_desk_or_for_who_is_suspended(desk_client, root, ravi, bruno):
    client = desk_client(root)
    User.objects.filter(pk=bruno.pk).update(is_active=False)
    assert [stand_in(client, person).status_code for person in (ravi, bruno)] == [403, 403]


def test_whoever_is_not_standing_in_ends_nothing(client, amina):
    client.force_login(amina)
    assert client.post(reverse("hijack:release")).status_code == 403
