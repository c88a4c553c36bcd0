"""What is kept about people goes after its term; a dry run says what would go and changes nothing."""

import json
from datetime import timedelta

import pytest
from django.core.management import call_command

from accreditation.models import Invitation, Membership, Registration, User
from accreditation.personal.purging import TERMS, purge
from forums.models import Letter
from tests.accreditation.participation import make_participant, registered
from tests.factories import NOW, join, make_user

pytestmark = pytest.mark.django_db


def days(number):
    return NOW - timedelta(days=number)


def counts(at=NOW, **more):
    return {line.term.code: line.done for line in purge(at=at, **more)}


def letter(key, **fields):
    said = {"kind": "accreditation/submitted", "to": "a@example.org", "language": "en", "subject": "S", "text": "T"}
    return Letter.objects.create(key=key, **{**said, "written_at": days(800), "not_before": days(800), **fields})


@pytest.fixture
def old(amina, organisation, forum):
    """One row of each kind that is over its term, and one that is not."""
    letter("old", sent_at=days(730), tries=1)
    letter("young", sent_at=days(729), tries=1)
    letter("waits")
    for number, until in ((0, days(365)), (1, days(364))):
        invited = {"email": f"i{number}@example.org", "role": "drafter", "by": amina, "at": days(400)}
        organisation.invitations.create(fingerprint=f"{number}" * 64, expires_at=until, **invited)
        join(organisation, make_user(), "drafter", until=until, ended="left", message="It is me")
    standing = make_participant(forum)
    registered(standing, access_needs="A ramp")
    type(forum).objects.filter(pk=forum.pk).update(first_day=days(33).date(), last_day=days(30).date())
    for name, joined in (("late", days(30)), ("fresh", days(29))):
        make_user(name, date_joined=joined).emailaddress_set.update(verified=False)


GONE = {"letters": 1, "invitations": 1, "messages": 1, "needs": 1, "speakers_needs": 0, "accounts": 1}


def test_each_kind_goes_on_its_day_and_not_before(old):
    assert counts() == GONE
    texts = dict(Letter.objects.filter(kind="accreditation/submitted").values_list("key", "text"))
    assert texts == {"old": "", "young": "T", "waits": "T"}
    assert Letter.objects.get(key="old").to == "a@example.org"  # to whom and when stays
    assert Invitation.objects.get().email == "i1@example.org"
    left = Membership.objects.exclude(message="")
    assert [each.until for each in left] == [days(364)]
    assert set(left.get().history.model.objects.exclude(message="").values_list("pgh_obj", flat=True)) == {left.get().pk}
    assert Registration.objects.get().access_needs == ""
    assert not User.objects.filter(email="late@example.org").exists()
    assert User.objects.filter(email="fresh@example.org").exists()
    assert counts() == dict.fromkeys(GONE, 0)


def test_a_dry_run_counts_the_same_and_changes_nothing(old):
    before = list(Letter.objects.order_by("key").values()), Invitation.objects.count(), list(User.objects.values())
    assert counts(dry_run=True) == GONE
    assert (list(Letter.objects.order_by("key").values()), Invitation.objects.count(), list(User.objects.values())) == before


def test_accounts_of_the_desk_and_used_ones_stay_however_old():
    make_user("root", staff=True, date_joined=days(99)).emailaddress_set.update(verified=False)
    make_user("used", date_joined=days(99), last_login=days(98)).emailaddress_set.update(verified=False)
    User.objects.create_user("byhand@example.org", date_joined=days(99))
    assert counts()["accounts"] == 0


def test_terms_follow_the_settings(old, settings):
    settings.LETTERS_KEPT_DAYS = 100
    assert counts(dry_run=True)["letters"] == 2


def test_the_command_prints_what_went_and_why(old, capsys):
    call_command("purge_personal", "--dry-run")
    said = capsys.readouterr().out
    assert "Nothing was changed." in said
    for term in TERMS:
        assert f"({term.days}). {term.why}" in said
    call_command("purge_personal", "--json")
    assert {row["term"] for row in json.loads(capsys.readouterr().out)["terms"]} == set(GONE)
