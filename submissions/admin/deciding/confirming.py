"""The page between a decision and its letters: sent as they will be written, in other words, not at all, or later."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accreditation.entrance import forget_typed, keep_typed
from forums.letters import frame
from forums.refusals import Refused
from forums.typed import posted
from submissions import operations
from submissions.models import DecisionRound, SubmissionStep
from submissions.notifications import template_of

CHOICES = ("send", "words", "none", "later")
BY_ACTION = {"publish_at": "publish"}  # what a decision is kept as, where it is another one with more words
OWN = "letters"  # the field that says which of them was pressed; what this page asks begins with it
LONGEST_TEXT = 20_000


def carry_out(room, request, submission, decision, words):
    """The page with the letters where there are any and nothing was said about them; otherwise the decision, carried out.

    Returns the page, or None when it is done. Raises Refused as the decision does.
    """
    at, pressed = now(), request.POST.get(OWN)
    if pressed not in CHOICES:
        if template_of(SubmissionStep(submission=submission, was=submission.status, became=decision.to)) is None:
            return _done(submission, decision, request.user, at, words)
        rehearsal = operations.rehearse(submission, decision.act, by=request.user, at=at, **words)
        return (
            page(room, request, submission, decision, rehearsal)
            if rehearsal.letters
            else _done(submission, decision, request.user, at, words)
        )
    rehearsal = operations.rehearse(submission, decision.act, by=request.user, at=at, **words)
    try:
        ask_whether_later(pressed, request.POST)
        letters = chosen(pressed, posted(request.POST), rehearsal)
    except Refused as why:
        return page(room, request, submission, decision, rehearsal, wrong=str(why))
    if pressed == "later":
        return _stage(room, request, submission, decision, rehearsal, words, letters, at)
    return _done(submission, decision, request.user, at, words, letters)


def _stage(room, request, submission, decision, rehearsal, words, letters, at):
    """Nothing happens to the input: the decision waits in a round until a second person releases it."""
    kept = {"decision": BY_ACTION.get(decision.key, decision.key), "words": words, "letters": letters}
    seen_step = submission.moves[-1].pk if submission.moves else 0
    try:
        with transaction.atomic():  # no round is begun by a staging that is refused
            to = operations.open_round(submission.call, name=request.POST.get("round", ""), by=request.user, at=at)
            operations.stage(submission, round=to, by=request.user, at=at, seen_step=seen_step, **kept)
    except Refused as why:
        return page(room, request, submission, decision, rehearsal, wrong=str(why))
    forget_typed(request, request.path)
    messages.success(request, _("The decision is staged. Nobody is told before a second person releases the round."))
    return redirect(request.get_full_path())


def _done(submission, decision, by, at, words, letters=operations.AS_WRITTEN):
    operations.decide(submission, decision.act, by=by, at=at, letters=letters, **words)


def ask_whether_later(pressed, fields):
    """Refused where a round was named and something else pressed: Enter in that field presses the first button there is."""
    if pressed != "later" and fields.get("round", "").strip():
        raise Refused(_("You named a round. Press “Stage it for later”, or empty the name of the round."))


def chosen(pressed, typed, rehearsal):
    """What was decided about the letters; raises Refused where a press and what was typed contradict each other."""
    anew = operations.worded_anew(rehearsal, typed_words(typed, rehearsal))
    if pressed == "none":
        reason = typed.get("letters-reason", "").strip()[:2000]
        if rehearsal.owes_a_letter and not reason:
            raise Refused(_("Its author has to hear of this. Say why no letter goes out; the reason is kept."))
        return operations.Letters(withheld=True, reason=reason)
    if pressed == "send" and anew:
        raise Refused(_("You changed the words. Press “Send in these words”, or bring the former words back."))
    return operations.Letters(words=anew)


def typed_words(typed, rehearsal) -> dict:
    """What was typed into each letter, as far as its fields were there."""
    found = {}
    for end in rehearsal.letters:
        fields = {name: typed.get(f"letters-{name}-{end}") for name in ("subject", "text")}
        if None not in fields.values():
            found[end] = {"subject": fields["subject"][: frame.LONGEST_SUBJECT], "text": fields["text"][:LONGEST_TEXT]}
    return found


# The page ------------------------------------------------------------------------------------------------------------


def page(room, request, submission, decision, rehearsal, *, wrong=""):
    """Everything that was posted goes on in hidden fields; it also waits on the shelf for whoever goes back."""
    keep_typed(request, request.path, **{"refused-before": "yes"})
    typed = posted(request.POST)
    context = {
        **room.admin_site.each_context(request),
        "title": _("Before it is decided: who is told, and what"),
        "is_nav_sidebar_enabled": False,
        "opts": room.opts,
        "submission": submission,
        "decision": decision,
        "letters": shown(rehearsal, typed, request.user.has_perm("forums.view_letter")),
        "carried": carried(request.POST),
        "owes": rehearsal.owes_a_letter,
        "reason": typed.get("letters-reason", ""),
        "wrong": wrong,
        "pressed": request.POST.get(OWN, ""),
        "back": request.get_full_path(),
        "note": rehearsal.step.note,
        "stageable": is_stageable(decision),
        "rounds": DecisionRound.objects.open().filter(call=submission.call_id).values_list("name", flat=True),
        "round": typed.get("round", ""),
    }
    return TemplateResponse(request, "admin/submissions/submission/letters.html", context)


def is_stageable(decision) -> bool:
    act = operations.ACTS.get(BY_ACTION.get(decision.key, decision.key))
    return act is not None and act.stageable


def carried(posted_fields) -> list:
    """What the decision was pressed with, to be pressed again."""
    return [
        (name, value)
        for name, values in posted_fields.lists()
        for value in values
        if name not in ("csrfmiddlewaretoken", "round") and not name.startswith(OWN)
    ]


def shown(rehearsal, typed, sees_addresses) -> list:
    """The letters, each with its words as they stand in the fields; one that opens a page by itself shows none."""
    again, found = typed_words(typed, rehearsal), []
    for end, letter in rehearsal.letters.items():
        body, foot = frame.split(letter.text)
        words = again.get(end, {"subject": letter.subject, "text": body})
        to = letter.to if sees_addresses else ""
        found.append({"end": end, "letter": letter, "to": to, "foot": foot, "body": body, **words})
    return found
