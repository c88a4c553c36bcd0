"""Applications: begun at once, saved incomplete, sent in time, withdrawn and taken back; no text is ever lost."""

from datetime import timedelta

import pytest
from django.urls import reverse

from accreditation import operations
from accreditation.models import Accreditation, Basis, Membership
from accreditation.operations.lacking import missing
from accreditation.tasks import announce_steps
from forums.models import Letter
from forums.refusals import Closed, Refused
from tests.accreditation.applications import a_file, make_accreditation_call, make_application, make_points
from tests.factories import CLOSES, NOW, join, make_organisation, make_user

pytestmark = pytest.mark.django_db


def page(organisation, forum, name="application", *more):
    return reverse(f"accreditation:{name}", args=[organisation.slug, forum.slug, *more])


@pytest.fixture
def points(forum):
    return make_points()


@pytest.fixture
def special(forum):
    return Basis.objects.get(pk="special")


@pytest.fixture
def draft(organisation, forum, special, points, amina):
    return operations.begin(organisation, forum=forum, basis=special, by=amina, at=NOW)


def save(draft, by, **answers):
    points = make_points(draft.basis_id)
    return operations.save_application(
        draft, by=by, at=NOW, edition=draft.edition, answers={points[code]: text for code, text in answers.items()}
    )


# Claims and beginnings ------------------------------------------------------------------------------------------------


def test_a_claim_on_a_basis_that_asks_nothing_is_sent_at_once(organisation, forum, amina):
    claimed = operations.claim(organisation, forum=forum, basis=Basis.objects.get(pk="ecosoc"), by=amina, at=NOW)
    assert claimed.status == "submitted"


def test_a_claim_that_needs_points_stays_a_draft(organisation, forum, special, points, amina):
    make_accreditation_call(forum)
    assert operations.claim(organisation, forum=forum, basis=special, by=amina, at=NOW).status == "draft"


def test_a_claim_in_no_open_call_stays_a_draft(organisation, forum, special, amina):
    assert operations.claim(organisation, forum=forum, basis=special, by=amina, at=NOW).status == "draft"


def test_one_application_at_a_time(organisation, forum, special, draft, amina):
    with pytest.raises(Refused, match="already said"):
        operations.begin(organisation, forum=forum, basis=special, by=amina, at=NOW)


def test_a_basis_taken_out_of_use_cannot_be_claimed(organisation, forum, special, amina):
    special.in_use = False
    with pytest.raises(Refused, match="cannot be claimed"):
        operations.begin(organisation, forum=forum, basis=special, by=amina, at=NOW)


# Saving ---------------------------------------------------------------------------------------------------------------


def test_what_is_typed_is_kept_incomplete(draft, amina):
    kept = save(draft, amina, head="Nadia")
    assert kept.edition == draft.edition + 1
    assert [lack.point.code for lack in missing(kept)] == ["purpose", "statutes"]


def test_an_older_page_overwrites_nothing(draft, amina):
    save(draft, amina, head="Nadia")
    with pytest.raises(operations.Conflict) as conflict:
        save(draft, amina, head="Somebody else")
    assert conflict.value.theirs.answers.get().text == "Nadia"


def test_a_long_answer_is_saved_but_not_sent(draft, amina):
    kept = save(draft, amina, head="Nadia", purpose="word " * 21)
    [lack] = [lack for lack in missing(kept) if lack.point.code == "purpose"]
    assert "21 words; at most 20" in lack.sentence
    chinese = save(kept, amina, purpose="帮助港口的移民" * 4)
    assert "28 words" in next(lack for lack in missing(chinese) if lack.point.code == "purpose").sentence


def test_the_basis_of_a_draft_changes_and_its_answers_come_back(draft, amina, special):
    kept = save(draft, amina, head="Nadia")
    other = operations.choose_basis(kept, basis=Basis.objects.get(pk="ecosoc"), by=amina, at=NOW)
    assert missing(other) == []
    back = operations.choose_basis(other, basis=special, by=amina, at=NOW)
    assert back.answers.get().text == "Nadia"


# Sending and its window -----------------------------------------------------------------------------------------------


