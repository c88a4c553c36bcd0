"""What is committed late, with a stamp older than one already told, is told all the same: lists end at the horizon."""

from contextlib import contextmanager

import pytest
from django.db import connection
from django.test.client import RequestFactory
from django.utils.timezone import now
from lxml import etree

from submissions.harvest import answering
from submissions.harvest.tokens import Place
from submissions.models import PublishedInput
from tests.factories import make_published

pytestmark = pytest.mark.django_db(transaction=True)
OAI = {"o": "http://www.openarchives.org/OAI/2.0/"}


@contextmanager
def somebody_writes(row):
    """Another connection has changed a row and not committed yet; it commits at the end."""
    other = connection.copy()
    try:
        other.set_autocommit(False)
        with other.cursor() as cursor:
            cursor.execute("UPDATE submissions_publishedinput SET title = 'late' WHERE id = %s", [row.pk])
        yield
        other.commit()
    finally:
        other.close()


def listed_after(row):
    """References of what a list gives that has come as far as this row."""
    row.refresh_from_db()
    place = Place("ListIdentifiers", "oai_dc", stamp=row.stamp.isoformat(), key=row.pk)
    asked = RequestFactory().get("/oai", {"verb": "ListIdentifiers", "resumptionToken": place.token()}).GET
    root = etree.fromstring(answering.answer(asked, at=now()))
    return [each.text.rpartition(":")[2] for each in root.findall(".//o:header/o:identifier", OAI)]


@pytest.fixture
def three(db):
    return [make_published(title=title) for title in ("first", "second", "third")]


def change(row):
    PublishedInput.objects.filter(pk=row.pk).update(title="changed after it, told before it")


def test_a_row_that_commits_late_is_not_passed_over(three):
    first, second, third = three
    assert listed_after(first) == [second.reference, third.reference]
    with somebody_writes(second):
        change(first)
        assert listed_after(third) == []  # the first is younger than the horizon, and waits
    assert listed_after(third) == [second.reference, first.reference]


def test_control_without_the_horizon_it_is_passed_over(three, monkeypatch):
    first, second, third = three
    monkeypatch.setattr(answering, "horizon", now)
    with somebody_writes(second):
        change(first)
        assert listed_after(third) == [first.reference]  # the list has come as far as the first
    assert listed_after(first) == []  # and the second, older, is never told
