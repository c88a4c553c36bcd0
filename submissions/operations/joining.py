"""Joint inputs: the lead asks other bodies, each answers for itself; nobody's name stands under a text it did not agree to.

An agreement is to one text. When the lead changes the text it counts no longer, until its body agrees again or the text is
back as it was (decision 0026). Everything here holds the row of the input, as sending does, so an answer that arrives
while it is sent comes before the sending or after it, never beside it.
"""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from accreditation.models import Membership, Organisation, OrganisationName
from accreditation.names import fold
from accreditation.permissions import SPEAKS
from forums.refusals import Refused
from submissions.agreed_text import mark_of, text_of
from submissions.models import Act, CoSponsor, CoSponsorStep, Submission
from submissions.operations.publishing import show_co_sponsors_anew
from submissions.operations.reopened import ask_whether_opened

Answer, Ended = CoSponsor.Answer, CoSponsor.Ended
LEAVABLE = ("submitted", "under_review", "clarification_asked", "accepted")
MOST = 200
A_CORRECTION_IN_HAND = {"act": Act.CORRECTION, "draft__isnull": False}


def holder_of(submission):
    """The input under which the co-sponsors stand: what was sent, where this is the draft of a change to it."""
    return submission.amends or submission


def text_in_hand(holder):
    """The draft of a change where one was begun, else the input itself: what is sent next.

    An addition is the lead's alone: nobody else is asked about it, and nobody else's name stands under it.
    """
    return holder.amendments.exclude(proposal__act=Act.ADDITION).first() or holder


def mark_now(submission) -> str:
    """The mark of the text as it stands."""
    return mark_of(text_now(submission))


def text_now(submission) -> dict:
    return text_of(submission, submission.chosen(), list(submission.attachments.kept()))


# What the lead does ---------------------------------------------------------------------------------------------------


@transaction.atomic
def ask(submission, organisation, *, by, at):
    """Ask an organisation that everybody may know of; its letter goes out with the step. Asking again is possible after
    it was taken out, dropped or left, and after it declined."""
    holder = _held_writable(submission)
    _ask_whether_another(holder, organisation)
    return _asked(holder, name=organisation.name, organisation=organisation, by=by, at=at)


@transaction.atomic
def ask_by_name(submission, words, *, by, at):
    """Ask whoever has exactly this name, or the organisation for which exactly this address speaks; else nobody.

    What the lead sees is the same in both cases, so that it learns of no organisation that is not public.
    """
    holder = _held_writable(submission)
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
    holder = _held_writable(submission)
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
    holder = _held_writable(row.submission)
    row = _held_row(row)
    if row.answer == Answer.AGREED and (correction := holder.proposals.filter(**A_CORRECTION_IN_HAND).first()):
        row.leaves_with = correction
        row.save(update_fields=["leaves_with"])
        return
    if row.on_behalf or row.organisation_id is None:
        row.delete()  # nobody was asked, nobody is told
        return
    _end(row, Ended.TAKEN_OUT, by=by, at=at)


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


def _held_writable(submission):
    """The input under which co-sponsors stand, held, as long as its text can be changed."""
    holder = _held(holder_of(submission).pk)
    if not text_in_hand(holder).is_writable:
        raise Refused(_("This input was sent. Begin a change to it before you change its co-sponsors."))
    ask_whether_opened(holder, ["co_sponsors"])
    return holder


def _held(pk):
    held = Submission.objects.select_for_update(of=("self",), no_key=True)
    return held.select_related("call__forum", "organisation").get(pk=pk)


def _held_row(row):
    return CoSponsor.objects.select_for_update(of=("self",)).select_related("organisation", "submission").get(pk=row.pk)


# What a co-sponsor does ------------------------------------------------------------------------------------------------


@transaction.atomic
def agree(row, *, by, at, seen):
    """Lend the organisation's name to exactly this text; `seen` is the mark of the text that its page showed.

    Refused when the text is another by now, when it was sent already, or when the lead took the organisation out.
    """
    holder, row = _held(row.submission_id), _held_row(row)
    text = _text_that_is_asked_about(holder, row)
    content = text_now(text)
    if (mark := mark_of(content)) != seen:
        raise Refused(_("The text was changed while you read it. It is shown below as it stands now: read it again."))
    was = row.state(mark)
    row.answer, row.answered_by, row.answered_at = Answer.AGREED, by, at
    row.agreed_text, row.agreed_mark, row.agreed_edition = content, mark, text.edition
    row.save()
    if was != CoSponsor.State.AGREED:
        row.steps.create(was=was, became=CoSponsor.State.AGREED, by=by, at=at)
    return row


@transaction.atomic
def decline(row, *, by, at, reason=""):
    """Say no, or take an agreement back, before the input is sent; the lead is told."""
    holder, row = _held(row.submission_id), _held_row(row)
    text = _text_that_is_asked_about(holder, row)
    was = row.state(mark_now(text))
    row.answer, row.answered_by, row.answered_at = Answer.DECLINED, by, at
    row.agreed_text, row.agreed_mark, row.agreed_edition = None, "", None
    row.save()
    if was != CoSponsor.State.DECLINED:
        row.steps.create(was=was, became=CoSponsor.State.DECLINED, by=by, at=at, note=reason.strip()[:1000])
    return row


