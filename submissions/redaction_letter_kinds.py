"""Kinds of letters about what the desk changed of what is shown: corrected particulars, redactions and their lifting."""

from django.utils.translation import gettext_lazy as _

from accreditation.letter_kinds import sample_person
from forums.letter_kinds import ON
from forums.letters.kinds import Kind, Placeholder, register
from submissions.compared import LABELS, in_words
from submissions.letter_kinds import INPUT, SENDERS, sample_draft
from submissions.models import Reclassification, Redaction, Submission
from submissions.parts import named


def _sample_submission():
    submission = sample_draft()
    submission.reference, submission.status = "IMRF-2026-I-00042", Submission.Status.PUBLISHED
    return submission


def _about(submission, **more):
    return {"submission": submission, "forum": submission.call.forum, "person": sample_person(), **more}


def _sample_correction():
    submission = _sample_submission()
    said = {"before": {"level": "local"}, "after": {"level": "national"}}
    made = Reclassification(submission=submission, reason="The text speaks of the whole country.", at=ON, **said)
    return _about(submission, correction=made)


def _sample_redaction():
    submission = _sample_submission()
    made = Redaction(submission=submission, part="text", kind="personal", reason="It names a child.", at=ON)
    made.lifted_because = "Her family agreed."
    return _about(submission, redaction=made)


def _newest(model, name, **narrowed):
    def newest(user, at):
        seen = model.objects.filter(submission__in=Submission.objects.visible_to(user), **narrowed)
        made = seen.select_related("submission__call__forum", "submission__organisation").order_by("-at").first()
        if made is None:
            return None
        return {"submission": made.submission, "forum": made.submission.call.forum, "person": user, name: made}

    return newest


def changes_in_words(correction) -> list:
    """Each particular: what it is called, what stood there, what stands there now."""
    return [
        (LABELS[name], in_words(name, correction.before[name]), in_words(name, value))
        for name, value in correction.after.items()
    ]


def _changes(about):
    return "\n".join(f"- {label}: {was} → {now}" for label, was, now in changes_in_words(about["correction"]))


REASON = Placeholder("reason", _("reason, as the desk wrote it"), lambda a: (a.get("correction") or a["redaction"]).reason)
REDACTED = (
    Placeholder("part", _("the part it is about"), lambda about: named(about["redaction"].part, about["submission"])),
    Placeholder("kind", _("the kind of reason"), lambda about: about["redaction"].get_kind_display()),
)
register(
    Kind(
        "submissions/reclassified",
        _("The desk corrected the particulars of an input"),
        SENDERS,
        (*INPUT, Placeholder("changes", _("lines: each particular before and after"), _changes), REASON),
        _sample_correction,
        _newest(Reclassification, "correction"),
    ),
    Kind(
        "submissions/redacted",
        _("The desk redacted a part of an input"),
        SENDERS,
        (*INPUT, *REDACTED, REASON),
        _sample_redaction,
        _newest(Redaction, "redaction"),
    ),
    Kind(
        "submissions/redaction_lifted",
        _("A redaction was lifted"),
        SENDERS,
        (
            *INPUT,
            *REDACTED,
            Placeholder("reason", _("reason, as the desk wrote it"), lambda about: about["redaction"].lifted_because),
        ),
        _sample_redaction,
        _newest(Redaction, "redaction", lifted_at__isnull=False),
    ),
)
