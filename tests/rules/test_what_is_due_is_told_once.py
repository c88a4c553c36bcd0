"""Rule 3 for deadlines: however long the clock stood still or however many clocks there are, each notice goes out once."""

import uuid
from collections import Counter
from datetime import date, datetime, time, timedelta
from threading import Barrier, Thread
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.utils.timezone import now

from forums import notices, operations
from forums.models import Letter, MilestoneNotice
from forums.operations import milestones
from submissions.operations import remind_unsent
from tests.factories import make_call, make_draft, make_forum, make_user
from tests.processes import environment, mail_server, running, until

pytestmark = pytest.mark.django_db(transaction=True)
NEW_YORK = ZoneInfo("America/New_York")
CELERY = ["-m", "celery", "-A", "imrf_portal"]
BEFORE = (28, 14, 7, 2, 0)
DRAFTS = 10


def let_three_days_pass(at):
    """Twenty-five things that fell due in the last three days while nothing ran: fifteen notices and ten reminders."""
    today = notices.working_day(at, NEW_YORK)  # before the morning the day before still goes on
    forum = make_forum(first_day=today + timedelta(days=400), last_day=today + timedelta(days=403))
    forum.managers.add(make_user("manuel", staff=True))
    for days in BEFORE:
        for ago in range(3):
            due_on = today + timedelta(days=days - ago)
            forum.milestones.create(
                kind="other", name=f"{days} days, {ago} ago", days_before=(forum.first_day - due_on).days
            )
    call = make_call(forum, opens_at=at - timedelta(days=30), closes_at=at + timedelta(days=6, hours=12))
    for _ in range(DRAFTS):
        make_draft(call=call, at=at - timedelta(days=20))
    return len(BEFORE) * 3 + DRAFTS


def test_after_three_days_without_beat_and_worker_each_of_25_things_is_told_once(tmp_path):
    with mail_server() as (postbox, address):
        env = environment(tmp_path, EMAIL_URL=address, DJANGO_SETTINGS_MODULE="tests.rules.settings_of_seconds")
        expected = let_three_days_pass(now())
        worker = [*CELERY, "worker", "-c", "2", "-l", "WARNING", "--without-gossip", "--without-mingle"]
        beats = [[*CELERY, "beat", "-l", "WARNING", "-s", str(tmp_path / f"beat{n}"), "--pidfile="] for n in (1, 2)]
        assert (expected, Letter.objects.count()) == (25, 0)
        with (
            running(worker, env, tmp_path / "worker.log"),
            running(beats[0], env, tmp_path / "beat1.log"),
            running(beats[1], env, tmp_path / "beat2.log"),
        ):
            all_told = until(lambda: len(postbox.taken) >= expected)
            until(lambda: False, patience=4)  # more sweeps of both beats: nothing may come twice
    assert all_told, (tmp_path / "worker.log").read_text()[-2000:]
    assert len(postbox.recipients) == expected
    assert Letter.objects.filter(sent_at__isnull=False).count() == Letter.objects.count() == expected
    assert MilestoneNotice.objects.count() == expected - DRAFTS


def test_two_sweeps_are_enough_to_catch_up():
    """What beat does in two minutes: the first sweep writes, the second sends."""
    at = now()
    expected = let_three_days_pass(at)
    operations.announce_milestones(at=at)
    remind_unsent(at=at)
    assert operations.send_due_letters(at=at + timedelta(minutes=1)) == expected


# A day of fake time with two clocks --------------------------------------------------------------------------------

DAY = date(2026, 2, 9)  # seven duties are due on the 10th, so each has a notice on the 10th and none on the 9th


def let_a_day_pass(step, together):
    """Both clocks show the same at every step: a letter is claimed for two minutes, and another hour would end the claim."""
    at = datetime.combine(DAY, time(12), tzinfo=NEW_YORK)
    try:
        for _ in range(int(timedelta(days=1) / step)):
            together.wait(timeout=60)
            operations.announce_milestones(at=at)
            operations.send_due_letters(at=at)
            at += step
    finally:
        connection.close()


def with_two_clocks(
    step=timedelta(minutes=20),
):  # shorter than a letter is claimed for, or the claim of the other would be dead
    forum = make_forum()
    forum.managers.add(make_user("manuel", staff=True), make_user("mina", staff=True))
    for number in range(7):
        forum.milestones.create(kind="other", name=f"Duty {number}", weeks_before=12)
    together = Barrier(2)
    clocks = [Thread(target=let_a_day_pass, args=[step, together]) for _ in range(2)]
    for clock in clocks:
        clock.start()
    for clock in clocks:
        clock.join()


def test_two_clocks_running_through_a_day_tell_everything_once(mailoutbox):
    with_two_clocks()
    told = Counter(MilestoneNotice.objects.values_list("milestone__name", "to", "days_before"))
    assert len(told) == 7 * 2 * 2  # on the first look the notice of two days before, on the next day the one of the day
    assert set(told.values()) == {1}
    assert len(mailoutbox) == Letter.objects.count() == len(told)


def test_control_without_rows_and_keys_two_clocks_tell_things_again(mailoutbox, monkeypatch):
    def tell_without_looking(milestone, days, recipient, at, ahead):
        about = milestones.letter_about(milestone, days, recipient, at)
        key = uuid.uuid4().hex
        return operations.write("forums/milestone_due", to=recipient.email, language="en", about=about, key=key, at=at)

    monkeypatch.setattr(milestones, "_tell", tell_without_looking)
    with_two_clocks(step=timedelta(hours=8))
    assert len(mailoutbox) > 7 * 2 * 2


@pytest.mark.parametrize("hours", [1, 2, 20])
def test_a_clock_that_goes_back_sends_nothing_again(hours, mailoutbox):
    at = datetime.combine(DAY, time(12), tzinfo=NEW_YORK)
    let_three_days_pass(at)

    def sweep(at):
        operations.announce_milestones(at=at)
        remind_unsent(at=at)
        return operations.send_due_letters(at=at)

    assert sweep(at) == 25
    assert [sweep(at - timedelta(hours=hours) + timedelta(minutes=minute)) for minute in range(3)] == [0, 0, 0]
    assert len(mailoutbox) == 25
