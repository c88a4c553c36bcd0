"""Who hears of a moved closing, and of which closing: before, between and after reminders; once, however late."""

from datetime import timedelta

import pytest
from django.conf import settings

from accreditation.models import User
from forums.models import Call, Extension, Letter
from forums.operations import extend, move_closing
from submissions import operations
from submissions.models import Submission
from submissions.operations.reminding import DAYS_BEFORE, days_due, reminder_at
from tests.factories import CLOSES, NOW, join, make_call, make_draft, make_organisation, make_user
from tests.submissions.test_letters import HOSTILE, check_letter

pytestmark = pytest.mark.django_db
LATER = CLOSES + timedelta(days=21)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def call(forum):
    return make_call(forum, window="open")  # closes on Friday 30 January 2026, 17:00 in New York


def move(call, *, at, closes_at=LATER, told="concerned", **words):
    words = {"reason": "A storm closed many offices.", "authority": "Co-chairs of the forum", **words}
    return extend(Call.objects.get(pk=call.pk), closes_at=closes_at, told=told, by=make_user(), at=at, **words)


def sweep(at):
    """What beat does every minute, and a mail server that takes everything."""
    operations.correct_closings(at=at)
    operations.remind_unsent(at=at)
    Letter.objects.filter(sent_at__isnull=True).update(sent_at=at, tries=1)


def told(person):
    """The kinds of letters that this person was sent, in their order."""
    letters = Letter.objects.filter(to=person.email, sent_at__isnull=False).order_by("written_at", "pk")
    names = {"submissions/unsent_draft": "reminder", "submissions/closing_moved": "moved"}
    return [names[kind] for kind in letters.values_list("kind", flat=True) if kind in names]


def newest(person):
    return Letter.objects.filter(to=person.email).order_by("-written_at", "-pk").first()


# Before, between and after reminders --------------------------------------------------------------------------------


def test_moved_before_any_reminder_the_author_hears_of_it_once_and_reminders_follow_the_new_closing(call, amina):
    make_draft(call=call, by=amina, at=NOW - timedelta(days=20))
    move(call, at=NOW - timedelta(days=19))
    for hours in range(0, 24 * 52, 6):
        sweep(NOW - timedelta(days=19) + timedelta(hours=hours))
    assert told(amina) == ["moved", "reminder", "reminder", "reminder", "reminder", "reminder"]  # 28, 14, 7, 2, 1
    assert {"Friday 20 February 2026, 17:00" in text for text in Letter.objects.values_list("text", flat=True)} == {True}


def test_moved_between_reminders_the_author_hears_of_it_once_and_is_reminded_anew(call, amina):
    make_draft(call=call, by=amina, at=NOW - timedelta(days=20))
    sweep(CLOSES - timedelta(days=14))
    sweep(CLOSES - timedelta(days=7))
    assert told(amina) == ["reminder", "reminder"]
    move(call, at=CLOSES - timedelta(days=3))
    for hours in range(0, 24 * 25, 6):
        sweep(CLOSES - timedelta(days=3) + timedelta(hours=hours))
    assert told(amina)[2:] == ["moved", "reminder", "reminder", "reminder", "reminder"]  # 14, 7, 2, 1
    new = Letter.objects.filter(to=amina.email).order_by("written_at")[2:]
    assert all("20 February" in letter.text for letter in new)
    assert "30 January" in new[0].text


def test_moved_after_the_last_reminder_and_after_the_closing_the_author_hears_that_it_is_open_again(call, amina):
    make_draft(call=call, by=amina, at=NOW - timedelta(days=2))
    sweep(CLOSES - timedelta(hours=3))
    move(call, at=CLOSES + timedelta(days=2), closes_at=CLOSES + timedelta(days=4))
    for minutes in range(0, 60 * 24 * 2, 30):
        sweep(CLOSES + timedelta(days=2, minutes=minutes))
    assert told(amina) == ["reminder", "moved", "reminder"]  # the one of the last day
    assert "is open again" in Letter.objects.get(kind="submissions/closing_moved").subject


