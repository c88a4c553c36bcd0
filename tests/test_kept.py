"""What is put back is what was made, key for key, and what comes after it is written, checked and audited as ever."""

import pytest
from django.db import IntegrityError, connection

from accreditation.models import AuditEntry
from submissions.models import PublishedInput, Submission
from tests import kept as keeping
from tests.factories import make_published
from tests.flushing import filled, fingerprints
from tests.kept import kept

pytestmark = pytest.mark.django_db
SEEN = []


def everything():
    with connection.cursor() as cursor:
        return fingerprints(cursor, filled(cursor))


def make_one():
    return {"one": make_published(title="Kept")}


@pytest.mark.parametrize("turn", [1, 2])
def test_the_second_time_the_same_rows_and_the_same_answer_are_there(turn):
    """The rows of the first turn were undone with its test."""
    assert not Submission.objects.exists()
    found = kept(make_one)
    SEEN.append((everything(), found["one"].pk, found["one"].title))
    assert make_one in keeping._made
    assert SEEN[0] == SEEN[-1]
    assert PublishedInput.objects.get() == found["one"]


@pytest.mark.parametrize("turn", [1, 2])
def test_what_comes_after_it_is_audited_and_checked(turn):
    one = kept(make_one)["one"]
    entries = AuditEntry.objects.count()
    other = make_published(title="Another", call=one.submission.call)
    assert other.reference != one.reference
    assert AuditEntry.objects.count() > entries
    with pytest.raises(IntegrityError):
        PublishedInput.objects.filter(pk=other.pk).update(reference=one.reference)


@pytest.mark.parametrize("turn", [1, 2])
def test_keys_go_on_after_those_that_were_put_back(turn):
    """Between the two turns the counters begin again, as after a whole flush."""
    first = kept(make_one)["one"]
    second = make_published(title="After it", call=first.submission.call)
    assert second.pk > first.pk
    with connection.cursor() as cursor:
        for table in ("submissions_publishedinput", "submissions_version", "submissions_submissionstep"):
            cursor.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), 1, false)", [table])
