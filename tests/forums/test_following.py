"""Following the calendar by mail: nothing before the address is confirmed; each change once; a week in one letter."""

import re
import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.db import connection, connections
from django.utils import translation

from forums import operations
from forums.following import end_of_week
from forums.models import Change, Follower, Letter
from forums.refusals import Refused
from tests.factories import NOW, make_call, make_forum

pytestmark = pytest.mark.django_db
HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)
MONDAY = datetime(2026, 1, 26, 8, 0, tzinfo=UTC)  # the first one after NOW, a Tuesday


def follower(email="reader@example.org", *, forum=None, pace="at_once", since=NOW, **fields):
    return Follower.objects.create(
        email=email, forum=forum, pace=pace, asked_at=since, confirmed_at=since, told_until=since, **fields
    )


def change(forum, at=NOW + HOUR, reason="Merged."):
    return Change.objects.create(
        forum=forum, kind="waived", what={"milestone": {"en": "Report", "fr": "Rapport"}, "reason": reason}, at=at
    )


def told(kind="calendar_change"):
    return sorted(Letter.objects.filter(kind=f"forums/{kind}").values_list("to", flat=True))


def ask(email="reader@example.org", at=NOW, **more):
    operations.ask_to_follow(email, at=at, **{"language": "en", "pace": "at_once", "forum": None, **more})


def token_in(letter):
    return re.search(r"/calendar/follow/([^/\s]+)/", letter.text)[1]


# Asking and confirming -----------------------------------------------------------------------------------------------


def test_nothing_is_told_before_the_address_is_confirmed(forum):
    ask()
    change(forum)
    assert operations.announce_changes(at=NOW + 2 * HOUR) == 0
    assert operations.send_digests(at=NOW + 2 * WEEK) == 0
    confirmed = operations.confirm_following(token_in(Letter.objects.get()), at=NOW + 3 * HOUR)
    change(forum, at=NOW + 4 * HOUR)
    assert operations.announce_changes(at=NOW + 5 * HOUR) == 1
    assert told() == [confirmed.email]


def test_the_letter_that_confirms_is_private_and_in_the_language_asked_for(forum):
    ask(language="fr", forum=forum)
    letter = Letter.objects.get()
    assert (letter.private, letter.language, letter.to) == (True, "fr", "reader@example.org")
    assert "/fr/calendar/follow/" in letter.text
    assert token_in(letter) in letter.html


def test_the_page_answers_every_address_alike(client, forum):
    follower("stands@example.org")
    follower("stopped@example.org", stopped_at=NOW)
    answers = set()
    for email in ("new@example.org", "stands@example.org", "stopped@example.org", "STANDS@example.org"):
        form = {"email": email, "language": "en", "forum": "", "pace": "weekly"}
        response = client.post("/en/calendar/follow/", form)
        answers.add((response.status_code, response.headers["Location"]))
    assert answers == {(302, "/en/calendar/follow/asked/")}
    assert Letter.objects.filter(kind="forums/follow_confirm").count() == 4
    assert Follower.objects.get(email="stands@example.org").pace == "at_once"  # not before it is confirmed


def test_a_program_that_fills_in_every_field_is_answered_alike_and_changes_nothing(client, forum):
    form = {"email": "spam@example.org", "language": "en", "forum": "", "pace": "weekly", "website": "https://x"}
    assert client.post("/en/calendar/follow/", form).headers["Location"] == "/en/calendar/follow/asked/"
    assert (Follower.objects.count(), Letter.objects.count()) == (0, 0)


def test_one_address_gets_three_letters_an_hour_at_most_and_one_network_may_ask_thirty_times(client, forum):
    form = {"email": "victim@example.org", "language": "en", "forum": "", "pace": "weekly"}
    statuses = [client.post("/en/calendar/follow/", form).status_code for _ in range(31)]
    assert statuses == [302] * 30 + [429]
    assert Letter.objects.count() == 3
    assert client.post("/en/calendar/follow/", form, REMOTE_ADDR="203.0.113.9").status_code == 302


@pytest.mark.parametrize(
    "wrong", [{"email": "not an address"}, {"language": "xx"}, {"forum": "1999"}, {"pace": "hourly"}, {"email": ""}]
)
def test_what_cannot_be_is_said_and_nothing_is_lost(client, forum, wrong):
    form = {"email": "reader@example.org", "language": "fr", "forum": "2026", "pace": "weekly", **wrong}
    response = client.post("/en/calendar/follow/", form)
    assert response.status_code == 200
    assert 'role="alert"' in response.content.decode()
    assert Letter.objects.count() == 0


