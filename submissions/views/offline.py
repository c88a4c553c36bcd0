"""Filling in without the network: the form of a call as a document, and a filled-in one brought into one's own draft.

The library of documents is imported where one is written: a web process that writes none does not hold it.
"""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accreditation.entrance import signed_in
from forums.models import Call
from forums.models.call import Level
from forums.refusals import Refused
from forums.templatetags.moments import in_words
from forums.typed import posted
from submissions import operations, permissions
from submissions.forms import DraftForm
from submissions.questions.asking import form_for, form_of
from submissions.questions.offline.comparing import lines_of, strangers
from submissions.questions.offline.reading import read
from submissions.views.own import own_input

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_safe
def blank_form(request, forum, call):
    """The form that a call asks, empty, in the language of the address; `?level=` where a level has one of its own."""
    calls = Call.objects.for_inputs().filter(recorded_by_desk_only=False).select_related("forum")
    call = get_object_or_404(calls, forum__slug=forum, slug=call)
    level = request.GET.get("level", "")
    form = form_of(form_for(call, level if level in Level.values else ""))
    if form is None:
        raise Http404
    return _document(form, call, f"{call.forum.slug}-{call.slug}")


@signed_in
def own_form(request, pk):
    """The form of one's own draft with the answers that it has."""
    submission = own_input(request, pk)
    form = form_of(submission.form_version_id)
    if form is None:
        raise Http404
    return _document(form, submission.call, f"draft-{str(pk)[:8]}", answers=submission.answers)


def _document(form, call, name, answers=None):
    from submissions.questions.offline.writing import docx_of

    about = [f"{call} · {call.forum}", str(form)]
    if call.closes_at:
        about.append(_("The call closes %(moment)s.") % {"moment": in_words(call.closes_at, call.forum.zone)})
    language = get_language()
    made = docx_of(
        form,
        title=str(form.template),
        about=about,
        language=language,
        right_to_left=get_language_bidi(),
        answers=answers,
    )
    headers = {"Content-Disposition": f'attachment; filename="{name}_{language}.docx"'}
    return HttpResponse(made, content_type=DOCX, headers=headers)


@signed_in
def bring_in(request, pk):
    """Choose a filled-in document, look at what it would change, take over what is ticked. Nothing is overwritten unseen."""
    submission = own_input(request, pk, may=permissions.may_edit)
    form = form_of(submission.form_version_id)
    if form is None or not submission.is_writable:
        return redirect("submissions:edit", pk)
    context = {"submission": submission, "call": submission.call, "forum": submission.call.forum}
    if request.method == "POST" and "take" in request.POST:
        return _take_over(request, submission)
    if request.method == "POST":
        try:
            file = request.FILES.get("file")
            if file is None:
                raise Refused(_("Choose the filled-in document first."))
            context |= _dry_run(submission, form, read(file), file.name)
        except Refused as why:
            context["refused"] = str(why)
    return render(request, "submissions/participant/bring_in.html", context)


def _dry_run(submission, form, found, name):
    page = DraftForm(submission=submission)
    lines = lines_of(form, found, submission.answers, page.fields)
    for line in lines:
        if line.can_be_taken:
            widget = page.fields[line.question.field].hidden_widget()
            line.hidden = widget.render(line.question.field, line.found)
    other = found.form and found.form != str(form.pk)
    return {"lines": lines, "strangers": strangers(form, found), "name": name, "other_form": other, "form": page}


def _take_over(request, submission):
    """Save the ticked answers on the edition that the page was made from; anything saved meanwhile stops it."""
    form = DraftForm(posted(request.POST), submission=submission)
    ticked = set(request.POST.getlist("take"))
    answers = {key: answer for key, answer in form.changes.get("answers", {}).items() if answer and key in ticked}
    try:
        operations.revise(submission, by=request.user, at=now(), edition=form.edition_seen, answers=answers)
    except operations.Conflict:
        messages.error(
            request, _("The draft was saved elsewhere meanwhile, so nothing was taken over. Choose the document once more.")
        )
        return redirect("submissions:bring_in", submission.pk)
    except Refused as why:
        messages.error(request, str(why))
    else:
        messages.success(request, _("What you ticked was taken over into the draft."))
    return redirect("submissions:edit", submission.pk)
