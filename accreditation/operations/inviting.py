"""A focal point invites by mail: a link in a letter lets its reader join once, in that role, until a day."""

import secrets
from datetime import timedelta
from hashlib import sha256

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models.functions import Lower
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accreditation.models import Invitation, Membership, User
from accreditation.operations.living import hold_living
from forums.operations import write
from forums.refusals import Refused

MOST_OPEN = 50  # of one organisation
MOST_A_DAY = 5  # letters to one address, whoever invites


def fingerprint(word: str) -> str:
    """What is kept of the word in a link."""
    return sha256(word.encode()).hexdigest()


def invite(organisation, *, email, role, by, at):
    """Write to this address with a link that lets its reader join; returns the invitation.

    Whether the address has an account is neither asked nor told. An open invitation of the same address is taken back,
    so that only the newest link works.
    """
    email = email.strip().lower()
    if organisation.memberships.standing().filter(user__email__iexact=email).exists():
        raise Refused(_("This person acts for the organisation already. Change the role in the list of people."))
    if organisation.invitations.open(at).exclude(email=email).count() >= MOST_OPEN:
        raise Refused(_("Many invitations are open. Take some back, or wait until they are answered."))
    if Invitation.objects.filter(email=email, at__gt=at - timedelta(days=1)).count() >= MOST_A_DAY:
        raise Refused(_("This address got several invitations today. Try again tomorrow."))
    word = secrets.token_urlsafe(32)
    try:
        with transaction.atomic():
            organisation = hold_living(organisation)
            organisation.invitations.filter(email=email, used_at=None, taken_back_at=None).update(taken_back_at=at)
            invitation = organisation.invitations.create(
                email=email,
                role=role,
                fingerprint=fingerprint(word),
                by=by,
                at=at,
                expires_at=at + timedelta(days=settings.INVITATIONS_HOLD_DAYS),
            )
            _tell(invitation, word, at)
            return invitation
    except IntegrityError as why:
        raise Refused(_("This address was invited at this very moment. Open the page again.")) from why


def _tell(invitation, word, at):
    known = User.objects.filter(email__iexact=invitation.email).values_list("language", flat=True).first()
    write(
        "accreditation/invited",
        to=invitation.email,
        language=known or get_language() or settings.LANGUAGE_CODE,
        about={
            "invitation": invitation,
            "organisation": invitation.organisation,
            "word": word,
            "inviter": str(invitation.by),
        },
        key=f"invited:{invitation.pk}",
        private=True,
        at=at,
    )


def take_back_invitation(invitation, *, by, at):
    """Its link works no longer."""
    if not Invitation.objects.filter(pk=invitation.pk, used_at=None, taken_back_at=None).update(taken_back_at=at):
        raise Refused(_("It was used or taken back already."))


def invitation_of(word):
    """The invitation of a link, or None."""
    found = Invitation.objects.filter(fingerprint=fingerprint(word))
    return found.select_related("organisation", "organisation__merged_into", "by").first()


def invitations_for(user):
    """Invitations sent to an address of this person that was shown to be theirs, whatever became of them."""
    own = EmailAddress.objects.filter(user=user, verified=True).annotate(plain=Lower("email"))
    return Invitation.objects.annotate(plain=Lower("email")).filter(plain__in=own.values("plain"))


def why_not(invitation, *, user, at):
    """Why this person cannot accept it now, as a sentence; an empty string where they can."""
    if invitation.used_at:
        return _("This invitation was used already. If it was not you, tell the organisation.")
    if invitation.taken_back_at:
        return _("This invitation was taken back. Ask the organisation for a new one.")
    if invitation.expires_at <= at:
        return _("This invitation has run out. Ask the organisation for a new one.")
    if not EmailAddress.objects.filter(user=user, verified=True, email__iexact=invitation.email).exists():
        return _(
            "This invitation was sent to another address than yours. Sign in with the account of that address, or ask for "
            "an invitation to the address of this account."
        )
    return ""


def accept(invitation, *, by, at):
    """Join the organisation in the role of the invitation, once; tell those who speak for it."""
    with transaction.atomic():
        held = Invitation.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=invitation.pk)
        if why := why_not(held, user=by, at=at):
            raise Refused(why)
        organisation = hold_living(held.organisation)
        membership, _new = Membership.objects.get_or_create(
            organisation=organisation, user=by, until=None, defaults={"role": held.role, "asked_at": at, "since": at}
        )
        if membership.since is None:  # they had asked to join as well
            Membership.objects.filter(pk=membership.pk).update(since=at, role=held.role)
        held.used_at, held.used_by = at, by
        held.save(update_fields=["used_at", "used_by"])
        return membership
