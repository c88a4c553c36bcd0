"""What of an input its author may change while the desk asks about it: the parts that the question names, nothing else.

How parts are named says submissions/parts.py. A draft, and a question about the whole, close nothing.
"""

from django.utils.translation import gettext_lazy as _

from forums.refusals import Refused
from submissions.models import Clarification, Submission
from submissions.parts import FIELDS, FILE, QUESTION, is_of_files, name_of
from submissions.questions.asking import form_of


def opened(submission) -> frozenset | None:
    """The parts that may be changed now; None where nothing is closed. One statement, and only while the desk asks.

    None at all where they were read with the row, for the status that it still has.
    """
    if submission.status != Submission.Status.CLARIFICATION_ASKED:
        return None
    status, named = submission.opens_read or (None, None)
    if status == submission.status:
        return None if named is None else frozenset(named)
    asked = Clarification.objects.filter(submission=submission.pk).order_by("-step__at", "-step")
    named = asked.values_list("opens", flat=True).first()
    return None if named is None else frozenset(named)


def only_opened(submission, lacks) -> dict:
    """What an input lacks in the parts that its author can change now; the others stand as the desk has them."""
    named = opened(submission) if lacks else None
    if named is None:
        return lacks
    fields = {part for part in named if part in FIELDS} | ({"files"} if any(map(is_of_files, named)) else set())
    form = form_of(submission.form_version_id)
    fields |= {question.field for question in (form.asked if form else ()) if f"{QUESTION}{question.key}" in named}
    return {field: sentence for field, sentence in lacks.items() if field in fields}


def ask_whether_opened(submission, parts):
    """Refused where the question of the desk does not open one of these parts of an input."""
    named = opened(submission)
    closed = [] if named is None else [part for part in parts if part not in named]
    if closed:
        form = form_of(submission.form_version_id)
        raise Refused(
            _("The desk did not open this for a change: %(parts)s. Say in your answer what should be changed there.")
            % {"parts": "; ".join(name_of(part, form) for part in closed)}
        )


def ask_whether_file_opened(submission, file):
    """Refused for a file that was sent and that the question does not open; one that was added since is open."""
    named = opened(submission)
    if named is None or {"files", f"{FILE}{file.pk}"} & named or str(file.pk) not in sent_files(submission):
        return
    raise Refused(
        _("The desk did not open this for a change: %(parts)s. Say in your answer what should be changed there.")
        % {"parts": file.name}
    )


def ask_whether_files_may_come(submission):
    """Refused where the question opens no file; where it opens some of those sent, as many may come as were taken out."""
    named = opened(submission)
    if named is None or "files" in named:
        return
    if not any(map(is_of_files, named)):
        raise Refused(_("The desk did not open the files for a change. Say in your answer what should be changed there."))
    if submission.attachments.kept().count() >= len(sent_files(submission)):
        raise Refused(_("The desk asks you to exchange a file. Take that file out first, then add the other."))


def file_is_opened(named, file, sent) -> bool:
    """Whether a page offers to change a file: as `ask_whether_file_opened`, for many files at once."""
    return named is None or bool({"files", f"{FILE}{file}"} & named) or str(file) not in sent


def sent_files(submission) -> set:
    """The keys of the files that the newest version names."""
    version = submission.standing_version()
    return {file["id"] for file in version.content["files"]} if version else set()
