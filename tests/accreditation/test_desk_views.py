"""The rooms of claims, organisations, memberships, registers and people."""

from datetime import date

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from accreditation import operations
from accreditation.models import Accreditation, Basis, Membership, Organisation, Register, User
from accreditation.registers.matching import keep_names
from accreditation.tasks import announce_steps
from forums.models import Letter
from tests.factories import NOW, join, make_organisation, make_user
from tests.forums.test_desk_views import fields_of, save
from tests.imrf_portal.rooms import make_claim

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(dalia, desk_client):
    return desk_client(dalia)


@pytest.fixture
def claim(organisation, forum, amina):
    return make_claim(organisation, forum, by=amina)


def change(thing):
    return reverse(f"admin:accreditation_{thing._meta.model_name}_change", args=[thing.pk])


def press(client, claim, decision, **typed):
    seen = {f"seen-{name}": value for name, value in client.get(change(claim)).context["seen"].items()}
    words = {f"{decision}-{name}": value for name, value in typed.items()}
    return client.post(change(claim), {**seen, "decision": decision, "letters": "send", **words})


EVIDENCE = {"decided_on": "2026-01-15", "decided_by": "DESA", "evidence": "iCSO, seen on 15 January 2026"}


# Claims -------------------------------------------------------------------------------------------------------------


def test_a_standing_held_already_is_recorded_with_who_when_and_evidence(desk, dalia, claim, amina):
    press(desk, claim, "take_up")
    missing = press(desk, claim, "recognise", decided_on="", decided_by="DESA", evidence="")
    assert missing.content.decode().count("This field is required.") == 2
    assert 'value="DESA"' in missing.content.decode()
    assert press(desk, claim, "recognise", **EVIDENCE).status_code == 302
    claim.refresh_from_db()
    assert (claim.status, claim.decided_on, claim.decided_by) == ("recognised", date(2026, 1, 15), "DESA")
    assert claim.steps.last().by == dalia
    announce_steps()
    assert Letter.objects.filter(kind="accreditation/recognised", to=amina.email).count() == 1


def test_special_accreditation_is_put_on_a_list_and_never_forward_one_by_one(desk, forum, amina):
    claim = make_claim(make_organisation(focal_point=amina), forum, "special", by=amina)
    press(desk, claim, "take_up")
    offered = [panel.decision.key for panel in desk.get(change(claim)).context["panels"]]
    assert offered == ["list", "ask_for_more"]
    assert press(desk, claim, "recognise", **EVIDENCE).status_code == 409
    assert press(desk, claim, "list").status_code == 302
    assert claim.lines.get().list.status == "preparing"
    claim.refresh_from_db()
    assert claim.status == "screening"
    offered = [panel.decision.key for panel in desk.get(change(claim)).context["panels"]]
    assert offered == ["ask_for_more"]
    announce_steps()
    assert not Letter.objects.filter(kind="accreditation/put_forward").exists()


def test_an_outcome_may_be_no_and_looked_at_again(desk, claim, amina):
    for decision, words in (("take_up", {}), ("not_held", EVIDENCE)):
        assert press(desk, claim, decision, **words).status_code == 302
    claim.refresh_from_db()
    assert (claim.status, claim.evidence) == ("not_accredited", EVIDENCE["evidence"])
    assert press(desk, claim, "reopen", reason="A letter came.").status_code == 302
    claim.refresh_from_db()
    assert (claim.status, claim.decided_on, claim.evidence) == ("screening", None, "")
    announce_steps()
    assert "A letter came." in Letter.objects.get(kind="accreditation/reopened", to=amina.email).text


def test_what_was_put_forward_without_a_list_gets_its_outcome_on_its_page(desk, forum, amina, dalia):
    claim = make_claim(make_organisation(focal_point=amina), forum, "special", by=amina)
    press(desk, claim, "take_up")
    operations.put_forward(Accreditation.objects.get(pk=claim.pk), by=dalia, at=NOW)
    assert press(desk, claim, "record_outcome", accredited="no", **EVIDENCE).status_code == 302
    claim.refresh_from_db()
    assert (claim.status, claim.terms) == ("not_accredited", {})


def test_more_is_asked_with_a_question(desk, claim):
    press(desk, claim, "take_up")
    assert press(desk, claim, "ask_for_more", question="Which year was the status granted?").status_code == 302
    claim.refresh_from_db()
    assert (claim.status, claim.steps.last().note) == ("more_asked", "Which year was the status granted?")


