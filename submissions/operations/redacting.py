"""Redaction: what nobody should read is taken out of the public copy with a reason; its author is told; it can be lifted."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from forums.operations import write
from forums.refusals import Refused
from submissions.models import Redaction, Submission, SubmissionStep
from submissions.notifications import recipients
from submissions.operations.receiving import hold
from submissions.operations.showing_anew import show_anew
from submissions.parts import FILE
from submissions.public_form import holds, parts_of
from submissions.receipts import clean

Status = Submission.Status
REDACTABLE = (Status.SUBMITTED, Status.UNDER_REVIEW, Status.CLARIFICATION_ASKED, Status.ACCEPTED, Status.PUBLISHED)


@transaction.atomic
def redact(submission, *, by, at, kind, reason, part="", passage="", replacement=""):
    """Take a passage out of one part or of all, or a whole part or file, and show its kind of reason in its place.

    The public copy is made again at once, its author gets a letter. Refused where the passage does not stand there.
    """
    kept = hold(submission.pk)
    if kept.status not in REDACTABLE:
        raise Refused(_("Nothing can be redacted at this status."))
    if not reason.strip():
        raise Refused(_("Give the reason: the author will read it."))
    passage, replacement = clean(passage), " ".join(clean(replacement).split())[:200]
    version = kept.standing_version()
    _ask_whether_there(kept, version, part, passage)
    try:
        with transaction.atomic():
            made = Redaction.objects.create(
                submission=kept,
                version=version,
                part=part,
                passage=passage,
                replacement=replacement,
                kind=Redaction.Kind(kind),
                reason=reason.strip(),
                by=by,
                at=at,
            )
    except IntegrityError as why:
        raise Refused(_("This is redacted already.")) from why
    show_anew(kept, at=at)
    _tell("submissions/redacted", kept, made, f"redaction:{made.pk}", at=at)
    return made


@transaction.atomic
def lift(redaction, *, by, at, reason):
    """Show again what was redacted; the letter about it supersedes the earlier one."""
    kept = hold(redaction.submission_id)
    redaction = Redaction.objects.select_for_update().get(pk=redaction.pk)
    if redaction.lifted_at:
        raise Refused(_("This redaction was lifted already."))
    if not reason.strip():
        raise Refused(_("Give the reason: the author will read it."))
    redaction.lifted_by, redaction.lifted_at, redaction.lifted_because = by, at, reason.strip()
    redaction.save(update_fields=["lifted_by", "lifted_at", "lifted_because"])
    show_anew(kept, at=at)
    _tell("submissions/redaction_lifted", kept, redaction, f"redaction-lifted:{redaction.pk}", at=at)
    return redaction


def _ask_whether_there(submission, version, part, passage):
    if part.startswith(FILE):
        if passage:
            raise Refused(_("Of a file nothing can be taken out: redact the whole file, or ask its author for another."))
        if part.removeprefix(FILE) not in {file["id"] for file in version.content["files"]}:
            raise Refused(_("This input has no such part."))
        return
    there = [
        value for one in submission.versions.all() for name, value in parts_of(one.content).items() if part in ("", name)
    ]
    if not there:
        raise Refused(_("This input has no such part."))
    if passage and not any(holds(value, passage) for value in there):
        raise Refused(_("These words do not stand there. Copy them exactly as the author wrote them, with all marks."))
    if not passage and not part:
        raise Refused(_("Say what is redacted: a passage, or a whole part."))


def _tell(kind, submission, redaction, key, *, at):
    forum = submission.call.forum
    about = {"submission": submission, "redaction": redaction, "forum": forum}
    for person in recipients(SubmissionStep(submission=submission)):
        write(
            kind,
            to=person.email,
            language=person.language,
            about={**about, "person": person},
            key=f"{key}:{person.pk}",
            forum=forum,
            at=at,
        )
