"""More information asked for named points until a date; reminders once each; the answer comes back to the same hands."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from accreditation import operations
from accreditation.models import Accreditation
from accreditation.operations.enquiring import is_overdue
from accreditation.operations.lacking import open_enquiry
from accreditation.operations.screening import screener_of
from accreditation.tasks import announce_steps
from forums.models import Letter
from forums.refusals import Refused
from tests.accreditation.applications import a_file, make_application, make_points
from tests.factories import NOW, make_user

pytestmark = pytest.mark.django_db
DAY = date(2026, 1, 30)
ENDS = datetime(2026, 1, 31, 4, 59, tzinfo=UTC)  # 23:59 in New York


@pytest.fixture
def screened(amina, organisation):
    return make_application(by=amina, organisation=organisation, status="screening")


@pytest.fixture
def screener(screened):
    return screener_of(screened)


@pytest.fixture
def asked(screened, screener):
    points = make_points()
    operations.ask_for_more(screened, by=screener, at=NOW, question="Since when?", points=[points["purpose"]], answer_on=DAY)
    return Accreditation.objects.get(pk=screened.pk)


def save(accreditation, by, reply=None, **answers):
    points = make_points()
    return operations.save_application(
        accreditation,
        by=by,
        at=NOW,
        edition=accreditation.edition,
        answers={points[code]: text for code, text in answers.items()},
        reply=reply,
    )


def test_the_question_goes_out_with_its_points_and_its_date(asked, amina):
    enquiry = open_enquiry(asked)
    assert (enquiry.answer_by, [point.code for point in enquiry.points.all()]) == (ENDS, ["purpose"])
    announce_steps()
    letter = Letter.objects.get(kind="accreditation/more_asked", to=amina.email)
    assert "Since when?" in letter.text
    assert "Purpose" in letter.text
    assert "30 January 2026, 23:59 New York" in letter.text


def test_a_date_that_has_passed_is_refused(screened, screener):
    with pytest.raises(Refused, match="passed already"):
        operations.ask_for_more(screened, by=screener, at=NOW, question="?", answer_on=NOW.date() - timedelta(days=1))
    assert Accreditation.objects.get(pk=screened.pk).status == "screening"


def test_only_the_named_points_and_the_reply_are_written(asked, amina):
    kept = save(asked, amina, reply="Since 1999.", purpose="Help since 1999.", head="Somebody else")
    texts = dict(kept.answers.values_list("point__code", "text"))
    assert texts == {"head": "Nadia Example, director", "purpose": "Help since 1999."}
    assert open_enquiry(kept).reply == "Since 1999."
    points = make_points()
    with pytest.raises(Refused, match="cannot be changed now"):
        operations.add_evidence(kept, a_file("b.txt", b"x"), point=points["statutes"], by=amina, at=NOW)
    with pytest.raises(Refused, match="did not ask about"):
        operations.remove_evidence(kept.files.get(), by=amina, at=NOW)


def test_the_answer_goes_back_to_the_same_hands(asked, amina, screener):
    late = ENDS + timedelta(days=40)  # the call has closed and the date has passed
    sent = operations.send(save(asked, amina, reply="Since 1999."), by=amina, at=late)
    assert (sent.status, sent.steps.last().note) == ("submitted", "Since 1999.")
    assert screener_of(sent) == screener
    assert sent.enquiries.get().answered_at == late
    announce_steps()
    assert Letter.objects.filter(kind="accreditation/answered", to=amina.email).count() == 1


def test_a_question_without_points_needs_a_reply(screened, screener, amina):
    operations.ask_for_more(screened, by=screener, at=NOW, question="Since when?")
    asked = Accreditation.objects.get(pk=screened.pk)
    with pytest.raises(Refused, match="Answer the question"):
        operations.send(asked, by=amina, at=NOW)
    operations.send(save(asked, amina, reply="1999"), by=amina, at=NOW)


def moments(*days_and_hours):
    return [datetime(2026, 1, day, hour, tzinfo=UTC) for day, hour in days_and_hours]


def test_reminders_three_days_before_and_on_the_day_once_each(asked, amina):
    sent = []
    for at in moments((24, 12), (27, 4), (27, 6), (28, 12), (30, 4), (30, 6), (30, 20), (31, 6)):
        operations.remind_of_enquiries(at=at)
        operations.remind_of_enquiries(at=at)
        sent.append(Letter.objects.filter(kind="accreditation/answer_awaited", to=amina.email).count())
    assert sent == [0, 0, 1, 1, 1, 2, 2, 2]  # midnight in New York is 5:00 UTC
    assert "Since when?" in Letter.objects.filter(kind="accreditation/answer_awaited").first().text


def test_after_a_standstill_one_reminder_and_not_two(asked):
    [on_the_day] = moments((30, 12))
    assert operations.remind_of_enquiries(at=on_the_day) == 1
    assert operations.remind_of_enquiries(at=on_the_day + timedelta(hours=1)) == 0


def test_whoever_was_asked_late_or_has_answered_is_not_reminded(screened, screener, amina):
    operations.ask_for_more(screened, by=screener, at=NOW, question="?", answer_on=NOW.date() + timedelta(days=2))
    asked = Accreditation.objects.get(pk=screened.pk)
    assert operations.remind_of_enquiries(at=NOW + timedelta(hours=2)) == 0
    operations.send(save(asked, amina, reply="x"), by=amina, at=NOW)
    assert operations.remind_of_enquiries(at=NOW + timedelta(days=2)) == 0


def test_overdue_from_the_first_moment_after_the_day(asked):
    enquiry = open_enquiry(asked)
    assert not is_overdue(enquiry, ENDS)
    assert is_overdue(enquiry, ENDS + timedelta(seconds=1))


def test_closed_unanswered_after_the_date_only(asked, screener, amina):
    with pytest.raises(Refused, match="not passed yet"):
        operations.close_unanswered(asked, by=screener, at=ENDS, reason="Nothing came.")
    operations.close_unanswered(asked, by=screener, at=ENDS + timedelta(days=1), reason="Nothing came.")
    assert Accreditation.objects.get(pk=asked.pk).status == "expired"
    announce_steps()
    assert "Nothing came." in Letter.objects.get(kind="accreditation/expired", to=amina.email).text


def test_the_page_offers_only_what_was_asked(client, asked, amina, organisation, forum):
    client.force_login(amina)
    shown = client.get(reverse("accreditation:application", args=[organisation.slug, forum.slug])).content.decode()
    assert "Since when?" in shown
    assert 'name="answer-purpose"' in shown
    assert 'name="reply"' in shown
    assert 'name="answer-head"' not in shown
    assert 'name="women"' not in shown
    assert "Nadia Example, director" in shown, "what was sent stays readable"


def test_answering_through_the_pages(client, asked, amina, organisation, forum):
    client.force_login(amina)
    place = reverse("accreditation:application", args=[organisation.slug, forum.slug])
    typed = {"edition": asked.edition, "answer-purpose": "Help since 1999.", "reply": "Since 1999.", "then": "check"}
    check = client.post(place, typed, follow=True)
    assert "Since 1999." in check.content.decode()
    sent = client.post(check.request["PATH_INFO"], {"edition": asked.edition + 1, "correct": "on"}, follow=True)
    assert "put before the desk" in sent.content.decode()
    assert Accreditation.objects.get().status == "submitted"


def test_strangers_of_the_desk_are_not_written_to(asked):
    make_user()
    announce_steps()
    assert Letter.objects.filter(kind="accreditation/more_asked").count() == 1
