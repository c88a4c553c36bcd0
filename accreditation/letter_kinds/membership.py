"""Kinds of letters: invitations, roles, the end of a membership."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from accreditation.letter_kinds.samples import sample_organisation, sample_person
from accreditation.models import Invitation, Membership, Organisation, User
from forums.letter_kinds import ON
from forums.letters.kinds import PERSON, Kind, Placeholder, page, register

ORGANISATION = Placeholder("organisation", _("name of the organisation"), lambda about: about["organisation"].name)
OWN_PAGE = Placeholder(
    "address",
    _("page of the organisation for its own people"),
    lambda about: page(about, "accreditation:my_organisation", about["organisation"].slug),
)
MEMBERS = _("The person concerned and everybody else who speaks for the organisation")


def sample_invitation():
    organisation = sample_organisation()
    invitation = Invitation(
        organisation=organisation, email="nadia@example.org", role="drafter", at=ON, expires_at=ON + timedelta(days=14)
    )
    return {"invitation": invitation, "organisation": organisation, "word": "w" * 43, "inviter": "Amina Example"}


def sample_member():
    organisation, person = sample_organisation(), User(pk=1, email="nadia@example.org", name="Nadia Example")
    membership = Membership(pk=1, organisation=organisation, user=person, role=Membership.Role.ALTERNATE)
    return {"membership": membership, "organisation": organisation, "person": sample_person(), "who": str(person)}


def sample_merge():
    other = Organisation(slug="harbour-light-kenya", name="Harbour Lights")
    return {"organisation": sample_organisation(), "other": other, "person": sample_person()}


ROLE = Placeholder("role", _("role in the organisation"), lambda about: about["membership"].get_role_display())
MY_PAGE = Placeholder("address", _("the person's own page"), lambda about: page(about, "my"))
OTHER = Placeholder("other", _("name of the record that went into it"), lambda about: about["other"].name)
SPEAKERS_OF_BOTH = _("Everybody who speaks for one of the two records")
WHO = Placeholder("who", _("name of the person concerned"), lambda about: about["who"])

register(
    Kind(
        "accreditation/invited",
        _("Somebody is invited to act for an organisation"),
        _("The address that was invited"),
        (
            ORGANISATION,
            Placeholder("inviter", _("who invites"), lambda about: about["inviter"]),
            Placeholder("role", _("role in the organisation"), lambda about: about["invitation"].get_role_display()),
            Placeholder(
                "address",
                _("page of the invitation"),
                lambda about: page(about, "accreditation:invitation", about["word"]),
            ),
        ),
        sample_invitation,
    ),
    Kind(
        "accreditation/role_changed",
        _("A role changed"),
        MEMBERS,
        (PERSON, ORGANISATION, WHO, ROLE, OWN_PAGE),
        sample_member,
    ),
    Kind(
        "accreditation/membership_ended",
        _("A membership ended"),
        MEMBERS,
        (PERSON, ORGANISATION, WHO, MY_PAGE),
        sample_member,
    ),
    Kind(
        "accreditation/merged",
        _("Two records of an organisation were merged"),
        SPEAKERS_OF_BOTH,
        (PERSON, ORGANISATION, OTHER, MY_PAGE),
        sample_merge,
    ),
    Kind(
        "accreditation/merge_undone",
        _("A merge of two records was undone"),
        SPEAKERS_OF_BOTH,
        (PERSON, ORGANISATION, OTHER, MY_PAGE),
        sample_merge,
    ),
)
