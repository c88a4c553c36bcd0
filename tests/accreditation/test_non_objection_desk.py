"""The page of a non-objection list at the desk, and who opens it."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import now

from accreditation.models import NonObjectionList, Reading
from accreditation.non_objection import documents, operations
from tests.accreditation.lists import make_list, make_screened
from tests.factories import NOW, join, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(db):
    return make_user("tomas", staff=True, roles=["accreditation"])


def page_of(listed):
    return reverse("admin:accreditation_nonobjectionlist_change", args=[listed.pk])


def press(client, listed, decision, **words):
    """Open the page and press a button, as a person does."""
    shown = client.get(page_of(listed)).content.decode()
    seen = dict(re.findall(r'name="(seen-\w+)" value="([^"]*)"', shown))
    typed = {f"{decision}-{name}": value for name, value in words.items()}
    return client.post(page_of(listed), {**seen, **typed, "decision": decision, "letters": "send"})


def test_a_list_goes_its_whole_way_on_one_page(desk_client, officer, forum):
    client = desk_client(officer)
    client.post(reverse("admin:accreditation_nonobjectionlist_begin"), {"forum": forum.slug})
    listed = NonObjectionList.objects.get()
    for name in ("Birch Weavers", "Amber Guild"):
        make_screened(forum, name)
    wanted = [one.pk for one in operations.fitting(forum)]
    assert press(client, listed, "add", applications=wanted).status_code == 302
    assert press(client, listed, "note", note="For consideration.").status_code == 302
    assert press(client, listed, "freeze").status_code == 302
    assert press(client, listed, "document", format="docx", language="fr").status_code == 302
    today = now().date().isoformat()
    said = {"circulated_on": today, "circulated_by": "The President", "evidence": "A letter"}
    assert press(client, listed, "circulate", **said, period_ends_at="2099-01-01T17:00:00").status_code == 302
    listed.refresh_from_db()
    assert listed.period_ends_at.isoformat() == "2099-01-01T22:00:00+00:00"  # typed on the clock of New York
    line = listed.lines.get(position=1)
    assert press(client, listed, "object", line=line.pk, received_on=today, evidence="A note").status_code == 302
    NonObjectionList.objects.update(period_ends_at=now() - timedelta(minutes=1))
    assert press(client, listed, "lines", **{"line-1": "not_accredited"}).status_code == 302
    decided = {"decided_on": today, "decided_by": "Member States", "evidence": "A letter"}
    assert press(client, listed, "outcome", **decided, all_accredited="on").status_code == 302
    became = dict(listed.lines.values_list("name", "accreditation__status"))
    assert became == {"Amber Guild": "not_accredited", "Birch Weavers": "accredited"}
    refused = press(client, listed, "release").content.decode()
    assert "Ask a colleague" in refused
    assert press(desk_client(make_user(staff=True, roles=["accreditation"])), listed, "release").status_code == 302


def test_what_was_typed_stays_when_it_was_wrong_or_too_late(desk_client, officer, forum):
    client = desk_client(officer)
    listed = make_list(forum, status="frozen")
    words = {
        "circulated_on": "2026-01-20",
        "circulated_by": "zqby",
        "evidence": "zqevidence",
        "period_ends_at": "2001-01-01T00:00",
    }
    answer = press(client, listed, "circulate", **words)
    assert "must end after now" in answer.content.decode()
    assert answer.content.decode().count("zqevidence") >= 1
    shown = client.get(page_of(listed)).content.decode()
    seen = dict(re.findall(r'name="(seen-\w+)" value="([^"]*)"', shown))
    operations.thaw(listed, by=officer, at=NOW)
    typed = {f"circulate-{name}": value for name, value in words.items()}
    late = client.post(page_of(listed), {**seen, **typed, "decision": "circulate"})
    assert late.status_code == 409
    assert "zqevidence" in late.content.decode()
    assert NonObjectionList.objects.get().status == "preparing"


def test_an_act_that_does_not_fit_is_not_offered(desk_client, officer, forum):
    listed = make_list(forum, status="circulated")
    NonObjectionList.objects.update(period_ends_at=now() + timedelta(days=3))
    shown = desk_client(officer).get(page_of(listed)).content.decode()
    assert 'id="decide-object"' in shown
    assert not re.search(r'id="decide-(add|freeze|circulate|outcome|release)"', shown)


def test_objections_are_seen_by_those_entitled_and_each_look_is_noted(desk_client, officer, forum):
    listed = make_list(forum, status="circulated")
    said = {"received_on": NOW.date(), "evidence": "A letter", "ground": "zqground"}
    operations.record_objection(listed.lines.first(), by=officer, at=NOW, **said)
    assert "zqground" in desk_client(officer).get(page_of(listed)).content.decode()
    assert Reading.objects.filter(what="objection", by=officer).count() == 1
    line = listed.lines.first()
    join(line.accreditation.organisation, officer)
    assert "zqground" not in desk_client(officer).get(page_of(listed)).content.decode()


@pytest.mark.parametrize("role", ["reviewer", "editor", "forum manager", "administrator", ""])
def test_other_roles_see_no_list(desk_client, forum, role):
    listed = make_list(forum, status="circulated")
    client = desk_client(make_user(staff=True, roles=[role.capitalize()] if role else []))
    for address in (page_of(listed), reverse("admin:accreditation_nonobjectionlist_changelist")):
        assert client.get(address).status_code == 403
    assert client.post(page_of(listed), {"decision": "object"}).status_code == 403
    assert client.post(reverse("admin:accreditation_nonobjectionlist_begin"), {"forum": forum.slug}).status_code == 403


def test_nobody_compiles_a_list_on_which_their_own_organisation_stands(desk_client, officer, forum):
    listed = make_list(forum)
    join(listed.lines.first().accreditation.organisation, officer)
    assert press(desk_client(officer), listed, "freeze").status_code == 404
    assert NonObjectionList.objects.get().frozen_at is None


def test_a_document_is_downloaded_by_those_who_compile_and_each_reading_is_noted(
    desk_client, officer, forum, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    listed = make_list(forum, status="frozen")
    document = documents.want(listed, format="xlsx", language="en", by=officer, at=NOW)
    address = reverse("admin:accreditation_nonobjectionlist_document", args=[document.key])
    assert desk_client(officer).get(address).status_code == 404
    documents.make_documents(at=NOW)
    answer = desk_client(officer).get(address)
    assert b"".join(answer.streaming_content)[:2] == b"PK"
    assert "no-store" in answer["Cache-Control"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert Reading.objects.filter(what="list", by=officer).count() == 1
    assert desk_client(make_user(staff=True, roles=["reviewer"])).get(address).status_code == 404


def test_the_page_costs_the_same_with_many_lines(desk_client, officer, forum, count_statements):
    listed = make_list(forum, "A", "B")
    client = desk_client(officer)
    client.get(page_of(listed))
    few = count_statements(lambda: client.get(page_of(listed)))
    for number in range(12):
        operations.add_to_list(make_screened(forum, f"Body {number}"), by=officer, at=NOW)
    assert count_statements(lambda: client.get(page_of(listed))) == few
