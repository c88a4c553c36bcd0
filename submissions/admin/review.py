"""The review page: what is pressed on it. What it shows stands in one_screen.py."""

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accreditation.entrance import forget_typed, keep_typed
from forums.admin import decisions as deciding
from forums.hints import look_soon
from forums.refusals import Refused
from forums.typed import without_control
from submissions import operations, permissions
from submissions.admin import late_opening
from submissions.admin.deciding import confirming
from submissions.admin.one_screen import REFUSED, VERDICTS, page
from submissions.admin.opening import load, seen_of
from submissions.models import Review
from submissions.models.known_open import ask_what_is_closed


def review_page(room, request, object_id):
    """Show an input to the desk, or carry out what was pressed. What one may not see is a missing page."""
    if not room.has_view_permission(request):
        raise PermissionDenied
    if request.method == "GET":
        ask_what_is_closed(request.user)
    submission = load(request, unquote(object_id))
    if request.method == "POST":
        return press(room, request, submission)
    return page(room, request, submission)


# What was pressed ----------------------------------------------------------------------------------------------------


def press(room, request, submission):
    """Save the checklist, leave a note, or decide.

    A refusal leads back to the page, so that loading it again decides nothing; what was typed waits there. A stale page is
    answered at once: posting it again is as stale as before.
    """
    pressed = request.POST.get("decision", "")
    if pressed == "note":
        return leave_note(room, request, submission)
    if pressed == "seen":
        operations.see_mentions(submission, by=request.user, at=now())
        return done(request, _("It is off your work list."))
    if pressed == "save":
        return save_checklist(room, request, submission)
    if pressed == "open_late":
        return open_late(room, request, submission)
    decision = VERDICTS.get(pressed)
    if decision is None:
        raise Http404
    if not decision.may(request.user, submission):
        raise PermissionDenied
    if deciding.is_stale(request.POST, seen_of(submission, request.user)) or not decision.fits(submission):
        return page(room, request, submission, stale=deciding.since(submission.moves, request.POST), status=409)
    form = decision.asked(request.POST, submission)
    if not form.is_valid():
        return refused(request)
    return carried_out(room, request, submission, decision, form.cleaned_data)


def carried_out(room, request, submission, decision, words):
    """The page with the letters of the decision where it has any; else the decision, or why it was refused."""
    was = submission.status
    try:
        keep_checklist(request, submission)
        if (letters := confirming.carry_out(room, request, submission, decision, words)) is not None:
            return letters
    except Refused as why:
        submission = load(request, submission.pk)
        if not decision.fits(submission):  # somebody was faster
            return page(room, request, submission, stale=deciding.since(submission.moves, request.POST), status=409)
        return refused(request, str(why))
    return done(request, decision.done, walked=was)


def leave_note(room, request, submission):
    """An internal note is taken at any time: it changes nothing that others decide."""
    if not permissions.may_note(request.user, submission):
        raise PermissionDenied
    try:
        text = without_control(request.POST.get("note", ""))[:10_000]
        note = operations.add_note(submission, by=request.user, at=now(), text=text)
    except Refused as why:
        return refused(request, str(why))
    look_soon("forums.tasks.send_letters")
    if note.unknown:
        sentence = _("Nobody was told of %(names)s: no one colleague who may see this input is called so.")
        messages.warning(request, sentence % {"names": ", ".join(note.unknown)})
    return done(request, _("The note is kept. Only the desk reads it."))


def open_late(room, request, submission):
    """Open the input for additions after its call has closed; taken at any time, since nothing else depends on it."""
    if not permissions.may_publish(request.user, submission):
        raise PermissionDenied
    form = late_opening.LateOpeningForm(request.POST, prefix="open_late")
    if not form.is_valid():
        return refused(request, _("Give a day and a reason to open it for additions."))
    try:
        if (letters := late_opening.open_it(room, request, submission, form)) is not None:
            return letters
    except Refused as why:
        return refused(request, str(why))
    return done(request, _("It is asked for. It opens, and its author is told, once a second person agrees."))


def save_checklist(room, request, submission):
    """Keep ticks and remarks; not those made on a version that is no longer the newest."""
    if not permissions.may_review(request.user, submission):
        raise PermissionDenied
    if request.POST.get("seen-version") != str(len(submission.sendings)):
        return page(room, request, submission, stale=deciding.since(submission.moves, request.POST), status=409)
    keep_checklist(request, submission)
    return done(request, _("Checklist and remarks are saved."))


def keep_checklist(request, submission):
    if "checklist" in request.POST and permissions.may_review(request.user, submission):
        ticked = {key: key in request.POST.getlist("checklist") for key in Review.QUESTIONS}
        remarks = without_control(request.POST.get("remarks", ""))[:10_000]
        operations.record_review(submission, by=request.user, at=now(), checklist=ticked, remarks=remarks)


def done(request, sentence, walked=""):
    """Back on the page. Who came with no list goes on through those of the status that the input had when it was decided."""
    forget_typed(request, request.path)
    messages.success(request, sentence)
    if not walked or request.GET.get("_changelist_filters"):
        return redirect(request.get_full_path())
    query = request.GET.copy()
    query["_changelist_filters"] = urlencode({"status": walked})
    return redirect(f"{request.path}?{query.urlencode()}")


def refused(request, sentence=""):
    """Back to the page, with what was typed on the session's shelf; the sentence is said once."""
    keep_typed(request, request.path, **{REFUSED: "yes"})
    if sentence:
        messages.error(request, sentence)
    return redirect(request.get_full_path())