def test_what_passed_before_the_closing_moved_is_not_reminded_of_again(call, amina):
    """Two days before the old closing it moves by three days: one letter says so, not two within a minute."""
    make_draft(call=call, by=amina, at=NOW - timedelta(days=20))
    move(call, at=CLOSES - timedelta(days=2), closes_at=CLOSES + timedelta(days=3))
    sweep(CLOSES - timedelta(days=2))
    assert told(amina) == ["moved"]
    sweep(CLOSES + timedelta(days=1))
    assert told(amina) == ["moved", "reminder"]


def test_a_reminder_that_waits_is_never_sent_once_the_closing_moved(call, amina):
    make_draft(call=call, by=amina, at=NOW - timedelta(days=20))
    operations.remind_unsent(at=CLOSES - timedelta(days=7))
    assert Letter.objects.filter(sent_at__isnull=True).count() == 1
    move(call, at=CLOSES - timedelta(days=7) + MINUTE)
    assert Letter.objects.count() == 0
    sweep(CLOSES - timedelta(days=7) + 2 * MINUTE)
    assert told(amina) == ["moved"]


def test_control_without_taking_back_the_old_reminder_would_go_out(call, amina, monkeypatch):
    monkeypatch.setattr("forums.operations.calling.take_back_outdated", lambda **_: 0)
    make_draft(call=call, by=amina, at=NOW - timedelta(days=20))
    operations.remind_unsent(at=CLOSES - timedelta(days=7))
    move(call, at=CLOSES - timedelta(days=7) + MINUTE)
    assert Letter.objects.filter(sent_at__isnull=True).count() == 1


def test_a_reminder_is_not_written_for_a_closing_that_moved_while_the_sweep_ran(call, amina):
    from submissions.operations.reminding import _remind

    draft = make_draft(call=call, by=amina, at=NOW - timedelta(days=20))
    as_the_sweep_read_it = Call.objects.select_related("forum").get(pk=call.pk)
    move(call, at=CLOSES - timedelta(days=7))
    assert _remind(draft, as_the_sweep_read_it, amina, 7, CLOSES - timedelta(days=7)) == 0
    assert Letter.objects.count() == 0


# Once, and to whom --------------------------------------------------------------------------------------------------


def test_each_extension_is_told_once_however_often_the_sweep_runs(call, amina):
    make_draft(call=call, by=amina)
    move(call, at=NOW + timedelta(days=1))
    for minutes in range(10):
        sweep(NOW + timedelta(days=1, minutes=minutes))
    move(call, at=NOW + timedelta(days=2), closes_at=LATER + timedelta(days=1))
    for minutes in range(10):
        sweep(NOW + timedelta(days=2, minutes=minutes))
    assert told(amina) == ["moved", "moved"]


def test_two_moves_between_two_sweeps_are_told_as_what_holds_now(call, amina):
    make_draft(call=call, by=amina)
    move(call, at=NOW + timedelta(days=1))
    move(call, at=NOW + timedelta(days=1, seconds=5), closes_at=LATER + timedelta(days=1))
    sweep(NOW + timedelta(days=1, minutes=1))
    assert told(amina) == ["moved"]
    text = newest(amina).text
    assert "30 January" in text
    assert "Saturday 21 February 2026" in text
    assert not Extension.objects.filter(corrected_at__isnull=True).exists()


def test_a_letter_about_a_move_that_was_not_sent_gives_way_to_the_next_one_even_if_that_is_silent(call, amina):
    make_draft(call=call, by=amina)
    move(call, at=NOW + timedelta(days=1))
    operations.correct_closings(at=NOW + timedelta(days=1))
    move(call, at=NOW + timedelta(days=1, seconds=30), closes_at=LATER + timedelta(days=1), told="nobody")
    sweep(NOW + timedelta(days=1, minutes=1))
    assert told(amina) == ["moved"]
    assert "Saturday 21 February 2026" in newest(amina).text


