"""Writing an input: begin, edit, save while typing, take a copy home."""

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accreditation.entrance import forget_typed, signed_in, typed_before
from accreditation.permissions import list_written_for
from forums.kept_statements import KeptStatement
from forums.models import Call
from forums.refusals import Refused
from forums.typed import posted, posted_by
from submissions import operations, permissions
from submissions.beside_the_row import ALL, TO_SAVE, TO_SAVE_ALONE
from submissions.forms import DraftForm, StartForm
from submissions.operations.reopened import opened
from submissions.questions.showing import answers_shown, in_sections
from submissions.views.own import SAVED, own_input, saved_at_words
from submissions.views.suggested import suggested_now
from submissions.views.typed import edit_page, place_of, save_answers, steps_now, take_in, writing


def to_write_for(*, forum, slug):
    """The call of that address, if people write inputs to it themselves."""
    calls = Call.objects.for_inputs().filter(recorded_by_desk_only=False)
    return calls.filter(forum__slug=forum, slug=slug).select_related("forum")


CALL = KeptStatement(to_write_for, prepared=True)


@signed_in
def start(request, forum, call):
    """Choose for whom, then begin a draft; the same form sent twice begins one."""
    call = next(iter(CALL.rows(forum=forum, slug=call)), None)
    if call is None:
        raise Http404
    own = list_written_for(request.user)
    form = StartForm(posted_by(request), organisations=own, initial={"language": get_language()})
    if form.is_valid():
        try:
            draft = operations.start(call=call, by=request.user, **form.cleaned_data)
        except Refused as why:
            form.add_error(None, str(why))
        else:
            return redirect("submissions:edit", draft.pk)
    context = {"call": call, "forum": call.forum, "phase": call.phase(now()), "form": form, "own": own}
    return render(request, "submissions/participant/start.html", context)


@writing
def edit(request, pk):
    """The page on which an input is written; complete without JavaScript."""
    submission = own_input(request, pk, may=permissions.may_edit, **_what_is_read(request))
    if request.method != "POST" and not submission.is_writable:
        return redirect(submission)
    if request.method != "POST" and opened(submission) == frozenset():
        return redirect(f"{submission.get_absolute_url()}#question")
    if "forget" in request.POST:
        forget_typed(request, place_of(pk))
        return redirect("submissions:edit", pk)
    if "renew" in request.POST:
        return renew(request, submission)
    if request.method == "POST":
        then = "submissions:check" if request.POST.get("then") == "check" else "submissions:edit"
        return take_in(request, submission, at=now(), then=reverse(then, args=[pk]))
    typed = typed_before(request, place_of(pk))
    return edit_page(request, submission, DraftForm(typed and posted(typed), submission=submission), at=now())


def _what_is_read(request) -> dict:
    """A page says all of an input and of its call; a saving asks some of it, and one with files more."""
    if request.method != "POST":
        return {"beside": ALL}
    return {"beside": TO_SAVE, "only": () if request.FILES else SAVED}


def renew(request, submission):
    """Take the form that the call asks now; no answer goes."""
    try:
        operations.renew_form(submission, by=request.user, at=now())
    except Refused as why:
        messages.error(request, str(why))
    return redirect("submissions:edit", submission.pk)


@require_POST
@writing
def autosave(request, pk):
    """Save while somebody types. Answers JSON; what is not well formed yet is named and stays on the page."""
    submission = own_input(request, pk, may=permissions.may_edit, only=SAVED, beside=TO_SAVE_ALONE)
    form = DraftForm(posted(request.POST), submission=submission)
    try:
        kept = save_answers(request, submission, form, at=now())
    except operations.Conflict:
        return JsonResponse({"conflict": True, "url": place_of(pk)}, status=409)
    except Refused as why:
        return JsonResponse({"conflict": True, "message": str(why), "url": submission.get_absolute_url()}, status=409)
    steps = steps_now(kept, files=[] if submission.files_read == 0 else None)
    answer = {"saved": True, "edition": kept.edition, "saved_at_words": saved_at_words(kept), "steps": steps}
    answer["suggested"] = suggested_now(form, kept)
    if (form.form and form.form.pk) != kept.form_version_id:
        answer["other_form"] = place_of(pk)
    if form.errors:
        answer["message"] = _("Saved except for this: %(what)s") % {"what": "; ".join(_what_is_wrong(form))}
    return JsonResponse(answer)


def _what_is_wrong(form):
    return [f"{form.fields[name].label}: {' '.join(errors)}" for name, errors in form.errors.items()]


@signed_in
def download(request, pk):
    """The draft or input as it stands, as a text file; also after the call has closed."""
    submission = own_input(request, pk)
    form = "md" if request.GET.get("format") == "md" else "txt"
    sections = in_sections(answers_shown(submission))
    context = {"submission": submission, "forum": submission.call.forum, "sections": sections}
    text = render_to_string(f"submissions/participant/download.{form}", context)
    kind = {"md": "text/markdown", "txt": "text/plain"}[form]
    name = submission.reference or f"draft-{str(submission.pk)[:8]}"
    language = f"_{submission.language}" if submission.language else ""
    headers = {"Content-Disposition": f'attachment; filename="{name}{language}.{form}"'}
    return HttpResponse(text.strip() + "\n", content_type=f"{kind}; charset=utf-8", headers=headers)
