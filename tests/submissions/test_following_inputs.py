"""Following lists of inputs by mail: nothing before the address is confirmed; each new input once; ended with one press."""

import re
import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.core.signing import Signer
from django.db import connections
from django.utils import translation

from forums.models import Letter
from forums.operations import send_due_letters, stop_topic
from forums.refusals import Refused
from submissions import operations
from submissions.following.keys import following_of, key_of
from submissions.models import InputsFollowing, PublishedInput, Submission, ToldInput
from submissions.operations import telling_followers
from tests.factories import NOW, make_organisation, make_published, make_user

pytestmark = pytest.mark.django_db
HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)
MORNING = datetime(2026, 1, 21, 8, 0, tzinfo=UTC)  # the first one after NOW, a Tuesday at noon
MONDAY = datetime(2026, 1, 26, 8, 0, tzinfo=UTC)
DIGEST, CONFIRM = "submissions/new_inputs", "submissions/follow_confirm"
FORM = {"email": "reader@example.org", "language": "en", "pace": "weekly"}


def follower(email="reader@example.org", query="", *, pace="daily", since=NOW, **fields):
    fields = {"token_hash": email, "language": "en", **fields}
    return InputsFollowing.objects.create(
        email=email, query=query, pace=pace, asked_at=since, confirmed_at=since, told_until=since, **fields
    )


def appear(at=NOW + HOUR, **fields):
    """An input that becomes public at that instant."""
    shown = make_published(**fields)
    PublishedInput.objects.filter(pk=shown.pk).update(visible_at=at, changed_at=at)
    return PublishedInput.objects.get(pk=shown.pk)


def tell(at=MORNING + HOUR):
    return operations.tell_of_new_inputs(at=at)


def digests():
    return list(Letter.objects.filter(kind=DIGEST).order_by("written_at", "to"))


def ask(email="reader@example.org", at=NOW, **more):
    operations.ask_to_follow_inputs(email, at=at, **{"language": "en", "pace": "daily", "query": "", **more})


def token_in(letter):
    return re.search(r"/inputs/follow/([^/\s]+)/", letter.text)[1]


def last_token():
    return token_in(Letter.objects.filter(kind=CONFIRM).order_by("pk", "written_at").latest("written_at"))


# Asking and confirming -----------------------------------------------------------------------------------------------


def test_each_list_leads_to_the_page_that_follows_exactly_it(client, forum):
    appear(objectives=[7], title="Wages")
    page = client.get("/en/objectives/7/?q=wages&level=national&sort=title").content.decode()
    assert 'href="/en/inputs/follow/?q=wages&amp;objective=7&amp;level=national"' in page
    follow = client.get("/en/inputs/follow/?q=wages&objective=7&level=national").content.decode()
    assert "“wages” · National" in follow
    assert "7. " in follow


def test_nothing_is_told_before_the_address_is_confirmed(forum):
    ask()
    appear()
    assert tell() == 0
    following = operations.confirm_following_inputs(last_token(), at=NOW + 2 * HOUR)
    assert tell() == 0  # what was public before it began is no news
    new = appear(at=NOW + 3 * HOUR)
    assert tell(MORNING + HOUR + DAY) == 1
    (letter,) = digests()
    assert (letter.to, letter.private) == (following.email, True)
    assert new.reference in letter.text


def test_the_letter_that_confirms_has_nothing_that_a_stranger_typed_and_the_row_no_word_to_confirm_with(forum):
    ask(language="fr", query="q=buy+cheap+pills")
    letter = Letter.objects.get()
    assert (letter.private, letter.language) == (True, "fr")
    assert "pills" not in letter.text + letter.html + letter.subject
    token, row = token_in(letter), InputsFollowing.objects.get()
    assert token in letter.html
    assert token not in str(InputsFollowing.objects.values().get())
    assert (row.confirmed_at, len(row.token_hash)) == (None, 64)


