"""Amending: what was sent stands until its author has sent the change, which becomes /Rev.1 under the same reference.

The change is a draft of its own that points to what it amends, so that the desk and the public go on seeing what was sent.
"""

import copy
import uuid

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from forums.clock import database_now
from forums.refusals import Closed, Refused
from forums.windows import Phase
from submissions.models import Submission, Version
from submissions.operations.drafting import FORM, LISTS, PLAIN
from submissions.questions.sending import sent_with, text_of

Status = Submission.Status
COPIED = (*PLAIN, *FORM, "publish_as")
AMENDABLE = (Status.SUBMITTED, Status.UNDER_REVIEW)


@transaction.atomic
def amend(submission, *, by, at=None):
    """Begin to change what was sent, or go on with it; returns the draft that holds the change.

    Raises Closed once the call has closed, by PostgreSQL's clock, Refused where the desk has decided or asks a question.
    """
    at = at or database_now()
    sent = Submission.objects.select_for_update(of=("self",)).select_related("call__forum").get(pk=submission.pk)
    if begun := sent.amendments.select_related("proposal").first():
        if hasattr(begun, "proposal"):
            raise Refused(_("An addition to this input was begun and is not sent. Send it or discard it, then change."))
        return begun
    ask_whether_amendable(sent)
    if sent.call.phase(at) is not Phase.OPEN:
        raise Closed(
            _("“%(call)s” has closed, so what you sent cannot be changed any more. If it must change, write to the desk.")
            % {"call": sent.call}
        )
    return begin_draft(sent, by=by, at=at)


def begin_draft(sent, *, by, at, without=()):
    """A draft that says what was sent says, without those answers; files go along unless "files" is among them."""
    texts = {name: getattr(sent, name) for name in COPIED if name not in without}
    times = {"begun_at": at, "saved_at": at, "begun_by": by}
    draft = Submission.objects.create(call=sent.call, organisation_id=sent.organisation_id, amends=sent, **texts, **times)
    for name, keys in sent.chosen().items():
        getattr(draft, name).set(keys)
    if "files" not in without:
        _take_files_along(sent, draft)
    return draft


def _take_files_along(sent, draft):
    """The same bytes under rows of the draft's own, which are read anew: what is taken out of a draft's shows there."""
    new = {}
    for file in sent.attachments.kept().order_by(F("translates").asc(nulls_first=True), "added_at", "pk"):
        copied = copy.copy(file)
        new[file.pk] = copied.pk = uuid.uuid4()
        copied.submission, copied._state = draft, copy.copy(file._state)
        copied.translates_id = new.get(file.translates_id)
        copied.translation = copied.translation if copied.translates_id else ""
        copied.reading, copied.read_tries = file.Reading.WAITING, 0
        copied._state.adding = True
        copied.save(force_insert=True)


def ask_whether_amendable(sent):
    if sent.status not in AMENDABLE or sent.recorded_by_desk:
        raise Refused(
            _("“%(reference)s” is “%(status)s” now and cannot be changed here. Open it to see what is possible.")
            % {"reference": sent.reference, "status": sent.get_status_display()}
        )


def put_in_place(draft, sent, *, chosen, at):
    """Let what was sent say what the draft says; the draft goes, its files move over. Returns what was sent.

    Runs inside the transaction of its caller, which holds both rows and has asked everything. The files of the earlier
    versions stay stored with them.
    """
    for name in COPIED:
        setattr(sent, name, getattr(draft, name))
    sent.edition += 1
    sent.saved_at = at
    sent.save(update_fields=[*COPIED, "edition", "saved_at"])
    for name in LISTS:
        getattr(sent, name).set(chosen[name])
    sent.attachments.kept().update(removed_at=at)
    draft.attachments.update(submission=sent)
    hand_over_cowriting(draft, sent)
    draft.delete()
    return sent


def hand_over_cowriting(draft, sent):
    """Who wrote what, and their notes, stay with the input for a while; the draft goes."""
    draft.changes.update(submission=sent)
    draft.draft_notes.update(submission=sent)


def ask_whether_changed(draft, sent, chosen, files, joint):
    """Refused when the draft says what was sent."""
    newest = sent.standing_version().corrected
    if _others_under_it(newest) != _others_under_it(joint) or draft.publish_as != sent.publish_as:
        return
    now = {name: getattr(draft, name) for name in ("title", "summary", "text", "language", "level")}
    now |= {"text": text_of(draft), "form": None, "answers": None} | sent_with(draft)
    now |= {name: sorted(chosen[name]) for name in LISTS}
    now["files"] = _said_of(files)
    then = {"form": None, "answers": None, "principles": [], **newest}
    then["files"] = _said_of(sent.attachments.filter(pk__in=[file["id"] for file in newest["files"]]))
    if draft.contact_email == sent.contact_email and all(then[name] == value for name, value in now.items()):
        raise Refused(_("Nothing differs from what you sent. Change something first, or discard the change."))


def _said_of(files):
    """What each file is and what its author says about it, whichever row has it."""
    files = list(files)
    names = {file.pk: file.sha256 for file in files}
    said = [
        (file.name, file.sha256, file.language, file.translation, names.get(file.translates_id), file.public)
        for file in files
    ]
    return sorted(said, key=str)


def _others_under_it(content):
    return sorted(body["id"] for part in ("co_sponsors", "also_on_behalf_of") for body in content.get(part, []))


def sent_from(draft):
    """The version that was sent from a draft which is gone since, or None."""
    return Version.objects.filter(sent_from=draft).select_related("submission").first()
