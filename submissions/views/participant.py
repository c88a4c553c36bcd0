"""The author's own side: the list of one's inputs, one input with its history, taking it back."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accreditation.entrance import signed_in
from accreditation.models import FormerAddress
from accreditation.permissions import organisations_written_for
from forums.hints import look_soon
from forums.refusals import Refused
from forums.typed import posted_by
from forums.windows import Phase
from submissions import operations, permissions
from submissions.forms import WithdrawForm
from submissions.in_words import used_in_words
from submissions.markup import html_of
from submissions.models import Submission
from submissions.public_steps import is_for_author, word_of
from submissions.questions.showing import answers_shown, in_sections, sent_answers
from submissions.views.answering import question_on
from submissions.views.own import files_of, lines_of, own_input, public_from
from submissions.views.proposing import beside

PER_PAGE = 25
Status = Submission.Status
BY_AUTHOR = (Status.SUBMITTED, Status.WITHDRAWN)


@signed_in
def my_inputs(request):
    """All inputs of the organisations for which this person acts, newest first."""
    inputs = Submission.objects.of(request.user).select_related("call__forum", "organisation").order_by("-begun_at", "pk")
    status = request.GET.get("status", "")
    if status in Status.values:
        inputs = inputs.filter(status=status)
    if organisation := request.GET.get("organisation", ""):
        had = FormerAddress.objects.filter(slug=organisation).values("organisation")
        inputs = inputs.filter(Q(organisation__slug=organisation) | Q(organisation__in=had))
    page = Paginator(inputs, PER_PAGE).get_page(request.GET.get("page"))
    query = urlencode({name: value for name, value in (("status", status), ("organisation", organisation)) if value})
    context = {"page": page, "statuses": Status.choices, "status": status, "organisation": organisation, "query": query}
    context["writes_for"] = set(organisations_written_for(request.user).values_list("pk", flat=True))
    return render(request, "submissions/participant/my_inputs.html", context)


@signed_in
def my_input(request, pk):
    """Where an input stands, what the desk asked or decided, what was sent and when."""
    submission = own_input(request, pk)
    versions = list(submission.versions.order_by("-number"))
    stands = submission.standing_version() if versions else None
    as_sent = versions and not submission.is_writable
    context = {
        "submission": submission,
        "call": submission.call,
        "forum": submission.call.forum,
        "phase": submission.call.phase(now()),
        "steps": history_of(submission),
        "public_from": public_from(submission, now()),
        "text_as_shown": html_of(submission.text),
        "sections": in_sections(sent_answers(stands.content) if as_sent else answers_shown(submission)),
        "versions": versions,
        "files": files_of(stands) if as_sent else lines_of(submission.attachments.kept().select_related("extract")),
        **question_on(request, submission),
        "may_edit": submission.is_writable and permissions.may_edit(request.user, submission),
        "may_withdraw": submission.may_move(Status.WITHDRAWN) and permissions.may_withdraw(request.user, submission),
        "may_discard": submission.status == Status.DRAFT and permissions.may_submit(request.user, submission),
        "amendment": submission.amendments.first() if versions else None,
        "may_amend": may_amend(request.user, submission, now()),
        **publicity_of(request.user, submission),
        "may_translate": permissions.may_submit(request.user, submission),
        "used_in": used_in_words(submission.published) if submission.status == Status.PUBLISHED else [],
        "may_reinstate": may_reinstate(request.user, submission, now()),
        **(beside(request.user, submission, now()) if versions else {}),
        **(changed_by_desk(submission) if versions else {}),
    }
    return render(request, "submissions/participant/my_input.html", context)


def changed_by_desk(submission) -> dict:
    """What the desk corrected in its particulars and took out of what is shown; who did it stays with the desk."""
    return {"corrections": list(submission.reclassifications.all()), "redactions": list(submission.redactions.all())}


def publicity_of(user, submission) -> dict:
    """The newest wish about what is public, and whether another one can be made."""
    wish = submission.publicity_requests.first() if submission.reference else None
    waits = wish is not None and wish.settled_at is None
    may = submission.status == Status.PUBLISHED and not waits and permissions.may_withdraw(user, submission)
    return {"wish": wish, "may_wish": may}


def may_amend(user, submission, at) -> bool:
    """Whether the page offers to change what was sent; the operation decides."""
    is_open = submission.call.phase(at) is Phase.OPEN and submission.status in operations.AMENDABLE
    return is_open and not submission.recorded_by_desk and permissions.may_edit(user, submission)


def may_reinstate(user, submission, at) -> bool:
    """Whether the page offers to reinstate what was withdrawn; the operation decides."""
    is_open = submission.call.phase(at) is Phase.OPEN and submission.status == Status.WITHDRAWN
    return is_open and permissions.may_withdraw(user, submission)


def history_of(submission) -> list:
    """Its steps as its author sees them: own people by name, everybody else as the Network."""
    people = set(submission.organisation.memberships.values_list("user", flat=True))
    return [
        {
            "at": step.at,
            "status": step.became,
            "word": word_of(step),
            "by": step.by if step.became in BY_AUTHOR and step.by_id in people else None,
            "ground": step.get_ground_display() if step.ground else "",
            "note": step.note if is_for_author(step) else "",
        }
        for step in submission.steps.select_related("by")
    ]


@signed_in
def withdraw(request, pk):
    """Take an input back, after a page that says what happens."""
    submission = own_input(request, pk, may=permissions.may_withdraw)
    form = WithdrawForm(posted_by(request))
    if not submission.may_move(Status.WITHDRAWN):
        return redirect(submission)
    if form.is_valid():
        try:
            operations.withdraw(submission, by=request.user, at=now(), reason=form.cleaned_data["reason"])
        except Refused as why:
            form.add_error(None, str(why))
        else:
            look_soon("submissions.tasks.announce_steps", "forums.tasks.send_letters")
            messages.success(request, _("The input was withdrawn."))
            return redirect(submission)
    return render(request, "submissions/participant/withdraw.html", {"submission": submission, "form": form})


@signed_in
def amend(request, pk):
    """Begin to change what was sent, or go on with it."""
    submission = own_input(request, pk, may=permissions.may_edit)
    if request.method != "POST":
        return redirect(submission)
    try:
        draft = operations.amend(submission, by=request.user)
    except Refused as why:
        messages.error(request, str(why))
        return redirect(submission)
    return redirect("submissions:edit", draft.pk)


@signed_in
def reinstate(request, pk):
    """Bring back what was withdrawn, while the call is open."""
    submission = own_input(request, pk, may=permissions.may_withdraw)
    if request.method != "POST":
        return redirect(submission)
    try:
        operations.reinstate(submission, by=request.user)
    except Refused as why:
        messages.error(request, str(why))
    else:
        look_soon("submissions.tasks.announce_steps", "forums.tasks.send_letters")
        messages.success(request, _("The input is reinstated; the desk reads it again."))
    return redirect(submission)


@signed_in
def discard(request, pk):
    """Delete a draft that was never sent, after a page that asks."""
    submission = own_input(request, pk, may=permissions.may_submit)
    if submission.status != Status.DRAFT:
        raise Http404
    if request.method == "POST":
        try:
            operations.discard(submission, by=request.user, at=now())
        except Refused as why:
            messages.error(request, str(why))
            return redirect(submission)
        messages.success(request, _("The draft was discarded."))
        return redirect(submission.amends or "submissions:my_inputs")
    return render(request, "submissions/participant/discard.html", {"submission": submission})
