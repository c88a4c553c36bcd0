"""Correcting the particulars of what was sent: level, language, places, objectives. Never the text (decision 0033)."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from forums.operations import write
from forums.refusals import Refused
from submissions.models import Reclassification, Submission, SubmissionStep
from submissions.notifications import recipients
from submissions.operations.drafting import LISTS
from submissions.operations.receiving import hold
from submissions.operations.showing_anew import show_anew
from submissions.operations.submitting import missing
from submissions.public_form import corrected

Status = Submission.Status
CORRECTABLE = (Status.SUBMITTED, Status.UNDER_REVIEW, Status.ACCEPTED, Status.PUBLISHED)
PARTICULARS = ("level", "language", *LISTS)


@transaction.atomic
def reclassify(submission, *, by, at, reason, seen=None, **particulars):
    """Let the input say these particulars, from the desk to the public page; its author is told before and after.

    What was sent stays what it is, with its receipt. `seen` is how many corrections the page showed. Refused where nothing
    changes, where the call does not take it, and while the author is asked about the input.
    """
    kept = hold(submission.pk)
    _ask_whether_now(kept, reason, seen)
    version = kept.standing_version()
    before = _said(corrected(version.content, version.changes))
    after = {name: _sorted(value) for name, value in particulars.items() if _sorted(value) != before[name]}
    if strange := set(particulars) - set(PARTICULARS):
        raise TypeError(f"{strange} are no particulars")
    if not after:
        raise Refused(_("Nothing differs from what stands there. Change something first."))
    _ask_the_call(kept, before | after)
    made = Reclassification.objects.create(
        submission=kept,
        version=version,
        before={name: before[name] for name in after},
        after=after,
        reason=reason.strip(),
        by=by,
        at=at,
    )
    _say(kept, after)
    for draft in kept.amendments.all():
        _say(draft, {name: value for name, value in after.items() if _now(draft)[name] == before[name]})
    show_anew(kept, at=at)
    _tell(kept, made, at=at)
    return made


def _ask_whether_now(kept, reason, seen):
    if kept.status == Status.CLARIFICATION_ASKED:
        raise Refused(_("Its author is asked about this input and can change it now. Wait for the answer."))
    if kept.status not in CORRECTABLE:
        raise Refused(_("The particulars cannot be corrected at this status."))
    if not reason.strip():
        raise Refused(_("Give the reason: the author will read it."))
    if seen is not None and seen != kept.reclassifications.count():
        raise Refused(_("Somebody corrected these particulars meanwhile. Look at what stands there now, then decide again."))


def _ask_the_call(kept, said):
    """The same rules as at sending, for what is corrected."""
    trial = Submission(call=kept.call, form_version_id=kept.form_version_id, title="x", text="x", status=kept.status)
    trial.level, trial.language = said["level"], said["language"]
    lacks = missing(trial, {name: said[name] for name in LISTS}, [])
    if wrong := [str(sentence) for name, sentence in lacks.items() if name in PARTICULARS]:
        raise Refused(" ".join(wrong))


def _said(content) -> dict:
    return {name: _sorted(content.get(name, [])) for name in PARTICULARS}


def _now(submission) -> dict:
    return _said({"level": submission.level, "language": submission.language, **submission.chosen()})


def _sorted(value):
    return value if isinstance(value, str) else sorted(getattr(one, "pk", one) for one in value)


def _say(submission, said):
    """Let the row of an input, or the draft of a change to it, say this; a page that shows something else conflicts."""
    if not said:
        return
    plain = {name: value for name, value in said.items() if name not in LISTS}
    Submission.objects.filter(pk=submission.pk).update(**plain, edition=submission.edition + 1)
    for name in LISTS:
        if name in said:
            getattr(submission, name).set(said[name])
    for name, value in plain.items():
        setattr(submission, name, value)


def _tell(submission, correction, *, at):
    forum = submission.call.forum
    about = {"submission": submission, "correction": correction, "forum": forum}
    for person in recipients(SubmissionStep(submission=submission)):
        write(
            "submissions/reclassified",
            to=person.email,
            language=person.language,
            about={**about, "person": person},
            key=f"reclassification:{correction.pk}:{person.pk}",
            forum=forum,
            at=at,
        )
