"""Support for participation: who may ask follows the forum's own terms; what others decide is recorded, and no amount."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier

import pytest
from django.db import connection

from accreditation.models import Organisation, SupportRequest, SupportRequestStep
from accreditation.participation import supporting, telling
from accreditation.tasks import announce_steps
from forums.models import Country, Letter
from forums.refusals import Closed, IllegalMove, MovedMeanwhile, Refused
from tests.accreditation.participation import asked_for_support, make_terms, support_words
from tests.factories import NOW, make_forum, make_organisation, make_user

pytestmark = pytest.mark.django_db
ON = date(2026, 1, 19)


@pytest.fixture
def terms(forum):
    return make_terms(forum, support_open=True, support_groups=["ldc", "sids"])


@pytest.fixture
def request_(terms, organisation, amina):
    return asked_for_support(organisation, terms.forum, amina)


@pytest.fixture
def officer(db):
    return make_user("tomas", staff=True, roles=["accreditation"])


def sweep():
    announce_steps()
    assert not SupportRequestStep.objects.exclude(trouble="").exists()


def letters(kind):
    return sorted(Letter.objects.filter(kind=f"accreditation/{kind}").values_list("to", flat=True))


# Who it is for -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("flags", "named", "found"),
    [
        ((), ["ldc", "lldc", "sids"], []),
        (("ldc",), ["ldc", "lldc", "sids"], ["ldc"]),
        (("ldc", "lldc"), ["ldc", "lldc", "sids"], ["ldc", "lldc"]),
        (("ldc", "lldc"), ["lldc"], ["lldc"]),
        (("sids",), ["ldc"], []),
        (("sids",), [], []),
    ],
)
def test_groups_follow_the_flags_of_the_country_and_what_the_forum_names(forum, flags, named, found):
    terms = make_terms(forum, support_groups=named, support_for_stakeholders=False)
    country = Country(iso3="XXA", **{flag: flag in flags for flag in ("ldc", "lldc", "sids")})
    assert supporting.groups_of(terms, country, Organisation(kind="civil_society")) == found


@pytest.mark.parametrize(
    ("kind", "open_to_them", "found"),
    [
        ("civil_society", True, ["stakeholder"]),
        ("civil_society", False, []),
        ("member_state", True, []),
        ("intergovernmental", True, []),
        ("un_system", True, []),
    ],
)
def test_stakeholders_are_named_where_the_forum_lets_them(forum, kind, open_to_them, found):
    terms = make_terms(forum, support_groups=["ldc"], support_for_stakeholders=open_to_them)
    assert supporting.groups_of(terms, Country.objects.get(pk="KEN"), Organisation(kind=kind)) == found


def test_a_request_keeps_which_groups_applied_when_it_was_asked(request_, terms):
    assert request_.eligible_as == ["ldc", "stakeholder"]
    make_terms(terms.forum, support_groups=[], support_for_stakeholders=False)
    request_.refresh_from_db()
    assert request_.eligible_as == ["ldc", "stakeholder"]


def test_nobody_is_turned_away_by_the_portal_because_no_group_applies(terms, organisation, amina):
    """The groups stand beside the request; others decide."""
    make_terms(terms.forum, support_for_stakeholders=False)
    made = asked_for_support(organisation, terms.forum, amina, country="KEN")
    assert (made.status, made.eligible_as) == ("requested", [])


def test_a_forum_that_takes_none_says_so(forum, organisation, amina):
    with pytest.raises(Closed, match="takes no requests for support"):
        asked_for_support(organisation, forum, amina)


# Asking --------------------------------------------------------------------------------------------------------------


def test_pressed_twice_it_is_asked_once_with_one_receipt(request_, terms, organisation, amina):
    assert asked_for_support(organisation, terms.forum, amina) == request_
    assert letters("support_received") == ["amina@example.org"]


def test_one_person_has_one_request_whatever_the_case_of_the_name(request_, terms, organisation, amina):
    with pytest.raises(Refused, match="Support was asked for this person already"):
        asked_for_support(organisation, terms.forum, amina, person="NADIA EXAMPLE")
    assert asked_for_support(organisation, terms.forum, amina, person="Omar Sample")


@pytest.mark.django_db(transaction=True)
def test_asked_four_times_at_once_there_is_one_request():
    forum, by = make_forum(), make_user()
    organisation, barrier = make_organisation(focal_point=by), Barrier(4)
    make_terms(forum, support_open=True)

    def ask(_number):
        barrier.wait()
        try:
            return asked_for_support(organisation, forum, by).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(ask, range(4)))) == 1
    assert SupportRequest.objects.count() == 1


def test_a_change_is_looked_at_anew_for_its_groups(request_, amina):
    said = support_words(country="KEN", needs=["visa"])
    kept = supporting.change_request(request_, words=said, by=amina, at=NOW)
    assert (kept.country_id, kept.needs, kept.eligible_as) == ("KEN", ["visa"], ["stakeholder"])


def test_what_is_decided_is_not_changed(request_, amina, officer):
    supporting.grant(request_, decided_on=ON, decided_by="Office Example", by=officer, at=NOW)
    with pytest.raises(Refused, match="is “Granted” and cannot be changed now"):
        supporting.change_request(request_, words=support_words(), by=amina, at=NOW)


def test_a_request_is_withdrawn_and_taken_back_while_support_is_open(request_, terms, amina):
    supporting.withdraw_request(request_, by=amina, at=NOW)
    make_terms(terms.forum, support_open=False)
    with pytest.raises(Closed):
        supporting.take_request_back(request_, by=amina, at=NOW)
    make_terms(terms.forum, support_open=True)
    assert supporting.take_request_back(request_, by=amina, at=NOW).status == "requested"
    sweep()
    assert (letters("support_withdrawn"), letters("support_reopened")) == (["amina@example.org"], [])


def test_what_was_asked_anew_meanwhile_is_not_taken_back_beside_it(request_, terms, organisation, amina):
    supporting.withdraw_request(request_, by=amina, at=NOW)
    anew = asked_for_support(organisation, terms.forum, amina)
    assert anew != request_
    with pytest.raises(Refused, match="was asked for this person anew"):
        supporting.take_request_back(request_, by=amina, at=NOW)


# Deciding ------------------------------------------------------------------------------------------------------------


def test_a_grant_records_who_decided_when_and_what_was_provided_by_whom(request_, officer):
    decision = {"decided_on": ON, "decided_by": "Office Example", "provided": "A flight", "provided_by": "Agency Example"}
    kept = supporting.grant(request_, **decision, by=officer, at=NOW)
    assert {name: getattr(kept, name) for name in decision} == decision
    assert kept.steps.get().by == officer
    sweep()
    letter = Letter.objects.get(kind="accreditation/support_granted")
    assert letter.to == "amina@example.org"
    assert "Office Example" in letter.text


def test_what_was_provided_can_follow(request_, officer):
    with pytest.raises(Refused, match="Only of support that was granted"):
        supporting.record_provision(request_, provided="A flight", provided_by="Agency", by=officer, at=NOW)
    supporting.grant(request_, decided_on=ON, decided_by="Office", by=officer, at=NOW)
    kept = supporting.record_provision(request_, provided="A flight", provided_by="Agency", by=officer, at=NOW)
    assert (kept.provided, kept.provided_by) == ("A flight", "Agency")


def test_who_gets_nothing_is_told_with_the_reason_and_can_be_looked_at_again(request_, officer):
    supporting.decline(
        request_, decided_on=ON, decided_by="Office Example", reason="The means were used up.", by=officer, at=NOW
    )
    sweep()
    assert "The means were used up." in Letter.objects.get(kind="accreditation/support_not_granted").text
    kept = supporting.look_again(request_, reason="New means came.", by=officer, at=NOW)
    assert (kept.status, kept.decided_on, kept.decided_by) == ("requested", None, "")
    sweep()
    assert "New means came." in Letter.objects.get(kind="accreditation/support_reopened").text


def test_no_decision_lies_in_the_future_where_the_forum_is(request_, officer):
    """At noon UTC it is still the twentieth in New York."""
    tomorrow = NOW.date() + timedelta(days=1)
    with pytest.raises(Refused, match="cannot lie in the future"):
        supporting.grant(request_, decided_on=tomorrow, decided_by="Office", by=officer, at=NOW)
    late = NOW + timedelta(hours=15)  # the twenty-first in UTC, the twentieth in New York
    with pytest.raises(Refused, match="cannot lie in the future"):
        supporting.decline(request_, decided_on=tomorrow, decided_by="Office", by=officer, at=late)


@pytest.mark.django_db(transaction=True)
def test_two_people_decide_at_once_and_one_wins():
    forum, by, desk = make_forum(), make_user(), make_user(staff=True)
    make_terms(forum, support_open=True)
    asked = asked_for_support(make_organisation(focal_point=by), forum, by)
    said, barrier = {"decided_on": ON, "decided_by": "Office", "by": desk, "at": NOW}, Barrier(2)

    def decide(act):
        barrier.wait()
        try:
            return act(SupportRequest.objects.get(pk=asked.pk), **said)
        except Refused as why:
            return why
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(decide, [supporting.grant, supporting.decline]))
    assert sum(isinstance(one, IllegalMove | MovedMeanwhile) for one in found) == 1
    assert asked.steps.count() == 1


def test_each_letter_is_written_once(request_, officer):
    supporting.grant(request_, decided_on=ON, decided_by="Office", by=officer, at=NOW)
    sweep()
    count = Letter.objects.count()
    sweep()
    assert Letter.objects.count() == count == 2


def test_nothing_knows_an_amount():
    """Neither a column nor a question: the portal records what was provided in words, and invents no rule and no sum."""
    columns = {field.name for field in SupportRequest._meta.fields}
    assert not {name for name in columns if any(word in name for word in ("amount", "sum", "cost", "money", "currency"))}
    numbers = {"IntegerField", "DecimalField", "FloatField", "PositiveIntegerField", "PositiveSmallIntegerField"}
    assert not [field.name for field in SupportRequest._meta.fields if field.get_internal_type() in numbers]


@pytest.mark.parametrize("was", SupportRequest.Status.values)
@pytest.mark.parametrize("became", SupportRequest.Status.values)
def test_the_table_of_moves_over_all_pairs_and_every_move_has_a_letter(request_, officer, was, became):
    SupportRequest.objects.filter(pk=request_.pk).update(status=was)
    request_.refresh_from_db()
    if became in SupportRequest.MOVES[was]:
        request_.move(became, by=officer, at=NOW)
        assert telling.template_of(telling.SUPPORT, was, became) in telling.SUPPORT.values()
    else:
        with pytest.raises(IllegalMove):
            request_.move(became, by=officer, at=NOW)
        assert SupportRequest.objects.get().status == was
