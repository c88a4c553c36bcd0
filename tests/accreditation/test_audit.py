"""The audit: written by triggers with who and in which request, never changed, chained; what is done past it is found."""

import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, connections, transaction
from django.utils.timezone import now

from accreditation.audit import sealing
from accreditation.audit.sealing import seal
from accreditation.audit.tables import NOT_AUDITED, watched
from accreditation.audit.verifying import faults, holds_head
from accreditation.models import AuditEntry, AuditSeal, Erasure, Reading, User
from accreditation.operations import note_reading
from accreditation.personal.erasing import erase, find
from accreditation.tasks import seal_audit
from forums.models import Sweep
from submissions.models import Note, SubmissionStep
from tests.factories import NOW, make_submission, make_user
from tests.tampering import past_the_triggers

pytestmark = pytest.mark.django_db


def found():
    return [str(fault) for fault in faults(at=now())]


def last_of(table):
    return AuditEntry.objects.filter(place=table).order_by("-pk").first()


# What is written ------------------------------------------------------------------------------------------------------


def test_a_change_of_the_desk_names_person_request_before_and_after(desk_client, dalia, forum):
    client, page = desk_client(dalia), "/admin/forums/objective/7/change/"
    form = client.get(page).context["adminform"].form
    typed = {name: form[name].value() for name in form.fields if form[name].value() not in (None, [])}
    posted = client.post(page, {**typed, "label_en": "Reduce vulnerabilities"})
    assert posted.status_code == 302, posted.context["errors"]
    entry = last_of("forums_objective")
    assert (entry.act, entry.by_id, json.loads(entry.changes)["label_en"]) == (
        "update",
        dalia.pk,
        ["O7", "Reduce vulnerabilities"],
    )
    assert entry.context.metadata["request"] == posted["X-Request-ID"]


def test_a_role_that_is_given_is_audited_with_who_got_it(dalia, amina):
    amina.groups.add(dalia.groups.first())
    entry = last_of("accreditation_user_groups")
    assert (entry.act, entry.about) == ("insert", f"accreditation_user:{amina.pk}")
    amina.groups.clear()
    assert last_of("accreditation_user_groups").act == "delete"


def test_a_step_is_audited_with_its_reason(ravi):
    from submissions import operations

    submission = make_submission(status="under_review", reviewer=ravi)
    operations.ask_for_clarification(submission, by=ravi, at=NOW, question="Which year?")
    entry = last_of("submissions_submissionstep")
    assert json.loads(entry.words) == {"note": "Which year?"}
    assert (entry.by_id, entry.about) == (ravi.pk, f"submissions_submission:{submission.pk}")


def test_raw_sql_is_seen_as_well(organisation):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE accreditation_organisation SET seat = 'Nairobi' WHERE id = %s", [organisation.pk])
    assert json.loads(last_of("accreditation_organisation").changes) == {"seat": ["", "Nairobi"]}


def test_what_a_person_gives_away_never_stands_in_the_audit(amina, organisation):
    amina.email, amina.name = "new@example.org", "Amina Njoroge"
    amina.set_password("quite another one")
    amina.save()
    assert json.loads(last_of("accreditation_user").changes) == {"email": "***", "name": "***", "password": "***"}
    assert not AuditEntry.objects.filter(changes__contains="@example.org").exists()
    assert not AuditEntry.objects.filter(words__contains="@example.org").exists()


def test_a_sweep_is_named_as_the_one_that_did_it(organisation):
    from imrf_portal.celery import say_no_more, say_which_task

    say_which_task(task_id="1", task=seal_audit)
    try:
        type(organisation).objects.filter(pk=organisation.pk).update(seat="Mombasa")
    finally:
        say_no_more(task_id="1")
    assert last_of("accreditation_organisation").context.metadata == {"task": "accreditation.tasks.seal_audit"}


def test_a_save_sends_no_statement_more(organisation, count_statements):
    def save():
        type(organisation).objects.filter(pk=organisation.pk).update(seat="Kisumu")

    assert count_statements(save) == 1


def test_every_table_of_the_portal_is_audited_or_says_why_not():
    named = {each.label for each in watched()} | set(NOT_AUDITED)
    from django.apps import apps

    every = {model._meta.label for model in apps.get_models(include_auto_created=True)}
    every -= {"pghistory.Events", "pghistory.MiddlewareEvents"}  # views of histories, no tables
    assert every <= named
    assert set(NOT_AUDITED) <= every
    assert all(NOT_AUDITED.values())


def test_sweeps_leave_no_trace_in_it():
    before = AuditEntry.objects.count()
    Sweep.objects.create(name="x", ran_at=NOW)
    assert AuditEntry.objects.count() == before