def test_the_page_answers_every_address_alike_and_changes_nothing_that_stands(client, forum):
    stands = follower("stands@example.org")
    follower("stopped@example.org")
    stop_topic("stopped@example.org", "new_inputs", at=NOW)
    answers = set()
    for email in ("new@example.org", "stands@example.org", "stopped@example.org", "STANDS@example.org"):
        response = client.post("/en/inputs/follow/", {**FORM, "email": email})
        answers.add((response.status_code, response.headers["Location"]))
    assert answers == {(302, "/en/inputs/follow/asked/")}
    assert Letter.objects.filter(kind=CONFIRM).count() == 4
    stands.refresh_from_db()
    assert (stands.pace, stands.token_hash) == ("daily", "stands@example.org")


def test_three_letters_an_hour_to_one_address_thirty_questions_from_one_network(client, forum):
    statuses = [client.post("/en/inputs/follow/", FORM).status_code for _ in range(31)]
    assert statuses == [302] * 30 + [429]
    assert (Letter.objects.count(), InputsFollowing.objects.count()) == (3, 3)
    assert client.post("/en/inputs/follow/", FORM, REMOTE_ADDR="203.0.113.9").status_code == 302


def test_a_program_that_fills_in_every_field_is_answered_alike_and_changes_nothing(client, forum):
    response = client.post("/en/inputs/follow/", {**FORM, "website": "https://x"})
    assert response.headers["Location"] == "/en/inputs/follow/asked/"
    assert (InputsFollowing.objects.count(), Letter.objects.count()) == (0, 0)


@pytest.mark.parametrize("wrong", [{"email": "nobody"}, {"language": "xx"}, {"pace": "hourly"}, {"email": ""}])
def test_what_cannot_be_is_said_and_nothing_is_sent(client, forum, wrong):
    response = client.post("/en/inputs/follow/", {**FORM, **wrong})
    assert response.status_code == 200
    assert 'role="alert"' in response.content.decode()
    assert Letter.objects.count() == 0


@pytest.mark.parametrize("query", ["objective=99", "level=galactic", "organisation=nobody", "kind=" + "x" * 3000])
def test_a_list_that_is_not_there_cannot_be_followed(client, forum, query):
    assert client.get(f"/en/inputs/follow/?{query}").status_code == 400
    assert client.post(f"/en/inputs/follow/?{query}", FORM).status_code == 400
    assert Letter.objects.count() == 0


def test_a_look_at_the_link_changes_nothing_a_press_begins_a_second_press_changes_nothing(client, forum):
    client.post("/en/inputs/follow/?objective=7", FORM)
    address = f"/en/inputs/follow/{last_token()}/"
    for _ in range(3):
        response = client.get(address)
        assert (response.status_code, "no-store" in response.headers["Cache-Control"]) == (200, True)
    assert InputsFollowing.objects.get().confirmed_at is None
    assert "Lists you follow" in client.post(address, follow=True).content.decode()
    began = InputsFollowing.objects.get().confirmed_at
    assert client.post(address).status_code == 302
    assert InputsFollowing.objects.get().confirmed_at == began is not None


def test_a_link_that_is_old_cut_or_made_up_is_refused(client, forum):
    ask()
    token = last_token()
    for wrong in (token[:-1], "x", f"{token}x", InputsFollowing.objects.get().token_hash):
        with pytest.raises(Refused):
            operations.confirm_following_inputs(wrong, at=NOW)
    with pytest.raises(Refused):
        operations.confirm_following_inputs(token, at=NOW + WEEK)
    assert client.get("/en/inputs/follow/x/").status_code == 404
    assert operations.confirm_following_inputs(token, at=NOW + WEEK - HOUR).confirmed_at


def test_asking_anew_for_a_list_takes_on_the_new_wishes_and_loses_nothing(forum):
    stands = follower(query="objective=7", pace="weekly")
    appear(objectives=[7])
    ask(query="objective=7", pace="daily", language="fr", at=NOW + 2 * HOUR)
    token = last_token()
    for _ in range(2):
        kept = operations.confirm_following_inputs(token, at=NOW + 3 * HOUR)
    assert (kept.pk, kept.pace, kept.language, kept.told_until) == (stands.pk, "daily", "fr", NOW)
    assert InputsFollowing.objects.count() == 1
    assert tell() == 1


def test_an_address_follows_twenty_lists_at_most(forum):
    for number in range(20):
        follower(query=f"q=word{number}")
    ask(query="q=onemore")
    with pytest.raises(Refused):
        operations.confirm_following_inputs(last_token(), at=NOW)
    assert InputsFollowing.objects.standing().count() == 20


