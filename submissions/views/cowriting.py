"""Writing together: who changed which part of a draft, an earlier text put back, notes of its writers to each other."""

import uuid

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accreditation.entrance import signed_in
from forums.hints import look_soon
from forums.refusals import Refused
from forums.typed import posted_by
from submissions import operations, permissions
from submissions.differing_texts import stretches
from submissions.forms import DraftForm, DraftNoteForm, answers_of
from submissions.operations.drafting import QUESTION
from submissions.views.own import own_input
from submissions.views.together import parts_in_words
from submissions.views.typed import in_words

MOST_LISTED = 60


@signed_in
def writing_together(request, pk):
    """Who changed what, one change looked at (`?change=`), and the notes; writing a note is posted here too."""
    submission = own_input(request, pk)
    may_write = submission.is_writable and permissions.may_edit(request.user, submission)
    if request.method == "POST" and not may_write:
        raise Http404
    form = DraftNoteForm(posted_by(request), parts=_parts(submission), initial={"form_key": uuid.uuid4()})
    if form.is_valid():
        try:
            operations.leave_note(submission, by=request.user, at=now(), **form.cleaned_data)
        except Refused as why:
            form.add_error(None, str(why))
        else:
            look_soon("submissions.tasks.tell_of_draft_notes")
            return redirect("submissions:writing_together", submission.pk)
    answers = DraftForm(submission=submission)
    changes = submission.changes.select_related("by").order_by("-at", "-pk").defer("before")[:MOST_LISTED]
    context = {
        "submission": submission,
        "forum": submission.call.forum,
        "form": form,
        "may_write": may_write,
        "changes": [{"change": change, "label": _label(answers, change.part)} for change in changes],
        "looked_at": _looked_at(submission, answers, request.GET.get("change", "")),
        "notes": [
            {"note": note, "label": _label(answers, note.part) if note.part else ""}
            for note in submission.draft_notes.select_related("by", "resolved_by").order_by("-at", "-pk")
        ],
    }
    return render(request, "submissions/participant/writing_together.html", context)


def _parts(submission):
    return list(parts_in_words(DraftForm(submission=submission)).items())


def _label(form, part):
    """What a part is called; a question that is not asked any more by its key."""
    return parts_in_words(form).get(part, part.removeprefix(QUESTION))


def _now(submission, part):
    """What a part says now."""
    if part.startswith(QUESTION):
        return submission.answers.get(part.removeprefix(QUESTION))
    return answers_of(submission).get(part, "")


def _as_text(answer) -> str:
    """An answer as text to be compared: a line for each thing that was chosen, or row that was filled in."""
    if isinstance(answer, list):
        return "\n".join("; ".join(map(str, one.values())) if isinstance(one, dict) else str(one) for one in answer)
    return str(answer or "")


def _looked_at(submission, form, asked):
    """One change with what it changed: from what stood before it to what stood after it."""
    if not asked.isdecimal() or len(asked) > 18:
        return None
    change = submission.changes.select_related("by").filter(pk=int(asked)).first()
    if change is None:
        raise Http404
    later = submission.changes.filter(part=change.part, pk__gt=change.pk).order_by("pk").first()
    after = later.before if later else _now(submission, change.part)
    shown = {"change": change, "label": _label(form, change.part)}
    if getattr(form.fields.get(change.part), "choices", None):
        was, became = (in_words(form, change.part, value) for value in (change.before, after))
        return {**shown, "was": was, "became": became}
    text = {"label": shown["label"], "stretches": stretches(_as_text(change.before), _as_text(after))}
    languages = {"language_was": submission.language, "language": submission.language}
    changes = {"anything": True, "view": "inline", "texts": [text], "particulars": [], "files": [], **languages}
    return {**shown, "changes": changes}


@signed_in
def put_back(request, pk, change):
    """Let a part say again what it said before a change, unless somebody saved since the page was opened."""
    submission = own_input(request, pk, may=permissions.may_edit)
    change = get_object_or_404(submission.changes.select_related("submission"), pk=change)
    if request.method == "POST":
        edition = request.POST.get("edition", "")
        try:
            seen = int(edition) if edition.isdecimal() and len(edition) < 10 else 0
            operations.put_back(change, by=request.user, at=now(), edition=seen)
        except operations.Conflict:
            messages.error(request, _("The draft was saved meanwhile, so nothing was put back. Look again, then decide."))
        except Refused as why:
            messages.error(request, str(why))
        else:
            messages.success(request, _("The earlier text is back. What stood there is in the list below."))
    return redirect("submissions:writing_together", submission.pk)


@signed_in
def settle_note(request, pk, note):
    """Say that a note is seen to."""
    submission = own_input(request, pk, may=permissions.may_edit)
    note = get_object_or_404(submission.draft_notes, pk=note)
    if request.method == "POST":
        operations.settle_note(note, by=request.user, at=now())
    return redirect("submissions:writing_together", submission.pk)
