"""Giving inputs to reviewers: one, many, by rules, evenly; shown first, done as shown; told in one letter."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate, now

from accreditation import operations as who
from forums.models import Letter
from forums.refusals import IllegalMove, MovedMeanwhile, Refused
from submissions import operations
from submissions.assigning.candidates import candidates
from submissions.assigning.suggesting import to_be_handed_over
from submissions.models import Assignment, AssignmentRule, AutomaticAssignment, Submission
from submissions.operations.sharing_out import carry_out, plan_of
from submissions.tasks import share_out
from tests.factories import NOW, join, make_call, make_organisation, make_submission, make_user

pytestmark = pytest.mark.django_db
QUEUE = "/admin/submissions/submission/"
PAGE = f"{QUEUE}assign/"


@pytest.fixture
def team(ravi):
    """Three reviewers, by name: Mei, Otto, Ravi."""
    return [*(make_user(name, staff=True, roles=["reviewer"]) for name in ("mei", "otto")), ravi]


@pytest.fixture
def inputs(call, organisation, amina):
    def make(count, **fields):
        own = {"call": call, "organisation": organisation, "by": amina, **fields}
        made = [make_submission(**own, at=NOW + timedelta(minutes=n)) for n in range(count)]
        return Submission.objects.filter(pk__in=[one.pk for one in made]).order_by("received_at", "pk")

    return make


def fresh(submission):
    return Submission.objects.select_related("reviewer").get(pk=submission.pk)


def rule(asked, *people, **named):
    made = AssignmentRule.objects.create(forum=asked.forum, **{"place": 10, **named})
    made.reviewers.set(people)
    return made


def shared(submissions, **how):
    made = plan_of(submissions, day=NOW.date(), **how)
    return [(thing.reference[-2:], one.person.name if one else None) for thing, one in made.gets], [
        (thing.reference[-2:], why) for thing, why in made.skipped
    ]


# One ------------------------------------------------------------------------------------------------------------------


def test_giving_keeps_the_status_and_says_who_did_it(inputs, ravi, elena):
    [sent] = inputs(1)
    operations.assign(sent, to=ravi, by=elena, at=NOW)
    assert (fresh(sent).status, fresh(sent).reviewer) == ("submitted", ravi)
    operations.assign(fresh(sent), to=None, by=elena, at=NOW)
    assert [(row.was, row.to, row.by) for row in sent.assignments.all()] == [(None, ravi, elena), (ravi, None, elena)]


@pytest.mark.parametrize("status", ["accepted", "published", "not_admissible", "withdrawn"])
def test_what_is_decided_is_given_to_nobody(inputs, ravi, elena, status):
    [sent] = inputs(1, status=status)
    with pytest.raises(IllegalMove):
        operations.assign(fresh(sent), to=ravi, by=elena, at=NOW)


def test_who_was_slower_is_told(inputs, team, elena):
    [sent] = inputs(1)
    page = fresh(sent)
    operations.assign(fresh(sent), to=team[0], by=elena, at=NOW)
    with pytest.raises(MovedMeanwhile):
        operations.assign(page, to=team[1], by=elena, at=NOW)
    with pytest.raises(MovedMeanwhile):
        operations.take_up(page, by=team[1], at=NOW)
    assert fresh(sent).reviewer == team[0]


def test_nobody_gets_what_is_closed_to_them_or_who_does_not_review(inputs, organisation, ravi, elena, dalia):
    [sent] = inputs(1)
    gone = make_user(staff=True, roles=["reviewer"], is_active=False)
    join(organisation, ravi)
    for person in (ravi, dalia, gone, make_user()):
        with pytest.raises(Refused, match="cannot be given it"):
            operations.assign(fresh(sent), to=person, by=elena, at=NOW)
    assert not Assignment.objects.exists()


# A plan ---------------------------------------------------------------------------------------------------------------


def test_evenly_each_gets_as_many_as_the_others_whatever_they_have(inputs, team, elena):
    busy = inputs(3)
    for sent in busy:
        operations.assign(fresh(sent), to=team[0], by=elena, at=NOW)
    gets, _skipped = shared(inputs(7), way="evenly", chosen=[one.pk for one in team])
    assert [gets.count((ref, name)) for ref, name in gets] == [1] * 7
    names = [name for _ref, name in gets]
    assert sorted(names.count(one.name) for one in team) == [2, 2, 3]


def test_by_work_whoever_has_least_gets_the_next(inputs, team, elena):
    for sent in inputs(2):
        operations.assign(fresh(sent), to=team[0], by=elena, at=NOW)
    gets, _skipped = shared(inputs(4), way="by_work", chosen=[one.pk for one in team])
    assert [name for _ref, name in gets] == ["Otto", "Ravi", "Otto", "Ravi"]


def test_who_is_away_or_in_conflict_is_passed_over(inputs, team, organisation, elena):
    mei, otto, _ravi = team
    who.note_absence(mei, first_day=NOW.date(), last_day=NOW.date(), by=elena, at=NOW)
    join(organisation, otto)
    gets, _skipped = shared(inputs(2), way="by_work", chosen=[one.pk for one in team])
    assert [name for _ref, name in gets] == ["Ravi", "Ravi"]
    _gets, skipped = shared(inputs(1), way="evenly", chosen=[mei.pk, otto.pk])
    assert [why for _ref, why in skipped] == ["no_one"]
    gets, _skipped = shared(inputs(1), way="one", chosen=[mei.pk])  # named by a person who knows why
    assert [name for _ref, name in gets] == ["Mei"]
    _gets, skipped = shared(inputs(1), way="one", chosen=[otto.pk])
    assert [why for _ref, why in skipped] == ["conflict"]


def test_an_absence_holds_from_its_first_to_its_last_day_and_until_it_is_taken_back(team, elena):
    absence = who.note_absence(team[0], first_day=date(2026, 2, 2), last_day=date(2026, 2, 4), by=elena, at=NOW)
    assert [day for day in range(1, 7) if _is_away(team[0], day)] == [2, 3, 4]
    who.take_back_absence(absence, at=NOW)
    assert not _is_away(team[0], 3)


def _is_away(person, day):
    return next(one.away for one in candidates(date(2026, 2, day)) if one.pk == person.pk)


def test_the_first_rule_that_fits_counts(inputs, team, call):
    mei, otto, ravi = team
    rule(call, ravi, place=30)
    rule(call, otto, place=20, region_id="ECA")
    rule(call, mei, place=10, level="local")
    rule(call, mei, place=5, in_use=False)
    rule(call, mei, place=6, call=make_call(call.forum))
    of_kenya, local, french = inputs(1), inputs(1, level="local"), inputs(1, countries=["NPL"], language="fr")
    every = (of_kenya | local | french).order_by("received_at", "pk")
    gets, _skipped = shared(every, way="rules")
    assert {name for _ref, name in gets} == {"Otto", "Mei", "Ravi"}
    assert shared(of_kenya, way="rules")[0][0][1] == "Otto"
    assert shared(local, way="rules")[0][0][1] == "Mei"
    assert shared(french, way="rules")[0][0][1] == "Ravi"


def test_a_rule_by_objective_and_language_and_none_that_fits(inputs, team, call):
    rule(call, team[0], objective_id=15, language="en")
    assert shared(inputs(1), way="rules")[0][0][1] == "Mei"
    assert [why for _ref, why in shared(inputs(1, language="fr"), way="rules")[1]] == ["no_rule"]


def test_what_somebody_has_is_left_unless_asked_for(inputs, team, elena):
    given = inputs(2)
    for sent in given:
        operations.assign(fresh(sent), to=team[0], by=elena, at=NOW)
    assert [why for _ref, why in shared(given, way="by_work", chosen=[team[1].pk])[1]] == ["taken", "taken"]
    gets, _skipped = shared(given, way="by_work", chosen=[team[1].pk], again=True)
    assert [name for _ref, name in gets] == ["Otto", "Otto"]
    gets, _skipped = shared(given, way="nobody")
    assert [name for _ref, name in gets] == [None, None]


def test_a_plan_costs_the_same_for_one_and_for_thirty(inputs, team, call):
    rule(call, *team)

    def cost(submissions):
        with CaptureQueriesContext(connection) as asked:
            plan_of(submissions, way="rules", day=NOW.date())
        return len(asked)

    one, thirty = inputs(1), inputs(30)
    for n in range(12):
        make_user(f"more{n}", staff=True, roles=["reviewer"])
    assert cost(one) == cost(thirty) <= 7


def test_carrying_out_does_the_rest_where_one_was_taken_meanwhile(inputs, team, elena):
    sent = inputs(3)
    made = plan_of(sent, way="evenly", chosen=[one.pk for one in team], day=NOW.date())
    operations.assign(fresh(made.gets[1][0]), to=elena, by=elena, at=NOW)
    done = carry_out(made, by=elena, at=NOW)
    assert [bool(why) for _thing, _one, why in done] == [False, True, False]
    assert fresh(made.gets[1][0]).reviewer == elena


# The page -------------------------------------------------------------------------------------------------------------


def hidden(answer):
    """What the page posts again, as a browser does."""
    asked = answer.context["asked"]
    filters = answer.context["filters"]
    common = {"pk": [str(t.pk) for t in asked.things], "shown": asked.mark, "way": asked.way, "to": asked.to or ""}
    again = {"again": "1"} if asked.again else {}
    return {**common, **again, "chosen": asked.chosen, "_changelist_filters": filters}


def chosen(client, submissions, query=""):
    keys = [str(one.pk) for one in submissions]
    return client.post(f"{QUEUE}{query}", {"action": "assign", "_selected_action": keys})


def test_from_the_queue_to_the_page_and_back_with_the_filters(desk_client, inputs, team, elena):
    sent, client = inputs(4), desk_client(elena)
    page = chosen(client, sent, "?status=submitted")
    assert page.status_code == 200
    assert [len(page.context["asked"].plan.gets), Assignment.objects.count()] == [4, 0]  # nothing is done by looking
    typed = {**hidden(page), "way": "evenly", "chosen": [team[0].pk, team[1].pk]}
    looked = client.post(PAGE, {**typed, "look": "1"})
    shown = [(t.pk, one.pk) for t, one in looked.context["asked"].plan.gets]
    done = client.post(PAGE, {**hidden(looked), "carry_out": "1"})
    assert (done.status_code, done["Location"]) == (302, f"{QUEUE}?status=submitted")
    assert [(s.pk, s.reviewer_id) for s in sent.all()] == shown
    said = client.get(done["Location"]).content.decode()
    assert "4 inputs were given out." in said
    assert "<bdi>Mei</bdi> 2" in said


def test_what_changed_since_is_shown_again_and_nothing_is_done(desk_client, inputs, team, elena):
    sent, client = inputs(3), desk_client(elena)
    page = chosen(client, sent)
    operations.assign(fresh(sent[0]), to=team[2], by=elena, at=NOW)
    stale = client.post(PAGE, {**hidden(page), "carry_out": "1"})
    assert stale.status_code == 409
    assert "Something changed since this was shown" in stale.content.decode()
    assert Assignment.objects.count() == 1
    assert client.post(PAGE, {**hidden(stale), "carry_out": "1"}).status_code == 302
    assert [s.reviewer is not None for s in sent.all()] == [True] * 3
    assert fresh(sent[0]).reviewer == team[2]


def test_another_choice_is_not_carried_out_before_it_was_shown(desk_client, inputs, team, elena):
    sent, client = inputs(2), desk_client(elena)
    page = chosen(client, sent)
    other = client.post(PAGE, {**hidden(page), "way": "one", "to": team[2].pk, "carry_out": "1"})
    assert (other.status_code, Assignment.objects.count()) == (409, 0)


def test_pressing_twice_gives_out_once(desk_client, inputs, team, elena):
    sent, client = inputs(2), desk_client(elena)
    pressed = {**hidden(chosen(client, sent)), "carry_out": "1"}
    assert client.post(PAGE, pressed).status_code == 302
    assert client.post(PAGE, pressed).status_code == 409
    assert Assignment.objects.count() == 2


def test_what_is_skipped_is_said_with_its_reason(desk_client, inputs, team, elena):
    accepted, client = inputs(1, status="accepted"), desk_client(elena)
    page = chosen(client, accepted | inputs(1))
    assert "There is nothing left to review." in page.content.decode()
    done = client.post(PAGE, {**hidden(page), "carry_out": "1"})
    assert "Skipped <bdi>" in client.get(done["Location"]).content.decode()


def test_what_was_given_to_another_since_the_page_was_opened_is_not_taken_up(desk_client, inputs, team, elena):
    submission, client = inputs(1).get(), desk_client(elena)
    page = reverse("admin:submissions_submission_change", args=[submission.pk])
    seen = {f"seen-{name}": value for name, value in client.get(page).context["seen"].items()}
    operations.assign(Submission.objects.get(pk=submission.pk), to=team[0], by=elena, at=NOW)
    assert client.post(page, {**seen, "decision": "take_up"}).status_code == 409
    assert Submission.objects.values_list("status", "reviewer").get(pk=submission.pk) == ("submitted", team[0].pk)


def test_the_review_page_leads_there_and_shows_who_had_it(desk_client, inputs, team, elena):
    [sent] = inputs(1)
    client = desk_client(elena)
    assert "Give it to a reviewer" in client.get(f"{QUEUE}{sent.pk}/change/").content.decode()
    operations.assign(fresh(sent), to=team[0], by=elena, at=NOW)
    assert "Hand over or take back" in client.get(f"{QUEUE}{sent.pk}/change/").content.decode()
    page = client.get(PAGE, {"pk": sent.pk, "way": "one"})
    assert "Chosen by a person" in page.content.decode()
    looked = client.post(PAGE, {**hidden(page), "to": team[1].pk, "look": "1"})
    assert client.post(PAGE, {**hidden(looked), "carry_out": "1"}).status_code == 302
    assert fresh(sent).reviewer == team[1]


def test_only_who_oversees_the_reviews_assigns(desk_client, inputs, ravi):
    [sent] = inputs(1)
    client = desk_client(ravi)
    assert client.get(PAGE, {"pk": sent.pk}).status_code == 403
    assert client.post(PAGE, {"pk": sent.pk, "way": "nobody", "carry_out": "1"}).status_code == 403
    assert "assign" not in dict(client.get(QUEUE).context["action_form"].fields["action"].choices)
    assert "Give it to a reviewer" not in client.get(f"{QUEUE}{sent.pk}/change/").content.decode()


def test_what_is_no_key_or_nothing_is_a_missing_page(desk_client, elena):
    client = desk_client(elena)
    for typed in ({}, {"pk": "x"}, {"pk": "-" * 36}, {"pk": "00000000-0000-0000-0000-000000000000"}):
        assert client.get(PAGE, typed).status_code == 404, typed


# By itself, and what is told ------------------------------------------------------------------------------------------


def test_rules_give_out_by_themselves_only_where_that_is_on_and_what_is_new(inputs, team, call):
    old = inputs(1)
    rule(call, team[0], team[1])
    operations.give_out_new(at=NOW)
    assert fresh(old[0]).reviewer is None
    AutomaticAssignment.objects.create(call=call, is_on=True, since=old[0].received_at + timedelta(seconds=1))
    new = inputs(1, level="local")
    Submission.objects.filter(pk=new[0].pk).update(received_at=old[0].received_at + timedelta(minutes=5))
    assert operations.give_out_new(at=NOW) == 1
    assert (fresh(old[0]).reviewer, fresh(new[0]).reviewer) == (None, team[0])
    row = Assignment.objects.get()
    assert (row.how, row.by) == ("by_itself", None)
    assert operations.give_out_new(at=NOW) == 0


def test_what_a_person_took_back_is_not_given_out_again_by_itself(inputs, team, call, elena):
    rule(call, team[0])
    AutomaticAssignment.objects.create(call=call, is_on=True, since=NOW - timedelta(days=1))
    [sent] = inputs(1)
    operations.give_out_new(at=NOW)
    operations.assign(fresh(sent), to=None, by=elena, at=NOW)
    assert operations.give_out_new(at=NOW) == 0
    assert fresh(sent).reviewer is None


def told():
    return {letter.to: letter for letter in Letter.objects.filter(kind="submissions/assigned")}


def test_one_letter_tells_of_many(inputs, team, elena):
    mei, otto, _ravi = team
    sent = list(inputs(5))
    for one in sent:
        operations.assign(fresh(one), to=mei, by=elena, at=NOW)
    operations.assign(fresh(sent[0]), to=otto, by=elena, at=NOW)
    operations.tell_of_assignments(at=NOW + timedelta(minutes=4))
    assert told() == {}  # they may still be at it
    assert operations.tell_of_assignments(at=NOW + timedelta(minutes=6)) == 2
    letters = told()
    assert set(letters) == {mei.email, otto.email}
    text = letters[mei.email].text
    assert [one.reference in text for one in sent] == [False, True, True, True, True]
    assert "1 input that you had is no longer with you." in text
    assert all(letter.private for letter in letters.values())
    assert operations.tell_of_assignments(at=NOW + timedelta(minutes=9)) == 0


def test_nobody_is_told_of_what_is_closed_to_them_or_what_they_did_themselves(inputs, team, organisation, elena):
    mei, _otto, _ravi = team
    [one, other] = inputs(2)
    operations.assign(fresh(one), to=mei, by=elena, at=NOW)
    operations.assign(fresh(other), to=elena, by=elena, at=NOW)
    join(organisation, mei)
    assert operations.tell_of_assignments(at=NOW + timedelta(hours=1)) == 0
    assert told() == {}


def test_the_sweep_does_both_and_costs_little_when_nothing_is_due(count_statements):
    share_out()
    assert count_statements(share_out) <= 6


# Handing over ---------------------------------------------------------------------------------------------------------


def test_what_could_be_handed_over_is_suggested_with_the_reason(inputs, team, organisation, elena):
    mei, otto, ravi = team
    sent = list(inputs(4))
    for one, person in zip(sent, (mei, otto, ravi, elena), strict=True):
        operations.assign(fresh(one), to=person, by=make_user(), at=NOW)
    assert to_be_handed_over(elena, at=NOW + timedelta(days=1)) == []
    who.note_absence(mei, first_day=NOW.date(), last_day=NOW.date() + timedelta(days=3), by=elena, at=NOW)
    type(otto).objects.filter(pk=otto.pk).update(is_active=False)
    join(organisation, ravi)
    found = {thing.reviewer: str(why) for thing, why in to_be_handed_over(elena, at=NOW + timedelta(days=1))}
    assert found == {
        mei: "Its reviewer is away.",
        otto: "Its reviewer reviews no more.",
        ravi: "Its reviewer has a conflict of interest with it.",
    }
    late = to_be_handed_over(elena, at=NOW + timedelta(days=11))
    assert {thing.reviewer for thing, _why in late} == {mei, otto, ravi, elena}


# Rooms ----------------------------------------------------------------------------------------------------------------


def test_rules_and_their_switch_are_edited_in_rooms(desk_client, call, team, elena):
    client = desk_client(elena)
    room = "/admin/submissions/assignmentrule/"
    typed = {"forum": call.forum.pk, "call": call.pk, "place": "1", "level": "local", "in_use": "on"}
    assert client.post(f"{room}add/", {**typed, "reviewers": [one.pk for one in team]}).status_code == 302
    assert set(AssignmentRule.objects.get().reviewers.all()) == set(team)
    assert "<bdi>Mei</bdi>" in client.get(room).content.decode()
    other = make_call(call.forum, purpose="accreditation")
    wrong = client.post(f"{room}add/", {**typed, "call": other.pk, "reviewers": [team[0].pk]})
    assert "does not ask for inputs" in wrong.content.decode()
    switch = "/admin/submissions/automaticassignment/"
    assert client.post(f"{switch}add/", {"call": call.pk, "is_on": "on"}).status_code == 302
    assert AutomaticAssignment.objects.get().is_on


def test_absences_are_entered_for_oneself_and_by_overseers_for_others(desk_client, ravi, elena):
    room = "/admin/accreditation/absence/"
    days = {"first_day": "2026-02-02", "last_day": "2026-02-06"}
    assert desk_client(ravi).post(f"{room}add/", {**days, "user": elena.pk}).status_code == 302
    assert [absence.user for absence in ravi.absences.all()] == [ravi]
    backwards = {"first_day": "2026-02-06", "last_day": "2026-02-02"}
    assert "before the first" in desk_client(ravi).post(f"{room}add/", backwards).content.decode()
    assert desk_client(elena).post(f"{room}add/", {**days, "user": ravi.pk, "last_day": "2026-02-09"}).status_code == 302
    assert [(absence.user, absence.by) for absence in ravi.absences.order_by("pk")] == [(ravi, ravi), (ravi, elena)]
    desk_client(ravi).post(room, {"action": "take_back", "_selected_action": [a.pk for a in ravi.absences.all()]})
    assert not ravi.absences.filter(taken_back_at=None).exists()


def test_scopes_are_added_and_ended_by_overseers(desk_client, ravi, elena, call):
    client, room = desk_client(elena), "/admin/accreditation/deskscope/"
    assert "Name at least one" in client.post(f"{room}add/", {"user": ravi.pk}).content.decode()
    assert client.post(f"{room}add/", {"user": ravi.pk, "level": "local"}).status_code == 302
    line = ravi.scopes.get()
    assert (line.level, line.by) == ("local", elena)
    client.post(room, {"action": "end", "_selected_action": [line.pk]})
    assert not ravi.scopes.standing().exists()


# Figures --------------------------------------------------------------------------------------------------------------


def test_figures_say_how_long_and_who(desk_client, inputs, ravi, elena):
    for days in (1, 2, 3, 10):
        [sent] = inputs(1)
        sent = fresh(sent)
        sent.steps.update(at=NOW)
        operations.take_up(sent, by=ravi, at=NOW + timedelta(days=1))
        operations.decline(sent, by=ravi, at=NOW + timedelta(days=1 + days), reason="Off topic.")
    operations.assign(fresh(inputs(1)[0]), to=ravi, by=elena, at=NOW)
    page = desk_client(elena).get(f"{QUEUE}figures/")
    stages = {stage.status: stage for stage in page.context["stages"]}
    assert (stages["under_review"].left, stages["under_review"].median) == (4, 2.5)
    assert round(float(stages["under_review"].most), 2) == 8.95
    assert (stages["submitted"].now, stages["submitted"].left, stages["submitted"].median) == (1, 4, 1)
    [line] = page.context["people"]
    assert (line.person, line.open, line.decided, line.median) == (ravi, 1, 4, 2.5)
    assert page.context["weeks"][-1][1] == 1
    assert "<svg" in page.content.decode()
    assert "style=" not in page.content.decode().partition("<main")[2]


def test_a_reviewer_sees_their_own_figures_only(desk_client, inputs, ravi, elena):
    for person in (ravi, elena):
        operations.take_up(fresh(inputs(1)[0]), by=person, at=NOW)
    page = desk_client(ravi).get(f"{QUEUE}figures/")
    assert [line.person for line in page.context["people"]] == [ravi]
    assert "stages" not in page.context
    table = desk_client(ravi).get(f"{QUEUE}figures.csv").content.decode()
    assert "Elena" not in table
    assert "Ravi" in table
    assert desk_client(make_user(staff=True, roles=["accreditation"])).get(f"{QUEUE}figures/").status_code == 403


def test_figures_as_csv_hold_no_formula(desk_client, inputs, elena):
    sly = make_user("=1+1", staff=True, roles=["reviewer"])
    operations.take_up(fresh(inputs(1)[0]), by=sly, at=NOW)
    table = desk_client(elena).get(f"{QUEUE}figures.csv").content.decode()
    assert "\nreviewer,'=1+1,open,1" in table.replace("\r", "")
    assert f"backlog,{_sunday().isoformat()},waiting,1" in table


def _sunday():
    today = localdate()
    return today + timedelta(days=6 - today.weekday())


def test_figures_cost_the_same_for_one_and_for_many(desk_client, inputs, team, elena, count_statements):
    client = desk_client(elena)
    operations.take_up(fresh(inputs(1)[0]), by=team[0], at=NOW)
    client.get(f"{QUEUE}figures/")
    one = count_statements(lambda: client.get(f"{QUEUE}figures/"))
    for number, sent in enumerate(inputs(12)):
        operations.take_up(fresh(sent), by=team[number % 3], at=now())
    assert count_statements(lambda: client.get(f"{QUEUE}figures/")) == one <= 20


def test_figures_are_of_what_the_reader_may_see(desk_client, inputs, organisation, ravi, elena):
    operations.take_up(fresh(inputs(1)[0]), by=ravi, at=NOW)
    join(organisation, elena)
    page = desk_client(elena).get(f"{QUEUE}figures/")
    assert page.context["people"] == []
    assert [stage.now for stage in page.context["stages"]] == [0, 0, 0, 0]


def test_organisations_of_many_inputs_are_read_at_once(desk_client, inputs, team, elena, count_statements):
    client = desk_client(elena)
    one, many = inputs(1)[0], inputs(20)
    for sent in many:
        Submission.objects.filter(pk=sent.pk).update(organisation=make_organisation())
    few = count_statements(lambda: client.get(PAGE, {"pk": one.pk, "way": "by_work"}))
    keys = {"pk": [str(sent.pk) for sent in many], "way": "by_work"}
    assert count_statements(lambda: client.get(PAGE, keys)) <= few