def test_who_was_told_the_former_closing_and_sent_or_discarded_the_draft_since_hears_of_it(call, amina, bruno):
    sent = make_draft(call=call, by=amina, at=NOW - timedelta(days=5))
    gone = make_draft(call=call, by=bruno, at=NOW - timedelta(days=5))
    sweep(CLOSES - timedelta(days=7))
    operations.submit(sent, by=amina, at=CLOSES - timedelta(days=3))
    operations.discard(gone, by=bruno, at=CLOSES - timedelta(days=3))
    move(call, at=CLOSES - timedelta(days=2))
    sweep(CLOSES - timedelta(days=2))
    assert (told(amina), told(bruno)) == (["reminder", "moved"], ["reminder", "moved"])
    assert "told you another closing" in newest(amina).text
    assert "/edit/" not in newest(amina).text


def test_who_never_had_to_do_with_the_call_hears_nothing(call, amina, bruno):
    make_draft(call=make_call(call.forum, window="open"), by=bruno)
    sent = make_draft(call=call, by=amina)
    operations.submit(sent, by=amina, at=NOW + MINUTE)
    move(call, at=NOW + timedelta(days=1))
    sweep(NOW + timedelta(days=1))
    assert Letter.objects.filter(kind="submissions/closing_moved").count() == 0


def test_whoever_began_after_it_moved_knows_the_new_closing(call, amina):
    move(call, at=NOW)
    make_draft(call=call, by=amina, at=NOW + MINUTE)
    sweep(NOW + 2 * MINUTE)
    assert told(amina) == []


def test_everybody_who_speaks_for_the_organisation_hears_of_it_and_nobody_else(call, amina):
    organisation = make_organisation(focal_point=amina)
    for role in ("alternate", "drafter", "viewer"):
        join(organisation, make_user(role), role)
    make_draft(call=call, organisation=organisation, by=amina)
    move(call, at=NOW + timedelta(days=1), told="everybody")
    sweep(NOW + timedelta(days=1))
    to = Letter.objects.filter(kind="submissions/closing_moved").values_list("to", flat=True)
    assert sorted(to) == ["alternate@example.org", "amina@example.org"]


def test_several_drafts_of_one_person_make_one_letter_that_names_them_all(call, amina):
    for name in ("Harbour Light", "Open Desk"):
        make_draft(call=call, organisation=make_organisation(name, focal_point=amina), by=amina, title=f"Of {name}")
    move(call, at=NOW + timedelta(days=1))
    sweep(NOW + timedelta(days=1))
    [letter] = Letter.objects.filter(kind="submissions/closing_moved")
    for word in ("Of Harbour Light", "Of Open Desk"):
        assert word in letter.text
        assert word in letter.html


def test_a_silent_extension_writes_to_nobody(call, amina):
    make_draft(call=call, by=amina, at=NOW - timedelta(days=20))
    sweep(CLOSES - timedelta(days=7))
    move(call, at=CLOSES - timedelta(days=6), told="nobody")
    sweep(CLOSES - timedelta(days=6))
    assert told(amina) == ["reminder"]


def test_a_sweep_that_comes_after_the_new_closing_says_that_it_is_late(call, amina):
    make_draft(call=call, by=amina)
    move(call, at=NOW + timedelta(days=1))
    sweep(LATER + timedelta(days=1))
    assert told(amina) == ["moved"]
    assert "This letter comes late." in newest(amina).text
    assert "the call closed" in newest(amina).subject


def test_a_closing_that_moves_with_its_forum_to_an_earlier_day_is_told_too(call, amina):
    make_draft(call=call, by=amina, at=NOW - timedelta(days=20))
    sweep(CLOSES - timedelta(days=14))
    move_closing(
        Call.objects.get(pk=call.pk),
        closes_at=CLOSES - timedelta(days=4),
        kind="moved",
        reason="The forum meets earlier.",
        authority="President of the General Assembly",
        told="concerned",
        by=None,
        at=CLOSES - timedelta(days=13),
    )
    sweep(CLOSES - timedelta(days=13))
    assert told(amina) == ["reminder", "moved"]
    assert "It closes earlier" in newest(amina).text


