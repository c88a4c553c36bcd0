"""Closing an account: shown before it is done, refused where somebody must stay, done after a word typed."""

import threading
from datetime import date

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.urls import reverse

from accreditation.models import Erasure, Membership, User
from accreditation.personal import archives
from accreditation.personal.closing import against_closing, close
from accreditation.personal.erasing import erase
from accreditation.personal.who import who_is
from forums.models import Forum, Letter
from forums.operations import send_due_letters
from forums.refusals import Refused
from submissions.models import Submission
from tests.accreditation.participation import make_participant, registered
from tests.accreditation.test_personal_pages import say_again
from tests.factories import (
    NOW,
    PASSWORD,
    join,
    make_draft,
    make_forum,
    make_organisation,
    make_standing,
    make_submission,
    make_user,
)

pytestmark = pytest.mark.django_db


def test_the_page_shows_what_happens_and_then_it_is_done(client, amina, draft):
    say_again(client, amina)
    page = reverse("accreditation:close_account")
    shown = client.get(page).content.decode()
    for words in ("Erased", "Stays without name and address", "Stays, and why", "Erase me and close the account"):
        assert words in shown
    assert "This is another address." in client.post(page, {"email": "other@example.org"}).content.decode()
    assert User.objects.get(pk=amina.pk).is_active
    assert "The account is closed" in client.post(page, {"email": "Amina@example.org"}).content.decode()
    gone = User.objects.get(pk=amina.pk)
    assert (gone.is_active, gone.name, gone.email) == (False, "", f"erased-{amina.pk}@erased.invalid")
    assert client.get("/en/my/").status_code == 302  # signed out


def test_it_is_asked_again_who_one_is_before_it_is_done(client, amina):
    client.force_login(amina)
    page = reverse("accreditation:close_account")
    assert client.get(page).status_code == 200
    answer = client.post(page, {"email": amina.email})
    assert "/accounts/reauthenticate/" in answer.headers["Location"]
    assert User.objects.get(pk=amina.pk).is_active
    answer = client.post(answer.headers["Location"], {"password": PASSWORD, "next": page})  # what was pressed goes on
    assert "The account is closed" in answer.content.decode()
    assert not User.objects.get(pk=amina.pk).is_active
    assert client.get("/en/my/").status_code == 302


def test_every_session_ends(client, amina):
    for _browser in range(2):
        client.cookies.clear()
        client.force_login(amina)
    assert Session.objects.count() == 2
    close(amina, at=NOW)
    assert Session.objects.count() == 0


def test_drafts_stay_with_the_organisation(amina, draft, organisation):
    close(amina, at=NOW)
    kept = Submission.objects.get(pk=draft.pk)
    assert (kept.title, kept.organisation, kept.begun_by_id) == (draft.title, organisation, amina.pk)
    ended = Membership.objects.get(user=amina)
    assert (ended.until, ended.ended) == (NOW, "closed")


def test_the_last_letter_says_what_was_done_and_leaves_no_address(amina):
    User.objects.filter(pk=amina.pk).update(language="fr")
    close(User.objects.get(pk=amina.pk), at=NOW)
    letter = Letter.objects.get(kind="accreditation/farewell")
    assert (letter.to, letter.language, letter.private) == ("amina@example.org", "fr", True)
    assert archives.forget(at=NOW) == 0  # it has not gone out yet
    assert send_due_letters(at=NOW) == 1
    assert archives.forget(at=NOW) == 1
    assert Letter.objects.count() == 0


# What stands against it ----------------------------------------------------------------------------------------------


def stands(amina, how, organisation, forum, call):
    if how == "a standing":
        make_standing(organisation, forum)
    if how == "an input on its way":
        make_submission(call=call, organisation=organisation, by=amina)
    if how == "a person registered":
        registered(make_participant(forum, by=amina))


@pytest.mark.parametrize("how", ["a standing", "an input on its way", "a person registered"])
def test_the_last_one_who_speaks_for_something_that_stands_stays(how, amina, organisation, forum, call):
    Forum.objects.update(last_day=date(2026, 5, 8))
    stands(amina, how, organisation, forum, call)
    assert ["Hand over" in str(sentence) for sentence in against_closing(amina, NOW)] == [True]
    with pytest.raises(Refused, match="Hand over to another"):
        close(amina, at=NOW)
    assert Erasure.objects.count() == 0
    for membership in Membership.objects.filter(user=amina):
        join(membership.organisation, make_user(), "alternate")
    close(amina, at=NOW)
    assert Erasure.objects.count() == 1


def test_a_colleague_who_may_not_sign_in_is_nobody_to_ask(amina, bruno, organisation, forum):
    make_standing(organisation, forum)
    join(organisation, bruno, "alternate")
    User.objects.filter(pk=bruno.pk).update(is_active=False)
    assert len(against_closing(amina, NOW)) == 1


@pytest.mark.parametrize("how", ["only drafts", "a forum that is over", "a drafter", "published", "nothing"])
def test_where_nothing_stands_it_is_free(how, amina, organisation, forum, call):
    if how == "only drafts":
        make_draft(call=call, organisation=organisation, by=amina)
    if how == "a forum that is over":
        make_standing(organisation, forum)
        Forum.objects.filter(pk=forum.pk).update(first_day=date(2022, 5, 17), last_day=date(2022, 5, 20))
    if how == "a drafter":
        make_standing(organisation, forum)
        organisation.memberships.update(role="drafter")
    if how == "published":
        make_submission(status="published", call=call, organisation=organisation, by=amina)
    assert against_closing(amina, NOW) == []


@pytest.mark.django_db(transaction=True)
def test_of_two_who_slip_out_at_the_same_moment_one_stays():
    forum = make_forum()
    organisation = make_organisation()
    people = [make_user(), make_user()]
    for person in people:
        join(organisation, person)
    make_standing(organisation, forum)
    together, refused = threading.Barrier(2), []

    def slip_out(person):
        together.wait()
        try:
            close(person, at=NOW)
        except Refused:
            refused.append(person)
        finally:
            connection.close()

    threads = [threading.Thread(target=slip_out, args=[person]) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 1
    assert organisation.memberships.standing().count() == 1


def test_people_of_the_desk_ask_an_administrator(client, ravi, dalia):
    assert "administrator" in str(against_closing(ravi, NOW)[0])
    with pytest.raises(Refused):
        close(ravi, at=NOW)
    with pytest.raises(Refused, match="takes it off the desk first"):
        erase(who_is(ravi), by=dalia, at=NOW)
    page = say_again(client, ravi).get(reverse("accreditation:close_account")).content.decode()
    assert "Erase me" not in page
