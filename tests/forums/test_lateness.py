"""What a refusal after the closing names: the instant, the zone, by how much, whom to ask."""

from datetime import timedelta

import pytest
from django.utils.translation import override

from forums.lateness import by_how_much, closing_in_words
from tests.factories import CLOSES, make_call


@pytest.mark.parametrize(
    ("late", "said"),
    [
        (timedelta(0), "less than a second"),
        (timedelta(microseconds=999_999), "less than a second"),
        (timedelta(seconds=1), "1 second"),
        (timedelta(seconds=59.9), "59 seconds"),
        (timedelta(seconds=60), "1 minute"),
        (timedelta(seconds=125), "2 minutes and 5 seconds"),
        (timedelta(hours=3), "3 hours"),
        (timedelta(hours=3, seconds=40), "3 hours"),
        (timedelta(hours=3, minutes=1, seconds=40), "3 hours and 1 minute"),
        (timedelta(days=1), "1 day"),
        (timedelta(days=12, hours=1, minutes=9), "12 days and 1 hour"),
    ],
)
def test_a_span_is_said_in_its_two_largest_units(late, said):
    with override("en"):
        assert by_how_much(late) == said


@pytest.mark.django_db
@pytest.mark.parametrize(("contact", "asked"), [("", "inputs-desk@localhost"), ("calls@example.org", "calls@example.org")])
def test_the_instant_stands_in_the_zone_of_the_forum_and_the_call_says_whom_to_ask(contact, asked, settings):
    settings.CONTACT_EMAIL = "inputs-desk@localhost"
    call = make_call(window="open", contact=contact)
    with override("en"):
        said = closing_in_words(call, CLOSES + timedelta(minutes=4))
    assert (said["instant"], said["late"], said["contact"]) == (
        "Friday 30 January 2026, 17:00 New York (UTC−5)",
        "4 minutes",
        asked,
    )
