"""Sending: check every answer, declare, send; then the receipt, rendered from nothing but committed rows."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from accreditation.entrance import signed_in
from forums.hints import look_soon
from forums.refusals import Refused
from forums.typed import posted_by
from submissions import operations, permissions, words
from submissions.beside_the_row import TO_CHECK
from submissions.forms import DeclarationForm, DraftForm, PublicityForm, answers_of
from submissions.markup import html_of
from submissions.operations import joining
from submissions.operations.drafting import LISTS
from submissions.operations.submitting import missing
from submissions.parts import is_of_files
from submissions.publication import round_tables_of
from submissions.questions.conditions import shown
from submissions.questions.showing import shown_answer
from submissions.receipts import canonical
from submissions.views import joint
from submissions.views.own import files_of, kept_files, lines_of, own_input
from submissions.views.typed import in_words, place_of, steps_of
from submissions.written_parts import checked_answers, steps_in_html

TO_SEND = {  # what is asked before the row is held and read anew
    "only": ("status", "edition", "amends", "publish_as", "organisation__id", "call__id", "call__forum__id"),
    "beside": ("role",),
}


@signed_in
def check(request, pk):
    """Check your answers, then send. Sent twice, or from two tabs, it is one input with one receipt."""
    sends = request.method == "POST"
    may, read = permissions.may_submit if sends else permissions.may_edit, TO_SEND if sends else {"beside": TO_CHECK}
    submission = own_input(request, pk, may=may, **read)
    if not submission.is_writable:
        return redirect("submissions:receipt" if sends else "submissions:my_input", submission.pk)
    form = DeclarationForm(posted_by(request), submission=submission)
    if form.is_valid() and (answer := send(request, submission, form)):
        return answer
    if sends:  # the page is shown once more, and says all of the input
        submission = own_input(request, pk, may=may, beside=TO_CHECK)
    files = kept_files(submission)
    under_it = joint.under_it_now(joining.holder_of(submission), submission, files)
    form.initial = {"edition": submission.edition, "sponsors": under_it["sponsors"]}
    form.data = form.data and {**form.data.dict(), **form.initial}
    may_send = sends or permissions.may_submit(request.user, submission)
    context = {**what_is_sent(submission, files), "joint": under_it, "form": form, "may_send": may_send}
    return render(request, "submissions/participant/check.html", context)


def send(request, submission, form):
    """Send what was checked; the redirect to the receipt, or None with the reason on the form."""
    if form.cleaned_data["edition"] != submission.edition:
        form.add_error(None, _("The input was changed after you opened this page. Check it once more, then send."))
        return None
    try:
        version = operations.submit(submission, by=request.user, sponsors_seen=form.cleaned_data["sponsors"])
    except Refused as why:
        form.add_error(None, str(why))
        return None
    look_soon("submissions.tasks.announce_steps", "forums.tasks.send_letters", "submissions.tasks.scan_uploads")
    return redirect("submissions:receipt", version.submission_id)


def what_is_sent(submission, files) -> dict:
    """Every answer in words, what is public of it, and what is still missing with the way to its question."""
    form, lacks = DraftForm(submission=submission), missing(submission, files=files)
    values, edit = answers_of(submission), place_of(submission.pk)
    steps = steps_of(submission, lacks, here="check", files=files)
    asked = {question.field for question in shown(form.form, submission.answers)} if form.form else ()
    answers = [
        {
            "name": name,
            "label": form.fields[name].label,
            "value": in_words(form, name, values.get(name)),
            "shown": shown_answer(question, submission.answers.get(question.key)) if question else None,
            "typed": name in ("title", "summary", "text"),
            "listed": name in LISTS,
            "public": question.is_public if question else name in DraftForm.PUBLIC,
            "lack": lacks.get(name, ""),
            "closed": name in form.closed,
            "url": f"{edit}#{form.auto_id % name}",
        }
        for name in form.all_names
        if (question := form.questions.get(name)) is None or name in asked
    ]
    page = {
        "round_tables": round_tables_of(submission.call.forum, values["objectives"]),
        "text_as_shown": html_of(submission.text),
        "words": words.count(submission.text, submission.language),
    }
    return {
        "submission": submission,
        "call": submission.call,
        "forum": submission.call.forum,
        "phase": submission.call.phase(now()),
        "answers": answers,
        "answers_in_html": checked_answers(answers, submission, page),
        "lacks": [answer for answer in answers if answer["lack"]],
        "files_lack": lacks.get("files", ""),
        "files": lines_of(files),
        "publicity": PublicityForm(submission=submission),
        "publicity_closed": form.opens is not None and "publish_as" not in form.opens,
        "files_closed": form.opens is not None and not any(map(is_of_files, form.opens)),
        "desk_files": [file.name for file in files if not file.public],
        "steps": steps,
        "steps_in_html": steps_in_html(steps),
    }


@signed_in
def receipt(request, pk):
    """What was received. `?version=` shows an earlier receipt, `?format=json` the content the checksum is taken over."""
    submission = own_input(request, pk)
    versions = list(submission.versions.order_by("number"))
    wanted = request.GET.get("version", "")
    version = next((v for v in versions if str(v.number) == wanted), None) if wanted else (versions or [None])[-1]
    if version is None:
        raise Http404
    if request.GET.get("format") == "json":
        name = f"{version.content['reference']}-{version.number}.json"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return HttpResponse(canonical(version.content), content_type="application/json", headers=headers)
    context = {
        "submission": submission,
        "version": version,
        "versions": versions,
        "content": version.content,
        "files": files_of(version),
        "forum": submission.call.forum,
        "call": submission.call,
    }
    return render(request, "submissions/participant/receipt.html", context)
