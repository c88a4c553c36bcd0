"""A question of the desk, answered on the page of the input: kept while it is typed, sent as the answer."""

from functools import wraps

from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localtime, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accreditation.entrance import forget_typed, keep_typed, to_sign_in, typed_before
from forums.hints import look_soon
from forums.refusals import Refused
from forums.templatetags.moments import city_of
from forums.typed import without_control
from submissions import operations, permissions
from submissions.operations.answering import is_changed
from submissions.views.opened import opened_in_words
from submissions.views.own import own_input
from submissions.views.typed import by_script


def page_of(pk):
    return reverse("submissions:my_input", args=[pk])


def typing(view):
    """As signed_in; what somebody typed whose session had ended waits on the page of the input."""

    @wraps(view)
    def answered(request, pk):
        if request.user.is_authenticated:
            return view(request, pk)
        keep_typed(request, page_of(pk))
        if by_script(request):
            return JsonResponse({"signed_out": True}, status=403)
        return to_sign_in(page_of(pk))

    return require_POST(answered)


@typing
def autosave(request, pk):
    """Save the answer while somebody types. Answers JSON."""
    submission = own_input(request, pk, may=permissions.may_edit)
    try:
        question = _keep(request, submission)
    except Refused as why:
        return JsonResponse({"conflict": True, "message": str(why), "url": page_of(pk)}, status=409)
    words = saved_words(question, submission.call.forum.zone)
    return JsonResponse({"saved": True, "edition": question.edition, "saved_at_words": words})


@typing
def answer(request, pk):
    """Save the answer; with `send` send it as well. Whatever comes between, what was typed is shown again."""
    sends = "send" in request.POST
    submission = own_input(request, pk, may=permissions.may_submit if sends else permissions.may_edit)
    try:
        _keep(request, submission)
        if sends:
            submission = operations.answer(submission, by=request.user)
    except operations.AnswerConflict as conflict:
        return _both(request, submission, conflict.theirs)
    except Refused as why:
        return _given_back(request, submission, why)
    if sends:
        look_soon("submissions.tasks.announce_steps", "forums.tasks.send_letters", "submissions.tasks.scan_uploads")
        messages.success(request, _("Your answer was sent. The desk reads on."))
    return redirect(f"{page_of(pk)}{'' if sends else '#question'}")


def _keep(request, submission):
    edition = request.POST.get("edition", "")
    text = without_control(request.POST.get("answer", ""))
    number = int(edition) if edition.isdecimal() and len(edition) < 9 else 0
    question = operations.keep_answer(submission, by=request.user, at=now(), edition=number, text=text)
    forget_typed(request, page_of(submission.pk))
    return question


def _both(request, submission, theirs):
    """Both texts: the saved one, and the one of this page, which can be taken over; nothing was overwritten."""
    context = {"submission": submission, "theirs": theirs, "mine": without_control(request.POST.get("answer", ""))}
    return render(request, "submissions/participant/answer_conflict.html", context, status=409)


def _given_back(request, submission, why):
    kept = [{"label": _("Your answer"), "text": without_control(request.POST.get("answer", ""))}]
    context = {"message": str(why), "kept": kept, "url": page_of(submission.pk), "action": _("Open the input")}
    return render(request, "409.html", context, status=409)


def question_on(request, submission) -> dict:
    """The question that waits, as the page of the input shows it; empty where none does."""
    question = operations.open_question(submission)
    if question is None:
        return {}
    typed = typed_before(request, page_of(submission.pk))
    part = f"{reverse('submissions:edit', args=[submission.pk])}#{question.part}" if question.part else ""
    return {
        **opened_in_words(submission, question),
        "asked": question.step,
        "may_change": question.opens != [],
        "part_url": part,
        "answer": without_control(typed["answer"]) if typed and "answer" in typed else question.answer,
        "unsaved": bool(typed and "answer" in typed),
        "saved_clock": saved_words(question, submission.call.forum.zone) if question.saved_at else "",
        "input_changed": is_changed(submission),
        "may_send": permissions.may_submit(request.user, submission),
    }


def saved_words(question, zone) -> str:
    return f"{localtime(question.saved_at, zone):%H:%M:%S} {city_of(zone)}" if question.saved_at else ""
