"""Sending: the verdict on time is PostgreSQL's, inside the transaction that writes everything the receipt promises."""

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from forums.clock import database_now
from forums.lateness import closing_in_words
from forums.models import Call
from forums.refusals import Closed, Refused
from forums.windows import Phase
from submissions import words
from submissions.models import Act, Extract, Proposal, Submission, Version
from submissions.operations import amending, joining, proposing
from submissions.operations.extracting import REFUSED
from submissions.operations.held import look_behind
from submissions.operations.receiving import hold, keep_version, receive
from submissions.operations.reopened import only_opened
from submissions.questions.asking import form_of
from submissions.questions.lacking import any_written, lacking

Status = Submission.Status
NOT_UNDER_WAY = (Status.DRAFT, Status.WITHDRAWN, Status.NOT_ADMISSIBLE)


@transaction.atomic
def submit(submission, *, by, at=None, sponsors_seen=None):
    """Send a draft (or the answer to a clarification) in; returns its Version, which is the receipt.

    `at` is for tests only; otherwise PostgreSQL's clock at the first statement, before it waits for anything, decides
    whether the call is open and is the time on the receipt. Raises Closed when it is not, Refused when something required
    is missing. Sending again what was sent returns the same Version. Letters follow from the step. `sponsors_seen` is the
    list of co-sponsors that the page showed (joining.list_mark): refused when it is another by now.
    """
    if submission.amends_id:
        return _submit_amendment(submission, by=by, at=at or database_now(), sponsors_seen=sponsors_seen)
    submission = hold(submission.pk)
    at = at or submission.arrived_at
    if not submission.is_writable:
        return _sent_already(submission)
    answering = submission.status == Status.CLARIFICATION_ASKED
    if not answering:  # who was asked back may answer after the closing
        _ask_the_window(submission.call, at)
    held = look_behind(submission)
    chosen, files = held.chosen, held.files_of(submission)
    _ask_whether_complete(submission, chosen, files)
    _ask_the_standing(submission)
    call = submission.call
    there = held.has_co_sponsors
    joint = joining.settle(submission, call, submission, chosen, files, by=by, at=at, seen=sponsors_seen, there=there)
    ask_whether_the_only_one(submission, joint)
    note = (submission.typed_answer or "") if answering else ""
    return receive(submission, by=by, at=at, chosen=chosen, files=files, more=joint, note=note, held=held)


def _submit_amendment(draft, *, by, at, sponsors_seen):
    """Send a change to what was sent, as what it is: a revision, a correction, or an addition."""
    sent = hold(draft.amends_id)  # the same order for everybody: what was sent, then the change
    draft = Submission.objects.select_for_update(of=("self",)).filter(pk=draft.pk).first() or draft
    if version := amending.sent_from(draft.pk):
        return version
    draft.call = sent.call
    proposal = Proposal.objects.select_for_update().filter(draft=draft.pk).first()
    late = _ask_what_is_proposed(sent, proposal, at) if proposal else _ask_whether_open(sent, at)
    chosen, files = draft.chosen(), list(draft.attachments.kept())
    _ask_whether_complete(draft, chosen, files)
    _ask_the_standing(sent)
    if proposal and not proposal.is_correction:
        return _propose(draft, sent, proposal, by=by, at=at, chosen=chosen, files=files, late=late)
    waits = {"wait": True} if proposal else {}  # what is public drops nobody because of a correction
    joint = joining.settle(sent, sent.call, draft, chosen, files, by=by, at=at, seen=sponsors_seen, **waits)
    amending.ask_whether_changed(draft, sent, chosen, files, joint)
    if proposal:
        return _propose(draft, sent, proposal, by=by, at=at, chosen=chosen, files=files, late=late, more=joint)
    ask_whether_the_only_one(sent, joint)
    key = draft.pk
    sent = amending.put_in_place(draft, sent, chosen=chosen, at=at)
    return receive(sent, by=by, at=at, chosen=chosen, files=files, more=joint, sent_from=key)


def _ask_whether_open(sent, at):
    _ask_the_window(sent.call, at)
    amending.ask_whether_amendable(sent)
    return False


def _ask_what_is_proposed(sent, proposal, at) -> bool:
    """Whether it is late; Refused where this input cannot be corrected or added to now, Closed where nobody opened it."""
    if proposal.is_correction:
        proposing.ask_whether_correctable(sent)
        return False
    return proposing.ask_whether_open_for_additions(sent, at)


def _propose(draft, sent, proposal, *, by, at, chosen, files, late, more=None):
    """Keep what is proposed as a version beside the input, which stays as it is; the draft goes, its files move over."""
    if draft.publish_as != sent.publish_as:
        raise Refused(
            _(
                "What the public may see of this input cannot be changed together with its text. Choose here what you chose "
                "for the input, then send; on the page of the input you can ask that the public see less."
            )
        )
    act = Act(proposal.act)
    version = keep_version(
        sent, said=draft, act=act, by=by, at=at, chosen=chosen, files=files, sent_from=draft.pk, more=more
    )
    contact = draft.contact_email
    if proposal.is_correction and contact != sent.contact_email:  # never public, so it waits for nobody
        Submission.objects.filter(pk=sent.pk).update(contact_email=contact)
    proposal.move(Proposal.Status.PROPOSED, by=by, at=at, draft=None, version=version, late=late)
    draft.attachments.update(submission=sent, proposal=proposal)
    amending.hand_over_cowriting(draft, sent)
    draft.delete()
    return version


