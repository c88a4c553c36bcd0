"""Rules of who takes part: names and records, registers, applications, non-objection lists, persons, speakers, erasure."""

from datetime import timedelta

from django.conf import settings
from django.db.models import Count, Exists, F, Max, Min, OuterRef, Q, Subquery
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
    Objection,
    Organisation,
    OrganisationName,
    RegisterEntry,
    RegisterName,
    Registration,
    SpeakerRelease,
    SpeakingRequest,
    SpeakingRequestStep,
    SupportRequest,
    SupportRequestStep,
)
from imrf_portal.invariants import paths

STEPS = (NonObjectionListStep, SpeakingRequestStep, SupportRequestStep)


# Records and registers -----------------------------------------------------------------------------------------------


def an_organisation_is_found_by_its_name():
    """Every organisation's official name stands among the names that are searched."""
    main = OrganisationName.objects.filter(organisation=OuterRef("pk"), use="main", name=OuterRef("name"))
    return Organisation.objects.exclude(Exists(main)).values_list("slug", flat=True)


def an_entry_of_a_register_is_found_by_its_name():
    """Every entry's name stands among the names that are matched."""
    main = RegisterName.objects.filter(entry=OuterRef("pk"), use="main", name=OuterRef("name"))
    return RegisterEntry.objects.exclude(Exists(main)).values_list("pk", flat=True)


def a_merged_record_leads_to_a_living_one_and_holds_nothing():
    """What was merged into another record leads to one that lives, and nobody acts for it and nothing stands in its name."""
    gone = Organisation.objects.filter(merged_into__isnull=False)
    acting = Membership.objects.standing().filter(organisation=OuterRef("pk"))
    held = Accreditation.objects.live().order_by().filter(organisation=OuterRef("pk"))
    wrong = Q(merged_into__merged_into__isnull=False) | Q(Exists(acting)) | Q(Exists(held))
    return gone.filter(wrong).values_list("slug", flat=True)


def an_invitation_ends_in_one_way():
    """An invitation is used, or taken back, or neither; whoever used it did so before it ran out."""
    wrong = Q(used_at__isnull=False, taken_back_at__isnull=False) | Q(used_at__gt=F("expires_at"))
    return Invitation.objects.filter(wrong).values_list("pk", flat=True)


# Applications --------------------------------------------------------------------------------------------------------


def an_open_question_is_asked_of_who_can_answer():
    """More information is asked for exactly while an application waits for it."""
    open_ones = Enquiry.objects.filter(answered_at__isnull=True, accreditation=OuterRef("pk"))
    unasked = Accreditation.objects.exclude(status__in=["more_asked", "withdrawn", "expired"]).filter(Exists(open_ones))
    return unasked.values_list("pk", flat=True)


def private_files_are_gone_in_time():
    """No bytes of evidence are kept longer than the days set after the decision, and two days for the sweep."""
    until = now() - timedelta(days=settings.EVIDENCE_KEPT_DAYS + 2)
    decided = ("recognised", "accredited", "not_accredited", "withdrawn", "expired")
    steps = AccreditationStep.objects.filter(accreditation=OuterRef("accreditation"))
    fresh = steps.filter(at__gt=until)
    kept = EvidenceFile.objects.filter(
        erased_at__isnull=True, purpose="evidence", accreditation__status__in=decided, added_at__lt=until
    )
    return kept.exclude(file="").exclude(Exists(fresh)).values_list("pk", flat=True)


def what_is_put_to_member_states_is_on_a_circulated_list():
    """Every application put to Member States is a line of a list that was circulated."""
    lines = ListLine.objects.filter(accreditation=OuterRef("pk"), struck_at__isnull=True).exclude(list__status="preparing")
    return Accreditation.objects.filter(status="put_forward").exclude(Exists(lines)).values_list("pk", flat=True)


def a_letter_of_accreditation_is_of_a_standing():
    """A letter that can be checked was made only where a standing was recognised or granted."""
    held = AccreditationStep.objects.filter(accreditation=OuterRef("accreditation"), became__in=Accreditation.STANDING)
    return LetterOfAccreditation.objects.exclude(Exists(held)).values_list("code", flat=True)