@pytest.mark.parametrize(("query", "chosen"), [("", ""), ("?forum=2026", "2026"), ("?forum=1999", ""), ("?forum=2022", "")])
def test_the_page_begins_with_the_forum_one_comes_from_or_with_every_forum(client, forum, query, chosen):
    make_forum("2022", year=2022, name="First", status="held")
    form = client.get(f"/en/calendar/follow/{query}").context["form"]
    assert [option.data["value"] for option in form["forum"] if option.data["selected"]] == [chosen]


def test_a_look_at_the_link_changes_nothing_a_press_begins(client, forum):
    ask(at=datetime.now(UTC))
    address = f"/en/calendar/follow/{token_in(Letter.objects.get())}/"
    for _ in range(3):
        response = client.get(address)
        assert (response.status_code, "no-store" in response.headers["Cache-Control"]) == (200, True)
    assert Follower.objects.get().confirmed_at is None
    page = client.post(address, follow=True)
    assert "Stop following" in page.content.decode()
    assert Follower.objects.standing().count() == 1


def test_a_link_that_is_old_cut_or_made_up_is_refused_with_the_way_on(client, forum):
    ask()
    token = token_in(Letter.objects.get())
    for wrong in (token[:-1], "x", f"{token}x"):
        with pytest.raises(Refused):
            operations.confirm_following(wrong, at=NOW)
    with pytest.raises(Refused):
        operations.confirm_following(token, at=NOW + WEEK + HOUR)
    response = client.get("/en/calendar/follow/x/")
    assert (response.status_code, "Ask once more" in response.content.decode()) == (404, True)
    assert operations.confirm_following(token, at=NOW + HOUR).confirmed_at == NOW + HOUR


def test_pressing_twice_begins_once(forum):
    ask()
    token = token_in(Letter.objects.get())
    first = operations.confirm_following(token, at=NOW + HOUR)
    second = operations.confirm_following(token, at=NOW + 2 * HOUR)
    assert (first.pk, second.told_until) == (second.pk, NOW + HOUR)


# Ending --------------------------------------------------------------------------------------------------------------


def test_the_link_of_each_letter_ends_it_with_one_press_and_waiting_letters_are_taken_back(client, forum):
    one, other = follower(forum=forum), follower("other@example.org")
    change(forum)
    operations.announce_changes(at=NOW + 2 * HOUR)
    letter = Letter.objects.get(to=one.email)
    address = re.search(r"http://testserver(/en/calendar/following/\S+/)", letter.text)[1]
    assert client.get(address).status_code == 200
    assert Follower.objects.standing().count() == 2
    for _ in range(2):
        assert client.post(address).status_code == 302
    assert "No letters about this" in client.get(address).content.decode()
    assert told() == [other.email]
    change(forum, at=NOW + 3 * HOUR)
    assert operations.announce_changes(at=NOW + 4 * HOUR) == 1
    assert "No letters about this" in client.get("/en/calendar/following/unknown/").content.decode()


def test_a_mail_program_can_stop_the_topic_and_confirming_again_begins_it(forum):
    one = follower()
    operations.stop_topic(one.email.upper(), "calendar", at=NOW)
    change(forum)
    assert operations.announce_changes(at=NOW + 2 * HOUR) == 0
    assert not Change.objects.pending().exists()
    ask(at=NOW + 3 * HOUR)
    operations.confirm_following(token_in(Letter.objects.get()), at=NOW + 3 * HOUR)
    change(forum, at=NOW + 4 * HOUR)
    assert operations.announce_changes(at=NOW + 5 * HOUR) == 1


