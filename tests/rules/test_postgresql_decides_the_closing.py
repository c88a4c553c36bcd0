"""Rule 2: SQL decides deadlines, Celery only announces them. No beat and no worker runs in these tests."""

import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from forums.clock import database_now
from forums.models import Call
from forums.refusals import Closed
from submissions import operations
from submissions.models import Submission
from submissions.views import drafts as drafting
from submissions.views import participant, proposing
from tests.factories import make_call, make_draft, make_organisation
from tests.processes import until

pytestmark = pytest.mark.django_db


@pytest.fixture
def closing_soon(forum):
    """A call that closes two seconds from now, by PostgreSQL's clock."""
    at = database_now()
    return make_call(forum, opens_at=at - timedelta(days=1), closes_at=at + timedelta(seconds=2))


def drafts(call, amina, how_many=2):
    organisation = make_organisation(focal_point=amina)
    at = call.opens_at
    return [make_draft(call=call, organisation=organisation, by=amina, at=at) for _ in range(how_many)]


def test_the_closing_needs_no_beat_and_no_worker(closing_soon, amina):
    before, after = drafts(closing_soon, amina)
    version = operations.submit(before, by=amina)
    assert version.sent_at < closing_soon.closes_at
    assert until(lambda: database_now() >= closing_soon.closes_at, patience=20)
    with pytest.raises(Closed):
        operations.submit(after, by=amina)
    assert Submission.objects.get(pk=after.pk).status == "draft"


@pytest.mark.parametrize("hours", [-2, 2])
def test_a_wrong_clock_of_the_web_machine_changes_no_verdict(closing_soon, amina, monkeypatch, hours):
    before, after = drafts(closing_soon, amina)
    honest = timezone.now
    monkeypatch.setattr(timezone, "now", lambda: honest() + timedelta(hours=hours))
    assert operations.submit(before, by=amina).sent_at < closing_soon.closes_at
    assert until(lambda: database_now() >= closing_soon.closes_at, patience=20)
    with pytest.raises(Closed):
        operations.submit(after, by=amina)


def test_a_slow_clock_of_the_web_machine_brings_nothing_withdrawn_back(closing_soon, amina, monkeypatch):
    (sent,) = drafts(closing_soon, amina, 1)
    operations.submit(sent, by=amina)
    withdrawn = Submission.objects.get(pk=sent.pk)
    operations.withdraw(withdrawn, by=amina, at=database_now())
    assert until(lambda: database_now() >= closing_soon.closes_at, patience=20)
    honest = timezone.now
    monkeypatch.setattr(timezone, "now", lambda: honest() - timedelta(hours=2))
    with pytest.raises(Closed):
        operations.reinstate(withdrawn, by=amina)
    assert Submission.objects.get(pk=sent.pk).status == "withdrawn"


def test_control_the_web_clock_would_have_decided_otherwise(closing_soon, amina, monkeypatch):
    """Had the operation asked the web machine, a clock two hours slow would have let a late input in."""
    (late,) = drafts(closing_soon, amina, 1)
    assert until(lambda: database_now() >= closing_soon.closes_at, patience=20)
    slow = timezone.now() - timedelta(hours=2)
    assert operations.submit(late, by=amina, at=slow).number == 1


def test_the_time_on_the_receipt_is_the_databases(call, amina):
    (draft,) = drafts(call, amina, 1)
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        early = cursor.fetchone()[0]
        version = operations.submit(draft, by=amina)
        cursor.execute("SELECT clock_timestamp()")
        late = cursor.fetchone()[0]
    assert early <= version.sent_at <= late
    assert version.content["sent_at"] == version.sent_at.isoformat(timespec="microseconds")


def test_nothing_stores_whether_a_call_is_open():
    assert [field.name for field in Call._meta.get_fields() if "open" in field.name] == ["opens_at"]


@pytest.mark.parametrize("hours", [-2, 2])
@pytest.mark.parametrize("act", ["start", "amend", "add"])
def test_what_is_begun_is_judged_by_the_clock_that_judges_the_sending(forum, amina, client, monkeypatch, act, hours):
    """From the pages, whose own clock is wrong: a call that is open lets begin, one that closed a second ago does not."""
    for module in (drafting, participant, proposing):
        monkeypatch.setattr(module, "now", lambda: timezone.now() + timedelta(hours=hours), raising=False)
    client.force_login(amina)
    at = database_now()
    for closes_at, begun in ((at + timedelta(minutes=10), 1), (at - timedelta(seconds=1), 0)):
        call = make_call(forum, opens_at=at - timedelta(days=1), closes_at=closes_at)
        organisation = make_organisation(focal_point=amina)
        if act == "start":
            address, posted = reverse("submissions:start", args=[forum.slug, call.slug]), {"organisation": organisation.pk}
        else:
            draft = make_draft(call=call, organisation=organisation, by=amina, at=call.opens_at)
            operations.submit(draft, by=amina, at=call.opens_at)
            address, posted = reverse(f"submissions:{act}", args=[draft.pk]), {}
        client.post(address, {**posted, "language": "en", "form_key": uuid.uuid4()})
        assert Submission.objects.filter(call=call, status="draft").count() == begun
