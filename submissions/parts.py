"""The parts of an input by which the desk names what may be changed or what it corrects.

A part is a field of the input, `question:` and the key of a question of its form, `file:` and the key of a file that was
sent, or one of `files` (any file), `co_sponsors`, `publish_as`.
"""

from django.utils.translation import gettext_lazy as _

from submissions.questions.asking import form_of

FILE, QUESTION = "file:", "question:"
FIELDS = {
    "title": _("Title"),
    "level": _("Level"),
    "language": _("Language of the text"),
    "objectives": _("Objectives of the Global Compact it speaks to"),
    "principles": _("Guiding principles of the Global Compact it is about"),
    "countries": _("Countries or areas it is about"),
    "regions": _("Regions it is about"),
    "summary": _("Summary"),
    "text": _("Text"),
}
AROUND = {
    "files": _("Files: all of them, and new ones"),
    "co_sponsors": _("Co-sponsors"),
    "publish_as": _("What the public may see"),
}
ABOUT = ("title", "level", "language", "objectives", "principles", "countries", "regions")


def parts_of(submission, files) -> dict:
    """Every part that a question can open, with its name; `files` are those of the newest version."""
    form = form_of(submission.form_version_id)
    fields = {name: label for name, label in FIELDS.items() if name != "text" or not form or form.text_asked != "none"}
    asked = {f"{QUESTION}{question.key}": question.label for question in (form.asked if form else ())}
    sent = {f"{FILE}{file.pk}": _("File: %(name)s") % {"name": file.name} for file in files}
    return {**fields, **asked, **sent, **AROUND}


def with_what_follows(opens, form) -> set:
    """What is opened together: places with the level, and questions that appear by the answer to an opened one."""
    wanted = set(opens)
    if "level" in wanted:
        wanted |= {"countries", "regions"}
    for question in form.asked if form else ():  # in the order of the page: what follows from what follows comes later
        if question.shown_if and f"{QUESTION}{question.shown_if}" in wanted:
            wanted.add(f"{QUESTION}{question.key}")
    return wanted


def is_of_files(part) -> bool:
    return part == "files" or part.startswith(FILE)


def name_of(part, form) -> str:
    """A part as people call it."""
    if part.startswith(QUESTION):
        key = part.removeprefix(QUESTION)
        return next((str(question.label) for question in (form.asked if form else ()) if question.key == key), key)
    return str({**FIELDS, **AROUND, "contact_email": _("Whom may the Network ask about this?")}.get(part, part))


def named(part, submission) -> str:
    """A part as people call it, files included; empty where it is none in particular."""
    if not part:
        return ""
    if part.startswith(FILE):
        file = submission.attachments.filter(pk=part.removeprefix(FILE)).first()
        return str(_("File: %(name)s") % {"name": file.name if file else part})
    return name_of(part, form_of(submission.form_version_id))
