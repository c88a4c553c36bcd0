"""The rooms of duties and rules: met and waived by buttons, counts of a resolution kept, responsible people of the desk."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils.timezone import now

from forums import operations
from forums.models import Milestone, Rule
from tests.factories import make_forum, make_rules, make_user
from tests.forums.test_desk_views import change, errors_of, fields_of, save

pytestmark = pytest.mark.django_db
TODAY = now().astimezone(ZoneInfo("America/New_York")).date()
FIRST = TODAY + timedelta(days=200)


@pytest.fixture
def desk(dalia, desk_client):
    return desk_client(dalia)


@pytest.fixture
def duties(db):
    make_rules()
    dates = {"first_day": FIRST, "last_day": FIRST + timedelta(days=3)}
    forum = make_forum("next", year=FIRST.year, name="Next forum", status="dated", **dates)
    operations.lay_out(forum)
    forum.milestones.create(kind="other", name="Guidance published", weeks_before=30)
    return {duty.kind: duty for duty in forum.milestones.order_by("-pk")}


def page_of(duty):
    return reverse("admin:forums_milestone_decide", args=[duty.pk])


def press(client, duty, decision, **words):
    """Open the page and press one of its buttons."""
    seen = {f"seen-{name}": value for name, value in client.get(page_of(duty)).context["seen"].items()}
    typed = {f"{decision}-{name}": value for name, value in words.items()}
    return client.post(page_of(duty), {**seen, **typed, "decision": decision})


def offered(client, duty):
    return {panel.decision.key: panel.allowed for panel in client.get(page_of(duty)).context["panels"]}


def fresh(duty):
    return Milestone.objects.get(pk=duty.pk)


# What became of a duty -----------------------------------------------------------------------------------------------


def test_a_duty_of_the_desk_is_recorded_as_met_and_taken_back(desk, duties):
    duty, today = duties["other"], TODAY
    assert press(desk, duty, "met", on=(today - timedelta(days=1)).isoformat()).status_code == 302
    assert fresh(duty).met_on == today - timedelta(days=1)
    assert set(offered(desk, duty)) == {"unmet"}
    assert press(desk, duty, "unmet").status_code == 302
    assert fresh(duty).met_on is None


def test_a_day_that_has_not_come_is_refused_on_the_page(desk, duties):
    response = press(desk, duties["other"], "met", on=(TODAY + timedelta(days=3)).isoformat())
    assert "has not come yet" in response.content.decode()
    assert fresh(duties["other"]).met_on is None


@pytest.mark.parametrize("kind", ["report", "note"])
def test_report_and_notes_lead_to_their_document(desk, duties, kind):
    page = desk.get(page_of(duties[kind])).content.decode()
    assert "This duty is met by its official document" in page
    assert reverse("admin:forums_officialdocument_add") in page
    assert set(offered(desk, duties[kind])) == {"ask"}


def test_a_waiver_takes_two_people_and_each_sees_only_what_they_may(desk_client, client, dalia, duties):
    second, duty = make_user("sven", staff=True, roles=["administrator"]), duties["report"]
    desk_client(dalia)
    assert press(client, duty, "ask", reason="The Assembly decided so.").status_code == 302
    assert offered(client, duty) == {"agree": False, "turn_down": False, "take_back": True}
    assert "whoever asked for the waiver does not" in client.get(page_of(duty)).content.decode()
    response = press(client, duty, "agree")
    assert "needs a second person" in response.content.decode()
    assert fresh(duty).waived_because == ""
    desk_client(second)
    assert offered(client, duty) == {"agree": True, "turn_down": True, "take_back": True}
    assert press(client, duty, "agree").status_code == 302
    assert fresh(duty).waived_because == "The Assembly decided so."
    assert press(client, duty, "take_back", reason="It comes after all.").status_code == 302
    page = client.get(page_of(duty)).content.decode()
    assert "It comes after all." in page
    assert "Taken back" in page
    assert fresh(duty).waived_because == ""


def test_a_page_that_is_out_of_date_decides_nothing_and_gives_back_what_was_typed(desk, duties, elena):
    duty = duties["report"]
    seen = {f"seen-{name}": value for name, value in desk.get(page_of(duty)).context["seen"].items()}
    operations.ask_waiver(fresh(duty), reason="Mine came first.", by=elena, at=now())
    response = desk.post(page_of(duty), {**seen, "decision": "ask", "ask-reason": "Typed for long."})
    assert response.status_code == 409
    assert "Typed for long." in response.content.decode()
    assert [waiver.reason for waiver in duty.waivers.all()] == ["Mine came first."]


def test_who_only_looks_decides_nothing(desk_client, client, ravi, duties):
    desk_client(ravi)
    response = client.get(page_of(duties["report"]))
    assert response.status_code == 200
    assert response.context["panels"] == []
    assert client.post(page_of(duties["report"]), {"decision": "ask", "ask-reason": "x"}).status_code == 403


@pytest.mark.parametrize("decision", ["", "nonsense", "publish"])
def test_a_decision_that_is_none_is_a_missing_page(desk, duties, decision):
    assert desk.post(page_of(duties["report"]), {"decision": decision}).status_code == 404


# The form of a duty --------------------------------------------------------------------------------------------------


def test_what_became_of_a_duty_is_never_typed_into_its_form(desk, duties):
    duty = duties["report"]
    posted = fields_of(desk.get(change(duty))) | {"met_on": "2020-01-01", "waived_because": "x", "weeks_before": 1}
    save(desk, change(duty), posted)
    kept = fresh(duty)
    assert (kept.met_on, kept.waived_because, kept.weeks_before) == (None, "", 12)
    assert page_of(duty) in desk.get(change(duty)).content.decode()


def test_a_duty_of_the_desk_changes_its_count_and_its_entry_in_calendars(desk, duties):
    duty = duties["other"]
    save(desk, change(duty), fields_of(desk.get(change(duty))) | {"weeks_before": 28})
    assert (fresh(duty).weeks_before, fresh(duty).sequence) == (28, 1)
    save(desk, change(duty), fields_of(desk.get(change(duty))))
    assert fresh(duty).sequence == 1


def test_only_people_of_the_desk_answer_for_a_duty_and_who_left_stays_until_changed(desk, duties, ravi, amina):
    duty = duties["report"]
    choices = desk.get(change(duty)).context["adminform"].form.fields["responsible"].queryset
    assert ravi in choices
    assert amina not in choices
    save(desk, change(duty), fields_of(desk.get(change(duty))) | {"responsible": ravi.pk})
    ravi.is_active = False
    ravi.save()
    save(desk, change(duty), fields_of(desk.get(change(duty))))
    assert fresh(duty).responsible == ravi


# Rules ---------------------------------------------------------------------------------------------------------------


def test_a_rule_of_a_resolution_keeps_its_count(desk, duties):
    rule = Rule.objects.get(code="report")
    posted = fields_of(desk.get(change(rule))) | {"weeks_before": 2, "name_fr": "Rapport", "resolution": "", "in_force": ""}
    save(desk, change(rule), posted)
    rule.refresh_from_db()
    assert (rule.weeks_before, rule.resolution, rule.in_force, rule.name_fr) == (12, "A/RES/73/326", True, "Rapport")


def test_the_desk_adds_rules_of_its_own_which_count_for_forums_dated_later(desk, duties, dalia):
    address = reverse("admin:forums_rule_add")
    kinds = [value for value, _word in desk.get(address).context["adminform"].form.fields["kind"].choices]
    assert not {"report", "note", "hearing", "declaration"} & set(kinds)
    posted = {"code": "speakers-close", "kind": "speakers", "weeks_before": 4, "days_before": 0, "in_force": "on"}
    save(desk, address, posted | {"name_en": "Speakers’ list closes"})
    assert not duties["report"].forum.milestones.filter(kind="speakers").exists()
    other = make_forum("2030", year=2030, first_day=None, last_day=None, status="announced")
    operations.date_forum(other, first_day=date(2030, 5, 7), last_day=date(2030, 5, 10), by=dalia, at=now())
    assert other.milestones.get(kind="speakers").due_on == date(2030, 4, 9)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"weeks_before": 90}, "weeks_before"),
        ({"days_before": -60}, "weeks_before"),
        ({"paragraph": "12"}, "resolution"),
        ({"each_round_table": "on"}, "name_en"),
        ({"kind": "report"}, "kind"),
    ],
)
def test_a_rule_that_leads_nowhere_is_refused_with_a_sentence(desk, wrong, field):
    posted = {"code": "x", "kind": "other", "weeks_before": 4, "days_before": 0, "name_en": "Something"} | wrong
    response = desk.post(reverse("admin:forums_rule_add"), posted)
    assert list(errors_of(response)) == [field]
    assert not Rule.objects.filter(code="x").exists()
