"""The room of the audit: who sees what of it; and nobody writes it through the portal, superusers neither."""

import json
from datetime import timedelta

import pytest
from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import now

from accreditation.models import AuditEntry, AuditSeal, Reading
from accreditation.operations import note_reading
from forums.models import SecondPersonRequest
from submissions import operations
from submissions.models import Compilation, CoSponsorStep, LettersChoice, SubmissionStep
from tests.factories import NOW, join, make_draft, make_proposal, make_submission, make_user

pytestmark = pytest.mark.django_db
ROOM = "/admin/accreditation/auditentry/"


def text(answer) -> str:
    return answer.content.decode()


def shown(answer) -> list:
    return [one.entry.pk for one in answer.context["entries"]]


@pytest.fixture
def desk(desk_client, dalia):
    return desk_client(dalia)


# Nobody writes it -----------------------------------------------------------------------------------------------------


@pytest.fixture
def superuser(desk_client):
    return desk_client(make_user("sam", staff=True, is_superuser=True))


def twelve_ways(entry, reading, step):
    """Method, address and what is posted: everything that somebody with every right may try through the portal."""
    one, other = f"{ROOM}{entry.pk}/", f"/admin/accreditation/reading/{reading.pk}/"
    steps = f"/admin/submissions/submissionstep/{step.pk}/"
    forged = {"changes": "{}", "words": "", "by": "", "act": "update", "place": "x", "row": "1", "_save": "1"}
    chosen = {"action": "delete_selected", "_selected_action": [entry.pk], "post": "yes", "select_across": "1"}
    return [
        ("post", f"{one}change/", forged),
        ("post", f"{one}delete/", {"post": "yes"}),
        ("post", f"{ROOM}add/", forged),
        ("post", ROOM, chosen),
        ("post", ROOM, {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "1", "form-0-id": entry.pk, "form-0-changes": "{}"}),
        ("post", f"{one}history/", forged),
        ("post", f"{ROOM}export/", forged),
        ("post", f"{other}change/", {"reason": "Forged", "_save": "1"}),
        ("post", f"{other}delete/", {"post": "yes"}),
        ("post", f"{steps}change/", {"note": "Forged", "_save": "1"}),
        ("post", f"{steps}delete/", {"post": "yes"}),
        ("post", "/admin/accreditation/reading/", {**chosen, "_selected_action": [reading.pk]}),
        ("patch", f"/api/v1/auditentry/{entry.pk}/", {"changes": "{}"}),
        ("put", one, forged),
        ("delete", f"{one}delete/", {}),
    ]


def state():
    entries = {entry["id"]: entry for entry in AuditEntry.objects.values()}
    return entries, list(Reading.objects.values()), list(SubmissionStep.objects.values())


def test_a_superuser_changes_nothing_of_it_through_the_portal(superuser, amina):
    step = make_submission(status="under_review").steps.first()
    reading = note_reading("list", step, by=amina, at=NOW)
    entry = AuditEntry.objects.filter(place="accreditation_reading").first()
    entries, readings, steps = state()
    tried = twelve_ways(entry, reading, step)
    assert len(tried) >= 12
    for method, address, posted in tried:
        body = {"data": json.dumps(posted), "content_type": "application/json"} if method != "post" else {"data": posted}
        answer = getattr(superuser, method)(address, **body)
        looked_at = address.endswith(("history/", "/reading/"))  # a page that is shown, and does nothing
        fine = (200,) if looked_at else (302, 403, 404, 405)
        assert answer.status_code in fine, (method, address, answer.status_code)
    after = state()
    assert (after[1], after[2]) == (readings, steps)
    assert {key: after[0][key] for key in entries} == entries  # what is tried may leave traces, and changes none


# Who sees what --------------------------------------------------------------------------------------------------------


def test_only_administrators_open_it(desk_client):
    for role in ("reviewer", "editor", "accreditation", "forum manager"):
        assert desk_client(make_user(staff=True, roles=[role])).get(ROOM).status_code == 403
        assert desk_client(make_user(staff=True, roles=[role])).get(f"{ROOM}export/").status_code == 403


