"""One's own deadlines at a private address: what concerns this person, for whoever has the key and nobody else."""

from datetime import UTC, date, timedelta

import pytest
import vobject

from forums.models import CalendarKey, Milestone
from forums.operations.calendar_keys import give_calendar_key, renew_calendar_key
from tests.factories import CLOSES, NOW, make_call, make_draft, make_organisation, make_standing, make_submission, make_user

pytestmark = pytest.mark.django_db


def address_of(user):
    return f"/my/calendar/{give_calendar_key(user, at=NOW).key}.ics"


def entries_at(client, address):
    response = client.get(address)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert "no-store" in response.headers["Cache-Control"]
    assert not response.cookies
    events = vobject.readOne(response.content.decode()).contents.get("vevent", [])
    return {event.uid.value.partition("@")[0]: event for event in events}


def test_it_has_the_closings_one_may_answer_and_says_which_drafts_wait(client, forum, amina, organisation):
    anybody = make_call(forum, window="open")
    nhris = make_call(forum, window="open", audience="bases", bases=["nhri"])
    ecosoc = make_call(forum, window="open", audience="bases", bases=["ecosoc"])
    accredited = make_call(forum, window="open", audience="accredited")
    make_call(forum, window="open", recorded_by_desk_only=True)
    with_draft = make_call(forum, window="now")
    make_draft(call=with_draft, organisation=organisation, by=amina, title="A secret title")
    with_draft.audience, with_draft.bases = "bases", ["special"]
    with_draft.save()
    before = entries_at(client, address_of(amina))
    assert set(before) == {f"call-{anybody.pk}-closes", f"call-{with_draft.pk}-closes"}
    make_standing(organisation, forum, "ecosoc")
    there = entries_at(client, address_of(amina))
    assert set(there) == {f"call-{call.pk}-closes" for call in (anybody, ecosoc, accredited, with_draft)}
    assert nhris.pk not in there
    assert "1 draft is not sent yet." in there[f"call-{with_draft.pk}-closes"].description.value
    assert there[f"call-{anybody.pk}-closes"].dtstart.value.astimezone(UTC) == CLOSES
    assert there[f"call-{anybody.pk}-closes"].valarm.trigger.value == timedelta(days=-1)
    assert "secret" not in str([event.serialize() for event in there.values()])


def test_a_question_of_the_network_stands_on_its_day_until_it_is_answered(client, forum, amina, organisation):
    asked = make_submission(call=make_call(forum), status="clarification_asked", organisation=organisation, by=amina)
    question = entries_at(client, address_of(amina))[f"question-{asked.pk}"]
    assert question.dtstart.value == NOW.date()
    assert asked.reference in question.summary.value
    type(asked).objects.update(status="submitted")
    assert f"question-{asked.pk}" not in entries_at(client, address_of(amina))


def test_duties_are_for_those_of_the_desk_who_answer_for_them(client, forum, amina, dalia, organisation):
    duty = Milestone.objects.create(forum=forum, kind="report", name="Report", weeks_before=12, responsible=dalia)
    Milestone.objects.create(forum=forum, kind="other", name="Of nobody", weeks_before=2)
    there = entries_at(client, address_of(dalia))
    assert set(there) == {f"milestone-{duty.pk}"}
    assert there[f"milestone-{duty.pk}"].dtstart.value == date(2026, 2, 10)
    dalia.is_staff = False
    dalia.save()
    assert entries_at(client, address_of(dalia)) == {}


def test_it_is_in_ones_own_language_or_in_the_one_asked_for(client, forum, organisation, amina):
    amina.language = "fr"
    amina.save()
    make_call(forum, window="open", name="Inputs", name_fr="Contributions", name_ar="إسهامات")
    (event,) = entries_at(client, address_of(amina)).values()
    assert "Contributions" in event.summary.value
    (event,) = entries_at(client, address_of(amina) + "?lang=ar").values()
    assert "إسهامات" in event.summary.value


def test_a_wrong_key_is_any_wrong_address(client, forum, amina):
    right = address_of(amina)

    def said(address):
        answer = client.get(address)
        return answer.status_code, answer.content.decode().replace(address, "")

    plain = said("/my/calendar-x.ics")
    for wrong in ("/my/calendar/x.ics", "/my/calendar/.ics", right.replace(".ics", "x.ics"), right + "/"):
        assert said(wrong) == plain
    amina.is_active = False
    amina.save()
    assert said(right) == plain
    assert plain[0] == 404


def test_a_new_address_makes_the_old_one_lead_nowhere(client, amina):
    old = address_of(amina)
    renew_calendar_key(amina, at=NOW)
    assert client.get(old).status_code == 404
    assert client.get(address_of(amina)).status_code == 200


def test_the_page_makes_shows_renews_and_takes_back_the_address(client, amina, bruno):
    client.force_login(amina)
    assert "/my/calendar/" in client.get("/en/my/").content.decode()
    assert not CalendarKey.objects.exists()
    keys = []
    for act in ("make", "make", "renew"):
        assert client.post("/en/my/calendar/", {"act": act}).headers["Location"] == "/en/my/#calendar"
        keys.append(CalendarKey.objects.get(user=amina).key)
        assert f"http://testserver/my/calendar/{keys[-1]}.ics" in client.get("/en/my/").content.decode()
    assert keys[0] == keys[1] != keys[2]
    client.post("/en/my/calendar/", {"act": "stop"})
    assert not CalendarKey.objects.exists()
    assert client.get("/en/my/calendar/").status_code == 405
    client.logout()
    assert client.post("/en/my/calendar/", {"act": "make"}).status_code == 302
    assert not CalendarKey.objects.exists()


def test_who_left_the_organisation_sees_its_deadlines_no_more(client, forum, organisation, amina):
    make_call(forum, window="open")
    assert len(entries_at(client, address_of(amina))) == 1
    organisation.memberships.update(until=NOW)
    assert entries_at(client, address_of(amina)) == {}


def test_the_number_of_statements_does_not_grow(client, forum, count_statements):
    user = make_user(staff=True)

    def fill(times):
        for _ in range(times):
            mine = make_organisation(focal_point=user)
            make_standing(mine, forum)
            call = make_call(forum, window="open", audience="accredited")
            make_draft(call=call, organisation=mine, by=user)
            make_submission(call=make_call(forum), status="clarification_asked", organisation=mine, by=user)
            Milestone.objects.create(forum=forum, kind="other", name="d", responsible=user)

    address = address_of(user)
    fill(1)
    with_one = count_statements(lambda: client.get(address))
    fill(5)
    assert count_statements(lambda: client.get(address)) == with_one
    assert with_one <= 11
