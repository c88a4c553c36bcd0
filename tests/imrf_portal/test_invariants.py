"""Every rule is turned red once: a rule that cannot fail proves nothing."""

import json
import shutil
from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import F
from django.test import override_settings
from django.utils.timezone import now

from accreditation import operations as who
from accreditation.audit.sealing import seal
from accreditation.models import Accreditation, AccreditationStep, Basis, Membership
from forums import operations as calendar
from forums.models import (
    Call,
    FormerDates,
    Forum,
    Letter,
    Milestone,
    MilestoneNotice,
    Objective,
    OfficialDocument,
    Release,
    Session,
    Waiver,
)
from imrf_portal.invariants import check, rules
from submissions import operations
from submissions.models import (
    Attachment,
    CallForm,
    Extract,
    Findable,
    FormerlyPublished,
    Passage,
    Proposal,
    ProposalStep,
    PublishedInput,
    QueueChoice,
    RelatedInputs,
    Review,
    SavedView,
    SearchedNames,
    Submission,
    SubmissionStep,
    Version,
)
from submissions.receipts import fingerprint
from tests.factories import (
    NOW,
    ask_form,
    make_call,
    make_draft,
    make_form,
    make_forum,
    make_organisation,
    make_proposal,
    make_submission,
    make_user,
)
from tests.imrf_portal.audit_corrupted import RED as RED_OF_THE_AUDIT
from tests.imrf_portal.audit_corrupted import switch_guards_off
from tests.imrf_portal.decided_corrupted import RED as RED_OF_DECISIONS
from tests.imrf_portal.decided_corrupted import make_decided
from tests.imrf_portal.gathered_corrupted import RED as RED_OF_WHAT_IS_GATHERED
from tests.imrf_portal.gathered_corrupted import make_gathered
from tests.imrf_portal.joint_corrupted import RED as RED_OF_JOINT_INPUTS
from tests.imrf_portal.joint_corrupted import make_joint
from tests.imrf_portal.participation_corrupted import RED as RED_OF_PARTICIPATION
from tests.imrf_portal.participation_corrupted import make_participation
from tests.imrf_portal.reviews_corrupted import RED as RED_OF_REVIEWS
from tests.imrf_portal.reviews_corrupted import make_given
from tests.tampering import reworded

EARLY = NOW - timedelta(days=400)
CONSTRAINTS = {
    "forums_forum": ["a_forum_ends_after_it_begins"],
    "forums_call": ["a_call_closes_after_it_opens"],
    "accreditation_accreditation": ["a_standing_names_who_decided_and_the_evidence"],
    "submissions_version": ["what_was_sent_first_is_the_original"],
    "submissions_submission": ["what_was_sent_has_a_reference_and_a_time", "a_draft_has_no_reference"],
}


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker, tmp_path_factory):
    files = tmp_path_factory.mktemp("media")
    with (
        override_settings(MEDIA_ROOT=files, STORAGES={**settings.STORAGES}),
        django_db_blocker.unblock(),
        transaction.atomic(),
    ):
        make_world()
        yield files
        transaction.set_rollback(True)


@pytest.fixture
def world(made, aside, tmp_path):
    """What was made once; rows and files that a test changes are as before after it."""
    shutil.copytree(made, tmp_path / "kept")
    yield
    shutil.rmtree(made)
    shutil.copytree(tmp_path / "kept", made)


