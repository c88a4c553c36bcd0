"""The page of a claim: what is said and shown on it, what the register says, the decisions that fit."""

import threading
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from accreditation import operations
from accreditation.models import Accreditation, Basis, Register
from accreditation.registers.matching import keep_names
from forums.refusals import Refused
from tests.accreditation.applications import make_application, make_points
from tests.factories import NOW, make_organisation, make_user
from tests.imrf_portal.rooms import make_claim

EVIDENCE = {"decided_on": "2026-01-15", "decided_by": "SCA", "evidence": "Its letter of 15 January 2026"}


def change(claim):
    return reverse("admin:accreditation_accreditation_change", args=[claim.pk])


def posted(decision, **typed):
    return {"decision": decision, "letters": "send", **{f"{decision}-{name}": value for name, value in typed.items()}}


def press(client, claim, decision, **typed):
    seen = {f"seen-{name}": value for name, value in client.get(change(claim)).context["seen"].items()}
    return client.post(change(claim), {**seen, **posted(decision, **typed)})


def form_of(client, claim, key):
    return next(panel.form for panel in client.get(change(claim)).context["panels"] if panel.decision.key == key)


@pytest.fixture
def desk(db, dalia, desk_client):
    return desk_client(dalia)


@pytest.fixture
def application(amina, organisation):
    return make_application(by=amina, organisation=organisation, status="screening")


# What is shown --------------------------------------------------------------------------------------------------------


def test_the_page_shows_points_answers_files_and_who_opened_them(desk, application, dalia):
    file = application.files.get()
    address = reverse("admin:accreditation_evidencefile_file", args=[file.pk])
    page = desk.get(change(application)).content.decode()
    assert "Help at harbours." in page
    assert address in page
    assert "Opened" not in page
    desk.get(address)
    assert "Opened 1 time" in desk.get(change(application)).content.decode()


def test_a_file_that_was_not_scanned_has_no_address(desk, application):
    application.files.update(verdict="waiting")
    page = desk.get(change(application)).content.decode()
    assert "statutes.pdf" in page
    assert reverse("admin:accreditation_evidencefile_file", args=[application.files.get().pk]) not in page


def test_statements_do_not_grow_with_what_an_application_holds(desk, application, count_statements):
    before = count_statements(lambda: desk.get(change(application)))
    file = application.files.get()
    for number in range(6):
        application.files.create(
            name=f"{number}.pdf",
            file="",
            size=1,
            media_type="application/pdf",
            sha256=f"{number}",
            added_at=NOW,
            verdict="clean",
            point=file.point,
        )
        operations.note_reading("evidence", file, by=make_user(), at=NOW, accreditation=application)
    assert count_statements(lambda: desk.get(change(application))) <= before + 1


# Asking for more ------------------------------------------------------------------------------------------------------


def test_points_are_ticked_and_a_day_is_given(desk, application):
    points = make_points()
    ticked = [points["purpose"].pk, points["statutes"].pk]
    answer = press(desk, application, "ask_for_more", question="Since when?", points=ticked, answer_on="2099-01-30")
    assert answer.status_code == 302
    enquiry = application.enquiries.get()
    assert {point.code for point in enquiry.points.all()} == {"purpose", "statutes"}
    assert enquiry.answer_by.isoformat() == "2099-01-31T04:59:00+00:00"


def test_a_day_that_has_passed_keeps_what_was_typed(desk, application):
    points = make_points()
    answer = press(desk, application, "ask_for_more", question="Since?", points=[points["head"].pk], answer_on="2001-01-30")
    page = answer.content.decode()
    assert "passed already" in page
    assert "Since?" in page
    assert f'value="{points["head"].pk}" ' in page
    assert Accreditation.objects.get(pk=application.pk).status == "screening"


def test_points_of_another_basis_cannot_be_ticked(desk, application):
    foreign = make_points("nhri")["head"]
    answer = press(desk, application, "ask_for_more", question="Since?", points=[foreign.pk])
    assert answer.status_code == 200
    assert not application.enquiries.exists()


def test_what_is_overdue_is_found(desk, application, dalia):
    operations.ask_for_more(application, by=dalia, at=NOW, question="Since?", answer_on=date(2026, 1, 30))
    listed = reverse("admin:accreditation_accreditation_changelist")
    assert desk.get(f"{listed}?answer=overdue").context["cl"].result_count == 1
    assert "Overdue" in desk.get(listed).content.decode()
    assert "Overdue" in desk.get(change(application)).content.decode()
    rooms = reverse("admin:accreditation_enquiry_changelist")
    assert desk.get(f"{rooms}?answer=overdue").context["cl"].result_count == 1


def test_an_answer_comes_back_to_the_list_of_who_took_it_up(desk, desk_client, organisation, amina, dalia, client):
    application = make_application(by=amina, organisation=organisation, basis="ecosoc", status="submitted")
    listed = reverse("admin:accreditation_accreditation_changelist")
    assert desk.get(f"{listed}?hands=nobody").context["cl"].result_count == 1
    operations.take_up(application, by=dalia, at=NOW)
    operations.ask_for_more(application, by=dalia, at=NOW, question="Since?")
    asked = Accreditation.objects.get(pk=application.pk)
    operations.save_application(asked, by=amina, at=NOW, edition=asked.edition, answers={}, reply="1999")
    operations.send(asked, by=amina, at=NOW)
    assert Accreditation.objects.get(pk=application.pk).status == "submitted"
    assert desk.get(f"{listed}?hands=mine").context["cl"].result_count == 1
    other = desk_client(make_user(staff=True, roles=["accreditation"]))
    assert other.get(f"{listed}?hands=mine").context["cl"].result_count == 0