# The letters ---------------------------------------------------------------------------------------------------------


def test_a_letter_has_what_is_new_in_exactly_this_list_once(forum):
    follower(query="objective=7")
    old = appear(at=NOW - HOUR, objectives=[7], title="Older one")
    mine = appear(objectives=[7], title="Wages on time")
    appear(objectives=[8], title="Another matter")
    assert tell(MORNING + timedelta(minutes=9)) == 0  # what was begun before the morning may still be stored
    assert [tell(), tell(), tell(MORNING + DAY + HOUR)] == [1, 0, 0]
    (letter,) = digests()
    assert mine.reference in letter.text
    assert "Wages on time" in letter.html
    assert old.reference not in letter.text
    assert "Another matter" not in letter.text


def test_words_are_searched_as_on_the_page(forum):
    follower(query="q=zebras&objective=7")
    found = appear(title="A zebra on the road", objectives=[7])
    appear(title="A horse on the road", objectives=[7])
    appear(title="A zebra at home", objectives=[8])
    tell()
    assert re.findall(r"IMRF-2026-I-\d{5}", digests()[0].text)[0] == found.reference
    assert ToldInput.objects.count() == 1


def test_a_week_is_told_on_monday_and_a_week_without_anything_new_in_no_letter(forum):
    follower(pace="weekly")
    appear()
    appear(at=NOW + DAY)
    assert [tell(MORNING + 2 * DAY), tell(MONDAY + HOUR), tell(MONDAY + WEEK + HOUR)] == [0, 1, 0]
    assert ToldInput.objects.count() == 2
    assert InputsFollowing.objects.get().told_until == MONDAY + WEEK


def test_what_is_public_later_is_told_when_it_appears_and_never_before(forum):
    follower()
    later = appear(at=MORNING + 2 * HOUR)
    assert tell(MORNING + HOUR) == 0
    assert [tell(MORNING + DAY + HOUR), tell(MORNING + 2 * DAY + HOUR)] == [1, 0]
    assert later.reference in digests()[0].text


def test_what_was_stored_later_than_it_says_is_not_missed(forum):
    follower()
    appear()
    tell()
    late = appear(at=NOW + 2 * HOUR)  # its instant lies in the day that was told already
    assert [tell(MORNING + DAY + HOUR), tell(MORNING + 2 * DAY + HOUR)] == [1, 0]
    assert late.reference in digests()[1].text


def test_what_was_taken_down_is_not_told_and_published_again_it_is_no_news(forum):
    follower()
    shown, down = appear(title="Stays"), appear(title="Goes")
    operations.take_down(down.submission, by=down.submission.reviewer, at=NOW + 2 * HOUR, reason="Names a person.")
    tell()
    assert down.reference not in digests()[0].text
    Letter.objects.update(sent_at=MORNING + HOUR)
    submission = Submission.objects.get(pk=shown.submission_id)
    operations.take_down(submission, by=submission.reviewer, at=MORNING + 2 * HOUR, reason="A mistake.")
    operations.publish(Submission.objects.get(pk=submission.pk), by=submission.reviewer, at=MORNING + 3 * HOUR)
    assert tell(MORNING + DAY + HOUR) == 0


def test_a_letter_that_waits_for_the_mail_server_never_goes_out_with_what_went_or_changed(forum):
    follower()
    stays, goes = appear(title="Stays"), appear(title="Goes away")
    tell()
    operations.take_down(goes.submission, by=goes.submission.reviewer, at=MORNING + 2 * HOUR, reason="Names a person.")
    assert digests() == []
    assert tell(MORNING + 3 * HOUR) == 1
    (letter,) = digests()
    assert (stays.reference in letter.text, "Goes away" in letter.text + letter.html) == (True, False)
    PublishedInput.objects.filter(pk=stays.pk).update(title="Stays, redacted", changed_at=MORNING + 4 * HOUR)
    assert tell(MORNING + 5 * HOUR) == 1
    assert "Stays, redacted" in digests()[0].text
    Letter.objects.update(sent_at=MORNING + 5 * HOUR)
    PublishedInput.objects.filter(pk=stays.pk).update(changed_at=MORNING + 6 * HOUR)
    assert [tell(MORNING + 7 * HOUR), len(digests())] == [0, 1]


