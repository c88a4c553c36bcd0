"""Who may: short questions about a person and an organisation; no time and no status in them."""

from accreditation.models import Membership, Organisation
from forums.kept_statements import KeptStatement

SPEAKS = (Membership.Role.FOCAL_POINT, Membership.Role.ALTERNATE)
WRITES = (*SPEAKS, Membership.Role.DRAFTER)


def _acts(user, organisation, roles) -> bool:
    if not user.is_authenticated:
        return False
    asker, role = organisation.__dict__.get("role_read", (None, None))
    if asker == user.pk:
        return role in roles
    return organisation.memberships.standing().filter(user=user, role__in=roles).exists()


def remember_role(user, organisation, role):
    """Let this object answer for the role in which that person acts today (None: in none), which was read with it.

    For an object that lives as long as one request: its questions then ask the database no more.
    """
    organisation.role_read = (user.pk, role)


def belongs_to(user, organisation) -> bool:
    """A member in any role, today."""
    return _acts(user, organisation, Membership.Role.values)


def represents(user, organisation) -> bool:
    """Speaks for it: may send, withdraw and admit people."""
    return _acts(user, organisation, SPEAKS)


def writes_for(user, organisation) -> bool:
    """May write its drafts."""
    return _acts(user, organisation, WRITES)


def organisations_written_for(user):
    """The organisations whose drafts this person may write."""
    return _written_for(user.pk)


def _written_for(person):
    members = Membership.objects.standing().filter(user=person, role__in=WRITES)
    return Organisation.objects.filter(pk__in=members.values("organisation"))


WRITTEN_FOR = KeptStatement(lambda *, person: _written_for(person), prepared=True)


def list_written_for(user) -> list:
    """The same, read: for a page that shows them all."""
    return WRITTEN_FOR.rows(person=user.pk)


def may_admit(user, organisation) -> bool:
    """Answers requests to join."""
    return represents(user, organisation)


def may_make_tokens(user, organisation) -> bool:
    """Lets programs in: its focal point alone; whoever speaks for it sees the tokens and revokes them."""
    return _acts(user, organisation, (Membership.Role.FOCAL_POINT,))


def may_screen(user, organisation) -> bool:
    """Nobody screens the organisation they belong to."""
    return user.has_perm("accreditation.screen_accreditation") and not belongs_to(user, organisation)


def may_record(user, organisation) -> bool:
    """Nobody records an outcome for the organisation they belong to."""
    return user.has_perm("accreditation.record_outcome") and not belongs_to(user, organisation)


def may_merge(user, *organisations) -> bool:
    """Merges records and undoes it; nobody a record of an organisation they belong to."""
    mine = any(belongs_to(user, organisation) for organisation in organisations)
    return user.has_perm("accreditation.merge_organisation") and not mine


def may_hand_over(user, organisation) -> bool:
    """Hands an organisation over where nobody who could is left; nobody one they belong to."""
    return user.has_perm("accreditation.hand_over_organisation") and not belongs_to(user, organisation)


def may_settle_twins(user, *organisations) -> bool:
    """Says whether two records are one organisation; nobody about one they belong to."""
    mine = any(belongs_to(user, organisation) for organisation in organisations)
    return user.has_perm("accreditation.change_resemblance") and not mine


def may_read_evidence(user, organisation) -> bool:
    """Opens the private files of an application at the desk; nobody those of the organisation they belong to."""
    return user.has_perm("accreditation.read_evidence") and not belongs_to(user, organisation)


def may_correct_registration(user, organisation) -> bool:
    """Cancels registrations at the desk and reads access needs; nobody those of the organisation they belong to."""
    return user.has_perm("accreditation.register_persons") and not belongs_to(user, organisation)


def may_choose_speaker(user, organisation) -> bool:
    """Nobody chooses a speaker of the organisation they belong to."""
    return user.has_perm("accreditation.choose_speakers") and not belongs_to(user, organisation)


def may_decide_support(user, organisation) -> bool:
    """Nobody records a decision on support for the organisation they belong to."""
    return user.has_perm("accreditation.decide_support") and not belongs_to(user, organisation)
