"""What the desk decides about corrections and additions: approved they become public, refused they stay what they were."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accreditation.notifications import people_of
from forums.operations import write
from forums.refusals import Refused
from submissions import publication
from submissions.models import FormerlyPublished, LateOpening, Proposal, PublishedInput
from submissions.operations import joining
from submissions.operations.drafting import FORM, LISTS
from submissions.operations.proposing import ADDABLE, ask_whether_correctable
from submissions.operations.publishing import ask_about_files, show_additions_anew, vector_shown
from submissions.operations.receiving import hold

Status = Proposal.Status
WORDS = ("title", "summary", "text", "language", "level")


@transaction.atomic
def approve(proposal, *, by, at, hide_former=False, files_may_follow=False):
    """Show a correction in place of what was public, or an addition beside it.

    The corrected version keeps an address of its own, unless `hide_former` (it says what nobody should read any more).
    Refused where the input is not public, and as publishing is where a file is not free.
    """
    sent = hold(proposal.submission_id)
    _ask_whether_it_stands(sent, proposal)
    ask_about_files(sent, proposal.version, files_may_follow)
    step = proposal.move(Status.APPROVED, by=by, at=at)
    if proposal.is_correction:
        joining.end_those_that_leave(proposal, by=proposal.asked_by, at=at)
        _say_what_is_corrected(sent, proposal, at)
        _show_correction(sent, proposal.version, at=at, hide_former=hide_former)
    else:
        show_additions_anew(sent, at=at)
    return step


@transaction.atomic
def refuse(proposal, *, by, at, reason):
    """Leave what is public as it is, also who stands under it; the reason goes to the author."""
    if not reason.strip():
        raise Refused(_("Give the reason: the author will read it."))
    step = proposal.move(Status.REFUSED, by=by, at=at, note=reason.strip(), only_from=(Status.PROPOSED,))
    joining.keep_those_that_were_to_leave(proposal)
    return step


@transaction.atomic
def stop_showing(proposal, *, by, at, reason):
    """Take an addition off the public page and out of the search; the reason goes to the author."""
    if proposal.is_correction:
        raise Refused(_("A correction is undone by another correction, or by taking the input down."))
    if not reason.strip():
        raise Refused(_("Give the reason: the author will read it."))
    hold(proposal.submission_id)  # whoever redacts holds it too, so the words for the search are those that are shown
    step = proposal.move(Status.REFUSED, by=by, at=at, note=reason.strip(), only_from=(Status.APPROVED,))
    show_additions_anew(proposal.submission_id, at=at)
    return step


@transaction.atomic
def open_late(submission, *, by, at, closes_at, reason):
    """Let an input be added to after its call has closed, until that instant; its people are written to."""
    sent = hold(submission.pk)
    ask_late(sent, closes_at=closes_at, reason=reason, at=at)
    opening = LateOpening.objects.create(submission=sent, by=by, at=at, closes_at=closes_at, reason=reason.strip())
    about = {"submission": sent, "opening": opening, "forum": sent.call.forum}
    for person in people_of(sent.organisation):
        write(
            "submissions/addition_opened",
            to=person.email,
            language=person.language,
            about={**about, "person": person},
            key=f"late-opening:{opening.pk}:{person.pk}",
            forum=sent.call.forum,
            at=at,
        )
    return opening


def ask_late(sent, *, closes_at, reason, at):
    """Raise Refused if the input cannot be opened so; stores nothing."""
    if sent.status not in ADDABLE or sent.recorded_by_desk:
        raise Refused(_("Nothing can be added to this input at its status."))
    if not reason.strip():
        raise Refused(_("Give the reason: it stays in the record, and the author reads it."))
    if closes_at <= at:
        raise Refused(_("Choose a day that is still to come."))


def _ask_whether_it_stands(sent, proposal):
    if proposal.is_correction:
        ask_whether_correctable(sent)
    elif sent.status not in ADDABLE:
        raise Refused(_("The input is “%(status)s” now, so nothing is added to it.") % {"status": sent.get_status_display()})


def _say_what_is_corrected(sent, proposal, at):
    """From now on the input itself says what the correction says; its files are those of the correction."""
    content = proposal.version.content
    for name in WORDS:
        setattr(sent, name, content[name])
    sent.edition += 1
    sent.saved_at = at
    if form := content.get("form"):
        sent.form_version_id, sent.answers = form["id"], {one["key"]: one["answer"] for one in content["answers"]}
    sent.save(update_fields=[*WORDS, *FORM, "edition", "saved_at"])
    for name in LISTS:
        getattr(sent, name).set(content.get(name, []))
    sent.attachments.kept().update(removed_at=at)
    proposal.attachments.stored().update(proposal=None)


def _show_correction(sent, version, *, at, hide_former):
    shown = PublishedInput.objects.select_for_update().get(submission=sent)
    if hide_former:
        FormerlyPublished.objects.filter(published=shown).delete()
    elif shown.visible_at <= at:
        FormerlyPublished.objects.create(published=shown, version_id=shown.version_id, until=at)
    version.refresh_from_db(fields=["changes"])  # what was redacted while the proposal waited
    columns = publication.columns_of(sent, version)
    PublishedInput.objects.filter(pk=shown.pk).update(**columns, changed_at=at, vector=vector_shown(version, columns))