def test_a_letter_names_twenty_and_counts_the_rest_which_are_told_as_well(forum, monkeypatch):
    monkeypatch.setattr(telling_followers, "MOST_IN_A_LETTER", 2)
    follower()
    titles = [appear(at=NOW + number * HOUR, title=f"Input {number}").title for number in range(1, 5)]
    assert [tell(), tell(MORNING + DAY + HOUR)] == [1, 0]
    (letter,) = digests()
    assert [title in letter.text for title in titles] == [False, False, True, True]
    assert "And 2 more." in letter.text
    assert "http://testserver/en/inputs/?sort=newest" in letter.text


def test_a_list_that_asks_for_what_is_gone_holds_nothing_and_never_everything(forum):
    follower(query="organisation=gone-since")
    appear()
    assert tell() == 0
    assert InputsFollowing.objects.get().told_until == MORNING


def test_letters_are_in_the_language_asked_for_and_titles_isolated_in_their_own(forum):
    follower(language="ar")
    appear(title="Consular help", organisation=make_organisation("Harbour Light"))
    tell()
    (letter,) = digests()
    assert 'dir="rtl"' in letter.html
    assert '<bdi lang="en">Consular help</bdi>' in letter.html
    assert "http://testserver/ar/inputs/IMRF-2026-I-00001/" in letter.text


