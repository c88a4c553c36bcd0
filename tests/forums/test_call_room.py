"""The room of calls: typed on the clock of the forum's city; what people know is extended on a page of its own."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.conf import settings
from django.utils.timezone import now

from forums import operations
from forums.models import Call, Change, Extension, Follower, Letter, SecondPersonRequest
from forums.refusals import Refused
from forums.templatetags.moments import in_words
from tests.factories import make_call, make_draft, make_forum, make_user
from tests.forums.test_desk_views import change, errors_of, fields_of, save

pytestmark = pytest.mark.django_db
WORDS = {"reason": "A storm closed many offices.", "authority": "Co-chairs of the forum", "told": "concerned"}


@pytest.fixture
def desk(dalia, desk_client):
    return desk_client(dalia)


@pytest.fixture
def unopened(forum):
    """Opens on 5 January 2089, 09:00 in New York."""
    return make_call(forum, opens_at=datetime(2089, 1, 5, 14, tzinfo=UTC), closes_at=datetime(2090, 1, 30, 22, tzinfo=UTC))


@pytest.fixture
def call(forum):
    """Open, and closes in two days."""
    return make_call(forum, closes_at=now().replace(microsecond=0) + timedelta(days=2))


def agreed():
    """A second person agrees to what was asked."""
    asked = SecondPersonRequest.objects.get(decided_at=None)
    operations.agree_as_second(asked, by=make_user(staff=True, roles=["forum manager"]), at=now())


def extend(thing):
    return f"/admin/forums/call/{thing.pk}/extend/"


def typed(call, **changes):
    return {"closes_at": "2091-01-30T17:00", "seen": call.closes_at.isoformat(), **WORDS, **changes}


# Typing a window ----------------------------------------------------------------------------------------------------


def test_a_closing_is_typed_and_shown_on_the_clock_of_the_forums_city(desk, unopened):
    response = desk.get(change(unopened))
    page = response.content.decode()
    assert 'value="2090-01-30T17:00:00"' in page
    assert "Wall clock of New York (America/New_York)." in page
    save(desk, change(unopened), fields_of(response) | {"closes_at": "2089-11-06T01:30"})
    unopened.refresh_from_db()
    assert unopened.closes_at == datetime(2089, 11, 6, 5, 30, tzinfo=UTC)  # shown twice that night: the first
    assert unopened.opens_at == datetime(2089, 1, 5, 14, tzinfo=UTC)


def test_a_time_that_new_york_skips_is_refused_and_what_was_typed_stays(desk, forum):
    call = make_call(forum, closes_at=None)
    posted = fields_of(desk.get(change(call))) | {"closes_at": "2026-03-08T02:30"}
    response = desk.post(change(call), posted)
    assert "skip 02:30" in str(errors_of(response)["closes_at"])
    assert 'value="2026-03-08T02:30"' in response.content.decode()
    assert Call.objects.get(pk=call.pk).closes_at is None


def test_a_new_call_takes_the_zone_of_the_forum_that_was_chosen(desk):
    geneva = make_forum("2030", year=2030, time_zone="Europe/Zurich", name="Geneva")
    posted = fields_of(desk.get("/admin/forums/call/add/")) | {
        "forum": geneva.pk,
        "slug": "inputs",
        "purpose": "input",
        "kind": "stakeholder",
        "name_en": "Inputs",
        "questions_fr": "Qu’a-t-on accompli ?\nQue reste-t-il à faire ?",
        "contact": "inputs@example.org",
        "opens_at": "2030-01-10T09:00",
    }
    save(desk, "/admin/forums/call/add/", posted)
    call = Call.objects.get(slug="inputs")
    assert call.opens_at == datetime(2030, 1, 10, 8, tzinfo=UTC)
    assert (call.kind, call.contact) == ("stakeholder", "inputs@example.org")
    assert call.questions_fr.splitlines() == ["Qu’a-t-on accompli ?", "Que reste-t-il à faire ?"]


def test_a_call_that_closes_before_it_opens_is_refused(desk, unopened):
    posted = fields_of(desk.get(change(unopened))) | {"closes_at": "2019-01-01T00:00"}
    assert "closes before it opens" in str(errors_of(desk.post(change(unopened), posted))["closes_at"])


@pytest.mark.parametrize("purpose", ["accreditation", "registration", "speaking"])
def test_calls_for_other_purposes_ask_for_no_kind_of_input(desk, forum, purpose):
    posted = fields_of(desk.get("/admin/forums/call/add/")) | {
        "forum": forum.pk,
        "slug": "other",
        "purpose": purpose,
        "kind": "report",
        "name_en": "Other",
    }
    response = desk.post("/admin/forums/call/add/", posted)
    assert "Only a call for inputs" in str(errors_of(response)["__all__"])
    save(desk, "/admin/forums/call/add/", posted | {"kind": ""})
    assert Call.objects.get(slug="other").purpose == purpose


def test_a_call_that_feeds_the_report_and_closes_too_late_is_refused_with_everything_typed_still_there(desk, forum):
    forum.first_day, forum.last_day = date(2090, 5, 2), date(2090, 5, 5)
    forum.save()
    report = forum.milestones.create(
        kind="report", name="Report", weeks_before=12, resolution="A/RES/73/326", paragraph="14"
    )
    page = desk.get("/admin/forums/call/add/")
    assert "2026 · Report · A/RES/73/326, paragraph 14 · Tuesday 7 February 2090" in page.content.decode()
    posted = fields_of(page) | {
        "forum": forum.pk,
        "slug": "report",
        "purpose": "input",
        "name_en": "To the report",
        "opens_at": "2089-01-01T09:00",
        "closes_at": "2090-02-07T00:00",
        "feeds": report.pk,
    }
    response = desk.post("/admin/forums/call/add/", posted)
    sentence = str(errors_of(response)["__all__"])
    for word in ("A/RES/73/326, paragraph 14", "Tuesday 7 February 2090", "Report"):
        assert word in sentence
    assert 'value="To the report"' in response.content.decode()
    save(desk, "/admin/forums/call/add/", posted | {"closes_at": "2090-02-06T23:59:59"})
    assert Call.objects.get(slug="report").feeds == report


# Once people know it ------------------------------------------------------------------------------------------------


def test_once_it_opened_both_instants_are_shown_and_no_longer_typed(desk, call):
    response = desk.get(change(call))
    page = response.content.decode()
    assert not {"opens_at", "closes_at"} & set(response.context["adminform"].form.fields)
    assert in_words(call.closes_at, call.forum.zone) in page
    assert extend(call) in page
    save(desk, change(call), fields_of(response) | {"closes_at": "2019-01-01T00:00", "most_words": "900"})
    kept = Call.objects.get(pk=call.pk)
    assert (kept.closes_at, kept.opens_at, kept.most_words) == (call.closes_at, call.opens_at, 900)


def test_an_open_call_without_a_closing_may_be_given_one(desk, forum):
    call = make_call(forum, closes_at=None)
    response = desk.get(change(call))
    assert extend(call) not in response.content.decode()
    posted = fields_of(response)
    assert "is past" in str(errors_of(desk.post(change(call), posted | {"closes_at": "2020-06-01T09:00"})))
    save(desk, change(call), posted | {"closes_at": "2090-06-01T09:00"})
    assert Call.objects.get(pk=call.pk).closes_at == datetime(2090, 6, 1, 13, tzinfo=UTC)


def test_the_grace_is_shown_to_the_desk_and_to_nobody_else(desk, client, call, settings):
    assert "None: what arrives at the closing instant or later is not taken." in desk.get(change(call)).content.decode()
    settings.GRACE_SECONDS = 300
    assert "still taken for 300 seconds" in desk.get(change(call)).content.decode()
    client.logout()
    assert "300" not in client.get(call.forum.get_absolute_url()).content.decode()


def test_calls_are_found_by_their_phase(desk, forum, unopened, call):
    closed = make_call(forum, window="closed")
    never = make_call(forum, opens_at=None, closes_at=None)
    for phase, expected in (("open", {call}), ("not_yet", {unopened, never}), ("closed", {closed})):
        found = desk.get(f"/admin/forums/call/?phase={phase}").context["cl"].result_list
        assert set(found) == expected


# Extending ----------------------------------------------------------------------------------------------------------


def test_the_page_says_what_stands_and_whom_it_concerns(desk, call, amina):
    make_draft(call=call, by=amina, at=now() - timedelta(hours=1))
    Follower.objects.create(email="f@example.org", asked_at=now(), confirmed_at=now(), key="k")
    page = desk.get(extend(call)).content.decode()
    assert in_words(call.closes_at, call.forum.zone) in page
    assert "1 person has an unsent draft or was told another closing" in page
    assert "1 address follows the calendar" in page


def test_before_anything_is_stored_the_letters_are_shown_in_each_language(desk, call):
    for name, language in (("amina", "ar"), ("bruno", "fr"), ("carla", "fr")):
        make_draft(call=call, by=make_user(name, language=language), at=now() - timedelta(hours=1))
    response = desk.post(extend(call), typed(call, look="yes"))
    page = response.content.decode()
    assert "Letters go to 3 people who are concerned" in page
    assert 'lang="ar" dir="rtl"' in page
    assert page.count('class="letter"') == len(settings.LANGUAGES)
    assert "A storm closed many offices." in page
    assert [Extension.objects.count(), Letter.objects.count(), Change.objects.count()] == [0, 0, 0]
    assert 'name="extend"' in page


def test_a_silent_extension_shows_no_letters(desk, call, amina):
    make_draft(call=call, by=amina, at=now() - timedelta(hours=1))
    page = desk.post(extend(call), typed(call, look="yes", told="nobody")).content.decode()
    assert "No letter is written." in page
    assert 'class="letter"' not in page


def test_an_extension_is_stored_with_who_gave_it(desk, call, dalia):
    asked = desk.post(extend(call), typed(call, extend="yes", told="everybody"), follow=True)
    assert "A storm closed many offices." in asked.content.decode()
    assert "whoever asked does not" in asked.content.decode()
    assert (call.extensions.count(), Letter.objects.count()) == (0, 0)
    with pytest.raises(Refused, match="second person"):
        operations.agree_as_second(SecondPersonRequest.objects.get(), by=dalia, at=now())
    agreed()
    [extension] = call.extensions.all()
    assert (extension.was, extension.became) == (call.closes_at, datetime(2091, 1, 30, 22, tzinfo=UTC))
    assert (extension.reason, extension.authority, extension.told, extension.by) == (
        "A storm closed many offices.",
        "Co-chairs of the forum",
        "everybody",
        dalia,
    )
    page = desk.get(change(call)).content.decode()
    assert "A storm closed many offices." in page


def test_a_closing_that_moved_since_it_was_asked_is_not_moved_again(desk, call, dalia):
    desk.post(extend(call), typed(call, extend="yes"))
    words = {"reason": "Earlier.", "authority": "Co-chairs", "by": dalia, "at": now()}
    operations.extend(Call.objects.get(pk=call.pk), closes_at=datetime(2092, 1, 1, tzinfo=UTC), **words)
    agreed()
    request = SecondPersonRequest.objects.get()
    assert (request.outcome, call.extensions.count()) == ("stale", 1)
    assert "Ask anew" in desk.get(f"/admin/forums/secondpersonrequest/{request.pk}/change/").content.decode()


def test_a_closed_call_is_opened_again(desk, forum):
    call = make_call(forum, window="closed")
    assert "opens again at once" in desk.post(extend(call), typed(call, look="yes")).content.decode()
    desk.post(extend(call), typed(call, extend="yes"))
    agreed()
    assert call.extensions.get().kind == "reopened"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"closes_at": "2026-01-05T17:00"}, "is past"),
        ({"closes_at": "2091-03-11T02:30"}, "skip 02:30"),
        ({"closes_at": "soon"}, "Enter a valid date/time."),
        ({"closes_at": "2091-01-30T17:00+02:00"}, "Enter a valid date/time."),
        ({"closes_at": ""}, "This field is required."),
        ({"reason": " "}, "This field is required."),
        ({"authority": ""}, "This field is required."),
        ({"told": "the world"}, "Select a valid choice."),
        ({"authority": "w" * 201}, "at most 200 characters"),
        ({"reason": "long " * 500}, "at most 2000 characters"),
    ],
)
@pytest.mark.parametrize("button", ["look", "extend"])
def test_what_is_wrong_is_said_and_what_was_typed_stays(desk, call, changes, said, button):
    posted = typed(call, **{button: "yes", **changes})
    response = desk.post(extend(call), posted)
    page = response.content.decode()
    assert response.status_code == 200
    assert said in page
    for name in ("closes_at", "reason", "authority"):
        assert posted[name].strip() in page
    assert Extension.objects.count() == 0
    assert Call.objects.get(pk=call.pk).closes_at == call.closes_at


@pytest.mark.parametrize("sign", ["\x00", "\x07", "\x1b[31m"])
def test_control_characters_are_left_out_and_nothing_breaks(desk, call, sign):
    desk.post(extend(call), typed(call, extend="yes", reason=f"A {sign}storm.", authority=f"Co-{sign}chairs"))
    agreed()
    extension = call.extensions.get()
    assert not set("\x00\x07\x1b") & set(extension.reason + extension.authority)


def test_two_people_at_once_overwrite_nothing(desk, call):
    opened_earlier = typed(call, extend="yes")
    desk.post(extend(call), typed(call, extend="yes", closes_at="2090-06-01T17:00"))
    agreed()
    response = desk.post(extend(call), opened_earlier)
    page = response.content.decode()
    assert "it is now Thursday 1 June 2090, 17:00 New York (UTC−4)" in page
    assert "A storm closed many offices." in page
    assert call.extensions.count() == 1
    again = opened_earlier | {"seen": response.context["form"].data["seen"]}
    assert desk.post(extend(call), again).status_code == 302
    agreed()
    assert call.extensions.count() == 2


def test_who_may_not_change_calls_finds_no_way_there(desk_client, ravi, call):
    client = desk_client(ravi)
    assert extend(call) not in client.get(change(call)).content.decode()
    assert client.get(extend(call)).status_code == 403
    assert client.post(extend(call), typed(call, extend="yes")).status_code == 403
    assert Extension.objects.count() == 0


def test_there_is_nothing_to_extend_where_no_closing_is_set(desk, forum):
    assert desk.get(extend(make_call(forum, closes_at=None))).status_code == 404
    assert desk.get("/admin/forums/call/999999/extend/").status_code == 404


def test_the_page_costs_the_same_with_one_and_with_thirty_drafts(desk, call, count_statements):
    counts = []
    for number in (1, 29):
        for _each in range(number):
            make_draft(call=call, at=now() - timedelta(hours=1))
        counts.append(count_statements(lambda: desk.post(extend(call), typed(call, look="yes"))))
    assert counts[0] == counts[1]