def _sent_already(submission):
    if submission.status == Status.SUBMITTED and (version := submission.standing_version()):
        return version
    raise Refused(_("This input was sent before. Open it to see where it stands."))


def _ask_the_window(call, at):
    phase = call.window.with_grace(settings.GRACE_SECONDS).phase(at)
    if phase is Phase.OPEN:
        return
    if phase is Phase.NOT_YET:
        raise Closed(_("“%(call)s” is not yet open. Your draft is kept; send it once the call opens.") % {"call": call})
    raise Closed(
        _(
            "“%(call)s” closed on %(instant)s, %(late)s before your input arrived, so it was not sent. "
            "Your draft is kept and can be downloaded. To ask for an extension write to %(contact)s."
        )
        % closing_in_words(call, at)
    )


def missing(submission, chosen=None, files=None) -> dict:
    """What an input still lacks before it can be sent: field -> sentence. Empty when it is complete.

    `chosen` (of Submission.chosen) and `files` (attachments kept) are looked up where the caller does not have them.
    """
    call, lacks = submission.call, {}
    chosen = submission.chosen() if chosen is None else chosen
    files = list(submission.attachments.kept()) if files is None else files
    for name, sentence in (
        ("title", _("Give the input a title.")),
        ("level", _("Choose the level.")),
        ("language", _("Choose the language of the text.")),
    ):
        if not getattr(submission, name):
            lacks[name] = sentence
    if submission.level and call.levels and submission.level not in call.levels:
        lacks["level"] = _("This call does not take inputs from this level. Choose another level.")
    if not chosen["objectives"]:
        lacks["objectives"] = _("Choose at least one objective.")
    elif len(chosen["objectives"]) > call.most_objectives:
        lacks["objectives"] = _("Choose at most %(most)d objectives (you chose %(chosen)d).") % {
            "most": call.most_objectives,
            "chosen": len(chosen["objectives"]),
        }
    if submission.level in ("local", "national") and not chosen["countries"]:
        lacks["countries"] = _("Choose the country or countries this input is about.")
    if submission.level == "regional" and not chosen["regions"]:
        lacks["regions"] = _("Choose the region or regions this input is about.")
    form = form_of(submission.form_version_id)
    if form is not None:
        lacks |= lacking(form, submission.answers, submission.language)
    return only_opened(submission, lacks | _lacking_text(submission, files, form))


def _lacking_text(submission, files, form):
    asked = form.text_asked if form else "required"
    if not submission.text and not files:
        if asked == "required":
            return {"text": _("Write the text, or add a file that holds it.")}
        if asked == "either" and not any_written(form, submission.answers):
            return {"text": _("Answer the questions, write the text, or add a file that holds it.")}
    count = words.count(submission.text, submission.language)
    if asked != "none" and count > submission.call.most_words:
        return {
            "text": _("The text has %(count)d words; this call takes at most %(most)d. Shorten it or move parts to a file.")
            % {"count": count, "most": submission.call.most_words}
        }
    if any(file.verdict == file.Verdict.INFECTED for file in files):
        return {"files": _("A file was refused by the virus scanner. Take it out, then send.")}
    held = [file.pk for file in files if file.is_held]
    if held and Extract.objects.filter(attachment__in=held, hazards__overlap=list(REFUSED)).exists():
        return {"files": _("A file needs a password or starts a program. Take it out and add it without, then send.")}
    return {}


def _ask_whether_complete(submission, chosen, files):
    if lacks := missing(submission, chosen, files):
        raise Refused(" ".join(str(sentence) for sentence in lacks.values()))


def _ask_the_standing(submission):
    """Whether the call admits this organisation; accreditation and input are two rights."""
    call = submission.call
    if call.audience == Call.Audience.ANYBODY:
        return
    standing = submission.organisation.standing(call.forum)
    if call.audience == Call.Audience.BASES and standing and standing.basis_id in call.bases:
        return
    if call.audience == Call.Audience.ACCREDITED and standing and standing.status in standing.STANDING:
        return
    raise Refused(
        _("“%(call)s” takes inputs from %(audience)s. Your draft is kept; write to %(contact)s if this is your case.")
        % {"call": call, "audience": call.get_audience_display(), "contact": settings.CONTACT_EMAIL}
    )


def ask_whether_the_only_one(submission, joint):
    """Whether the call takes a further input of this organisation: one of its own, and any number that it leads for others.

    Runs where the row of the call is held, so that two inputs sent at one moment come one after the other.
    """
    call = submission.call
    if not call.one_own_input or "co_sponsors" in joint:
        return
    led = Version.objects.filter(submission=OuterRef("pk"), content__has_key="co_sponsors")
    own = Submission.objects.filter(call=call, organisation=submission.organisation_id).exclude(pk=submission.pk)
    own = own.exclude(status__in=NOT_UNDER_WAY).exclude(Exists(led)).values_list("reference", flat=True).first()
    if own:
        raise Refused(
            _(
                "“%(call)s” takes one own input of each organisation, and %(reference)s is yours. Change that one, withdraw "
                "it, or send this one together with co-sponsors. Your draft is kept."
            )
            % {"call": call, "reference": own}
        )
