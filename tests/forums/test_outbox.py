"""What the desk does with letters that were written: hold, release, send now, send again, rewrite, tick off."""

from datetime import timedelta

import pytest

from forums import operations
from forums.models import Letter
from forums.refusals import Refused
from tests.factories import NOW, make_draft, make_user
from tests.imrf_portal.rooms import make_letter

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=3)
SENT = {"sent_at": NOW, "tries": 1}


def state(letter):
    letter.refresh_from_db()
    return letter.held, letter.failed, letter.not_before


@pytest.mark.parametrize("fields", [SENT, {"held": True}, {"claimed_until": LATER}])
def test_what_is_sent_held_or_under_way_is_not_held(fields):
    with pytest.raises(Refused):
        operations.hold(make_letter(**fields))


def test_hold_and_release():
    letter = make_letter()
    operations.hold(letter)
    assert list(Letter.objects.due(LATER)) == []
    operations.release(letter)
    assert list(Letter.objects.due(LATER)) == [letter]
    with pytest.raises(Refused):
        operations.release(letter)


@pytest.mark.parametrize("fields", [{"held": True}, {"not_before": LATER}, {"held": True, "not_before": LATER}])
def test_send_now_lets_a_letter_go_that_is_held_or_waits_for_its_day(fields):
    letter = make_letter(**fields)
    operations.send_now(letter, at=NOW)
    assert state(letter) == (False, False, NOW)


@pytest.mark.parametrize("fields", [SENT, {"failed": True}, {"claimed_until": LATER}])
def test_send_now_is_nothing_for_letters_sent_given_up_or_under_way(fields):
    with pytest.raises(Refused):
        operations.send_now(make_letter(**fields), at=NOW)


def test_a_letter_given_up_is_tried_again_as_if_it_were_new():
    letter = make_letter(failed=True, tries=9, own_refusals=9, refused_since=NOW, settled=True, last_error="550")
    operations.send_again(letter, at=LATER)
    assert state(letter) == (False, False, LATER)
    assert (letter.tries, letter.own_refusals, letter.refused_since, letter.settled) == (0, 0, None, False)
    with pytest.raises(Refused):
        operations.send_again(letter, at=LATER)


def test_letters_given_up_or_come_back_are_ticked_off_once_others_not_at_all():
    for fields in ({"failed": True}, {**SENT, "bounced_at": NOW}):
        letter = make_letter(str(fields), **fields)
        operations.settle(letter)
        with pytest.raises(Refused):
            operations.settle(letter)
    with pytest.raises(Refused):
        operations.settle(make_letter("fine", **SENT))


# Other words ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def reminder(amina):
    draft = make_draft(by=amina)
    about = {"draft": draft, "call": draft.call, "person": amina}
    to = {"to": amina.email, "language": "ar", "key": "k", "at": NOW}
    return operations.write("submissions/unsent_draft", about=about, **to)


def rewrite(letter, by=None, subject="Neu: a subject", text="Dear Amina,\n\nread <b>this</b>."):
    return operations.rewrite(letter, subject=subject, text=text, by=by or make_user(staff=True), at=NOW)


def test_other_words_stand_in_text_and_html_the_foot_stays_and_the_former_ones_are_kept(reminder, dalia):
    was = (reminder.subject, reminder.text)
    foot = reminder.text.rpartition("\n--\n")[2]
    letter = rewrite(reminder, dalia)
    assert (letter.subject, letter.rewritten_by) == ("Neu: a subject", dalia)
    assert letter.text == f"Dear Amina,\n\nread <b>this</b>.\n\n--\n{foot}"
    assert "<p>read &lt;b&gt;this&lt;/b&gt;.</p>" in letter.html
    assert '<html lang="ar" dir="rtl">' in letter.html
    assert "/ar/letters/stop/" in letter.html
    [former] = letter.former_words.all()
    assert (former.subject, former.text, former.by, former.at) == (*was, dalia, NOW)


def test_the_same_words_again_are_no_rewriting(reminder, dalia):
    rewrite(reminder, dalia)
    rewrite(reminder, make_user(staff=True))
    assert (reminder.former_words.count(), Letter.objects.get().rewritten_by) == (1, dalia)


@pytest.mark.parametrize("fields", [SENT, {"claimed_until": LATER}, {"private": True}])
def test_what_is_sent_under_way_or_private_is_not_rewritten(fields):
    letter = make_letter(**fields)
    with pytest.raises(Refused):
        rewrite(letter)
    assert Letter.objects.get().text == letter.text


@pytest.mark.parametrize("empty", [{"subject": " "}, {"text": "\n"}])
def test_a_letter_without_words_is_refused(reminder, empty):
    with pytest.raises(Refused, match="needs a subject and a text"):
        rewrite(reminder, **empty)


def test_a_subject_adds_no_header(reminder):
    assert rewrite(reminder, subject="One\r\nBcc: evil@example.org\x00").subject == "One Bcc: evil@example.org"


def test_letters_of_one_moment_keep_the_order_of_their_writing():
    keys = [f"k{number}" for number in range(50)]
    for key in keys:
        make_letter(key)
    assert list(Letter.objects.order_by("written_at", "id").values_list("key", flat=True)) == keys
