import gettext
import json
from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.utils.timezone import now

from forums.models import Letter, Sweep
from imrf_portal.coming import coming
from submissions import operations
from submissions.models import SubmissionStep, Version
from tests.factories import make_call, make_draft, make_forum, make_submission

AT = datetime(2026, 1, 20, 12, tzinfo=UTC)


def run(*command):
    said = StringIO()
    call_command(*command, stdout=said)
    return said.getvalue()


def due(at=AT):
    found = [one for one in coming(at) if one.kind not in ("milestone notice", "forum begins")]
    return [(one.at.isoformat(), one.kind, one.what, one.recipients) for one in found]


def test_duties_are_due_at_the_end_of_their_day_in_the_zone_of_the_forum(db):
    forum = make_forum(desk_email="desk@example.org")
    forum.milestones.create(kind="report", name="Report", weeks_before=12, resolution="A/RES/73/326", paragraph="14")
    forum.milestones.create(kind="hearing", name="Hearing", days_before=1, resolution="A/RES/73/326", paragraph="15")
    assert due() == [
        ("2026-02-11T00:00:00-05:00", "milestone", "Report", 1),
        ("2026-05-05T00:00:00-04:00", "milestone", "Hearing", 1),
    ]


def test_what_is_met_waived_or_held_is_not_due(db):
    forum = make_forum()
    forum.milestones.create(kind="report", name="Report", weeks_before=12, met_on=date(2026, 1, 1))
    forum.milestones.create(kind="hearing", name="Hearing", days_before=1, waived_because="none")
    held = make_forum("2022", status="held")
    held.milestones.create(kind="report", name="Report", weeks_before=12)
    assert due() == []


def test_openings_closings_and_reminders_are_listed_with_those_who_will_be_told(db):
    call = make_call(window="open", name="Inputs")
    make_draft(call=call)
    make_call(window="not_yet", name="Later")
    assert due() == [
        ("2026-01-23T17:00:00-05:00", "draft reminder", "Inputs (closes in 7 d)", 1),
        ("2026-01-25T07:00:00-05:00", "call opens", "Later", 0),
        ("2026-01-28T17:00:00-05:00", "draft reminder", "Inputs (closes in 2 d)", 1),
        ("2026-01-29T17:00:00-05:00", "draft reminder", "Inputs (closes in 1 d)", 1),
        ("2026-01-30T17:00:00-05:00", "call closes", "Inputs", 0),
        ("2026-01-30T17:00:00-05:00", "call closes", "Later", 0),
    ]


def test_list_due_prints_json(db):
    make_call(name="Inputs")
    assert json.loads(run("list_due", "--json")) == [
        {"due": "2089-12-31T19:00:00-05:00", "kind": "call closes", "forum": "2026", "what": "Inputs", "recipients": 0}
    ]


def test_sweep_due_runs_every_sweep_but_the_heartbeat(db):
    ran = json.loads(run("sweep_due", "--json"))
    assert [one["sweep"] for one in ran] == [
        name for name, entry in settings.CELERY_BEAT_SCHEDULE.items() if entry["task"] != "forums.tasks.heartbeat"
    ]
    assert {one["error"] for one in ran} == {""}
    assert not Sweep.objects.filter(name="heartbeat").exists()


def test_sweep_due_writes_and_sends_what_is_due_once(db, mailoutbox):
    make_submission(at=now())
    run("sweep_due")
    assert not SubmissionStep.objects.pending().exists()
    assert Letter.objects.filter(sent_at__isnull=False).count() == len(mailoutbox) == 1
    run("sweep_due")
    assert len(mailoutbox) == 1


def test_a_sweep_that_fails_holds_up_no_other_and_is_said(db, settings):
    settings.CELERY_BEAT_SCHEDULE = {
        "broken": {"task": "forums.tasks.no_such_task"},
        "send letters": {"task": "forums.tasks.send_letters"},
    }
    said = StringIO()
    with pytest.raises(SystemExit):
        call_command("sweep_due", stdout=said)
    assert said.getvalue().startswith("broken: failed: ImportError")
    assert "send letters: done" in said.getvalue()


@pytest.fixture
def sent(db):
    draft = make_draft()
    operations.attach(draft, ContentFile(b"a table", name="table.txt"), by=draft.begun_by, at=AT)
    return operations.submit(draft, by=draft.begun_by, at=AT)


def test_a_receipt_that_holds(sent):
    said = run("verify_receipt", sent.content["reference"])
    assert said.count("  holds  ") == 2
    assert sent.sha256 in said


def test_a_receipt_whose_content_was_changed_does_not_hold(sent):
    sent.content["text"] += "."
    sent.save()
    said = StringIO()
    with pytest.raises(SystemExit):
        call_command("verify_receipt", sent.symbol, stdout=said)
    assert "DOES NOT HOLD" in said.getvalue()


def test_a_receipt_whose_file_was_changed_does_not_hold(sent):
    file = sent.submission.attachments.get().file
    with open(file.path, "ab") as stream:
        stream.write(b".")
    with pytest.raises(SystemExit):
        run("verify_receipt", sent.symbol)


def test_each_version_has_its_own_receipt(db):
    submission = make_submission(status="clarification_asked")
    operations.submit(submission, by=submission.begun_by, at=AT + timedelta(days=1))
    reference = submission.reference
    assert len(run("verify_receipt", reference).splitlines()) == 2
    for asked in ([f"{reference}/Rev.1"], [reference, "--version", "2"]):
        said = run("verify_receipt", *asked)
        assert said.startswith(f"{reference}/Rev.1  holds")
        assert len(said.splitlines()) == 1
    assert Version.objects.count() == 2


def test_an_unknown_number_is_said(db):
    with pytest.raises(CommandError, match="There is no receipt IMRF-2026-I-99999"):
        run("verify_receipt", "IMRF-2026-I-99999")


@pytest.fixture
def catalogue(settings, tmp_path):
    settings.LOCALE_PATHS = [tmp_path]
    source = tmp_path / "fr" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\nPlural-Forms: nplurals=2; plural=(n > 1);\\n"\n'
    source.write_text(
        f'{head}\nmsgid "Draft"\nmsgstr "Brouillon"\n\n#, fuzzy\nmsgid "Sent"\nmsgstr "Peut-être"\n', encoding="utf-8"
    )
    return source


def test_translations_are_compiled_without_gettext_and_doubtful_ones_left_out(catalogue):
    assert "1 of 1 catalogues compiled" in run("compile_translations")
    with catalogue.with_suffix(".mo").open("rb") as made:
        compiled = gettext.GNUTranslations(made)
    assert (compiled.gettext("Draft"), compiled.gettext("Sent")) == ("Brouillon", "Sent")


def test_only_newer_catalogues_are_compiled(catalogue):
    run("compile_translations")
    assert "0 of 1" in run("compile_translations")
    assert "1 of 1" in run("compile_translations", "--force")


def test_a_catalogue_that_cannot_be_read_is_named(catalogue):
    catalogue.write_text("This is a letter.", encoding="utf-8")
    with pytest.raises(CommandError, match="is no catalogue"):
        run("compile_translations")