@transaction.atomic
def leave(row, *, by, at, reason=""):
    """Leave a joint input that was sent and is not public yet: the name is not shown; the lead and the desk are told."""
    holder, row = _held(row.submission_id), _held_row(row)
    if row.ended or row.answer != Answer.AGREED:
        raise Refused(_("Your organisation does not stand under this input."))
    if holder.status not in LEAVABLE:
        raise Refused(_("This input is public or no longer under way. Write to the desk: it takes your name off the page."))
    return _end(row, Ended.LEFT, by=by, at=at, note=reason.strip()[:1000])


@transaction.atomic
def take_off_by_desk(row, *, by, at):
    """Take a name off an input at the wish of its body, also from the public page; the lead and the desk are told."""
    holder, row = _held(row.submission_id), _held_row(row)
    if row.ended == Ended.LEFT or row.answer != Answer.AGREED or holder.status == Submission.Status.DRAFT:
        raise Refused(_("This body does not stand under an input that was sent."))
    row = _end(row, Ended.LEFT, by=by, at=at)
    show_co_sponsors_anew(holder, at=at)
    return row


def _text_that_is_asked_about(holder, row):
    """The text in hand, held; refused where nothing can be answered any more."""
    text = text_in_hand(holder)
    if text.pk != holder.pk:
        text = _held(text.pk)
    if row.ended or row.on_behalf or row.leaves_with_id:
        raise Refused(_("Your organisation is no longer asked about this input."))
    if not text.is_writable:
        raise Refused(_("This input was sent meanwhile. Open it to see under which names, and what you can do."))
    return text


def _end(row, ended, *, by, at, note=""):
    was = row.state(row.agreed_mark)
    row.ended, row.ended_by, row.ended_at = ended, by, at
    row.save(update_fields=["ended", "ended_by", "ended_at"])
    row.steps.create(was=was, became=ended, by=by, at=at, note=note)
    return row


def end_those_that_leave(correction, *, by, at):
    """The correction is approved: what its lead took out with it ends now, and is told."""
    for row in correction.leaving.standing().select_for_update(of=("self",)).order_by("pk"):
        _end(row, Ended.TAKEN_OUT, by=by, at=at)
    keep_those_that_were_to_leave(correction)


def keep_those_that_were_to_leave(correction):
    """The correction came to nothing, or has done its work: nobody leaves with it any more."""
    correction.leaving.update(leaves_with=None)


# Sending ----------------------------------------------------------------------------------------------------------------


def list_mark(rows, mark) -> str:
    """What the page before sending showed of the list: who stands there, and how each answered."""
    return ",".join(sorted(f"{row.pk}:{row.state(mark)}" for row in rows))


def settle(holder, call, text, chosen, files, *, by, at, seen=None, wait=False) -> dict:
    """Who stands under what is sent now, as a part of its content; the silent ones wait or are dropped as the call says.

    Runs inside the sending, which holds the input and the text. Raises Refused when `seen`, the list that the page
    showed, is another by now, or when the call lets an input wait for its co-sponsors and one is silent.
    """
    rows = list(holder.co_sponsors.standing().select_for_update(of=("self",)).select_related("organisation"))
    mark = mark_of(text_of(text, chosen, files)) if rows else ""
    if seen is not None and seen != list_mark(rows, mark):
        raise Refused(_("The list of co-sponsors changed after you opened this page. Check it once more, then send."))
    silent = silent_of(rows, mark)
    if silent and (wait or call.joint_rule == call.JointRule.WAIT):
        raise Refused(waits_for(silent))
    for row in silent:
        _end(row, Ended.DROPPED, by=None, at=at)
    return _content(rows, mark, silent)


def silent_of(rows, mark) -> list:
    """Bodies that were asked and have not answered about this text."""
    waiting = (CoSponsor.State.INVITED, CoSponsor.State.OTHER_TEXT)
    return [row for row in rows if row.state(mark) in waiting]


def waits_for(silent):
    names = ", ".join(row.public_name for row in silent)
    return _("Waits for: %(names)s. Each has to answer about the text as it stands, or you take it out.") % {"names": names}


def _content(rows, mark, silent) -> dict:
    agreed = [
        {
            "id": row.pk,
            "name": row.organisation.name,
            "language": row.organisation.name_language,
            "agreed_at": row.answered_at.isoformat(timespec="microseconds"),
            "agreed_to": row.agreed_mark,
        }
        for row in rows
        if row.state(mark) == CoSponsor.State.AGREED
    ]
    parts = {
        "co_sponsors": agreed,
        "also_on_behalf_of": [{"id": row.pk, "name": row.name} for row in rows if row.on_behalf],
        "dropped": [{"id": row.pk, "name": row.public_name} for row in silent],
    }
    return {name: part for name, part in parts.items() if part}


def steps_of(holder):
    return CoSponsorStep.objects.filter(co_sponsor__submission=holder).select_related("co_sponsor__organisation", "by")