def test_a_complete_application_is_sent_and_acknowledged(amina, organisation):
    sent = make_application(by=amina, organisation=organisation, status="submitted")
    assert (sent.status, sent.steps.last().by) == ("submitted", amina)
    announce_steps()
    assert Letter.objects.filter(kind="accreditation/submitted", to=amina.email).count() == 1


def test_what_is_missing_is_named_point_by_point(draft, forum, amina):
    make_accreditation_call(forum)
    with pytest.raises(Refused) as why:
        operations.send(draft, by=amina, at=NOW)
    assert all(code in str(why.value) for code in ("Head", "Purpose", "Statutes"))
    assert Accreditation.objects.get(pk=draft.pk).status == "draft"


def test_sent_twice_is_sent_once(amina):
    sent = make_application(by=amina, status="submitted")
    operations.send(sent, by=amina, at=NOW)
    assert sent.steps.count() == 1


def test_an_infected_file_is_not_sent(amina):
    draft = make_application(by=amina)
    draft.files.update(verdict="infected")
    with pytest.raises(Refused, match="refused by the virus scanner"):
        operations.send(draft, by=amina, at=NOW)


@pytest.mark.parametrize(
    ("window", "said"),
    [(None, "No call for"), ("not_yet", "is not yet open"), ("closed", "1 day before your application arrived")],
)
def test_special_accreditation_is_sent_in_its_call_only(amina, window, said):
    draft = make_application(by=amina, call=window)
    with pytest.raises(Closed) as why:
        operations.send(draft, by=amina, at=NOW)
    assert said in str(why.value)
    assert "draft" in str(why.value)
    assert Accreditation.objects.get(pk=draft.pk).status == "draft"


def test_the_closing_instant_is_outside_and_by_how_much_is_said(amina):
    draft = make_application(by=amina)
    with pytest.raises(
        Closed, match=r"closed on Friday 30 January 2026, 17:00 New York \(UTC−5\), less than a second before"
    ):
        operations.send(draft, by=amina, at=CLOSES)
    assert operations.send(draft, by=amina, at=CLOSES - timedelta(seconds=1)).status == "submitted"


def test_without_a_moment_the_clock_of_the_database_decides(amina):
    late = make_application(by=amina)  # the call closed long before today's clock
    with pytest.raises(Closed):
        operations.send(late, by=amina)
    sent = make_application(call="now", forum=make_application_forum())
    assert operations.send(sent, by=amina).status == "submitted"


def make_application_forum():
    from datetime import date

    from tests.factories import make_forum

    return make_forum("2030", year=2030, first_day=date(2030, 5, 7), last_day=date(2030, 5, 10))


def test_another_basis_has_no_window_unless_a_call_names_it(amina, forum):
    make_accreditation_call(forum, "closed")
    sent = make_application(by=amina, basis="ecosoc", status="submitted")
    assert sent.status == "submitted"
    make_accreditation_call(forum, "closed", audience="bases", bases=["nhri"])
    named = make_application(basis="nhri")
    with pytest.raises(Closed):
        operations.send(named, by=amina, at=NOW)


# Withdrawing and taking back ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", ["submitted", "screening", "more_asked", "put_forward", "accredited"])
def test_it_is_withdrawn_at_any_time_and_taken_back_whole(amina, status):
    sent = make_application(by=amina, status=status)
    operations.withdraw_application(sent, by=amina, at=NOW, reason="Another one applies.")
    withdrawn = Accreditation.objects.get(pk=sent.pk)
    assert (withdrawn.status, withdrawn.steps.last().note) == ("withdrawn", "Another one applies.")
    back = operations.take_back(withdrawn, by=amina, at=NOW)
    assert (back.status, back.decided_on, back.terms) == ("draft", None, {})
    assert (back.answers.count(), back.files.kept().count()) == (2, 1)
    assert not back.enquiries.filter(answered_at=None).exists()
    assert operations.send(back, by=amina, at=NOW).status == "submitted"
    announce_steps()
    kinds = set(Letter.objects.filter(to=amina.email).values_list("kind", flat=True))
    assert {"accreditation/withdrawn", "accreditation/taken_back"} <= kinds


