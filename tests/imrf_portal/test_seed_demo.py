import json
from collections import Counter
from datetime import timedelta
from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import validate_totp_code
from allauth.mfa.utils import decrypt
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import override_settings
from django.utils.timezone import now
from django.utils.translation import override

from accreditation.models import Accreditation, AccreditationStep, Organisation, User
from forums.feeding import too_late
from forums.models import Call, Change, Extension, Forum, Letter
from forums.programme.released import released_sessions
from forums.programme.rules import remarks
from forums.programme.snapshot import drafts_of
from forums.timeline import Standing
from forums.windows import Phase
from imrf_portal.demo.people import PASSWORD, TOTP_SECRET
from imrf_portal.invariants import check
from submissions.models import Act, Attachment, CoSponsor, Proposal, PublishedInput, Recording, Submission, SubmissionStep
from tests.factories import make_call, make_forum, make_submission

pytestmark = pytest.mark.usefixtures("demonstration", "aside")


def seed(*arguments):
    said = StringIO()
    call_command("seed_demo", *arguments, stdout=said)
    return said.getvalue()


def broken(**options):
    return {finding.rule: finding.examples for finding in check(**options) if finding.violations}


def test_every_rule_holds_over_lists_and_demonstration():
    assert broken(with_files=True) == {}


def test_the_forum_begins_twenty_weeks_from_today_and_is_marked():
    forum = Forum.objects.get(slug="demo")
    today = now().astimezone(forum.zone).date()
    assert (forum.first_day - today, forum.last_day - forum.first_day) == (timedelta(weeks=20), timedelta(days=3))
    assert forum.demonstration


def test_every_state_of_a_deadline_can_be_seen():
    forum, at = Forum.objects.get(slug="demo"), now()
    phases = {call.slug: call.phase(at) for call in forum.calls.all()}
    assert phases["progress-declaration"] is Phase.NOT_YET
    assert phases["report"] is Phase.CLOSED
    assert [slug for slug, phase in phases.items() if phase is Phase.OPEN and slug.startswith("round")] == [
        "round-table-4",
        "round-table-1",
        "round-table-2",
        "round-table-3",
    ]
    assert Call.objects.closing(at, within=timedelta(days=1)).get().slug == "round-table-4"
    standings = {milestone.state(at).standing for milestone in forum.milestones.all()}
    assert standings == set(Standing) - {Standing.UNDATED, Standing.NOT_RECORDED}


def test_calls_say_what_they_ask_and_feed_duties_that_are_due_later():
    calls = {call.slug: call for call in Call.objects.filter(forum__slug="demo").select_related("feeds__forum")}
    for number in range(1, 5):
        call = calls[f"round-table-{number}"]
        assert (call.kind, call.feeds.kind, call.feeds.round_table_id) == ("round_table", "note", call.round_table_id)
        for language in ("ar", "en", "es", "fr", "ru", "zh_hans"):
            assert len(getattr(call, f"questions_{language}").splitlines()) == 3
    assert calls["report"].feeds.kind == "report"
    assert all(too_late(call.name, call.closes_at, call.feeds) == "" for call in calls.values() if call.feeds)
    moved = Extension.objects.filter(call__forum__slug="demo").values_list("call__slug", "kind")
    assert dict(moved) == {"round-table-2": "extended", "local-inputs": "reopened"}
    assert not Letter.objects.filter(kind="submissions/closing_moved").exists()


def test_inputs_in_every_status_and_language():
    inputs = Submission.objects.filter(call__forum__slug="demo")
    assert set(inputs.values_list("status", flat=True)) == set(Submission.Status.values)
    published = Counter(PublishedInput.objects.visible(now()).filter(forum__slug="demo").values_list("language", flat=True))
    assert set(published) == {"ar", "en", "es", "fr", "ru", "zh-hans"}
    assert min(published.values()) >= 5
    assert inputs.filter(versions__act=Act.REVISION).count() == 2


def test_a_joint_input_is_public_and_another_waits_for_an_answer():
    joint = PublishedInput.objects.exclude(co_sponsor_keys=[]).get()
    assert [body["on_behalf"] for body in joint.co_sponsors].count(False) == 3
    waiting = CoSponsor.objects.filter(answer="", on_behalf=False).get()
    assert waiting.submission.status == "draft"
    assert waiting.organisation.memberships.standing().filter(role="focal_point").exists()


def test_a_correction_is_shown_another_waits_and_an_addition_stands_beside_its_input():
    proposals = Proposal.objects.filter(submission__call__forum__slug="demo").values_list("act", "status")
    assert sorted(proposals) == [("addition", "approved"), ("correction", "approved"), ("correction", "proposed")]
    assert "74 licensed" in PublishedInput.objects.exclude(corrected_at=None).get().version.content["text"]


def test_two_people_write_one_draft_and_a_note_of_theirs_is_open():
    draft = Submission.objects.filter(draft_notes__isnull=False).distinct().get()
    assert {change.by.email.partition("@")[0] for change in draft.changes.all()} == {"joseph", "amina"}
    assert [note.resolved_at is None for note in draft.draft_notes.all()] == [False, True]
    assert not draft.draft_notes.filter(told_at=None).exists()


def test_a_letter_was_typed_at_the_desk_and_waits_for_review():
    recording = Recording.objects.get()
    assert (recording.how, recording.submission.status, recording.state) == ("letter", "submitted", "recorded")
    assert not recording.organisation.memberships.exists()