# Non-objection lists -------------------------------------------------------------------------------------------------


def a_frozen_list_is_numbered_without_gaps():
    """The lines of a frozen list are numbered from one on without gaps, and the list has a number."""
    frozen = NonObjectionList.objects.filter(frozen_at__isnull=False)
    numbered = frozen.annotate(count=Count("lines"), least=Min("lines__position"), most=Max("lines__position"))
    wrong = Q(number__isnull=True) | (Q(count__gt=0) & (~Q(least=1) | ~Q(most=F("count")) | Q(most__isnull=True)))
    return numbered.filter(wrong).values_list("pk", flat=True)


def a_closed_list_says_what_became_of_each_line():
    """Every line of a list whose outcome is recorded has an outcome or was taken off, and its application says the same."""
    closed = ListLine.objects.filter(list__status="outcome_recorded", struck_at__isnull=True)
    silent = Q(outcome="")
    told = AccreditationStep.objects.filter(accreditation=OuterRef("accreditation"), became=OuterRef("outcome"))
    return closed.filter(silent | ~Exists(told)).values_list("pk", flat=True)


def objections_are_to_lines_of_circulated_lists():
    """Nothing was objected to before it was circulated."""
    return Objection.objects.filter(line__list__status="preparing").values_list("pk", flat=True)


# Persons, speakers, support ------------------------------------------------------------------------------------------


def nobody_is_registered_by_a_claim_alone():
    """Persons are registered only by organisations whose standing was recognised or granted once."""
    held = AccreditationStep.objects.filter(accreditation=OuterRef("accreditation"), became__in=Accreditation.STANDING)
    return Registration.objects.exclude(Exists(held)).values_list("pk", flat=True)


def everybody_who_asked_to_speak_is_answered():
    """After the choice of a session was released, no wish that was there before it waits for an answer."""
    releases = SpeakerRelease.objects.filter(session=OuterRef("session"), at__gt=OuterRef("requested_at")).order_by("-at")
    waiting = SpeakingRequest.objects.filter(status="requested").annotate(last=Subquery(releases.values("at")[:1]))
    again = SpeakingRequestStep.objects.filter(request=OuterRef("pk"), became="requested", at__gte=OuterRef("last"))
    return waiting.filter(last__isnull=False).exclude(Exists(again)).values_list("pk", flat=True)


def support_names_who_decided():
    """A decision on support has its date and who took it."""
    decided = SupportRequest.objects.filter(status__in=["granted", "not_granted"])
    return decided.filter(Q(decided_on__isnull=True) | Q(decided_by="")).values_list("pk", flat=True)


def lists_and_requests_are_where_their_steps_ended():
    """The status of every non-objection list and request is what its last step became."""
    return [key for step in STEPS for key in paths.status_differs_from_steps(step)]


def steps_of_lists_and_requests_follow_each_other():
    """Every step of a non-objection list or request begins where the one before it ended."""
    return [key for step in STEPS for key in paths.broken_chains(step)]


def lists_and_requests_move_by_the_table():
    """Every step of a non-objection list or request is one that its table of moves allows."""
    return [key for step in STEPS for key in paths.moves_outside_the_table(step)]


RULES = [
    an_organisation_is_found_by_its_name,
    an_entry_of_a_register_is_found_by_its_name,
    a_merged_record_leads_to_a_living_one_and_holds_nothing,
    an_invitation_ends_in_one_way,
    an_open_question_is_asked_of_who_can_answer,
    private_files_are_gone_in_time,
    what_is_put_to_member_states_is_on_a_circulated_list,
    a_letter_of_accreditation_is_of_a_standing,
    a_frozen_list_is_numbered_without_gaps,
    a_closed_list_says_what_became_of_each_line,
    objections_are_to_lines_of_circulated_lists,
    nobody_is_registered_by_a_claim_alone,
    everybody_who_asked_to_speak_is_answered,
    support_names_who_decided,
    lists_and_requests_are_where_their_steps_ended,
    steps_of_lists_and_requests_follow_each_other,
    lists_and_requests_move_by_the_table,
]
