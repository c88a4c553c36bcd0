"""The pages on which a forum gets its days, moves, is convened and recorded as held: what follows is shown before."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils.timezone import now

from forums import operations
from forums.models import Change, Follower, Forum, Letter
from tests.factories import make_call, make_forum, make_rules, make_user
from tests.forums.test_desk_views import fields_of

pytestmark = pytest.mark.django_db
TODAY = now().astimezone(ZoneInfo("America/New_York")).date()
FIRST, LAST = TODAY + timedelta(days=200), TODAY + timedelta(days=203)
LATER = (FIRST + timedelta(days=7), LAST + timedelta(days=7))


@pytest.fixture
def desk(dalia, desk_client):
    return desk_client(dalia)


@pytest.fixture
def announced(db):
    make_rules()
    return make_forum("next", year=FIRST.year, name="Next forum", first_day=None, last_day=None, status="announced")


@pytest.fixture
def dated(announced, dalia):
    operations.date_forum(announced, first_day=FIRST, last_day=LAST, by=dalia, at=now())
    return announced


def dates_page(forum):
    return reverse("admin:forums_forum_dates", args=[forum.pk])


def convene_page(forum):
    return reverse("admin:forums_forum_convene", args=[forum.pk])


def typed(days, **more):
    return {"first_day": days[0].isoformat(), "last_day": days[1].isoformat(), **more}


def shown(response):
    """What a preview sends back when it is pressed as it is."""
    plan = response.context["plan"]
    ticked = {
        name: [row.thing.pk for row in rows if row.moves]
        for name, rows in (("calls", plan.calls), ("sessions", plan.sessions))
    }
    return {"seen": plan.digest, "chosen": "yes", **ticked}


def stored(forum):
    return Forum.objects.get(pk=forum.pk)


# The form of a forum --------------------------------------------------------------------------------------------------


def test_a_forum_begins_without_dates_and_status_is_never_typed(desk):
    page = desk.get(reverse("admin:forums_forum_add"))
    assert not {"first_day", "last_day", "status"} & set(page.context["adminform"].form.fields)
    posted = {
        "slug": "2034",
        "year": 2034,
        "name_en": "Fourth International Migration Review Forum",
        "city_en": "New York",
        "time_zone": "America/New_York",
        "first_day": "2034-05-02",
        "last_day": "2034-05-05",
        "status": "convened",
    }
    assert desk.post(reverse("admin:forums_forum_add"), posted).status_code == 302
    made = Forum.objects.get(slug="2034")
    assert (made.status, made.first_day, made.city) == ("announced", None, "New York")
    address = reverse("admin:forums_forum_change", args=[made.pk])
    assert desk.post(address, fields_of(desk.get(address)) | posted).status_code == 302
    assert (stored(made).status, stored(made).first_day) == ("announced", None)
    assert dates_page(made) in desk.get(address).content.decode()


def test_a_zone_that_is_none_is_refused_with_a_sentence(desk):
    posted = {"slug": "2034", "year": 2034, "name_en": "Fourth", "city_en": "Atlantis", "time_zone": "Sea/Atlantis"}
    page = desk.post(reverse("admin:forums_forum_add"), posted)
    assert "“Sea/Atlantis” is not a time zone." in page.content.decode()
    assert not Forum.objects.filter(slug="2034").exists()


def test_only_people_of_the_desk_manage_a_forum(desk, dated, ravi, amina):
    choices = desk.get(reverse("admin:forums_forum_change", args=[dated.pk])).context["adminform"].form.fields["managers"]
    assert ravi in choices.queryset
    assert amina not in choices.queryset


# Setting the days ----------------------------------------------------------------------------------------------------


def test_every_duty_is_shown_with_rule_paragraph_and_days_from_today_before_anything_is_stored(desk, announced):
    response = desk.post(dates_page(announced), typed((FIRST, LAST), look="yes"))
    page = response.content.decode()
    assert response.status_code == 200
    assert "At least 12 weeks before the first day of the forum" in page
    assert "A/RES/73/326, paragraph 14" in page
    assert "Background note for round table 4" in page
    assert f'<time datetime="{FIRST - timedelta(weeks=12)}">' in page
    assert "in 116 days" in page  # 200 less twelve weeks, counted in New York
    assert "Set these dates" in page
    assert (stored(announced).status, announced.milestones.count(), Change.objects.count()) == ("announced", 0, 0)


def test_only_what_was_shown_is_set(desk, announced):
    response = desk.post(dates_page(announced), typed((FIRST, LAST), set="yes"))
    assert response.status_code == 200  # nothing was shown yet, so it is shown now
    assert stored(announced).first_day is None
    answer = desk.post(dates_page(announced), typed((FIRST, LAST), set="yes", **shown(response)))
    assert answer.url == reverse("admin:forums_forum_change", args=[announced.pk])
    assert (stored(announced).first_day, stored(announced).status) == (FIRST, "dated")
    assert announced.milestones.count() == 7


def test_what_is_past_already_is_said_before(desk, announced):
    soon = (TODAY + timedelta(days=30), TODAY + timedelta(days=33))
    page = desk.post(dates_page(announced), typed(soon, look="yes")).content.decode()
    assert "This day is already past, by 5" in page


def test_days_that_make_no_sense_are_refused_and_what_was_typed_stays(desk, announced):
    response = desk.post(dates_page(announced), typed((LAST, FIRST), look="yes"))
    page = response.content.decode()
    assert "The last day is before the first day. Check both dates." in page
    assert f'value="{LAST}"' in page
    assert response.context["plan"] is None
    response = desk.post(dates_page(announced), {"first_day": "someday", "last_day": ""})
    assert set(response.context["form"].errors) == {"first_day", "last_day"}


def test_the_preview_alone_is_given_where_htmx_asks(desk, announced):
    answer = desk.post(dates_page(announced), typed((FIRST, LAST)), headers={"HX-Request": "true"})
    page = answer.content.decode()
    assert "<html" not in page
    assert "At least 12 weeks before" in page
    whole = desk.get(dates_page(announced)).content.decode()
    assert "htmx-2.min.js" in whole
    assert "<script>" not in whole
    assert ' style="' not in whole


# Moving --------------------------------------------------------------------------------------------------------------


def test_old_and_new_stand_side_by_side_with_who_is_told(desk, dated, dalia):
    dated.managers.add(dalia)
    Follower.objects.create(email="f@example.org", asked_at=now(), confirmed_at=now())
    call = make_call(dated, opens_at=now() - timedelta(days=1), closes_at=now() + timedelta(days=30))
    response = desk.post(dates_page(dated), typed(LATER, look="yes"))
    page = response.content.decode()
    assert f'<del><time datetime="{FIRST - timedelta(weeks=12)}">' in page
    assert f'<ins><time datetime="{LATER[0] - timedelta(weeks=12)}">' in page
    assert f'name="calls" value="{call.pk}"' in page
    assert "1 person who was told an older day, or answers for a duty, gets one letter" in page
    assert dalia.email in page
    assert "1 address that follows the calendar hears of the change." in page
    assert stored(dated).first_day == FIRST


def test_a_forum_moves_with_what_is_ticked_and_a_reason(desk, dated, dalia):
    goes, stays = (
        make_call(dated, opens_at=now() - timedelta(days=1), closes_at=now() + timedelta(days=30)) for _ in range(2)
    )
    preview = shown(desk.post(dates_page(dated), typed(LATER, look="yes")))
    pressed = typed(LATER, set="yes", **preview, authority="The President") | {"calls": [goes.pk]}
    response = desk.post(dates_page(dated), pressed)
    assert "Give the reason for the new dates" in response.content.decode()
    assert stored(dated).first_day == FIRST
    assert desk.post(dates_page(dated), pressed | {"reason": "The hall."}).status_code == 302
    assert (stored(dated).first_day, stored(dated).edition_of_dates) == (LATER[0], 2)
    [former] = dated.former_dates.all()
    assert (former.reason, former.by) == ("The hall.", dalia)
    assert goes.extensions.get().authority == "The President"
    assert stays.extensions.count() == 0
    assert "The hall." in desk.get(dates_page(dated)).content.decode()


def test_a_preview_that_is_out_of_date_is_shown_again_and_not_carried_out(desk, dated):
    preview = shown(desk.post(dates_page(dated), typed(LATER, look="yes")))
    make_call(dated, opens_at=now() - timedelta(days=1), closes_at=now() + timedelta(days=30))
    pressed = typed(LATER, set="yes", reason="The hall.", authority="The President", **preview)
    response = desk.post(dates_page(dated), pressed)
    assert response.status_code == 409
    page = response.content.decode()
    assert "Something changed since you looked, so nothing was done." in page
    assert "The hall." in page
    assert stored(dated).first_day == FIRST
    assert desk.post(dates_page(dated), pressed | shown(response)).status_code == 302


def test_other_days_than_those_shown_are_shown_first(desk, dated):
    preview = shown(desk.post(dates_page(dated), typed(LATER, look="yes")))
    other = (FIRST + timedelta(days=14), LAST + timedelta(days=14))
    assert desk.post(dates_page(dated), typed(other, set="yes", reason="The hall.", **preview)).status_code == 409
    assert stored(dated).first_day == FIRST


def test_what_the_operation_refuses_is_said_on_the_page(desk, dated):
    make_call(dated, opens_at=now() - timedelta(days=9), closes_at=now() + timedelta(days=3))
    earlier = (FIRST - timedelta(days=7), LAST - timedelta(days=7))
    preview = desk.post(dates_page(dated), typed(earlier, look="yes"))
    assert "which is past. Let it stay, or choose later days." in preview.content.decode()
    response = desk.post(dates_page(dated), typed(earlier, set="yes", reason="Sooner.", **shown(preview)))
    assert "would close on" in str(response.context["form"].non_field_errors())
    assert (stored(dated).first_day, Letter.objects.count()) == (FIRST, 0)


def test_who_may_not_change_forums_opens_neither_page(desk_client, dated, ravi):
    client = desk_client(ravi)
    for address in (dates_page(dated), convene_page(dated)):
        assert client.get(address).status_code == 403
        assert client.post(address, typed(LATER)).status_code == 403


def test_a_forum_that_was_held_has_no_page_for_its_days(desk, dated):
    Forum.objects.filter(pk=dated.pk).update(status="held")
    assert desk.get(dates_page(dated)).status_code == 404
    assert dates_page(dated) not in desk.get(reverse("admin:forums_forum_change", args=[dated.pk])).content.decode()


def test_the_preview_costs_the_same_with_one_and_with_thirty_calls(desk, dated, count_statements):
    def look():
        assert desk.post(dates_page(dated), typed(LATER, look="yes")).status_code == 200

    def fill(number):
        for _ in range(number):
            duty = dated.milestones.create(kind="other", name="Duty", weeks_before=2, responsible=make_user(staff=True))
            make_call(dated, opens_at=now(), closes_at=now() + timedelta(days=30), feeds=duty)

    fill(1)
    look()
    few = count_statements(look)
    fill(29)
    assert count_statements(look) == few


# Convening -----------------------------------------------------------------------------------------------------------


def press(client, forum, **what):
    seen = client.get(convene_page(forum)).context["seen"]
    return client.post(convene_page(forum), {"seen": seen, **what})


def test_all_reasons_stand_on_the_page_before_and_after_it_is_pressed(desk, dated):
    dated.round_tables.get(number=4).delete()
    page = desk.get(convene_page(dated)).content.decode()
    assert "2 things stand against convening it:" in page
    assert "this one has 3." in page
    response = press(desk, dated, convene="yes")
    assert response.status_code == 409
    assert "The forum was not convened: something still stands against it." in response.content.decode()
    assert stored(dated).status == "dated"


def test_what_is_indicative_is_set_aside_with_a_reason_and_nothing_else_offers_it(desk, dated, dalia):
    dated.round_tables.update(indicative=True)
    dated.round_tables.get(number=1).objectives.remove(1)
    dated.round_tables.get(number=2).objectives.clear()
    page = desk.get(convene_page(dated)).content.decode()
    assert page.count('name="aside-') == 1
    response = press(desk, dated, convene="yes", **{"aside-objectives_once": "Still under talks."})
    assert "Still under talks." in response.content.decode()  # nothing typed is lost
    dated.round_tables.get(number=2).objectives.set(range(2, 24, 4))
    assert press(desk, dated, convene="yes", **{"aside-objectives_once": "Still under talks."}).status_code == 302
    assert stored(dated).status == "convened"
    [override] = dated.overrides.all()
    assert (override.reason, override.by) == ("Still under talks.", dalia)


def test_a_page_made_before_the_forum_moved_convenes_nothing(desk, dated, dalia):
    seen = desk.get(convene_page(dated)).context["seen"]
    operations.move_forum(dated, first_day=LATER[0], last_day=LATER[1], reason="The hall.", by=dalia, at=now())
    response = desk.post(convene_page(dated), {"seen": seen, "convene": "yes"})
    assert response.status_code == 409
    assert "Something changed since you looked" in response.content.decode()
    assert stored(dated).status == "dated"


def test_a_forum_is_recorded_as_held_once_it_is_over(desk, dated):
    Forum.objects.filter(pk=dated.pk).update(status="convened")
    page = desk.get(convene_page(dated)).content.decode()
    assert "It can be recorded as held from the day after its last day." in page
    response = press(desk, dated, held="yes")
    assert response.status_code == 409
    Forum.objects.filter(pk=dated.pk).update(first_day=TODAY - timedelta(days=9), last_day=TODAY - timedelta(days=6))
    assert press(desk, dated, held="yes").status_code == 302
    assert stored(dated).status == "held"
    assert desk.get(convene_page(dated)).status_code == 404


@pytest.mark.parametrize("language", ["ar", "en"])
def test_every_page_opens_in_both_directions(desk, dated, language):
    desk.get(f"/admin/?lang={language}")
    for address in (dates_page(dated), convene_page(dated)):
        response = desk.get(address)
        assert response.status_code == 200
        assert f'dir="{"rtl" if language == "ar" else "ltr"}"' in response.content.decode()
