"""What the lead of a joint input does: ask bodies, name others, take them out."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from accreditation.models import Membership, Organisation, OrganisationName
from accreditation.names import fold
from accreditation.permissions import SPEAKS
from forums.refusals import Refused
from submissions.models import Act, CoSponsor
from submissions.operations.joining.ending import Ended, end
from submissions.operations.joining.text import held_row, held_writable

Answer = CoSponsor.Answer
MOST = 200
A_CORRECTION_IN_HAND = {"act": Act.CORRECTION, "draft__isnull": False}


@transaction.atomic
def ask(submission, organisation, *, by, at):
    """Ask an organisation that everybody may know of; its letter goes out with the step. Asking again is possible after
    it was taken out, dropped or left, and after it declined."""
    holder = held_writable(submission)
    _ask_whether_another(holder, organisation)
    return _asked(holder, name=organisation.name, organisation=organisation, by=by, at=at)


@transaction.atomic
def ask_by_name(submission, words, *, by, at):
    """Ask whoever has exactly this name, or the organisation for which exactly this address speaks; else nobody.

    What the lead sees is the same in both cases, so that it learns of no organisation that is not public.
    """
    holder = held_writable(submission)
    words = " ".join(words.split())[:250]
    if not fold(words):
        raise Refused(_("Write the name of the organisation, or the e-mail address of its focal point."))
    organisation = _known_by(words)
    _ask_whether_another(holder, organisation, words)
    if organisation and holder.co_sponsors.filter(organisation=organisation).exclude(folded=fold(words)).exists():
        organisation = None  # it stands there under its public name: that it is the same one is nobody's business
    return _asked(holder, name=words, organisation=organisation, by=by, at=at)


@transaction.atomic
def name_on_behalf(submission, name, *, address="", by, at):
    """Name a body on whose behalf the input is sent as well. It is not asked: the lead answers for that."""
    holder = held_writable(submission)
    name = " ".join(name.split())[:250]
    if not fold(name):
        raise Refused(_("Write the name of the body."))
    _ask_whether_another(holder, None, name)
    if holder.co_sponsors.filter(folded=fold(name)[:400], on_behalf=False).exists():
        raise Refused(_("“%(name)s” was asked itself, so only it can say that it stands under the input.") % {"name": name})
    return _asked(holder, name=name, organisation=None, by=by, at=at, on_behalf=True, address=address.strip()[:300])


@transaction.atomic
def take_out(row, *, by, at):
    """Take a body off the list before the input is sent; whoever was asked is told.

    Where a correction of what is public is written, a body that agreed stays under it until the correction is approved:
    the public page names it until then, and a refusal leaves everything as it is (decision 0031).
    """
    holder = held_writable(row.submission)
    row = held_row(row)
    if row.answer == Answer.AGREED and (correction := holder.proposals.filter(**A_CORRECTION_IN_HAND).first()):
        row.leaves_with = correction
        row.save(update_fields=["leaves_with"])
        return
    if row.on_behalf or row.organisation_id is None:
        row.delete()  # nobody was asked, nobody is told
        return
    end(row, Ended.TAKEN_OUT, by=by, at=at)


def _asked(holder, *, name, organisation, by, at, on_behalf=False, **fields):
    known = holder.co_sponsors.select_for_update()
    row = known.filter(organisation=organisation).first() if organisation else known.filter(folded=fold(name)).first()
    if row and row.leaves_with_id and not row.ended:
        row.leaves_with = None  # the lead thought better of it
        row.save(update_fields=["leaves_with"])
        return row
    if row and not row.ended and (row.answer != Answer.DECLINED or row.on_behalf != on_behalf):
        raise Refused(_("“%(name)s” stands in the list already.") % {"name": name})
    fresh = {"name": name, "folded": fold(name)[:400], "invited_by": by, "invited_at": at, "on_behalf": on_behalf}
    blank = {"answer": "", "answered_by": None, "answered_at": None, "agreed_text": None, "agreed_mark": ""}
    blank |= {"agreed_edition": None, "told_mark": "", "told_at": None, "ended": "", "ended_by": None, "ended_at": None}
    if row is None and holder.co_sponsors.count() >= MOST:
        raise Refused(_("A joint input has at most %(most)d bodies under it.") % {"most": MOST})
    was = row.state("") if row else ""
    row = row or CoSponsor(submission=holder)
    for column, value in {**blank, **fields, **fresh, "organisation": organisation}.items():
        setattr(row, column, value)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as why:
        raise Refused(_("“%(name)s” stands in the list already.") % {"name": name}) from why
    if not on_behalf:
        row.steps.create(was=was, became=CoSponsor.State.INVITED, by=by, at=at)
    return row


def _known_by(words):
    """The one living organisation with this name, or for which this address speaks."""
    if "@" in words:
        speaks = Membership.objects.standing().filter(role__in=SPEAKS, user__email__iexact=words, user__is_active=True)
        found = Organisation.objects.living().filter(pk__in=speaks.values("organisation"))
    else:
        named = OrganisationName.objects.filter(folded=fold(words))
        found = Organisation.objects.living().filter(pk__in=named.values("organisation"))
    found = list(found[:2])
    return found[0] if len(found) == 1 else None


def _ask_whether_another(holder, organisation, words=""):
    own = {fold(name) for name in holder.organisation.names.values_list("name", flat=True)}
    if (organisation and organisation.pk == holder.organisation_id) or fold(words) in own:
        raise Refused(_("This is the organisation that leads the input. It stands first without being asked."))