def make_world():
    """A little of everything, made by the operations, so that every rule has something to look at."""
    forum = make_forum(last_day=date(2026, 5, 8))
    call = make_call(forum, slug="inputs")
    make_submission(call=call, status="published")
    make_submission(call=call, status="under_review")
    make_draft(call=call)
    taken_down = make_submission(call=call, status="published")
    operations.take_down(taken_down, by=make_user(staff=True), at=NOW, reason="At its author's request.")
    with_file = make_draft(call=call)
    upload = ContentFile(b"a table, a table", name="table.txt")
    operations.attach(with_file, upload, by=with_file.begun_by, at=NOW)
    operations.submit(with_file, by=with_file.begun_by, at=NOW)
    corrected = make_submission(call=call, status="published")
    operations.approve(make_proposal(corrected), by=make_user(staff=True), at=NOW)
    added = make_proposal(Submission.objects.get(pk=corrected.pk), "addition")
    step = added.steps.get()
    Letter.objects.create(key=f"proposal-step:{step.pk}:1", **_letter())
    answer_a_form(call)
    claim = who.claim(make_organisation(), forum=forum, basis=Basis.objects.get(pk="ecosoc"), by=make_user(), at=NOW)
    who.take_up(claim, by=make_user(), at=NOW)
    who.recognise(claim, by=make_user(), at=NOW, decided_on=NOW.date(), decided_by="DESA", evidence="iCSO")
    make_calendar(forum)
    make_participation(forum)
    make_joint(call)
    make_decided(call)
    make_given(call)
    make_gathered(call)
    Letter.objects.create(key=f"submission-step:{SubmissionStep.objects.first().pk}:1", **_letter())
    seal(at=now())


def answer_a_form(call):
    """An input that answers a form, with an answer for the desk."""
    ask_form(call, make_form(("what", "long"), {"key": "hush", "kind": "long", "seen_by": "desk"}))
    draft = make_draft(call=call)
    answers = {"what": "Nine missions.", "hush": "Between us."}
    operations.revise(draft, by=draft.begun_by, at=NOW, edition=draft.edition, answers=answers)
    operations.submit(draft, by=draft.begun_by, at=NOW)


def tell_the_desk_was_public():
    version = Version.objects.filter(content__answers__1__isnull=False).first()
    version.content["answers"][1]["seen_by"] = "public"
    Version.objects.filter(pk=version.pk).update(content=version.content)


def make_calendar(forum):
    """A note that a document met, a duty that was waived, a released programme, somebody who was told; dates that moved."""
    dalia, ravi = make_user(staff=True), make_user(staff=True)
    duty = {"forum": forum, "weeks_before": 12}
    Milestone.objects.create(kind="report", name="Report", responsible=dalia, **duty)
    waived = Milestone.objects.create(kind="other", name="Concept notes", **duty)
    calendar.agree_to_waiver(calendar.ask_waiver(waived, reason="None this time.", by=dalia, at=NOW), by=ravi, at=NOW)
    note = Milestone.objects.create(kind="note", name="Note", round_table=forum.round_tables.first(), forum=forum)
    paper = OfficialDocument(forum=forum, kind="background_note", title="Note", available_on=date(2026, 1, 2), meets=note)
    calendar.record_document(paper, by=dalia, at=NOW)
    days = {"first_day": date(2026, 5, 12), "last_day": date(2026, 5, 15)}
    calendar.move_forum(forum, **days, reason="The hall was taken.", by=dalia, at=NOW)
    forum.refresh_from_db()
    calendar.lay_out_programme(forum)
    calendar.release_programme(forum, by=dalia, at=NOW)
    later = NOW + timedelta(days=2)
    calendar.announce_milestones(at=later)
    Letter.objects.update(sent_at=later, tries=1)


def wrongly_late():
    OfficialDocument.objects.update(available_on=date(2026, 6, 1))
    Milestone.objects.filter(kind="note").update(met_on=date(2026, 6, 1))


def _letter():
    written = {"written_at": NOW, "not_before": NOW, "sent_at": NOW, "tries": 1}
    return {"kind": "k", "to": "a@example.org", "language": "en", "subject": "s", "text": "t", **written}


def broken(**options):
    return {finding.rule: finding.violations for finding in check(**options) if finding.violations}


def one(status="published"):
    return Submission.objects.filter(status=status).first()


def public():
    return PublishedInput.objects.filter(taken_down_at__isnull=True)


def change(model, **columns):
    """Change one row behind the back of every operation."""
    return lambda: model.objects.filter(pk=model.objects.order_by("pk").first().pk).update(**columns)


def change_input(status, /, **columns):
    return lambda: Submission.objects.filter(pk=one(status).pk).update(**columns)


def forget_a_version():
    submission = one("under_review")
    submission.reviews.all().delete()
    submission.versions.all().delete()