def test_it_shows_before_and_after_and_who(desk, dalia, organisation):
    import pghistory

    with pghistory.context(user=dalia.pk, request="abc123"):
        type(organisation).objects.filter(pk=organisation.pk).update(seat="Nairobi", kind="trade_union")
    page = text(desk.get(ROOM, {"kind": "accreditation_organisation", "act": "update"}))
    for words in ("Nairobi", "Dalia", "abc123", "Harbour Light", "Trade union", "Civil society"):
        assert words.lower() in page.lower(), words


def test_nothing_of_a_draft_or_of_ones_own_side_is_shown(desk, dalia, organisation, amina):
    draft = make_draft(organisation=organisation, by=amina)
    sent = make_submission(organisation=organisation, by=amina)
    about = {name: f"submissions_submission:{one.pk}" for name, one in (("draft", draft), ("sent", sent))}
    assert shown(desk.get(ROOM, {"about": about["draft"]})) == []
    assert len(shown(desk.get(ROOM, {"about": about["sent"]}))) > 2
    join(organisation, dalia)
    assert shown(desk.get(ROOM, {"about": about["sent"]})) == []


def test_it_is_narrowed_by_person_kind_reference_and_words(desk, amina, ravi):
    sent = make_submission(status="under_review", reviewer=ravi)
    steps = AuditEntry.objects.filter(place="submissions_submissionstep", by=ravi).values_list("pk", flat=True)
    assert shown(desk.get(ROOM, {"who": "ravi@example.org"})) == list(steps)
    assert set(steps) <= set(shown(desk.get(ROOM, {"about": sent.reference})))
    assert shown(desk.get(ROOM, {"who": "ravi", "kind": "forums_forum"})) == []
    assert shown(desk.get(ROOM, {"words": "under_review", "kind": "submissions_submissionstep"})) == list(steps)
    assert shown(desk.get(ROOM, {"since": "2090-01-01"})) == []
    assert shown(desk.get(ROOM, {"since": "nonsense"})) == []
    assert desk.get(ROOM, {"kind": "nonsense", "before": "x", "after": "99999999999999999999"}).status_code == 200


def everything_beside_an_input(sent, elena):
    """Rows that belong to an input by way of another row: steps of a correction and of a co-sponsor, a compilation ..."""
    proposal = make_proposal(sent)
    operations.refuse(proposal, by=elena, at=NOW, reason="zqreason")
    body = sent.co_sponsors.create(name="Zq", folded="zq", on_behalf=True, invited_by=elena, invited_at=NOW)
    CoSponsorStep.objects.create(co_sponsor=body, was="", became="invited", by=elena, at=NOW, note="zqnote")
    LettersChoice.objects.create(step=sent.steps.last(), withheld=True, reason="zqwithheld", by=elena, at=NOW)
    asked = {"forum": sent.call.forum, "asked_by": elena, "asked_at": NOW, "language": "en"}
    Compilation.objects.create(**asked, unpublished=True, holds=[sent.pk])
    args = {"submission": str(sent.pk), "closes_at": NOW.isoformat(), "reason": "zqlate"}
    until = {"asked_at": now(), "expires_at": now() + timedelta(days=1)}
    asked = {"act": "submissions.open_late", "subject": f"input:{sent.pk}", "args": args, "mark": "x", "reason": "zqask"}
    SecondPersonRequest.objects.create(**asked, **until, asked_by=elena)


BESIDE_IT = ("proposalstep", "cosponsorstep", "letterschoice", "compilation")


def test_what_belongs_to_an_input_by_way_of_another_row_is_hidden_with_it(desk, dalia, elena, organisation):
    everything_beside_an_input(make_submission(organisation=organisation, status="published"), elena)
    kinds = [*(f"submissions_{name}" for name in BESIDE_IT), "forums_secondpersonrequest"]
    assert [kind for kind in kinds if not shown(desk.get(ROOM, {"kind": kind}))] == []
    join(organisation, dalia)
    assert [kind for kind in kinds if shown(desk.get(ROOM, {"kind": kind}))] == []


