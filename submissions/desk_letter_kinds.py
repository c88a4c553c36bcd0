"""The kinds of letters that go to people of the desk: what they review has changed, a note mentions them."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accreditation.letter_kinds import sample_person
from forums.letters.kinds import PERSON, Kind, Placeholder, page, register
from submissions.letter_kinds import sample_draft
from submissions.models import Note


def _sample():
    submission = sample_draft()
    submission.reference = "IMRF-2026-I-00042"
    return {"inputs": [submission], "gone": 2, "person": sample_person()}


def _inputs(about):
    return "\n".join(f"{each.reference}: {each.title} ({each.organisation.name})" for each in about["inputs"])


def _gone(about):
    """In the words of the letter, so that the words one begins from have a placeholder there."""
    n = about["gone"]
    said = ngettext(
        "%(n)s input that you had is no longer with you.", "%(n)s inputs that you had are no longer with you.", n
    )
    return said % {"n": n} if n else ""


def _sample_note():
    submission = sample_draft()
    submission.reference = "IMRF-2026-I-00042"
    note = Note(pk=7, submission=submission, text="@Ravi, is this the same as last year?")
    return {"submission": submission, "note": note, "forum": submission.call.forum, "person": sample_person()}


def _note_page(about):
    return f"{page(about, 'admin:submissions_submission_change', about['submission'].pk)}#note-{about['note'].pk}"


register(
    Kind(
        "submissions/assigned",
        _("What somebody reviews has changed"),
        _("Reviewers who were given inputs, or from whom some were taken"),
        (
            PERSON,
            Placeholder("inputs", _("lines: each input that was given, with its organisation"), _inputs),
            Placeholder("gone", _("a sentence: how many are no longer with them"), _gone),
            Placeholder(
                "address",
                _("the queue of the desk, with what they review"),
                lambda about: f"{page(about, 'admin:submissions_submission_changelist')}?reviewer=mine",
            ),
        ),
        _sample,
    ),
    Kind(
        "submissions/mentioned",
        _("A note mentions somebody of the desk"),
        _("Whoever is named in it with @"),
        (
            PERSON,
            Placeholder("reference", _("number of the input"), lambda about: about["submission"].reference),
            Placeholder("forum", _("name of the forum"), lambda about: about["forum"].name),
            Placeholder("address", _("the note on the review page"), _note_page),
        ),
        _sample_note,
    ),
)