def alter_one_letter_of_a_text():
    version = Version.objects.first()
    version.content["text"] += "."
    version.save()


def rewrite_a_version_with_its_fingerprint():
    """What somebody would do who knows how fingerprints are made; only the chain can tell."""
    version = Version.objects.order_by("place").first()
    version.content["text"] += "."
    version.sha256 = fingerprint(version.content)
    version.save()


def put_a_version_into_another_forum():
    version = Version.objects.order_by("-place").first()
    Version.objects.filter(pk=version.pk).update(
        forum=Forum.objects.exclude(pk=version.forum_id).first() or make_forum("2034")
    )


def give_a_role_to_somebody_outside():
    from accreditation.desk_roles import group_of

    make_user().groups.add(group_of("reviewer"))


def extend_without_moving_the_closing():
    call = Call.objects.first()
    call.extensions.create(was=call.closes_at, became=call.closes_at + timedelta(1), reason="r", authority="a", at=NOW)


def let_only_a_drafter_stay():
    Membership.objects.filter(pk=Membership.objects.first().pk).update(role="drafter")


def publish_the_one_with_a_file() -> Version:
    version = Version.objects.exclude(content__files=[]).get()
    PublishedInput.objects.filter(pk=public().first().pk).update(version=version, submission=version.submission)
    return version


def publish_a_refused_file():
    version = publish_the_one_with_a_file()
    Attachment.objects.filter(submission=version.submission).update(verdict="infected", scanned_at=EARLY)


def a_reading():
    extract = Extract.objects.create(attachment=Attachment.objects.get(), sha256="0" * 64, read_at=NOW, words=3)
    extract.texts.create(number=1, text="A table.")
    return extract


def search_a_waiting_file():
    of = {"submission": public().first().submission, "extract": a_reading()}
    Passage.objects.create(**of, page=1, place=1, language="en", text="A table.", vector="table")


def lose_the_passages():
    a_reading()
    Attachment.objects.update(verdict="clean")
    publish_the_one_with_a_file()
    public().update(files=1)


def start_with_anothers_view():
    theirs = SavedView.objects.create(owner=make_user(), name="Theirs", saved_at=NOW)
    QueueChoice.objects.create(user=make_user(), start=theirs)


def review_ones_own():
    review = Review.objects.first()
    review.submission.organisation.memberships.create(user=review.reviewer, role="viewer", asked_at=EARLY, since=EARLY)


def review_another_input():
    review = Review.objects.first()
    Review.objects.filter(pk=review.pk).update(submission=Submission.objects.exclude(pk=review.submission_id).first())


def lose_the_bytes():
    file = Attachment.objects.get().file
    file.storage.delete(file.name)


def leave_bytes_behind():
    Attachment._meta.get_field("file").storage.save("attachments/nobody.txt", ContentFile(b"whose?"))