def test_letters_offer_to_stop_with_one_click(forum, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    follower()
    change(forum)
    operations.announce_changes(at=NOW + 2 * HOUR)
    operations.send_due_letters(at=NOW + 2 * HOUR)
    (sent,) = mail.outbox
    assert sent.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert sent.extra_headers["List-Unsubscribe"].startswith("<http://testserver/en/letters/stop/")


def test_an_address_nobody_confirmed_is_forgotten_after_a_week_a_stopped_one_after_a_month(forum):
    ask("late@example.org", at=NOW - WEEK)
    ask("fresh@example.org", at=NOW - WEEK + HOUR)
    follower("stands@example.org")
    follower("stopped@example.org", stopped_at=NOW - 31 * DAY)
    assert operations.forget_followers(at=NOW) == 2
    assert set(Follower.objects.values_list("email", flat=True)) == {"fresh@example.org", "stands@example.org"}
    assert operations.forget_followers(at=NOW) == 0


# At once -------------------------------------------------------------------------------------------------------------


def test_each_change_is_told_once_to_those_who_follow_it_in_their_language(forum):
    follower("all@example.org", language="fr")
    follower("this@example.org", forum=forum)
    follower("other@example.org", forum=make_forum("2030", year=2030, name="Third"))
    follower("weekly@example.org", pace="weekly")
    follower("later@example.org", since=NOW + 2 * HOUR)
    change(forum)
    assert [operations.announce_changes(at=NOW + 3 * HOUR) for _ in range(3)] == [2, 0, 0]
    assert told() == ["all@example.org", "this@example.org"]
    letter = Letter.objects.get(to="all@example.org")
    assert "Rapport" in letter.subject
    assert "http://testserver/fr/forums/2026/" in letter.text
    assert "Merged." in letter.text
    assert "Merged." in letter.html


@pytest.mark.parametrize(("told_are", "letters"), [("nobody", 0), ("concerned", 0), ("everybody", 2)])
def test_of_a_moved_closing_followers_hear_only_if_everybody_is_told(forum, told_are, letters):
    follower()
    follower("weekly@example.org", pace="weekly")
    call = make_call(forum, window="open")
    later = call.closes_at + WEEK
    words = {"reason": "A storm.", "authority": "Co-chairs", "by": None}
    operations.extend(call, closes_at=later, told=told_are, at=NOW + HOUR, **words)
    written = operations.announce_changes(at=NOW + 2 * HOUR) + operations.send_digests(at=NOW + WEEK)
    assert written == letters
    assert Change.objects.get().announced_at == NOW + 2 * HOUR


def test_after_three_days_without_a_sweep_everything_is_told_once(forum):
    for number in range(5):
        follower(f"p{number}@example.org")
    for number in range(5):
        change(forum, at=NOW + (number + 1) * HOUR)
    assert operations.announce_changes(at=NOW + 3 * DAY) == 25
    assert operations.announce_changes(at=NOW + 3 * DAY) == 0
    assert Letter.objects.values("key").distinct().count() == 25


def test_a_clock_that_goes_back_tells_nothing_again(forum):
    follower()
    follower("weekly@example.org", pace="weekly")
    change(forum)
    operations.announce_changes(at=MONDAY + HOUR)
    operations.send_digests(at=MONDAY + HOUR)
    assert operations.announce_changes(at=MONDAY - HOUR) == 0
    assert operations.send_digests(at=MONDAY - HOUR) == 0
    assert operations.send_digests(at=MONDAY + 2 * HOUR) == 0


def test_one_who_cannot_be_written_to_holds_up_nobody(forum, monkeypatch):
    from forums.operations import telling

    bad, good = follower("bad@example.org"), follower("good@example.org")
    real = telling.write

    def write(template, *, to, **more):
        if to == bad.email:
            raise ValueError("no such template")
        return real(template, to=to, **more)

    monkeypatch.setattr(telling, "write", write)
    first, second = change(forum), change(forum, at=NOW + 2 * HOUR)
    operations.announce_changes(at=NOW + 3 * HOUR)
    assert told() == [good.email, good.email]
    assert {one.trouble for one in Change.objects.all()} == {"ValueError: no such template"}
    monkeypatch.undo()
    operations.announce_changes(at=NOW + 4 * HOUR)
    assert told() == [bad.email, bad.email, good.email, good.email]
    assert not Change.objects.pending().filter(pk__in=[first.pk, second.pk]).exists()


def test_batches_end_and_miss_nobody(forum, monkeypatch):
    monkeypatch.setattr("forums.operations.telling.BATCH", 3)
    for number in range(10):
        follower(f"p{number}@example.org")
    change(forum)
    assert operations.announce_changes(at=NOW + 2 * HOUR, most=4) == 6
    assert Change.objects.pending().exists()
    assert operations.announce_changes(at=NOW + 2 * HOUR) == 4
    assert len(told()) == 10
    assert not Change.objects.pending().exists()


@pytest.mark.django_db(transaction=True)
def test_two_sweeps_at_once_write_each_letter_once():
    forum = make_forum()
    for number in range(20):
        follower(f"p{number}@example.org", pace=["at_once", "weekly"][number % 2])
    for number in range(4):
        change(forum, at=NOW + (number + 1) * HOUR)
    ready = threading.Barrier(4)

    def run():
        try:
            ready.wait()
            operations.announce_changes(at=MONDAY + HOUR)
            operations.send_digests(at=MONDAY + HOUR)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    operations.announce_changes(at=MONDAY + HOUR)
    operations.send_digests(at=MONDAY + HOUR)
    assert (len(told()), len(told("calendar_digest"))) == (40, 10)
    assert connection.vendor == "postgresql"


# Once a week ---------------------------------------------------------------------------------------------------------


def test_a_week_is_told_in_one_letter_on_monday_and_a_week_without_changes_in_none(forum):
    follower(pace="weekly")
    change(forum, reason="First reason.")
    change(forum, at=NOW + 2 * HOUR, reason="Second reason.")
    assert operations.send_digests(at=MONDAY + timedelta(minutes=9)) == 0  # what was begun before it may still come
    assert [operations.send_digests(at=MONDAY + HOUR) for _ in range(3)] == [1, 0, 0]
    letter = Letter.objects.get()
    assert letter.text.index("First reason.") < letter.text.index("Second reason.")
    assert "2 changes" in letter.subject
    assert operations.send_digests(at=MONDAY + WEEK + HOUR) == 0
    change(forum, at=MONDAY + WEEK + 2 * HOUR)
    assert operations.send_digests(at=MONDAY + 2 * WEEK + HOUR) == 1
    assert "1 change of" in Letter.objects.order_by("-written_at").first().subject


def test_after_weeks_without_a_sweep_one_letter_tells_all(forum):
    follower(pace="weekly")
    for week in range(4):
        change(forum, at=NOW + HOUR + week * WEEK)
    assert operations.send_digests(at=NOW + 5 * WEEK) == 1
    assert "4 changes" in Letter.objects.get().subject


def test_what_is_begun_as_a_week_ends_is_told_in_the_next(forum):
    follower(pace="weekly")
    change(forum, at=MONDAY + timedelta(seconds=1))
    assert operations.send_digests(at=MONDAY + HOUR) == 0
    assert operations.send_digests(at=MONDAY + WEEK + HOUR) == 1


@pytest.mark.parametrize(
    ("at", "end"),
    [
        (MONDAY + timedelta(minutes=10), MONDAY),
        (MONDAY + timedelta(minutes=9, seconds=59), MONDAY - WEEK),
        (MONDAY + 6 * DAY, MONDAY),
        (MONDAY + WEEK, MONDAY),
        (datetime(2026, 12, 31, 23, 0, tzinfo=UTC), datetime(2026, 12, 28, 8, 0, tzinfo=UTC)),
    ],
)
def test_a_week_ends_on_monday_morning(at, end):
    assert end_of_week(at) == end


def test_between_two_paces_nothing_is_lost_and_nothing_told_twice(forum):
    one = follower(pace="weekly")
    change(forum)
    operations.announce_changes(at=NOW + 2 * HOUR)
    ask(at=NOW + 2 * HOUR, pace="at_once")
    operations.confirm_following(token_in(Letter.objects.get(kind="forums/follow_confirm")), at=NOW + 3 * HOUR)
    assert (told(), told("calendar_digest")) == ([], [one.email])  # what the week had so far, now
    change(forum, at=NOW + 4 * HOUR)
    operations.announce_changes(at=NOW + 5 * HOUR)
    assert told() == [one.email]
    change(forum, at=NOW + 6 * HOUR)  # not announced yet when the pace changes back
    ask(at=NOW + 7 * HOUR, pace="weekly")
    letter = Letter.objects.filter(kind="forums/follow_confirm").order_by("-written_at").first()
    operations.confirm_following(token_in(letter), at=NOW + 8 * HOUR)
    operations.announce_changes(at=NOW + 9 * HOUR)
    operations.send_digests(at=MONDAY + HOUR)
    assert (told(), told("calendar_digest")) == ([one.email], [one.email] * 2)


def test_letters_are_written_in_every_language(forum, settings):
    for language, _name in settings.LANGUAGES:
        follower(f"{language}@example.org", language=language)
        follower(f"weekly-{language}@example.org", language=language, pace="weekly")
        ask(f"ask-{language}@example.org", language=language, forum=forum)
    change(forum)
    with translation.override("es"):  # whatever the worker speaks
        operations.announce_changes(at=MONDAY + HOUR)
        operations.send_digests(at=MONDAY + HOUR)
    for letter in Letter.objects.all():
        assert f"http://testserver/{letter.language}/" in letter.text
        assert f'lang="{letter.language}"' in letter.html
    assert Letter.objects.count() == 18
