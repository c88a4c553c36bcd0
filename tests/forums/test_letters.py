"""The outbox against a real mail server: nothing lost, nothing doubled, no letter holds up another."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.core.mail import EmailMessage

from forums import operations
from forums.models import Letter
from forums.operations.sending import message_of
from tests.factories import NOW, make_draft
from tests.processes import mail_server

pytestmark = pytest.mark.django_db


@pytest.fixture
def postbox(settings):
    with mail_server() as (box, address):
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", int(address.rpartition(":")[2])
        yield box


@pytest.fixture
def about(amina):
    draft = make_draft(by=amina)
    return {"draft": draft, "call": draft.call, "person": amina, "closes": NOW}


def write(about, to, key=None, **more):
    return operations.write("submissions/unsent_draft", to=to, language="en", about=about, key=key or to, at=NOW, **more)


def test_a_letter_is_sent_once_however_often_the_sweep_runs(postbox, about):
    write(about, "one@example.org")
    assert [operations.send_due_letters(at=NOW) for _ in range(3)] == [1, 0, 0]
    assert postbox.recipients == ["one@example.org"]


def test_the_same_key_writes_one_letter(about):
    assert write(about, "one@example.org", key="k") == write(about, "one@example.org", key="k")
    assert Letter.objects.count() == 1


def test_an_address_refused_for_good_holds_up_nobody_and_is_given_up(postbox, about):
    postbox.refuse["gone@example.org"] = "550 no such person"
    for name in ("first", "gone", "last"):
        write(about, f"{name}@example.org")
    assert operations.send_due_letters(at=NOW) == 2
    gone = Letter.objects.get(to="gone@example.org")
    assert (gone.failed, gone.sent_at, "550" in gone.last_error) == (True, None, True)


def test_a_server_that_is_away_for_hours_gets_every_letter_once_it_is_back(postbox, about):
    postbox.down = True
    for number in range(5):
        write(about, f"p{number}@example.org")
    at = NOW
    for _ in range(12):
        at += timedelta(minutes=30)
        assert operations.send_due_letters(at=at) == 0
    postbox.down = False
    assert operations.send_due_letters(at=at + timedelta(hours=1)) == 5
    assert sorted(postbox.recipients) == [f"p{number}@example.org" for number in range(5)]


def test_after_a_day_of_refusals_a_letter_is_given_up_and_said(postbox, about):
    postbox.down = True
    write(about, "one@example.org")
    operations.send_due_letters(at=NOW)
    operations.send_due_letters(at=NOW + timedelta(hours=23))
    assert not Letter.objects.get().failed
    operations.send_due_letters(at=NOW + timedelta(hours=24))
    assert Letter.objects.get().failed


def test_every_try_carries_the_same_message_id(about):
    letter = write(about, "one@example.org")
    ids = {message_of(letter).message()["Message-ID"] for _ in range(2)}
    assert ids == {letter.message_id}


def test_a_private_letter_is_erased_once_sent(postbox, about):
    write(about, "one@example.org", private=True)
    operations.send_due_letters(at=NOW)
    assert Letter.objects.values_list("text", "html").get() == ("", "")


def test_a_held_letter_stays(postbox, about):
    write(about, "one@example.org")
    Letter.objects.update(held=True)
    assert operations.send_due_letters(at=NOW) == 0


@pytest.mark.parametrize("title", ["Line\r\nBcc: evil@example.org", "Two\u2028lines", "x" * 5000])
def test_what_people_type_changes_no_header(postbox, about, title):
    about["draft"].title = title
    write(about, "one@example.org")
    operations.send_due_letters(at=NOW)
    ((to, content),) = postbox.taken
    assert to == "one@example.org"
    assert b"\nBcc:" not in content.partition(b"\r\n\r\n")[0]


def test_control_a_header_with_a_line_break_would_be_refused():
    with pytest.raises(ValueError, match="newlines"):
        EmailMessage(subject="Line\nBcc: evil@example.org", to=["one@example.org"]).message()


def test_letters_name_whom_to_answer(about):
    message = message_of(write(about, "one@example.org")).message()
    assert message["Reply-To"] == settings.CONTACT_EMAIL
