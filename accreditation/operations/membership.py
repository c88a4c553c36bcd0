"""How people come to act for an organisation: they found its record, or ask and are admitted by a focal point."""

import uuid

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from accreditation.models import FormerAddress, Membership, Organisation
from accreditation.notifications import people_of
from accreditation.operations.living import hold_living
from accreditation.operations.twins import note_twins
from forums.operations import write
from forums.refusals import Refused

MOST_REQUESTS = 10  # unanswered ones of one person; each writes to people who never asked for it


def free_slug(name, acronym="") -> str:
    """An address that nobody has: from the acronym or the name; a random one where neither has Latin letters."""
    base = slugify(acronym) or slugify(name)[:60] or f"organisation-{uuid.uuid4().hex[:8]}"
    taken = Organisation.objects.filter(slug=base).exists() or FormerAddress.objects.filter(slug=base).exists()
    if base in ("new", "join") or taken:
        base = f"{base}-{uuid.uuid4().hex[:6]}"
    return base


def found(*, by, at, form_key=None, **fields):
    """Create the record of an organisation with this person as its first focal point; pressing twice creates one.

    Where its name is like that of another record, the pair waits at the desk.
    """
    if form_key and (made := Organisation.objects.filter(form_key=form_key, made_by=by).first()):
        return made
    most = settings.MOST_ORGANISATIONS_PER_PERSON
    if Organisation.objects.filter(made_by=by).count() >= most:
        raise Refused(
            _(
                "You have created %(most)d organisations, and one person can create no more. Look whether yours is here "
                "already and ask to join it, or write to %(contact)s."
            )
            % {"most": most, "contact": settings.CONTACT_EMAIL}
        )
    try:
        with transaction.atomic():
            organisation = Organisation.objects.create(
                slug=free_slug(fields["name"], fields.get("acronym", "")),
                made_by=by,
                made_at=at,
                form_key=form_key,
                **fields,
            )
            organisation.memberships.create(user=by, role=Membership.Role.FOCAL_POINT, asked_at=at, since=at)
            note_twins(organisation, at=at)
            return organisation
    except IntegrityError as why:
        if form_key and (made := Organisation.objects.filter(form_key=form_key, made_by=by).first()):
            return made
        raise Refused(_("An organisation of this name was created at this very moment. Look for it, or try again.")) from why


@transaction.atomic
def ask_to_join(organisation, *, by, at, message=""):
    """Leave a request and write to those who answer it. Asking twice leaves one request and sends no second letter.

    Who asks to join a record that was merged asks to join the one that was kept.
    """
    organisation = hold_living(organisation)
    waiting = Membership.objects.asked().filter(user=by).exclude(organisation=organisation)
    if waiting.count() >= MOST_REQUESTS:
        raise Refused(_("You have asked many organisations already. Wait for their answers, or write to the desk."))
    membership, new = Membership.objects.get_or_create(
        organisation=organisation,
        user=by,
        until=None,
        defaults={"role": Membership.Role.DRAFTER, "asked_at": at, "message": message},
    )
    if not new and membership.since is not None:
        raise Refused(_("You already act for this organisation. Open it from your page."))
    if new:
        _tell_of_request(membership, at)
    return membership


def _tell_of_request(membership, at):
    """Where nobody speaks for the organisation any more, the desk is told."""
    answering = [(person.email, person.language) for person in people_of(membership.organisation)]
    for address, language in answering or [(settings.CONTACT_EMAIL, settings.LANGUAGE_CODE)]:
        write(
            "accreditation/join_asked",
            to=address,
            language=language,
            about={"membership": membership, "organisation": membership.organisation, "desk": not answering},
            key=f"join-asked:{membership.pk}:{address}",
            at=at,
        )


@transaction.atomic
def admit(membership, *, role, by, at):
    """Let a person who asked act for the organisation in that role, and write to them."""
    if not Membership.objects.asked().filter(pk=membership.pk).update(since=at, role=role):
        raise Refused(_("This request has already been answered. Open the page again to see how."))
    membership.refresh_from_db()
    _tell_the_answer("accreditation/join_admitted", membership, at)
    return membership


@transaction.atomic
def turn_down(membership, *, by, at):
    """Answer a request with no, and write to the person; they may ask again."""
    answered = {"until": at, "ended": Membership.Ended.TURNED_DOWN, "ended_by": by}
    if not Membership.objects.asked().filter(pk=membership.pk).update(**answered):
        raise Refused(_("This request has already been answered. Open the page again to see how."))
    membership.refresh_from_db()
    _tell_the_answer("accreditation/join_turned_down", membership, at)
    return membership


def take_back_request(membership, *, by, at):
    """Stop asking to join: it was the wrong organisation, or is not wanted any more. Nobody is written to."""
    ended = {"until": at, "ended": Membership.Ended.TAKEN_BACK, "ended_by": by}
    if not Membership.objects.asked().filter(pk=membership.pk, user=by).update(**ended):
        raise Refused(_("This request has already been answered. Your page says how."))
    membership.refresh_from_db()
    return membership


def _tell_the_answer(template, membership, at):
    write(
        template,
        to=membership.user.email,
        language=membership.user.language,
        about={"membership": membership, "organisation": membership.organisation, "person": membership.user},
        key=f"{template.replace('/', '-')}:{membership.pk}",
        at=at,
    )