# Nobody changes it ----------------------------------------------------------------------------------------------------


def refused(act):
    with pytest.raises(DatabaseError), transaction.atomic():
        act()
    return True


def test_steps_readings_erasures_and_the_audit_itself_are_never_changed(amina):
    submission = make_submission(status="published")
    note_reading("list", submission, by=amina, at=NOW)
    erasure = Erasure.objects.create(fingerprint="0" * 64, by=amina, at=NOW, report={"x": 1})
    seal(at=now())
    for rows, change in (
        (SubmissionStep.objects.all(), {"note": "Other."}),
        (SubmissionStep.objects.all(), {"by": None}),
        (Reading.objects.all(), {"reason": "Other."}),
        (Erasure.objects.filter(pk=erasure.pk), {"report": {}}),
        (AuditEntry.objects.all(), {"changes": ""}),
        (AuditSeal.objects.all(), {"digest": ""}),
    ):
        assert rows.exists()
        assert refused(lambda rows=rows, change=change: rows.update(**change))
        assert refused(lambda rows=rows: rows.all()._raw_delete(rows.db))
    assert refused(lambda: AuditEntry.objects.create(at=now(), place="x", row="1", act="insert"))
    SubmissionStep.objects.update(announced_at=NOW, trouble="The server was away.")  # what sweeps still write
    assert found() == []


def test_who_and_in_which_request_is_never_changed(organisation):
    import pghistory

    with pghistory.context(user=1, request="r"):
        type(organisation).objects.filter(pk=organisation.pk).update(seat="Nakuru")
    context = last_of("accreditation_organisation").context
    assert refused(lambda: type(context).objects.filter(pk=context.pk).update(metadata={"user": 2}))
    assert refused(context.delete)


# Chained --------------------------------------------------------------------------------------------------------------

THOUSANDS = """
INSERT INTO accreditation_reading (what, "of", label, by_id, at, reason)
SELECT 'list', n::text, 'List ' || n, %s, now(), 'Reason ' || n FROM generate_series(%s, %s) n
"""
ENTRY = "(SELECT id FROM accreditation_auditentry WHERE place = 'accreditation_reading' ORDER BY id OFFSET 1000 LIMIT 1)"
READ = "(SELECT id FROM accreditation_reading ORDER BY id OFFSET 1000 LIMIT 1)"
TAMPERED = {
    "an entry is changed": f"UPDATE accreditation_auditentry SET changes = '{{}}' WHERE id = {ENTRY}",
    "an entry names somebody else": f"UPDATE accreditation_auditentry SET by_id = 0 WHERE id = {ENTRY}",
    "an entry is of another time": f"UPDATE accreditation_auditentry SET at = at - interval '1 day' WHERE id = {ENTRY}",
    "words of an entry are changed": f"UPDATE accreditation_auditentry SET words = '{{}}' WHERE id = {ENTRY}",
    "words are changed as if erased": f"UPDATE accreditation_auditentry SET words = '{{}}', salt = '' WHERE id = {ENTRY}",
    "an entry is removed": f"DELETE FROM accreditation_auditentry WHERE id = {ENTRY}",
    "an entry is put in the middle": """
        INSERT INTO accreditation_auditentry (id, at, place, row, about, act, changes, words, salt, salted, mark)
        SELECT gap.id, now(), 'forums_forum', '1', '', 'update', '{}', '', '', '', '' FROM gap""",
    "a row of a record is changed": f"UPDATE accreditation_reading SET what = 'person' WHERE id = {READ}",
    "words of a record are changed": f"UPDATE accreditation_reading SET reason = 'Another' WHERE id = {READ}",
    "a row of a record is removed": f"DELETE FROM accreditation_reading WHERE id = {READ}",
    "a row of a record is put in": """
        INSERT INTO accreditation_reading (what, "of", label, by_id, at, reason)
        SELECT what, "of", label, by_id, at, reason FROM accreditation_reading ORDER BY id OFFSET 1000 LIMIT 1""",
    "a seal is removed": "DELETE FROM accreditation_auditseal WHERE id = (SELECT max(id) - 1 FROM accreditation_auditseal)",
    "a seal is made anew": """
        UPDATE accreditation_auditseal SET entries = entries - 1
        WHERE id = (SELECT max(id) - 1 FROM accreditation_auditseal)""",
}