def test_the_audit_holds_no_redacted_word_and_nothing_that_a_sweep_made_of_a_file(desk, elena):
    sent = make_submission(status="published", text="Nine missions answer Zuleikha.")
    why = {"kind": "personal", "reason": "She did not agree."}
    operations.redact(sent, by=elena, at=NOW, passage="Zuleikha", **why)
    operations.liken_waiting(at=NOW)
    assert not AuditEntry.objects.filter(Q(changes__contains="Zuleikha") | Q(words__contains="Zuleikha")).exists()
    assert shown(desk.get(ROOM, {"kind": "submissions_redaction"}))
    derived = ("submissions_filepreview", "submissions_sketch", "submissions_likeness")
    assert not AuditEntry.objects.filter(place__in=derived).exists()


def test_pages_go_by_keys_and_back(desk, organisation):
    for number in range(120):
        type(organisation).objects.filter(pk=organisation.pk).update(seat=f"Place {number}")
    asked = {"kind": "accreditation_organisation", "act": "update"}
    first = desk.get(ROOM, asked)
    second = desk.get(f"{ROOM}?{first.context['older']}")
    third = desk.get(f"{ROOM}?{second.context['older']}")
    assert [len(shown(page)) for page in (first, second, third)] == [50, 50, 20]
    assert (first.context["newer"], third.context["older"]) == (None, None)
    assert shown(desk.get(f"{ROOM}?{third.context['newer']}")) == shown(second)


def test_a_page_costs_the_same_with_one_and_with_fifty_entries(desk, organisation, count_statements):
    def change(times):
        for number in range(times):
            type(organisation).objects.filter(pk=organisation.pk).update(seat=f"{times} {number}")

    asked = {"kind": "accreditation_organisation", "act": "update"}
    change(1)
    desk.get(ROOM, asked)
    one = count_statements(lambda: desk.get(ROOM, asked))
    change(60)
    assert count_statements(lambda: desk.get(ROOM, asked)) == one


def test_the_export_is_noted_and_no_cell_is_a_formula(desk, dalia, organisation):
    type(organisation).objects.filter(pk=organisation.pk).update(seat="=1+1")
    answer = desk.get(f"{ROOM}export/", {"kind": "accreditation_organisation"})
    lines = b"".join(answer.streaming_content).decode()
    assert "=1+1" in lines
    assert not any(cell.startswith(("=", "+", "-", "@")) for line in lines.splitlines() for cell in line.split(","))
    reading = Reading.objects.get(what="audit")
    assert (reading.by, reading.reason) == (dalia, "kind=accreditation_organisation")
    assert "accreditation_user," not in lines


# By object ------------------------------------------------------------------------------------------------------------


def test_each_thing_of_the_desk_shows_its_own_audit_to_those_who_oversee(desk_client, elena, ravi, dalia):
    sent = make_submission(status="under_review", reviewer=ravi)
    address = reverse("admin:submissions_submission_history", args=[sent.pk])
    seen = desk_client(elena).get(address)
    assert "Under review" in text(seen)
    assert {one.kind for one in seen.context["audit"]} >= {"Step", "Input"} or len(seen.context["audit"]) > 3
    assert desk_client(ravi).get(address).status_code == 404
    forum = reverse("admin:forums_forum_history", args=[sent.call.forum_id])
    assert desk_client(dalia).get(forum).context["audit"]
    assert "audit" not in (desk_client(ravi).get(forum).context or {})


def test_the_seal_is_said(desk):
    from accreditation.audit.sealing import seal

    assert "Nothing was sealed yet" in text(desk.get(ROOM))
    seal(at=now())
    assert AuditSeal.objects.last().link[:16] in text(desk.get(ROOM))