def test_taking_back_beside_a_new_one_is_refused(amina, organisation, forum, special):
    old = make_application(by=amina, organisation=organisation, status="withdrawn")
    operations.begin(organisation, forum=forum, basis=special, by=amina, at=NOW)
    with pytest.raises(Refused, match="begun another"):
        operations.take_back(old, by=amina, at=NOW)


def test_giving_up_a_draft_writes_to_nobody(draft, amina):
    operations.withdraw_application(draft, by=amina, at=NOW)
    announce_steps()
    assert not Letter.objects.exists()


# Pages ----------------------------------------------------------------------------------------------------------------


@pytest.fixture
def call(forum):
    return make_accreditation_call(forum, "now")


def test_from_nothing_to_sent_without_scripts(client, organisation, forum, amina, points, call, settings):
    client.force_login(amina)
    place = page(organisation, forum)
    chosen = client.get(place).content.decode()
    assert "Begin the application" in chosen
    assert client.post(place, {"basis": "special"}, follow=True).status_code == 200
    draft = Accreditation.objects.get()
    typed = {"edition": 1, "answer-head": "Nadia", "answer-purpose": "Help at harbours.", "women": "2", "men": ""}
    shown = client.post(place, {**typed, "file-statutes": a_file(), "then": "check"}, follow=True).content.decode()
    assert "Nadia" in shown
    assert "statutes.pdf" in shown
    draft.refresh_from_db()
    assert (draft.women, draft.men, draft.edition) == (2, None, 2)
    check = page(organisation, forum, "application_check")
    assert client.post(check, {"edition": 2}).context["form"].errors
    sent = client.post(check, {"edition": 2, "correct": "on"}, follow=True).content.decode()
    assert "put before the desk" in sent
    assert Accreditation.objects.get().status == "submitted"


def test_what_is_missing_is_listed_with_links(client, draft, organisation, forum, amina, call):
    client.force_login(amina)
    shown = client.get(page(organisation, forum, "application_check")).content.decode()
    assert "3 things are missing" in shown
    for anchor in ("#id_answer-head", "#id_answer-purpose", "#id_file-statutes"):
        assert f'href="{page(organisation, forum)}{anchor}"' in shown
        assert f'id="{anchor[1:]}"' in client.get(page(organisation, forum)).content.decode()
    assert "correct" not in shown.partition("<main")[2] or "Put it before the desk" not in shown


def test_two_tabs_lose_no_text(client, draft, organisation, forum, amina):
    client.force_login(amina)
    place = page(organisation, forum)
    client.post(place, {"edition": 1, "answer-head": "Nadia", "answer-purpose": "One"})
    answer = client.post(place, {"edition": 1, "answer-head": "Nadia", "answer-purpose": "Another"})
    shown = answer.content.decode()
    assert answer.status_code == 409
    assert "One" in shown
    assert "Another" in shown
    settled = {"edition": 2, "answer-head": "Nadia", "answer-purpose": "Another", "take_answer-purpose": "mine"}
    assert client.post(place, settled).status_code == 302
    assert draft.answers.get(point__code="purpose").text == "Another"


def test_it_is_saved_while_somebody_types(client, draft, organisation, forum, amina):
    client.force_login(amina)
    place = page(organisation, forum, "application_autosave")
    saved = client.post(place, {"edition": 1, "answer-head": "Nadia"}, headers={"accept": "application/json"}).json()
    assert (saved["saved"], saved["edition"]) == (True, 2)
    assert saved["saved_at_words"].endswith("New York")
    again = client.post(place, {"edition": 1, "answer-head": "Nadia"}, headers={"accept": "application/json"})
    assert again.json()["saved"], "a page that says what is saved conflicts with nobody"
    other = client.post(place, {"edition": 1, "answer-head": "Else"}, headers={"accept": "application/json"})
    assert (other.status_code, other.json()["conflict"]) == (409, True)
    wrong = client.post(place, {"edition": 2, "women": "many"}, headers={"accept": "application/json"}).json()
    assert "Saved except for this" in wrong["message"]