def test_nobody_opens_the_claim_of_their_own_organisation(desk, dalia, claim, organisation):
    assert desk.get(change(claim)).status_code == 200
    join(organisation, dalia, Membership.Role.VIEWER)
    assert desk.get(change(claim)).status_code == 404
    assert desk.post(change(claim), {"decision": "take_up"}).status_code == 404
    assert desk.get("/admin/accreditation/accreditation/").context["cl"].result_count == 0
    assert desk.get("/admin/accreditation/accreditationstep/").context["cl"].result_count == 0
    _members, claims = desk.get(change(organisation)).context["inline_admin_formsets"]
    assert list(claims.formset.queryset) == []
    desk.post("/admin/accreditation/accreditation/", {"action": "take_up", "_selected_action": claim.pk})
    assert Accreditation.objects.get(pk=claim.pk).status == "submitted"


def test_a_stale_claim_shows_what_happened_and_keeps_the_words(desk, claim, dalia):
    operations.take_up(claim, by=dalia, at=NOW)
    seen = {f"seen-{name}": value for name, value in desk.get(change(claim)).context["seen"].items()}
    operations.ask_for_more(Accreditation.objects.get(pk=claim.pk), by=dalia, at=NOW, question="Which year?")
    words = {f"recognise-{name}": value for name, value in EVIDENCE.items()}
    answer = desk.post(change(claim), {**seen, "decision": "recognise", "letters": "send", **words})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Which year?" in page
    assert EVIDENCE["evidence"] in page
    assert Accreditation.objects.get(pk=claim.pk).status == "more_asked"


def test_claims_are_taken_up_together_with_a_report(desk, forum, amina, claim):
    other = make_claim(make_organisation(focal_point=amina), forum, by=amina)
    press(desk, other, "take_up")
    posted = {"action": "take_up", "_selected_action": [claim.pk, other.pk]}
    page = desk.post("/admin/accreditation/accreditation/", posted, follow=True).content.decode()
    assert "1 claim is in screening." in page
    assert "Skipped" in page


def test_no_form_of_columns_records_an_outcome(desk_client, claim):
    client = desk_client(make_user(staff=True, is_superuser=True))
    posted = {"status": "recognised", "decided_on": "2026-01-01", "decided_by": "x", "evidence": "y", "_save": "Save"}
    assert client.post(change(claim), posted).status_code == 404
    assert Accreditation.objects.get(pk=claim.pk).status == "submitted"


# Registers ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def register(db):
    register = Register.objects.create(kind="ecosoc", as_of=date(2026, 1, 1), source="a list")
    for name in ("Harbour Lights International", "Open Desk Union", "Fédération des ports"):
        register.entries.create(name=name, acronym="HLI" if name.startswith("Harbour") else "")
    return register


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("harbor light", ["Harbour Lights International"]),
        ("HLI", ["Harbour Lights International"]),
        ("federation des ports", ["Fédération des ports"]),
        ("zzzz", []),
    ],
)
def test_entries_are_found_although_spelt_otherwise(desk, register, words, found):
    response = desk.get("/admin/accreditation/registerentry/", {"q": words})
    assert [entry.name for entry in response.context["cl"].result_list] == found


def test_a_claim_shows_the_likeliest_entries_and_a_recognition_names_one(desk, claim, register):
    Basis.objects.filter(pk="ecosoc").update(register="ecosoc")
    keep_names(register.entries.all())
    Organisation.objects.get(pk=claim.organisation_id).names.create(name="Harbour Lights International", use="alias")
    press(desk, claim, "take_up")
    entry = desk.get(change(claim)).context["entries"][0]["match"].thing
    assert entry.name == "Harbour Lights International"
    press(desk, claim, "recognise", entry=entry.pk, **EVIDENCE)
    assert Accreditation.objects.get(pk=claim.pk).register_entry == entry


# Organisations and memberships --------------------------------------------------------------------------------------


def test_the_desk_records_an_organisation_under_an_address_of_its_own(desk, dalia, forum):
    Organisation.objects.create(name="Harbour Light", slug="harbour-light", kind="civil_society", made_at=NOW)
    posted = fields_of(desk.get("/admin/accreditation/organisation/add/"))
    save(desk, "/admin/accreditation/organisation/add/", posted | {"name": "Harbour Light", "kind": "academia", "slug": "x"})
    made = Organisation.objects.get(kind="academia")
    assert made.slug.startswith("harbour-light-")
    assert made.made_by == dalia


def test_the_address_of_an_organisation_never_changes(desk, organisation):
    save(desk, change(organisation), fields_of(desk.get(change(organisation))) | {"slug": "other", "name": "New Name"})
    organisation.refresh_from_db()
    assert (organisation.name, organisation.slug != "other") == ("New Name", True)