def test_the_list_costs_the_same_for_one_and_for_many(desk, forum, count_statements):
    listed = reverse("admin:accreditation_accreditation_changelist")
    make_application(status="more_asked", basis="ecosoc")
    one = count_statements(lambda: desk.get(listed))
    for _each in range(4):
        make_application(status="more_asked", basis="ecosoc")
    assert count_statements(lambda: desk.get(listed)) == one


# The register's word --------------------------------------------------------------------------------------------------


@pytest.fixture
def institutions(db):
    register = Register.objects.create(kind="nhri", as_of=date(2026, 1, 1), source="the chart")
    register.entries.create(name="Commission of Kenya", status="A", status_as_of="2024-05", country_id="KEN")
    register.entries.create(name="Ombudsman of Nepal", status="B", status_as_of="2023-10", country_id="NPL")
    keep_names(register.entries.all())
    return register


def nhri(forum, amina, name, country):
    Basis.objects.filter(pk="nhri").update(register="nhri", passes_on=["A"], decided_by="SCA")
    body = make_organisation(name, focal_point=amina, kind="nhri", country_id=country)
    return make_claim(body, forum, "nhri", by=amina)


def test_status_a_passes_on_the_evidence_of_the_register(desk, forum, amina, institutions):
    claim = nhri(forum, amina, "Commission of Kenya", "KEN")
    press(desk, claim, "take_up")
    assert "Evidence by itself" in desk.get(change(claim)).content.decode()
    form = form_of(desk, claim, "recognise")
    assert "Commission of Kenya, A 2024-05" in form["evidence"].value()
    assert (form["decided_by"].value(), form["entry"].value()) == ("SCA", institutions.entries.get(status="A").pk)


def test_status_b_needs_the_word_of_who_decides(desk, forum, amina, institutions):
    claim = nhri(forum, amina, "Ombudsman of Nepal", "NPL")
    press(desk, claim, "take_up")
    page = desk.get(change(claim)).content.decode()
    assert "Needs the word of who decides" in page
    form = form_of(desk, claim, "recognise")
    assert not form["evidence"].value()
    assert not form["decided_by"].value()
    entry = institutions.entries.get(status="B")
    only_the_list = {"decided_on": "2026-01-15", "decided_by": "Chart", "evidence": evidence_of_entry(entry)}
    refused = press(desk, claim, "recognise", entry=entry.pk, **only_the_list)
    assert "Office of the High Commissioner" in refused.content.decode()
    assert press(desk, claim, "recognise", entry=entry.pk, **EVIDENCE).status_code == 302
    claim.refresh_from_db()
    assert (claim.status, claim.register_entry) == ("recognised", entry)
    assert claim.terms == claim.basis.terms()


def evidence_of_entry(entry):
    from accreditation.operations.checking import evidence_of

    return evidence_of(entry)


# The end of a standing ------------------------------------------------------------------------------------------------


def test_a_standing_is_ended_with_reason_and_evidence(desk, forum, amina, organisation):
    standing = make_application(by=amina, organisation=organisation, basis="ecosoc", status="recognised")
    assert press(desk, standing, "end", reason="Withdrawn", evidence="").status_code == 200
    assert press(desk, standing, "end", reason="Withdrawn", evidence="E/2026/5").status_code == 302
    standing.refresh_from_db()
    assert (standing.status, standing.steps.last().note) == ("expired", "Withdrawn\n\nE/2026/5")


def test_the_history_of_changes_says_which_terms_were_granted(desk, forum, amina, organisation):
    standing = make_application(by=amina, organisation=organisation, basis="ecosoc", status="recognised")
    shown = desk.get(reverse("admin:accreditation_accreditation_history", args=[standing.pk])).content.decode()
    assert "may_attend: True" in shown


def test_a_reviewer_of_inputs_sees_no_claim(desk_client, ravi, application):
    assert desk_client(ravi).get(change(application)).status_code in (403, 404)


# Two at once ----------------------------------------------------------------------------------------------------------


def at_once(*acts):
    """Run these at the same moment, each on a connection of its own; returns what each came to."""
    together, came_to = threading.Barrier(len(acts)), [None] * len(acts)

    def run(place, act):
        together.wait()
        try:
            came_to[place] = act()
        except Refused as why:
            came_to[place] = why
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place, act)) for place, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return came_to


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("_round", range(5))
def test_two_people_deciding_at_once_one_wins_and_the_other_loses_no_word(desk_client, amina, _round):
    application = make_application(by=amina, basis="ecosoc", status="screening")
    clients = []
    for _each in range(2):
        person = make_user(staff=True, roles=["accreditation"])
        client = Client()
        client.cookies = desk_client(person).cookies.copy()
        clients.append(client)
    pages = [client.get(change(application)).context["seen"] for client in clients]
    seen = {f"seen-{name}": value for name, value in pages[0].items()}
    answers = at_once(
        lambda: clients[0].post(change(application), {**seen, **posted("recognise", **EVIDENCE)}),
        lambda: clients[1].post(change(application), {**seen, **posted("ask_for_more", question="Which year, please?")}),
    )
    application.refresh_from_db()
    assert application.steps.count() == 3
    lost = next(answer for answer in answers if answer.status_code != 302)
    assert lost.status_code == 409
    typed = "Which year, please?" if application.status == "recognised" else EVIDENCE["evidence"]
    assert typed in lost.content.decode()
    assert application.enquiries.count() == (application.status == "more_asked")
