"""The review page: the sent text at the start, checklist, notes and decisions at the end, everything about it below."""

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accreditation.entrance import LATE, forget_typed, keep_typed, typed_before
from forums.admin import decisions as deciding
from forums.models import Letter
from forums.refusals import Refused
from forums.typed import without_control
from submissions import operations, permissions, words
from submissions.admin import late_opening, reading
from submissions.admin.deciding import confirming
from submissions.admin.files import lines_of
from submissions.admin.opening import load, seen_of
from submissions.admin.verdicts import DECISIONS, letters_of
from submissions.compared import compared, two_of
from submissions.markup import html_of
from submissions.models import Review, Submission
from submissions.questions.showing import in_sections, sent_answers

Status = Submission.Status
REFUSED = "refused-before"  # kept beside what was typed when a decision was refused
VERDICTS = {decision.key: decision for decision in DECISIONS}


def review_page(room, request, object_id):
    """Show an input to the desk, or carry out what was pressed. What one may not see is a missing page."""
    if not room.has_view_permission(request):
        raise PermissionDenied
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
    if pressed == "save":
        return save_checklist(room, request, submission)
    if pressed == "open_late":
        return open_late(request, submission)
    decision = VERDICTS.get(pressed)
    if decision is None:
        raise Http404
    if not decision.may(request.user, submission):
        raise PermissionDenied
    if deciding.is_stale(request.POST, seen_of(submission)) or not decision.fits(submission):
        return page(room, request, submission, stale=deciding.since(submission.moves, request.POST), status=409)
    form = decision.asked(request.POST, submission)
    if not form.is_valid():
        return refused(request)
    return carried_out(room, request, submission, decision, form.cleaned_data)


def carried_out(room, request, submission, decision, words):
    """The page with the letters of the decision where it has any; else the decision, or why it was refused."""
    try:
        keep_checklist(request, submission)
        if (letters := confirming.carry_out(room, request, submission, decision, words)) is not None:
            return letters
    except Refused as why:
        submission = load(request, submission.pk)
        if not decision.fits(submission):  # somebody was faster
            return page(room, request, submission, stale=deciding.since(submission.moves, request.POST), status=409)
        return refused(request, str(why))
    return done(request, decision.done)


def leave_note(room, request, submission):
    """An internal note is taken at any time: it changes nothing that others decide."""
    if not permissions.may_note(request.user, submission):
        raise PermissionDenied
    try:
        text = without_control(request.POST.get("note", ""))[:10_000]
        operations.add_note(submission, by=request.user, at=now(), text=text)
    except Refused as why:
        return refused(request, str(why))
    return done(request, _("The note is kept. Only the desk reads it."))


def open_late(request, submission):
    """Open the input for additions after its call has closed; taken at any time, since nothing else depends on it."""
    if not permissions.may_publish(request.user, submission):
        raise PermissionDenied
    try:
        form = late_opening.open_it(submission, request.POST, by=request.user, at=now())
    except Refused as why:
        return refused(request, str(why))
    if not form.is_valid():
        return refused(request, _("Give a day and a reason to open it for additions."))
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


def done(request, sentence):
    forget_typed(request, request.path)
    messages.success(request, sentence)
    return redirect(request.get_full_path())


def refused(request, sentence=""):
    """Back to the page, with what was typed on the session's shelf; the sentence is said once."""
    keep_typed(request, request.path, **{REFUSED: "yes"})
    if sentence:
        messages.error(request, sentence)
    return redirect(request.get_full_path())


# The page ------------------------------------------------------------------------------------------------------------


def page(room, request, submission, *, stale=None, status=200):
    user = request.user
    oversees = permissions.sees_reviewers(user)
    version = reading.chosen_version(submission.sendings, request.GET.get("version"))
    if version is None:
        raise Http404
    typed = request.POST if request.method == "POST" else typed_before(request, request.path)
    came_back = typed is not None and request.method == "GET"
    was_refused = came_back and REFUSED in typed
    context = {
        **room.admin_site.each_context(request),
        "title": submission.reference,
        "is_nav_sidebar_enabled": False,
        "opts": room.opts,
        "original": submission,
        "submission": submission,
        "forum": submission.call.forum,
        "filters": request.GET.get("_changelist_filters", ""),
        "keys_on": not submission.keys_off,
        **text_of(submission, version, request.GET),
        **side_of(request, submission, typed=typed, was_refused=was_refused, stale=stale),
        **below(user, submission, version, oversees),
        **late_opening.beside(submission, now()),
        "opening": late_opening.LateOpeningForm(prefix="open_late", initial=typed_opening(typed)),
        "may_open": user.has_perm("submissions.publish_submission"),
        "typed_note": (typed or {}).get("note", ""),
        "was_signed_out": came_back and not was_refused and LATE not in typed,
        "oversees": oversees,
        "may_note": user.has_perm("submissions.review_submission") or oversees,
        "reviewer": reviewer_in_words(submission, user, oversees),
    }
    return TemplateResponse(request, "admin/submissions/submission/review.html", context, status=status)