RED = {
    "a_forum_ends_after_it_begins": change(Forum, last_day=date(2026, 5, 1)),
    "what_is_held_is_over": change(Forum, status="held", last_day=date(2099, 1, 1)),
    "a_call_closes_after_it_opens": change(Call, closes_at=datetime(2019, 1, 1, tzinfo=UTC)),
    "a_moved_closing_is_the_last_extension": extend_without_moving_the_closing,
    "a_call_closes_before_the_duty_that_it_feeds_is_due": lambda: Call.objects.update(
        feeds=Milestone.objects.get(kind="report"), closes_at=datetime(2090, 1, 1, tzinfo=UTC)
    ),
    "a_duty_is_met_or_waived": change(Milestone, met_on=NOW.date(), waived_because="no"),
    "a_note_belongs_to_a_round_table_of_its_forum": change(Milestone, kind="note"),
    "the_objectives_are_whole": lambda: Objective.objects.filter(pk=22).delete(),
    "a_letter_is_sent_or_waits": change(Letter, failed=True),
    "no_code_is_kept_once_it_was_sent": change(Letter, private=True),
    "a_notice_has_one_of_the_distances": lambda: Milestone.objects.first().notices.create(
        due_on=NOW.date(), days_before=5, to="a@example.org", at=NOW
    ),
    "each_edition_of_the_dates_but_the_last_is_kept": lambda: FormerDates.objects.all().delete(),
    "a_waived_duty_was_agreed_by_a_second_person": lambda: Waiver.objects.all().delete(),
    "a_report_or_a_note_is_met_by_its_document": lambda: OfficialDocument.objects.update(meets=None),
    "a_late_document_says_why": wrongly_late,
    "sessions_are_on_the_days_of_their_forum": lambda: Session.objects.update(
        starts_at=NOW, ends_at=NOW + timedelta(hours=1), room=None
    ),
    "releases_are_numbered_without_gaps": lambda: Release.objects.update(number=3),
    "a_notice_has_its_letter": lambda: MilestoneNotice.objects.update(letter=None),
    "a_membership_runs_forward": change(Membership, until=EARLY),
    "an_organisation_with_people_has_one_who_speaks": let_only_a_drafter_stay,
    "a_standing_names_who_decided": change(Accreditation, evidence=""),
    "member_states_are_asked_where_the_basis_says_so": change(Accreditation, basis="special"),
    "accreditations_are_where_their_steps_ended": change(Accreditation, status="screening"),
    "steps_of_accreditations_follow_each_other": change(AccreditationStep, was="screening"),
    "accreditations_move_by_the_table": change(AccreditationStep, became="accredited"),
    "letters_of_accreditations_tell_of_a_step": change(Letter, key="accreditation-step:0:1"),
    "only_staff_hold_desk_roles": give_a_role_to_somebody_outside,
    "what_was_sent_has_reference_time_and_version": forget_a_version,
    "a_draft_has_nothing_that_sending_gives": change_input("draft", received_at=NOW),
    "receipts_hold": alter_one_letter_of_a_text,
    "the_chain_of_receipts_is_unbroken": rewrite_a_version_with_its_fingerprint,
    "every_version_is_in_the_chain_of_its_forum": put_a_version_into_another_forum,
    "a_change_belongs_to_what_it_amends": change_input("draft", amends=F("pk")),
    "versions_are_numbered_without_gaps": change(Version, number=2),
    "every_version_has_the_step_that_sent_it": change(SubmissionStep, at=EARLY),
    "symbols_are_given_without_gaps": lambda: Version.objects.filter(act="addition").update(act_number=2),
    "a_proposal_is_of_its_input": lambda: Proposal.objects.filter(act="addition").update(submission=one("under_review")),
    "a_late_addition_was_let_in": lambda: Proposal.objects.filter(act="addition").update(late=True),
    "proposals_are_where_their_steps_ended": lambda: Proposal.objects.filter(act="addition").update(status="refused"),
    "steps_of_proposals_follow_each_other": change(ProposalStep, was="approved"),
    "proposals_move_by_the_table": change(ProposalStep, became="taken_down"),
    "letters_of_proposals_tell_of_a_step": lambda: Letter.objects.filter(key__startswith="proposal-step:").update(
        key="proposal-step:0:1"
    ),
    "an_input_is_received_when_it_was_first_sent": change_input("published", received_at=NOW + timedelta(1)),
    "nothing_was_taken_outside_its_window": change(Call, closes_at=NOW),
    "references_name_their_forum": change_input("published", reference="IMRF-2022-I-00001"),
    "no_reference_was_skipped": change(Forum, last_input_number=F("last_input_number") + 1),
    "inputs_are_where_their_steps_ended": change_input("under_review", status="not_admissible"),
    "steps_of_inputs_follow_each_other": change(SubmissionStep, was="accepted"),
    "inputs_move_by_the_table": change(SubmissionStep, became="published"),
    "letters_of_inputs_tell_of_a_step": change(Letter, key="submission-step:0:1"),
    "nothing_is_public_without_a_decision": change_input("published", status="accepted"),
    "what_was_published_is_public": lambda: public().delete(),
    "the_public_sees_the_newest_version": lambda: public().update(version=Version.objects.order_by("pk").last()),
    "former_versions_were_public_once": lambda: FormerlyPublished.objects.update(
        version=Version.objects.get(act="addition")
    ),
    "public_columns_are_those_of_the_version": lambda: public().update(title="Another title"),
    "public_rows_stand_in_their_regions": lambda: reworded(public(), in_regions=["ATLANTIS"]),
    "public_rows_stand_in_their_year": lambda: reworded(public(), received_in=2017),
    "bits_of_facets_are_those_of_the_rows": lambda: reworded(public(), kind="academia"),
    "what_is_visible_can_be_found": lambda: public().update(vector=None),
    "searches_read_what_is_public": lambda: Findable.objects.update(filed=""),
    "related_inputs_are_kept_of_what_is_public": lambda: RelatedInputs.objects.all().delete(),
    "what_is_visible_is_found_by_the_names_of_today": lambda: SearchedNames.objects.update(names=[], due=False),
    "names_that_were_indexed_are_in_the_vector": lambda: SearchedNames.objects.update(names=[["en", "Elsewhere Body"]]),
    "only_public_files_are_searched": search_a_waiting_file,
    "public_files_are_searched": lose_the_passages,
    "tombstones_hold_nothing": lambda: PublishedInput.objects.exclude(taken_down_at=None).update(title="Kept"),
    "what_is_said_of_uses_was_recorded": lambda: public().update(
        used_in=[{"document": 1, "place": "", "symbol": "A/1", "title": {}, "kind": "other", "url": "", "note": ""}]
    ),
    "no_refused_file_is_public": publish_a_refused_file,
    "versions_name_files_as_they_were": change(Attachment, sha256="0" * 64),
    "what_was_answered_can_be_read_as_it_was_asked": tell_the_desk_was_public,
    "inputs_have_forms_that_were_published": lambda: CallForm.objects.create(
        call=one().call, level="local", template=make_form(("what", "long"), published=False).template
    ),
    "what_is_shown_otherwise_has_its_reasons": change(Version, changes={"kinds": ["law"]}),
    "a_verdict_was_asked_for": change(Attachment, verdict="clean"),
    "a_review_is_of_a_version_of_its_input": review_another_input,
    "nobody_reviews_their_own_organisation": review_ones_own,
    "the_queue_opens_with_a_view_one_may_open": start_with_anothers_view,
    "every_file_has_its_bytes": lose_the_bytes,
    "all_bytes_have_their_row": leave_bytes_behind,
    **RED_OF_PARTICIPATION,
    **RED_OF_THE_AUDIT,
    **RED_OF_JOINT_INPUTS,
    **RED_OF_DECISIONS,
    **RED_OF_REVIEWS,
    **RED_OF_WHAT_IS_GATHERED,
}