def test_members_and_their_addresses_are_shown_to_those_who_may_know_them(desk_client, organisation, amina, ravi, elena):
    assert "Amina" not in desk_client(ravi).get(change(organisation)).content.decode()
    assert "Amina" in desk_client(elena).get(change(organisation)).content.decode()


def test_administrators_answer_requests_but_never_their_own(desk, dalia, organisation):
    asked = join(organisation, make_user(), since=None)
    own = join(organisation, dalia, since=None)
    posted = {"action": "admit", "_selected_action": [asked.pk, own.pk], "letters": "send"}
    page = desk.post("/admin/accreditation/membership/", posted, follow=True).content.decode()
    assert "1 person was admitted." in page
    assert "Nobody admits themselves." in page
    assert Membership.objects.get(pk=asked.pk).role == Membership.Role.FOCAL_POINT
    assert Membership.objects.get(pk=own.pk).since is None


def test_editors_answer_no_requests(desk_client, elena, organisation):
    asked = join(organisation, make_user(), since=None)
    desk_client(elena).post("/admin/accreditation/membership/", {"action": "admit", "_selected_action": asked.pk})
    assert Membership.objects.get(pk=asked.pk).since is None


# People -------------------------------------------------------------------------------------------------------------


def rights(user):
    user = User.objects.get(pk=user.pk)
    return (user.is_active, user.is_staff, user.is_superuser, sorted(group.name for group in user.groups.all()))


EVERYTHING = {"is_active": "on", "is_staff": "on", "is_superuser": "on"}


def groups():
    from django.contrib.auth.models import Group

    return {"groups": list(Group.objects.values_list("pk", flat=True))}


def test_nobody_makes_themselves_more_than_they_are(desk, dalia):
    before = rights(dalia)
    save(desk, change(dalia), {"name": "Dalia", "language": "fr", **EVERYTHING, **groups()})
    assert rights(dalia) == before
    assert User.objects.get(pk=dalia.pk).language == "fr"


def test_administrators_give_roles_but_never_make_superusers(desk, amina):
    save(desk, change(amina), {"name": "Amina", "language": "en", **EVERYTHING, **groups()})
    assert rights(amina) == (True, True, False, ["Accreditation", "Administrator", "Editor", "Forum manager", "Reviewer"])
    [entry] = LogEntry.objects.all()
    assert "Roles at the desk" in entry.get_change_message()


def test_a_superusers_rights_are_changed_by_superusers_only(desk_client, dalia):
    sam, max_ = make_user(staff=True, is_superuser=True), make_user(staff=True, is_superuser=True)
    save(desk_client(dalia), change(sam), {"name": "Sam", "language": "en"})
    assert rights(sam) == (True, True, True, [])
    save(desk_client(max_), change(sam), {"name": "Sam", "language": "en", "is_active": "on"})
    assert rights(sam) == (True, False, False, [])
    save(desk_client(max_), change(max_), {"name": "Max", "language": "en"})
    assert rights(max_) == (True, True, True, [])


def test_no_password_is_shown_set_or_asked_about(desk, amina):
    hashed = User.objects.get(pk=amina.pk).password
    response = desk.get(change(amina))
    assert hashed not in response.content.decode()
    assert "password" not in response.context["adminform"].form.fields
    posted = {"name": "Amina", "language": "en", "is_active": "on", "password": "x", "email": "evil@example.org"}
    save(desk, change(amina), posted)
    amina.refresh_from_db()
    assert (amina.password, amina.email) == (hashed, "amina@example.org")
    for query in ("password__startswith=md5", "email__startswith=a", "memberships__role=x", "is_superuser__exact=1"):
        assert desk.get(f"/admin/accreditation/user/?{query}").status_code == 400
    assert desk.get(f"/admin/accreditation/user/{amina.pk}/password/").status_code in (302, 404)
    assert desk.get("/admin/accreditation/user/add/").status_code == 403


def test_suspending_somebody_ends_their_desk_at_once(desk_client, client, dalia, ravi):
    save(desk_client(dalia), change(ravi), {"name": "Ravi", "language": "en", "is_staff": "on"})
    desk_client(ravi)
    assert client.get("/admin/").status_code == 302


def test_the_history_of_a_person_says_who_changed_what(desk, amina, dalia):
    save(desk, change(amina), {"name": "Amina", "language": "en"})
    changes = desk.get(f"/admin/accreditation/user/{amina.pk}/history/").context["changes"]
    assert [(c["by"], c["fields"]) for c in changes if not c["new"]] == [("Dalia", [("Active", True, False)])]
