"""Rules of the first floor: memberships, standings, steps of accreditations."""

from django.db.models import Exists, F, OuterRef, Q
from django.utils.timezone import now

from accreditation.models import Accreditation, AccreditationStep, Membership, Organisation, User
from accreditation.permissions import SPEAKS
from imrf_portal.invariants import paths


def a_membership_runs_forward():
    """Nobody is admitted before they asked, or leaves before they were admitted, or joins in the future."""
    wrong = Q(since__lt=F("asked_at")) | Q(until__lt=F("since")) | Q(until__lt=F("asked_at")) | Q(since__gt=now())
    return Membership.objects.filter(wrong).values_list("pk", flat=True)


def an_organisation_with_people_has_one_who_speaks():
    """Where people act for an organisation, at least one of them may speak for it."""
    acting = Membership.objects.standing().filter(organisation=OuterRef("pk"))
    silent = Organisation.objects.filter(Exists(acting)).exclude(Exists(acting.filter(role__in=SPEAKS)))
    return silent.values_list("slug", flat=True)


def a_standing_names_who_decided():
    """A standing that was recognised or granted has a date, who decided, and the evidence."""
    bare = Q(decided_on__isnull=True) | Q(decided_by="") | Q(evidence="")
    return Accreditation.objects.standing().filter(bare).values_list("pk", flat=True)


def member_states_are_asked_where_the_basis_says_so():
    """What Member States decide was never recognised by the desk, and what is held already never put to them."""
    recognised = Q(basis__non_objection=True, status="recognised")
    asked = Q(basis__non_objection=False, status__in=["put_forward", "accredited"])
    return Accreditation.objects.filter(recognised | asked).values_list("pk", flat=True)


def accreditations_are_where_their_steps_ended():
    """The status of every accreditation is what its last step became."""
    return paths.status_differs_from_steps(AccreditationStep)


def steps_of_accreditations_follow_each_other():
    """Every step of an accreditation begins where the one before it ended."""
    return paths.broken_chains(AccreditationStep)


def accreditations_move_by_the_table():
    """Every step of an accreditation is one that the table of moves allows."""
    return paths.moves_outside_the_table(AccreditationStep)


def letters_of_accreditations_tell_of_a_step():
    """No letter tells of a step of an accreditation that is not there."""
    return paths.letters_without_a_step(AccreditationStep, "accreditation-step")


def only_staff_hold_desk_roles():
    """Nobody outside the staff is in a group of the desk, and a superuser is on the staff."""
    outside = User.objects.filter(is_staff=False).filter(Q(groups__isnull=False) | Q(is_superuser=True))
    return outside.distinct().values_list("pk", flat=True)


RULES = [
    a_membership_runs_forward,
    an_organisation_with_people_has_one_who_speaks,
    a_standing_names_who_decided,
    member_states_are_asked_where_the_basis_says_so,
    accreditations_are_where_their_steps_ended,
    steps_of_accreditations_follow_each_other,
    accreditations_move_by_the_table,
    letters_of_accreditations_tell_of_a_step,
    only_staff_hold_desk_roles,
]
