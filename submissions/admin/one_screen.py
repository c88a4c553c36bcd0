"""What the review page shows on one screen: the text, beside it checklist, notes and decisions, the rest below."""

from django.db.models import Q
from django.http import Http404
from django.template.response import TemplateResponse
from django.utils.dateparse import parse_datetime
from django.utils.timezone import now

from accreditation.entrance import LATE, typed_before
from forums.admin import decisions as deciding
from forums.models import Letter
from submissions import permissions, words
from submissions.admin import hanging, late_opening, reading
from submissions.admin.alike import likened
from submissions.admin.files import lines_of
from submissions.admin.opening import seen_of
from submissions.admin.particulars import may_reclassify_by_role
from submissions.admin.presence import here_too
from submissions.admin.verdicts import DECISIONS, letters_of
from submissions.compared import LABELS, compared, two_of
from submissions.markup import html_of
from submissions.models import Redaction, Review, Submission
from submissions.parts import parts_of
from submissions.questions.lacking import WRITTEN, prose_of
from submissions.questions.showing import in_sections, sent_answers

Status = Submission.Status
REFUSED = "refused-before"  # kept beside what was typed when a decision was refused
VERDICTS = {decision.key: decision for decision in DECISIONS}


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
        "alike": likened(submission),
        **late_opening.beside(submission, now()),
        "asked": asked_of_author(submission, now()),
        "opening": late_opening.LateOpeningForm(prefix="open_late", initial=typed_opening(typed)),
        "may_reclassify": may_reclassify_by_role(user, submission),
        "may_open": user.has_perm("submissions.publish_submission"),
        "typed_note": (typed or {}).get("note", ""),
        "was_signed_out": came_back and not was_refused and LATE not in typed,
        "oversees": oversees,
        **here_too(request, submission),
        "may_note": user.has_perm("submissions.review_submission") or oversees,
        "reviewer": reviewer_in_words(submission, user, oversees),
    }
    return TemplateResponse(request, "admin/submissions/submission/review.html", context, status=status)


def asked_of_author(submission, at) -> dict:
    """What its author is asked now: the names of the parts that are open, until when, and whether that has passed."""
    asked = submission.asked
    if not asked:
        return {}
    known = parts_of(submission, submission.files_there)
    until = parse_datetime(asked["answer_by"]) if asked["answer_by"] else None
    names = None if asked["opens"] is None else [known.get(part, part) for part in asked["opens"]]
    return {"opened": names, "answer_by": until, "overdue": until is not None and until <= at}


def typed_opening(typed):
    """What was typed to open the input for additions, when that was refused."""
    return deciding.typed_into(late_opening.LateOpeningForm(prefix="open_late"), typed) if typed is not None else {}


def reviewer_in_words(submission, user, oversees):
    return reading.Names(user, oversees).of(submission.reviewer) if submission.reviewer_id else ""


def text_of(submission, version, asked):
    """The chosen version, rendered as the public would see it, and what it changed."""
    previous, _version = two_of(submission.sendings, {"from": asked.get("since", ""), "to": str(version.number)})
    forum, content = submission.call.forum, version.shown
    return {
        "version": version,
        "redacted": [Redaction.Kind(kind).label for kind in version.changes.get("kinds", ())],
        "versions": submission.sendings,
        "content": content,
        "left": those_that_left(submission, content),
        "text": html_of(content["text"]),
        "sections": in_sections(sent_answers(content)),
        "particulars": reading.particulars(submission, content),
        "previous": previous,
        "changes": compared(previous.shown, content, forum, view=asked.get("view", "")) if previous else None,
        "counts": counts_of(version.content),
        "too_long": words.count(version.content["text"], version.content["language"]) > submission.call.most_words,
    }


def counts_of(content) -> list:
    """How many words each part has that was written: name and number, in the order of the page."""
    language = content["language"]
    parts = [(LABELS[name], content[name]) for name in ("title", "summary", "text")]
    answers = zip(content.get("answers", ()), sent_answers(content), strict=True)
    parts[2:2] = [(shown.label, prose_of(one["answer"])) for one, shown in answers if one["kind"] in WRITTEN]
    return [(label, words.count(text, language)) for label, text in parts if text]


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
        "seen": seen_of(submission, user),
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
        "notes": hanging.notes_of(submission, names),
        "reviews": reading.reviews_of(submission.sendings, user, oversees),
    }


def letters_about(submission):
    """Letters that the steps of this input wrote, and those about questions, corrections and redactions; newest first."""
    if not submission.moves:
        return []
    told = {"submission-step": [step.pk for step in submission.moves], **submission.told}
    keys = Q()
    for prefix, rows in told.items():
        for row in rows:
            keys |= Q(key__startswith=f"{prefix}:{row}:")
    return list(Letter.objects.filter(keys).defer("text", "html").order_by("-written_at", "pk")[:50])