def test_one_call_whose_letters_fail_holds_up_no_other(call, amina, bruno, monkeypatch):
    other = make_call(call.forum, window="open")
    make_draft(call=call, by=amina)
    make_draft(call=other, by=bruno)
    move(call, at=NOW + MINUTE)
    move(other, at=NOW + MINUTE)
    concerned = operations.correcting.concerned

    def fail(asked, **kwargs):
        if asked == call:
            raise RuntimeError("no")
        return concerned(asked, **kwargs)

    monkeypatch.setattr("submissions.operations.correcting.concerned", fail)
    sweep(NOW + 2 * MINUTE)
    assert (told(amina), told(bruno)) == ([], ["moved"])
    monkeypatch.undo()
    sweep(NOW + 3 * MINUTE)
    assert (told(amina), told(bruno)) == (["moved"], ["moved"])


# Reminders ----------------------------------------------------------------------------------------------------------


def test_a_draft_that_was_sent_is_not_reminded_not_even_by_a_letter_that_waited(call, amina):
    draft = make_draft(call=call, by=amina, at=NOW - timedelta(days=5))
    operations.remind_unsent(at=CLOSES - timedelta(days=7))
    assert Letter.objects.filter(kind="submissions/unsent_draft").count() == 1
    operations.submit(draft, by=amina, at=CLOSES - timedelta(days=7) + MINUTE)
    operations.remind_unsent(at=CLOSES - timedelta(days=7) + 2 * MINUTE)
    operations.remind_unsent(at=CLOSES - timedelta(days=2))
    assert Letter.objects.filter(kind="submissions/unsent_draft").count() == 0


def test_a_sweep_that_was_away_for_weeks_sends_one_reminder_that_is_true_now(call, amina):
    make_draft(call=call, by=amina, at=NOW - timedelta(days=20))
    sweep(CLOSES - timedelta(hours=5))
    assert told(amina) == ["reminder"]
    assert "Friday 30 January 2026, 17:00 New York" in newest(amina).text


@pytest.mark.parametrize("days", DAYS_BEFORE)
def test_reminders_keep_the_clock_of_the_city_across_a_change_of_clocks(forum, days):
    """Clocks in New York go forward on 8 March 2026: the reminder comes at 17:00 on either side of it."""
    from datetime import datetime

    closes_at = datetime(2026, 3, 9, 17, tzinfo=forum.zone)
    due = reminder_at(closes_at, days, forum.zone)
    assert (due.hour, (closes_at.date() - due.date()).days) == (17, days)
    assert days_due(closes_at, due, zone=forum.zone) == days
    assert days_due(closes_at, due.astimezone(forum.zone) - timedelta(seconds=1), zone=forum.zone) != days


@pytest.mark.parametrize("kind", ["extended", "reopened", "earlier", "over"])
def test_the_letter_is_text_and_the_same_in_html_in_each_language(call, kind):
    amina = make_user("amina")
    make_draft(call=call, organisation=make_organisation(HOSTILE, focal_point=amina), by=amina, title=HOSTILE)
    at = CLOSES + MINUTE if kind == "reopened" else NOW + MINUTE
    if kind == "earlier":
        words = {"reason": HOSTILE, "authority": HOSTILE, "told": "concerned", "by": None}
        move_closing(call, closes_at=CLOSES - timedelta(days=1), kind="moved", at=at, **words)
    else:
        move(call, at=at, reason=HOSTILE, authority=HOSTILE)
    for language, _name in settings.LANGUAGES:
        User.objects.update(language=language)
        Letter.objects.all().delete()
        Extension.objects.update(corrected_at=None)
        operations.correct_closings(at=LATER if kind == "over" else at + MINUTE)
        letter = Letter.objects.get(kind="submissions/closing_moved")
        check_letter(letter, language)
        assert letter.text.count(HOSTILE) == 4


def test_a_sweep_with_nothing_to_tell_asks_little(call, amina, count_statements):
    make_draft(call=call, by=amina)
    assert count_statements(lambda: operations.correct_closings(at=NOW)) <= 3
    assert Submission.objects.count() == 1