def typed_opening(typed):
    """What was typed to open the input for additions, when that was refused."""
    return deciding.typed_into(late_opening.LateOpeningForm(prefix="open_late"), typed) if typed is not None else {}


def reviewer_in_words(submission, user, oversees):
    return reading.Names(user, oversees).of(submission.reviewer) if submission.reviewer_id else ""


def text_of(submission, version, asked):
    """The chosen version, rendered as the public would see it, and what it changed."""
    previous, _version = two_of(submission.sendings, {"from": asked.get("since", ""), "to": str(version.number)})
    forum = submission.call.forum
    return {
        "version": version,
        "versions": submission.sendings,
        "content": version.content,
        "left": those_that_left(submission, version.content),
        "text": html_of(version.content["text"]),
        "sections": in_sections(sent_answers(version.content)),
        "particulars": reading.particulars(submission, version.content),
        "previous": previous,
        "changes": compared(previous.content, version.content, forum, view=asked.get("view", "")) if previous else None,
        "too_long": words.count(version.content["text"], version.content["language"]) > submission.call.most_words,
    }


def those_that_left(submission, content):
    """The rows of bodies named in that version that have left since."""
    named = [body["id"] for body in content.get("co_sponsors", [])]
    return set(submission.co_sponsors.filter(pk__in=named, ended="left").values_list("pk", flat=True)) if named else set()


def pressed_before(submission, typed):
    """The decision that was refused when pressed, and its form as it is judged now; nothing where it no longer fits."""
    decision = VERDICTS.get(typed.get("decision", ""))
    if decision is None or not decision.fits(submission):
        return {}
    form = decision.asked(typed, submission)
    form.full_clean()
    return {"pressed": decision, "wrong": form}


def side_of(request, submission, *, typed, was_refused, stale):
    """Checklist and decisions, with whatever was typed into them."""
    user = request.user
    can = {
        permissions.may_review: user.has_perm("submissions.review_submission"),
        permissions.may_publish: user.has_perm("submissions.publish_submission"),
    }
    own = next((r for r in submission.sendings[-1].readings if r["reviewer"] == user.pk), {"checklist": {}, "remarks": ""})
    ticked = {key for key, yes in own["checklist"].items() if yes}
    if typed is not None and "checklist" in typed:
        ticked, own = set(typed.getlist("checklist")), {"remarks": typed.get("remarks", "")}
    return {
        "seen": seen_of(submission),
        "stale": None if stale is None else reading.history(stale, reading.Names(user, permissions.sees_reviewers(user))),
        "stale_sentence": deciding.stale_sentence(),
        "kept": deciding.left_over(DECISIONS, submission, typed) if typed is not None else [],
        "may_tick": can[permissions.may_review] and submission.status == Status.UNDER_REVIEW,
        "questions": [{"key": key, "label": label, "yes": key in ticked} for key, label in Review.QUESTIONS.items()],
        "has_read": bool(ticked or own["remarks"]),
        "remarks": own["remarks"],
        "panels": deciding.panels_of(
            DECISIONS,
            submission,
            letter_of=letters_of(submission),
            allowed=lambda decision: can[decision.may],
            data=typed,
            **(pressed_before(submission, typed) if was_refused else {}),
        ),
    }


def below(user, submission, version, oversees):
    """Files, history, letters, notes, readings of colleagues."""
    names = reading.Names(user, oversees)
    return {
        "files": lines_of(submission, version, submission.files_there, oversees),
        "history": reading.history(submission.moves, names),
        "letters": letters_about(submission),
        "sees_addresses": user.has_perm("forums.view_letter"),
        "notes": [{"note": note, "by": names.of(note.by)} for note in submission.notes.select_related("by")],
        "reviews": reading.reviews_of(submission.sendings, user, oversees),
    }


def letters_about(submission):
    """Letters that the steps of this input wrote, newest first."""
    if not submission.moves:
        return []
    keys = Q()
    for step in submission.moves:
        keys |= Q(key__startswith=f"submission-step:{step.pk}:")
    return list(Letter.objects.filter(keys).defer("text", "html").order_by("-written_at", "pk")[:50])