def test_what_was_typed_while_signed_out_is_given_back(client, draft, organisation, forum, amina):
    place = page(organisation, forum)
    client.post(place, {"edition": 1, "answer-head": "Typed before"})
    signed_out = client.post(page(organisation, forum, "application_autosave"), {}, headers={"accept": "application/json"})
    assert signed_out.status_code == 403
    client.force_login(amina)
    shown = client.get(place).content.decode()
    assert "Here is what you typed before" in shown or "Typed before" in shown


def test_after_sending_nothing_typed_is_lost(client, organisation, forum, amina):
    make_application(by=amina, organisation=organisation, status="submitted")
    client.force_login(amina)
    answer = client.post(page(organisation, forum), {"edition": 1, "answer-head": "Too late"})
    assert answer.status_code == 409
    assert "Too late" in answer.content.decode()


@pytest.mark.parametrize(
    ("role", "reads", "writes", "sends"),
    [("focal_point", 200, 200, 200), ("alternate", 200, 200, 200), ("drafter", 200, 200, 404), ("viewer", 200, 404, 404)],
)
def test_who_reads_writes_and_sends(client, draft, organisation, forum, role, reads, writes, sends):
    person = make_user()
    join(organisation, person, role)
    client.force_login(person)
    assert client.get(page(organisation, forum)).status_code == reads
    autosave = page(organisation, forum, "application_autosave")
    assert client.post(autosave, {"edition": 1, "answer-head": "x"}).status_code == writes
    assert client.post(page(organisation, forum, "application_check"), {}).status_code == sends
    assert client.get(page(organisation, forum, "application_withdraw")).status_code == sends


def test_others_find_nothing_there(client, draft, organisation, forum, bruno):
    missing_one = reverse("accreditation:application", args=["no-such", forum.slug])
    for person in (bruno, make_user()):
        client.force_login(person)
        for name in ("application", "application_check", "application_withdraw", "application_confirm"):
            assert client.get(page(organisation, forum, name)).status_code == 404
    assert client.get(missing_one).status_code == 404
    former = make_user()
    join(organisation, former, Membership.Role.FOCAL_POINT, until=NOW)
    client.force_login(former)
    assert client.get(page(organisation, forum)).status_code == 404


def test_withdrawing_a_standing_warns_and_is_taken_back(client, organisation, forum, amina):
    make_application(by=amina, organisation=organisation, status="accredited")
    client.force_login(amina)
    assert "Attend the forum" in client.get(page(organisation, forum)).content.decode()
    assert "stops being accredited at once" in client.get(page(organisation, forum, "application_withdraw")).content.decode()
    shown = client.post(page(organisation, forum, "application_withdraw"), {"reason": "We merged"}, follow=True)
    assert "Undo the withdrawal" in shown.content.decode()
    assert client.get(page(organisation, forum, "application_take_back")).status_code == 302
    assert Accreditation.objects.get().status == "withdrawn", "looking changes nothing"
    client.post(page(organisation, forum, "application_take_back"))
    assert Accreditation.objects.get().status == "draft"


def test_after_the_end_a_new_one_can_be_begun(client, organisation, forum, amina):
    make_application(by=amina, organisation=organisation, status="expired")
    client.force_login(amina)
    place = page(organisation, forum)
    assert "Begin a new application" in client.get(place).content.decode()
    assert "Begin the application" in client.get(place + "?anew=1").content.decode()
    client.post(place, {"basis": "special"})
    assert sorted(Accreditation.objects.values_list("status", flat=True)) == ["draft", "expired"]


def test_every_status_has_its_page(client, forum, amina):
    client.force_login(amina)
    for status in Accreditation.Status.values:
        organisation = make_organisation(focal_point=amina)
        basis = "ecosoc" if status in ("recognised", "not_accredited") else "special"
        make_application(by=amina, organisation=organisation, status=status, basis=basis)
        for language in ("en", "ar"):
            answer = client.get(page(organisation, forum).replace("/en/", f"/{language}/"))
            assert answer.status_code == 200, status
