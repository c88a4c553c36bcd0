"""My page: what is open, what waits, what was sent, for whom one acts."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from django.utils.timezone import now

from accreditation import operations as accrediting
from accreditation.models import Basis
from submissions.models import Submission
from tests.factories import NOW, join, make_call, make_draft, make_organisation, make_standing, make_submission, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(client, amina):
    client.force_login(amina)
    return lambda: client.get(reverse("my"))


def test_a_first_visitor_gets_two_clear_choices(client, call):
    client.force_login(make_user())
    text = client.get(reverse("my")).content.decode()
    assert reverse("accreditation:new_organisation") in text
    assert reverse("accreditation:join") in text
    assert call.name in text


def test_whoever_acts_for_an_organisation_sees_its_role_and_standing(page, organisation, forum):
    make_standing(organisation, forum)
    text = page().content.decode()
    for part in ("Harbour Light", "Focal point", "Recognised (standing held already)", "ecosoc", forum.name):
        assert part in text
    assert "Begin here" not in text


def test_open_calls_are_offered_with_their_closing_and_others_are_not(page, forum, organisation):
    open_call = make_call(forum, slug="open", name="Open one")
    make_call(
        forum, slug="closed", name="Closed one", opens_at=now() - timedelta(days=9), closes_at=now() - timedelta(days=1)
    )
    make_call(forum, slug="early", name="Early one", opens_at=now() + timedelta(days=1), closes_at=now() + timedelta(days=9))
    make_call(forum, slug="desk", name="Recorded one", recorded_by_desk_only=True)
    make_call(forum, slug="special", name="Accreditation one", purpose="accreditation")
    answer = page()
    assert [(chance.call.slug, chance.phase.value) for chance in answer.context["chances"]] == [
        ("early", "not_yet"),
        ("open", "open"),
    ]
    text = answer.content.decode()
    assert reverse("submissions:start", args=[forum.slug, open_call.slug]) in text
    assert reverse("submissions:start", args=[forum.slug, "early"]) not in text


def test_what_waits_is_on_top(page, organisation, amina, call):
    draft = make_draft(call=call, organisation=organisation, by=amina, title="Half written")
    asked = make_submission(call=call, status="clarification_asked", organisation=organisation, by=amina)
    accrediting.ask_to_join(organisation, by=make_user("nadia"), at=NOW)
    answer = page()
    assert list(answer.context["drafts"]) == [draft]
    assert [submission.pk for submission in answer.context["questions"]] == [asked.pk]
    assert [membership.user.name for membership in answer.context["requests"]] == ["Nadia"]
    assert "Half written" in answer.content.decode()


@pytest.mark.parametrize("role", ["drafter", "viewer"])
def test_requests_to_join_are_shown_to_those_who_answer_them(client, organisation, role):
    person = make_user()
    join(organisation, person, role)
    accrediting.ask_to_join(organisation, by=make_user("nadia"), at=NOW)
    client.force_login(person)
    assert list(client.get(reverse("my")).context["requests"]) == []


def test_a_viewer_is_not_led_to_a_page_that_is_closed_to_them(client, draft):
    viewer = make_user()
    join(draft.organisation, viewer, "viewer")
    client.force_login(viewer)
    text = client.get(reverse("my")).content.decode()
    assert reverse("submissions:edit", args=[draft.pk]) not in text
    assert draft.get_absolute_url() in text


def test_what_was_sent_is_listed_newest_first(page, organisation, amina, call):
    sent = [
        make_submission(call=call, organisation=organisation, by=amina, at=NOW + timedelta(hours=n)).pk for n in range(3)
    ]
    assert [submission.pk for submission in page().context["sent"]] == sent[::-1]


def test_more_information_asked_of_an_organisation_waits_here(page, organisation, amina, forum):
    claim = accrediting.claim(organisation, forum=forum, basis=Basis.objects.get(pk="ecosoc"), by=amina, at=NOW)
    desk = make_user(staff=True)
    accrediting.take_up(claim, by=desk, at=NOW)
    accrediting.ask_for_more(claim, by=desk, at=NOW, question="?")
    assert list(page().context["more_asked"]) == [claim]


def test_a_request_of_ones_own_is_shown_while_it_waits(client, organisation):
    nadia = make_user("nadia")
    accrediting.ask_to_join(organisation, by=nadia, at=NOW)
    client.force_login(nadia)
    text = client.get(reverse("my")).content.decode()
    assert "Waits for an answer" in text
    assert "Begin here" in text


def test_nothing_of_others_is_on_the_page(page, other_organisation, bruno, call):
    make_draft(call=call, organisation=other_organisation, by=bruno, title="Secret of Bruno")
    make_submission(call=call, organisation=other_organisation, by=bruno, title="Secret of Bruno")
    accrediting.ask_to_join(other_organisation, by=make_user("nadia"), at=NOW)
    text = page().content.decode()
    assert [part for part in ("Secret of Bruno", "Open Desk", "Nadia") if part in text] == []


def test_a_former_member_sees_nothing_any_more(page, organisation, draft):
    organisation.memberships.update(until=NOW)
    text = page().content.decode()
    assert draft.title not in text
    assert "Harbour Light" not in text


@pytest.mark.parametrize("language", [code for code, _ in settings.LANGUAGES])
def test_the_page_opens_in_every_language(client, amina, organisation, draft, language):
    client.force_login(amina)
    with translation.override(language):
        answer = client.get(reverse("my"))
    assert (answer.status_code, answer.headers["Content-Language"]) == (200, language)


def test_the_page_is_kept_by_no_cache(page):
    assert "no-store" in page().headers["Cache-Control"]


def test_the_page_costs_the_same_however_much_stands_on_it(client, page, organisation, amina, forum, call):
    def fill(times):
        for _ in range(times):
            own = make_organisation(focal_point=amina)
            make_standing(own, forum)
            make_draft(call=make_call(forum), organisation=own, by=amina)
            make_submission(call=call, organisation=own, by=amina)
            make_submission(call=call, status="clarification_asked", organisation=own, by=amina)
            accrediting.ask_to_join(own, by=make_user(), at=NOW)

    def statements():
        with CaptureQueriesContext(connection) as run:
            page()
        return len(run)

    fill(1)
    few = statements()
    fill(9)
    assert Submission.objects.count() == 30
    assert statements() == few


# What is open for whom, what is missing, how far it is ----------------------------------------------------------------


def chance_of(answer, call):
    return next(chance for chance in answer.context["chances"] if chance.call == call)


def test_each_call_says_which_of_ones_organisations_may_answer_and_why_another_may_not(page, organisation, amina, forum):
    other = make_organisation("Lantern House", focal_point=amina)
    make_standing(organisation, forum)
    anybody = make_call(forum, slug="anybody")
    bases = make_call(forum, slug="bases", audience="bases", bases=["ecosoc"])
    elsewhere = make_call(forum, slug="elsewhere", audience="bases", bases=["nhri"])
    accredited = make_call(forum, slug="accredited", audience="accredited")
    answer = page()
    assert {each.name for each in chance_of(answer, anybody).may} == {"Harbour Light", "Lantern House"}
    assert [each.name for each in chance_of(answer, bases).may] == ["Harbour Light"]
    [(who, why)] = chance_of(answer, bases).may_not
    assert (who, "None is recorded for yours" in why) == (other, True)
    assert dict(chance_of(answer, elsewhere).may_not)[organisation].endswith("Yours is on another one: ecosoc.")
    assert "has not applied" in dict(chance_of(answer, accredited).may_not)[other]
    assert answer.context["chances"][-1].call == elsewhere
    text = answer.content.decode()
    assert "Yours is on another one" in text
    assert "New York" in text
    assert "left</p>" in text


def test_a_draft_says_what_is_missing_or_leads_to_sending(page, organisation, amina, call):
    make_draft(call=call, organisation=organisation, by=amina, title="", objectives=[])
    text = page().content.decode()
    assert "2 things are missing before it can be sent" in text
    assert "Give the input a title." in text
    full = make_draft(call=call, organisation=organisation, by=amina)
    assert reverse("submissions:check", args=[full.pk]) in page().content.decode()


def test_what_was_sent_shows_its_way_in_public_words_without_reviewers_and_notes(page, organisation, amina, call):
    reviewer = make_user("rosalind", staff=True)
    sent = make_submission(call=call, organisation=organisation, by=amina, status="under_review", reviewer=reviewer)
    sent.notes.create(by=reviewer, at=NOW, text="Between us")
    answer = page()
    [shown] = answer.context["sent"]
    assert [step["word"] for step in shown.way] == ["Sent", "Under review", "Accepted", "Published"]
    text = answer.content.decode()
    assert "Next, usually: Accepted" in text
    assert [secret for secret in ("Rosalind", "Between us") if secret in text] == []
