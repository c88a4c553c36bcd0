"""A little of everything about who takes part, and how each rule about it is turned red."""

from datetime import timedelta
from hashlib import sha256

from django.core.files.base import ContentFile
from django.db.models import F
from django.utils.timezone import now

from accreditation.models import (
    Accreditation,
    AccreditationStep,
    Enquiry,
    EvidenceFile,
    Invitation,
    LetterOfAccreditation,
    ListLine,
    Membership,
    NonObjectionList,
    NonObjectionListStep,
    Organisation,
    OrganisationName,
    PersonalArchive,
    Register,
    RegisterEntry,
    RegisterName,
    SpeakingRequest,
    SpeakingRequestStep,
    SupportRequest,
    User,
)
from accreditation.non_objection import operations as lists
from accreditation.participation import supporting
from accreditation.personal import archives
from accreditation.personal.calendar import FAREWELL
from accreditation.personal.erasing import erase
from accreditation.personal.who import who_is
from accreditation.registers.matching import keep_names
from forums.models import Letter
from tests.accreditation.lists import LATER, make_list
from tests.accreditation.participation import (
    asked,
    asked_for_support,
    make_participant,
    make_speaking_session,
    make_terms,
    registered,
    release,
    staged,
)
from tests.factories import NOW, make_organisation, make_user
from tests.tampering import unmade


def make_participation(forum):
    """Two lists with an objection, an entry of a register, a merged record, persons, a wish that is answered, support."""
    desk = make_user(staff=True)
    make_list(forum, "Amber Guild", by=desk, status="outcome_recorded")
    circulated = make_list(forum, "Birch Weavers", by=desk, status="circulated")
    line = circulated.lines.first()
    lists.record_objection(line, by=desk, at=NOW, received_on=NOW.date(), evidence="A note")
    _register()
    _records(desk)
    standing = make_participant(forum)
    _application(standing, desk)
    registered(standing)
    session = make_speaking_session(forum, day=str(forum.first_day - timedelta(days=1)))
    staged(asked(session, standing), "chosen", desk)
    release(session, desk)
    _support(standing, desk)


def _register():
    Register.objects.create(kind="ecosoc", as_of=NOW.date(), source="A list")
    RegisterEntry.objects.create(register_id="ecosoc", name="Harbour Light")
    keep_names(RegisterEntry.objects.all())


def _records(desk):
    gone = make_organisation("Harbor Light")
    Organisation.objects.filter(pk=gone.pk).update(merged_into=make_organisation("Harbour Light"))
    organisation = make_organisation("Open Desk")
    times = {"at": NOW, "expires_at": NOW + timedelta(days=14), "used_at": NOW}
    organisation.invitations.create(email="a@example.org", role="drafter", fingerprint="0" * 64, by=desk, **times)
    erase(who_is(make_user()), by=desk, at=NOW)
    person = make_user()
    archives.ask_archive(person, at=now())
    archives.make_archives(at=now())


def _application(standing, desk):
    """Beside what its operations made: a question that was answered, a private file, a letter that can be checked."""
    standing.enquiries.create(question="Since when?", asked_by=desk, asked_at=NOW, answered_at=NOW)
    file = EvidenceFile(accreditation=standing, name="a.txt", size=9, media_type="text/plain")
    file.added_at, file.added_by, file.verdict = LATER, desk, "clean"
    file.sha256 = sha256(b"statutes!").hexdigest()
    file.file.save("a.txt", ContentFile(b"statutes!"), save=False)
    file.save()
    unmade(standing.steps.all())
    for was, became in (("draft", "submitted"), ("submitted", "screening"), ("screening", "recognised")):
        standing.steps.create(was=was, became=became, at=LATER + timedelta(days=20_000), announced_at=LATER)
    standing.letters.create(language="en", said={}, made_at=NOW)


def _support(standing, desk):
    make_terms(standing.forum, support_open=True, support_groups=["ldc"])
    organisation = standing.organisation
    request = asked_for_support(organisation, standing.forum, standing.speaker_account)
    supporting.grant(request, decided_on=NOW.date(), decided_by="The Fund", by=desk, at=NOW)


# How each rule is turned red -----------------------------------------------------------------------------------------


def one_of(model, **where):
    return model.objects.filter(pk=model.objects.filter(**where).order_by("pk").first().pk)


def merge_what_somebody_acts_for():
    acted_for = Membership.objects.standing().order_by("pk").first().organisation_id
    Organisation.objects.filter(pk=acted_for).update(merged_into=Organisation.objects.exclude(pk=acted_for).first())


def keep_a_file_of_long_ago():
    EvidenceFile.objects.update(added_at=NOW - timedelta(days=900))
    AccreditationStep.objects.update(at=NOW - timedelta(days=900))


def leave_a_wish_unanswered():
    SpeakingRequest.objects.update(status="requested")
    SpeakingRequestStep.objects.all().delete()


RED = {
    "an_organisation_is_found_by_its_name": lambda: OrganisationName.objects.filter(use="main").delete(),
    "an_entry_of_a_register_is_found_by_its_name": lambda: RegisterName.objects.all().delete(),
    "a_merged_record_leads_to_a_living_one_and_holds_nothing": merge_what_somebody_acts_for,
    "an_invitation_ends_in_one_way": lambda: Invitation.objects.update(taken_back_at=NOW),
    "an_open_question_is_asked_of_who_can_answer": lambda: Enquiry.objects.update(answered_at=None),
    "private_files_are_gone_in_time": keep_a_file_of_long_ago,
    "what_is_put_to_member_states_is_on_a_circulated_list": lambda: ListLine.objects.update(struck_at=NOW),
    "a_letter_of_accreditation_is_of_a_standing": lambda: LetterOfAccreditation.objects.update(
        accreditation=Accreditation.objects.get(status="put_forward")
    ),
    "a_frozen_list_is_numbered_without_gaps": lambda: ListLine.objects.update(position=F("position") + 1),
    "a_closed_list_says_what_became_of_each_line": lambda: ListLine.objects.update(outcome=""),
    "objections_are_to_lines_of_circulated_lists": lambda: NonObjectionList.objects.update(status="preparing"),
    "nobody_is_registered_by_a_claim_alone": lambda: AccreditationStep.objects.all().delete(),
    "everybody_who_asked_to_speak_is_answered": leave_a_wish_unanswered,
    "support_names_who_decided": lambda: SupportRequest.objects.update(decided_by=""),
    "lists_and_requests_are_where_their_steps_ended": lambda: SupportRequest.objects.update(status="not_granted"),
    "steps_of_lists_and_requests_follow_each_other": lambda: SpeakingRequestStep.objects.update(was="reserve"),
    "lists_and_requests_move_by_the_table": lambda: one_of(NonObjectionListStep, became="circulated").update(
        became="outcome_recorded"
    ),
    "of_an_erased_person_nothing_is_left": lambda: User.objects.exclude(erased_at=None).update(name="Amina"),
    "an_archive_goes_after_its_days": lambda: PersonalArchive.objects.update(expires_at=NOW),
    "a_last_letter_leaves_no_address": lambda: Letter.objects.filter(kind=FAREWELL).update(sent_at=NOW, tries=1),
}
