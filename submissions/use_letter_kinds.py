"""The kind of letter that tells an author which official documents drew on their input."""

from django.utils.translation import gettext_lazy as _

from accreditation.letter_kinds import sample_person
from forums.letter_kinds import ON
from forums.letters.kinds import Kind, Placeholder, register
from forums.models import OfficialDocument
from submissions.letter_kinds import INPUT, PUBLIC, sample_draft
from submissions.models import Submission, Use


def _sample():
    submission = sample_draft()
    submission.reference, submission.status = "IMRF-2026-I-00042", Submission.Status.PUBLISHED
    document = OfficialDocument(pk=7, kind="background_note", symbol="A/80/1", title="Background note")
    use = Use(submission=submission, document=document, place="para. 12", at=ON)
    return {"submission": submission, "forum": submission.call.forum, "uses": [use], "person": sample_person()}


def _documents(about):
    """As the letter says them, so that the words one begins from have a placeholder there."""
    return "\n".join(_line(use) for use in about["uses"])


def _line(use):
    said = f"- {use.document}, {use.place}" if use.place else f"- {use.document}"
    return f"{said}\n  {use.note}" if use.note else said


register(
    Kind(
        "submissions/used",
        _("Official documents drew on an input"),
        _("Everybody who speaks for the organisation, at most once a day"),
        (*INPUT, *PUBLIC, Placeholder("documents", _("the documents, one a line"), _documents)),
        _sample,
    )
)