@pytest.mark.parametrize("rows", [2_000, pytest.param(10_000, marks=pytest.mark.soak)])
def test_what_the_owner_of_the_database_does_to_one_row_of_thousands_is_found(amina, monkeypatch, rows):
    monkeypatch.setattr(sealing, "TRIES", 600)
    with connection.cursor() as cursor:
        cursor.execute(THOUSANDS, [amina.pk, 1, rows // 2])
        cursor.execute(
            "CREATE TEMP TABLE gap AS SELECT nextval('accreditation_auditentry_id_seq') AS id"
        )  # drawn, rolled back
        cursor.execute(THOUSANDS, [amina.pk, rows // 2 + 1, rows])
    assert seal(at=now()) >= rows
    assert found() == []
    for what, statement in TAMPERED.items():
        undone = transaction.savepoint()
        with past_the_triggers() as cursor:
            cursor.execute(statement)
        assert len(found()) in (1, 2), what
        transaction.savepoint_rollback(undone)
    assert found() == []


def test_an_end_that_was_cut_off_is_found_by_a_link_noted_before(amina):
    note_reading("list", amina, by=amina, at=NOW)
    seal(at=now())
    head = AuditSeal.objects.order_by("pk").last()
    with past_the_triggers() as cursor:
        cursor.execute("DELETE FROM accreditation_auditentry")
        cursor.execute("DELETE FROM accreditation_auditseal")
    assert not holds_head(head.link)
    said = StringIO()
    with pytest.raises(SystemExit):
        call_command("verify_audit", "--head", head.link, stdout=said)
    assert "cut off" in said.getvalue()


def test_what_waits_too_long_for_its_seal_is_said(amina):
    note_reading("list", amina, by=amina, at=NOW)
    with past_the_triggers() as cursor:
        cursor.execute("UPDATE accreditation_auditentry SET at = now() - interval '40 minutes'")
    assert any("wait for their seal" in fault for fault in found())
    seal(at=now())
    assert found() == []


@pytest.mark.django_db(transaction=True)
def test_no_seal_ends_behind_a_transaction_that_is_under_way(monkeypatch):
    monkeypatch.setattr(sealing, "WAIT", 0)
    make_user("first")
    assert seal(at=now()) > 0
    other = connections.create_connection("default")
    try:
        other.set_autocommit(False)
        with other.cursor() as cursor:  # a number is drawn, and nobody sees it yet
            cursor.execute("INSERT INTO auth_group (name) VALUES ('Slow')")
        make_user("second")
        assert seal(at=now()) == 0
        other.commit()
        assert seal(at=now()) > 0
    finally:
        other.close()
    assert found() == []


def test_the_portal_is_sealed_by_a_sweep(amina):
    seal_audit()
    assert AuditSeal.objects.exists()
    assert Sweep.objects.get(name="seal the audit").error == ""
    said = StringIO()
    call_command("verify_audit", stdout=said)
    assert said.getvalue().startswith("holds: ")


# A person goes, the chain stays ---------------------------------------------------------------------------------------


def test_an_erasure_takes_the_person_out_and_the_chain_holds(amina, organisation, dalia):
    User.objects.filter(pk=amina.pk).update(name="Amina Njoroge")
    submission = make_submission(status="under_review", organisation=organisation, by=amina)
    Note.objects.create(submission=submission, by=dalia, at=NOW, text="Amina Njoroge wrote from amina@example.org.")
    submission.steps.create(was="under_review", became="under_review", by=dalia, at=NOW, note="Amina Njoroge called.")
    seal(at=now())
    assert found() == []
    erase(find("amina@example.org"), by=dalia, at=NOW)
    everything = "".join(words + changes for words, changes in AuditEntry.objects.values_list("words", "changes"))
    assert "Njoroge" not in everything
    assert "amina@example" not in everything
    assert json.loads(last_of("submissions_note").changes) == {"text": "***"}
    assert last_of("submissions_note").act == "erase"
    seal(at=now())
    assert found() == []
    assert submission.steps.last().note == "[erased] called."


def test_after_an_erasure_what_is_changed_is_still_found(amina, organisation, dalia):
    submission = make_submission(status="under_review", organisation=organisation, by=amina)
    submission.steps.create(was="under_review", became="under_review", by=dalia, at=NOW, note="amina@example.org called.")
    erase(find("amina@example.org"), by=dalia, at=NOW)
    seal(at=now())
    assert found() == []
    with past_the_triggers():
        submission.steps.filter(note__contains="called").update(note="Nobody called.")
    assert len(found()) == 1
    with past_the_triggers():
        User.history.rel.related_model.objects.filter(email__startswith="erased-").update(email="a@example.org")
    assert len(found()) > 1


def test_the_command_prints_the_audit_with_its_seals(amina):
    seal(at=now())
    said = StringIO()
    call_command("export_audit", stdout=said)
    lines = [json.loads(line) for line in said.getvalue().splitlines()]
    assert lines[-1]["link"] == AuditSeal.objects.order_by("pk").last().link
    assert len(lines) == AuditEntry.objects.count() + AuditSeal.objects.count()
