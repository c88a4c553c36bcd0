"""What a standing permits comes from the terms it was granted under; readings of private things are noted."""

from datetime import date, timedelta

import pytest

from accreditation import operations
from accreditation.models import Basis, Reading
from accreditation.terms import NOTHING, permits
from tests.factories import NOW, make_forum, make_organisation, make_standing, make_user

pytestmark = pytest.mark.django_db


def test_a_standing_permits_what_its_kept_terms_say():
    standing = make_standing(make_organisation(), make_forum())
    standing.terms = standing.basis.terms() | {"most_words": 900}
    Basis.objects.filter(pk="ecosoc").update(may_ask_to_speak=False, most_words=10)
    standing.basis.refresh_from_db()

    allowed = permits(standing)
    assert (allowed.attend, allowed.hearing, allowed.speak, allowed.inputs) == (True, True, True, True)
    assert (allowed.most_words, allowed.most_persons) == (900, None)


def test_without_kept_terms_the_basis_of_today_is_asked():
    standing = make_standing(make_organisation(), make_forum())
    Basis.objects.filter(pk="ecosoc").update(may_ask_to_speak=False, most_words=10)
    standing.basis.refresh_from_db()
    assert not permits(standing).speak
    assert permits(standing).most_words == 10


@pytest.mark.parametrize("status", ["draft", "submitted", "put_forward", "not_accredited", "withdrawn", "expired"])
def test_what_does_not_stand_permits_nothing(status):
    standing = make_standing(make_organisation(), make_forum())
    standing.status = status
    assert permits(standing) == NOTHING
    assert not permits(standing)
    assert permits(None) == NOTHING


def test_the_last_day_still_counts_and_the_next_does_not():
    standing = make_standing(make_organisation(), make_forum())
    standing.holds_until = date(2026, 5, 8)
    assert permits(standing, date(2026, 5, 8))
    assert not permits(standing, date(2026, 5, 8) + timedelta(days=1))


def test_a_reading_says_who_what_and_when():
    standing = make_standing(make_organisation("Harbour"), make_forum())
    clerk = make_user()
    operations.note_reading("list", standing, by=clerk, at=NOW, reason="r" * 400, accreditation=standing)
    reading = Reading.objects.get()
    assert (reading.what, reading.of, reading.by, reading.at) == ("list", str(standing.key), clerk, NOW)
    assert reading.label.startswith("Harbour")
    assert len(reading.reason) == 300