def test_all_rules_hold_over_what_operations_made(world):
    assert broken(with_files=True) == {}


def test_every_rule_has_its_corruption_and_a_sentence():
    assert sorted(RED) == sorted(rule.__name__ for rule in rules(with_files=True))
    assert all(rule.__doc__ for rule in rules(with_files=True))


@pytest.mark.parametrize("rule", RED)
def test_a_corruption_is_found(world, rule):
    with connection.cursor() as cursor:  # what the database itself would refuse is let through, to see the rule behind it
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table, names in CONSTRAINTS.items():
            for name in names:
                cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
        switch_guards_off(cursor)
    RED[rule]()
    [asked] = [each for each in rules(with_files=True) if each.__name__ == rule]
    assert list(asked())


def test_the_command_says_what_is_broken_and_fails(world):
    changed = public().first()
    public().filter(pk=changed.pk).update(title="Another title")
    said = StringIO()
    with pytest.raises(SystemExit):
        call_command("check_invariants", "--json", stdout=said)
    found = json.loads(said.getvalue())
    broken_rules = [rule for rule in found["rules"] if rule["violations"]]
    assert found["ok"] is False
    assert [rule["rule"] for rule in broken_rules] == ["public_columns_are_those_of_the_version"]
    assert broken_rules[0]["examples"] == [changed.reference]


def test_the_command_is_quiet_when_all_is_well(world):
    said = StringIO()
    call_command("check_invariants", stdout=said)
    assert said.getvalue() == f"{len(rules())} of {len(rules())} rules hold\n"
