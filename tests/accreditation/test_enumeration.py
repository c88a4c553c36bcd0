"""No page tells whether somebody has an account: whoever is asked about, the answer is the same."""

import re
import time

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from accreditation.models import User
from forums.models import Letter
from imrf_portal import settings as real
from tests.accreditation import enumeration_bench as bench
from tests.browser import totp_of
from tests.factories import PASSWORD, make_organisation, make_user

pytestmark = pytest.mark.django_db
ASKED = "asked-about@example.org"


def nobody():
    """There is no such account."""


def somebody():
    return make_user("asked-about")


def somebody_with_a_second_factor():
    totp_of(somebody())


def somebody_of_the_desk():
    make_user("asked-about", staff=True, roles=["reviewer"])


def somebody_suspended():
    User.objects.filter(pk=somebody().pk).update(is_active=False)


def somebody_who_never_confirmed():
    somebody().emailaddress_set.update(verified=False)


def somebody_without_a_password():
    person = somebody()
    person.set_unusable_password()
    person.save()


PEOPLE = (
    somebody,
    somebody_with_a_second_factor,
    somebody_of_the_desk,
    somebody_suspended,
    somebody_who_never_confirmed,
    somebody_without_a_password,
)


# The doors: what a stranger may post about an address --------------------------------------------------------------------


def signing_in(client):
    return client.post(reverse("account_login"), {"login": ASKED, "password": "not this one at all"})


def signing_in_elsewhere(client):
    return client.post("/admin/login/?next=/admin/", {"username": ASKED, "password": "not this one at all"})


def forgetting_the_password(client):
    return client.post(reverse("account_reset_password"), {"email": ASKED})


def signing_up(client):
    given = {"name": "A stranger", "email": ASKED, "password1": PASSWORD, "language": "en"}
    return client.post(reverse("account_signup"), given)


def inviting(client):
    inviter = make_user("inviter")
    organisation = make_organisation("Harbour Light", focal_point=inviter)
    client.force_login(inviter)
    return client.post(reverse("accreditation:people", args=[organisation.slug]), {"email": ASKED, "role": "drafter"})


DOORS = (signing_in, signing_in_elsewhere, forgetting_the_password, signing_up, inviting)


def plain(answer):
    """A page without what differs at every request."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", answer.content.decode())
    text = re.sub(r"<time .*?</time>", "", text, flags=re.DOTALL)  # a minute may end between two requests
    return without_number(re.sub(r'"(challenge|nonce)": ?"[^"]+"', "", text))


def without_number(text):
    """Each organisation and each invitation of a test has the next number in its address."""
    return re.sub(r"(organisation-|invitations/)\d+", r"\1", text)


def said(client, answer):
    """Everything that a stranger can tell an answer by, and the page to which it leads."""
    seen = [answer.status_code, plain(answer), sorted(answer.headers), sorted(answer.cookies)]
    if answer.status_code == 302:
        after = client.get(answer.headers["Location"])
        seen += [without_number(answer.headers["Location"]), after.status_code, plain(after)]
    return seen


def told(door, whom):
    """What is answered, and how many letters are written."""
    whom()
    client = Client()
    Letter.objects.all().delete()
    answer = said(client, door(client))
    return answer, Letter.objects.count()


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("whom", PEOPLE)
def test_a_door_answers_about_everybody_as_about_nobody(door, whom):
    answers = []
    for each in (nobody, whom):
        with transaction.atomic():
            answers.append(told(door, each))
            transaction.set_rollback(True)
    about_nobody, about_somebody = answers
    assert about_somebody == about_nobody


def test_the_doors_would_tell_by_a_right_password(client):
    """So the table above compares something."""
    make_user("asked-about")
    right = client.post(reverse("account_login"), {"login": ASKED, "password": PASSWORD})
    assert (right.status_code, signing_in(Client()).status_code) == (302, 200)


def test_an_address_is_known_however_it_is_spelt(client):
    """A second account beside the first would tell by its being possible."""
    make_user("asked-about")
    spelt = {"name": "A stranger", "email": ASKED.upper(), "password1": PASSWORD, "language": "en"}
    client.post(reverse("account_signup"), spelt)
    assert User.objects.filter(email__iexact=ASKED).count() == 1


@pytest.mark.parametrize("door", [signing_up, forgetting_the_password])
def test_what_differs_in_time_waits_for_the_longer_time(client, settings, door):
    settings.EVEN_ANSWERS_MILLISECONDS = 700
    begun = time.monotonic()
    door(client)
    assert time.monotonic() - begun >= 0.7


def test_other_pages_do_not_wait(client, settings):
    settings.EVEN_ANSWERS_MILLISECONDS = 60_000
    assert client.get(reverse("account_signup")).status_code == 200
    assert signing_in(client).status_code == 200


@pytest.mark.soak
def test_benchmark_of_time(settings):
    settings.PASSWORD_HASHERS = real.PASSWORD_HASHERS
    settings.EVEN_ANSWERS_MILLISECONDS = real.EVEN_ANSWERS_MILLISECONDS
    accounts = [make_user(f"account-{number}").email for number in range(bench.EACH)]
    doors = {
        "account_login": lambda address: {"login": address, "password": "not this one at all"},
        "account_reset_password": lambda address: {"email": address},
        "account_signup": lambda address: {"name": "A", "email": address, "password1": PASSWORD, "language": "en"},
    }
    for door, given in doors.items():
        share = bench.measured(door, given, accounts)
        print(f"{door}: AUC {max(share, 1 - share):.2f} over {bench.EACH}+{bench.EACH} tries")  # noqa: T201