def test_letters_offer_to_stop_with_one_click_and_the_click_stops(client, forum, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    follower()
    appear()
    tell()
    send_due_letters(at=MORNING + HOUR)
    (sent,) = mail.outbox
    assert sent.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = re.search(r"<http://testserver(/en/letters/stop/[^>]+)>", sent.extra_headers["List-Unsubscribe"])[1]
    assert Letter.objects.get().text == ""  # what somebody follows is kept in no letter
    assert client.post(address, {"List-Unsubscribe": "One-Click"}).status_code == 200
    appear(at=MORNING + 2 * HOUR)
    assert tell(MORNING + DAY + HOUR) == 0
    assert operations.forget_followings(at=datetime.now(UTC) + 31 * DAY) == 1


# Late, twice, killed --------------------------------------------------------------------------------------------------


def killed(*args, **kwargs):
    raise SystemExit("killed")


@pytest.mark.parametrize("where", ["write", "ToldInput.objects.bulk_create"])
def test_a_worker_that_is_killed_leaves_everything_or_nothing(forum, monkeypatch, where):
    follower()
    new = appear()
    monkeypatch.setattr(f"submissions.operations.telling_followers.{where}", killed)
    with pytest.raises(SystemExit):
        tell()
    assert (digests(), ToldInput.objects.count()) == ([], 0)
    monkeypatch.undo()
    assert [tell(), tell()] == [1, 0]
    assert new.reference in digests()[0].text


def test_after_three_days_without_a_sweep_and_with_a_clock_that_goes_back_each_input_is_told_once(forum):
    follower()
    for number in range(4):
        appear(at=NOW + number * DAY + HOUR)
    days = [3 * DAY + HOUR, HOUR, 2 * DAY, 3 * DAY + 2 * HOUR, 9 * DAY]
    assert [tell(MORNING + each) for each in days] == [1, 0, 0, 0, 0]
    assert ToldInput.objects.count() == 4


def test_control_without_the_rows_of_what_was_told_an_input_would_be_told_twice(forum):
    follower()
    appear()
    assert tell() == 1
    ToldInput.objects.all().delete()
    assert tell(MORNING + DAY + HOUR) == 1  # it looks back a day: only these rows keep it from telling again


@pytest.mark.django_db(transaction=True)
def test_four_sweeps_at_once_write_each_letter_once(forum):
    for number in range(12):
        follower(f"p{number}@example.org", pace=["daily", "weekly"][number % 2])
    for number in range(3):
        appear(at=NOW + number * HOUR + HOUR)
    ready = threading.Barrier(4)

    def run():
        try:
            ready.wait()
            tell(MONDAY + HOUR)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    tell(MONDAY + HOUR)
    assert (len(digests()), ToldInput.objects.count()) == (12, 36)


def test_one_who_cannot_be_written_to_holds_up_nobody(forum, monkeypatch):
    bad, good = follower("bad@example.org"), follower("good@example.org")
    appear()
    real = telling_followers.write

    def write(template, *, to, **more):
        if to == bad.email:
            raise ValueError("no such template")
        return real(template, to=to, **more)

    monkeypatch.setattr(telling_followers, "write", write)
    assert tell() == 1
    assert [letter.to for letter in digests()] == [good.email]
    monkeypatch.undo()
    assert tell() == 1


def test_the_statements_of_a_letter_do_not_grow_with_the_inputs_in_it(forum, count_statements):
    follower()
    appear()
    few = count_statements(tell)
    for number in range(15):
        appear(at=MORNING + HOUR + number * timedelta(minutes=1))
    assert count_statements(lambda: tell(MORNING + DAY + HOUR)) == few


# Their own page -------------------------------------------------------------------------------------------------------


def test_the_page_of_the_key_shows_changes_and_ends_what_this_address_follows(client, forum):
    one, two = follower(query="objective=7"), follower(query="level=national")
    others = follower("other@example.org")
    address = f"/en/inputs/following/{key_of(one)}/"
    page = client.get(address).content.decode()
    assert page.count('value="end"') == 2
    assert "other@example.org" not in page
    client.post(address, {"act": "change", "following": str(two.name), "language": "es", "pace": "weekly"})
    two.refresh_from_db()
    assert (two.language, two.pace) == ("es", "weekly")
    client.post(address, {"act": "change", "following": str(others.name), "language": "es", "pace": "weekly"})
    others.refresh_from_db()
    assert others.language == "en"
    on = client.post(address, {"act": "end", "following": str(one.name)})
    assert on.headers["Location"] == f"/en/inputs/following/{key_of(two)}/"
    assert client.get(address).status_code == 404
    assert client.post(on.headers["Location"], {"act": "end_all"}).headers["Location"] == "/en/inputs/following/ended/"
    assert list(InputsFollowing.objects.all()) == [others]


def test_ending_erases_what_was_told_and_takes_back_what_waits(client, forum):
    one = follower()
    appear()
    tell()
    client.post(f"/en/inputs/following/{key_of(one)}/", {"act": "end", "following": str(one.name)})
    assert (digests(), ToldInput.objects.count(), InputsFollowing.objects.count()) == ([], 0, 0)


@pytest.mark.parametrize("key", ["x", "0" * 32, "a:b", "é:ü"])
def test_a_key_that_is_made_up_opens_nothing(client, forum, key):
    one = follower()
    assert following_of(key) is None
    assert following_of(f"{one.name.hex}:{'A' * 43}") is None
    assert following_of(Signer(salt="other").sign(one.name.hex)) is None
    assert client.get(f"/en/inputs/following/{key}/").status_code == 404


def test_who_is_signed_in_sees_what_their_address_follows(client, forum):
    person = make_user("amina")
    follower(person.email.upper(), query="objective=7")
    follower("other@example.org", query="objective=8")
    assert client.get("/en/my/following/").status_code == 302
    client.force_login(person)
    page = client.get("/en/my/following/").content.decode()
    assert page.count('value="end"') == 1
    assert "/en/my/following/" in client.get("/en/my/").content.decode()
    with translation.override("en"):
        assert client.post("/en/my/following/", {"act": "end_all"}).headers["Location"] == "/en/my/following/"
    assert InputsFollowing.objects.get().email == "other@example.org"
    assert f'value="{person.email}"' in client.get("/en/inputs/follow/").content.decode()


def test_an_address_nobody_confirmed_is_forgotten_after_a_week(forum):
    ask("late@example.org", at=NOW - WEEK)
    ask("fresh@example.org", at=NOW - WEEK + HOUR)
    follower("stands@example.org", since=NOW - 9 * WEEK)
    assert [operations.forget_followings(at=NOW), operations.forget_followings(at=NOW)] == [1, 0]
    assert set(InputsFollowing.objects.values_list("email", flat=True)) == {"fresh@example.org", "stands@example.org"}