def test_references_run_in_the_order_of_receipt():
    received = Submission.objects.filter(call__forum__slug="demo", reference__isnull=False).order_by("received_at")
    references = list(received.values_list("reference", flat=True))
    assert references == [f"IMRF-DEMO-I-{number:05}" for number in range(1, len(references) + 1)]


def test_accreditations_in_every_status_on_every_basis():
    accreditations = Accreditation.objects.filter(forum__slug="demo")
    assert set(accreditations.values_list("status", flat=True)) == set(Accreditation.Status.values) - {"draft"}
    assert accreditations.values("basis").distinct().count() == 10


def test_no_file_was_called_clean_without_a_scanner():
    assert {file.verdict for file in Attachment.objects.all()} == {"waiting"}
    assert sorted({file.media_type for file in Attachment.objects.all()}) == ["application/pdf", "text/csv", "text/plain"]


def test_only_what_is_recent_still_sends_letters():
    recent = now() - timedelta(hours=7)
    pending = SubmissionStep.objects.pending()
    assert 0 < pending.count() < 6
    assert not pending.filter(at__lt=recent).exists()
    assert not AccreditationStep.objects.pending().exists()
    assert set(Letter.objects.values_list("kind", flat=True)) <= {"accreditation/join_asked"}


def test_real_forums_stay_free_of_invented_things():
    real = Submission.objects.exclude(call__forum__slug="demo")
    assert set(real.values_list("recorded_by_desk", flat=True)) == {True}
    invented = Organisation.objects.filter(source__startswith="Invented")
    assert not real.filter(organisation__in=invented).exists()


def test_everybody_can_sign_in_and_the_desk_has_its_second_factor():
    people = User.objects.filter(email__endswith="@demo.example")
    assert all(user.emailaddress_set.get().verified for user in people)
    assert people.first().check_password(PASSWORD)
    staff = people.filter(is_staff=True)
    roles = {group.name for user in staff for group in user.groups.all()}
    assert roles == {"Reviewer", "Editor", "Accreditation", "Administrator"}
    for user in staff:
        secret = Authenticator.objects.get(user=user, type=Authenticator.Type.TOTP).data["secret"]
        assert decrypt(secret) == TOTP_SECRET


def test_seeding_again_changes_nothing():
    before = (Submission.objects.count(), User.objects.count(), Letter.objects.count())
    assert "there already" in seed()
    assert (Submission.objects.count(), User.objects.count(), Letter.objects.count()) == before


def test_the_size_adds_published_inputs_that_keep_every_rule():
    assert "18 added" in seed("--size", "50")
    demo = PublishedInput.objects.visible(now()).filter(forum__slug="demo")
    assert demo.count() == 50
    assert broken() == {}
    assert demo.order_by("-pk").first().words >= 300
    assert "added" not in seed("--size", "50")


def test_log_ins_are_printed_without_changing_anything_and_their_code_holds():
    said = seed("--log-ins")
    assert "ravi@demo.example" in said
    assert PASSWORD in said
    code = said.partition("code ")[2][:6]
    assert validate_totp_code(TOTP_SECRET, code)


def test_json_names_people_and_ids():
    found = json.loads(seed("--json"))
    assert found["made"]["forum"] == "demo"
    assert {"email", "name", "language", "desk", "memberships"} == set(found["people"][0])
    assert len(found["inputs"]) == 50
    assert {one["status"] for one in found["inputs"]} == set(Submission.Status.values)


@override_settings(HTTPS=True, SITE_URL="https://inputs.example.org")
def test_production_gets_no_demonstration_and_shows_no_log_ins():
    with pytest.raises(CommandError, match="in production"):
        seed()
    assert PASSWORD not in seed("--log-ins")


def test_the_inputs_of_real_people_are_not_mixed_with_invented_ones():
    make_submission(call=make_call(make_forum("2026")))
    with pytest.raises(CommandError, match="Real people"):
        seed()
    assert PASSWORD in seed("--log-ins")


def test_without_the_lists_it_says_what_to_do():
    Forum.objects.filter(slug="2022").update(slug="other")
    with pytest.raises(CommandError, match="load_reference"):
        seed()


# The programme: whole, released twice, with States that do not exist -------------------------------------------------------

MARKS = {
    "en": "(demonstration)",
    "fr": "(démonstration)",
    "es": "(demostración)",
    "ru": "(демонстрация)",
    "ar": "(عرض توضيحي)",
    "zh-hans": "（演示）",
}


@pytest.fixture
def forum():
    return Forum.objects.get(slug="demo")


def test_the_second_release_shows_what_changed_since_the_first(forum):
    second, first = forum.releases.all()
    assert (first.number, len(first.sessions), first.changes) == (1, 16, [])
    assert [change["kind"] for change in second.changes] == ["cancelled", "chairs", "room", "moved"]
    assert second.note
    assert first.released_by.email.endswith("@demo.example")


def test_nothing_is_missing_in_it_and_one_side_event_is_cancelled(forum):
    assert remarks(list(drafts_of(forum)), forum) == []
    assert [one.slug for one in released_sessions(forum) if one.cancelled_at] == ["side-event-letters"]


def test_its_co_chairs_are_invented_and_say_so_in_every_language(forum):
    tables = [one for one in released_sessions(forum) if one.kind == "round_table"]
    for language, _name in settings.LANGUAGES:
        with override(language):
            for table in tables:
                assert table.chairs.language == language
                assert [line.endswith(MARKS[language]) for line in table.chairs.lines] == [True, True]


def test_nobody_is_written_to_about_it(forum):
    assert Change.objects.filter(forum=forum, kind="programme").count() == 2
    assert not Change.objects.filter(forum=forum, kind="programme", announced_at=None).exists()
