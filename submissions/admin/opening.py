"""Opening an input at the desk: it and everything around it in few statements, or a missing page."""

from urllib.parse import parse_qsl

from django.contrib.postgres.expressions import ArraySubquery
from django.core.exceptions import ValidationError
from django.db.models import Exists, F, OuterRef, Value
from django.db.models.functions import Coalesce, JSONObject, NullIf
from django.http import Http404

from accreditation.models import Accreditation
from forums.admin import decisions as deciding
from submissions.admin import columns, filters, hanging, surroundings
from submissions.admin.files import with_pages
from submissions.models import Mention, QueueChoice, Review, Submission
from submissions.models.asked_once import conflicts_asked_once

Status = Submission.Status
USUAL_ORDER = columns.order_of("", oversees=False)


def load(request, pk):
    """The input with everything around it in one statement; 404 for drafts, strangers' and missing ones alike."""
    visible = Submission.objects.visible_to(request.user)
    chosen = dict(parse_qsl(request.GET.get("_changelist_filters", "")))
    asker = filters.asker_of(request)
    queue = filters.narrowed(visible, chosen, asker) if chosen else visible.filter(status=OuterRef("status"))
    inputs = surroundings.with_standing(surroundings.with_staged(surroundings.as_sent(visible)))
    order = columns.order_of(chosen.get("o", ""), oversees=asker.oversees)
    by_receipt = order == USUAL_ORDER
    inputs = surroundings.with_neighbours(inputs, queue) if by_receipt else inputs
    inputs = surroundings.with_question(surroundings.with_told(inputs))
    inputs = surroundings.with_alike(inputs, visible)
    inputs = surroundings.with_others(inputs, visible).select_related("call__forum", "organisation", "reviewer")
    unseen = Mention.objects.filter(note__submission=OuterRef("pk"), person=request.user.pk, seen_at=None)
    inputs = hanging.with_proposals(hanging.with_notes(inputs)).annotate(mentioned=Exists(unseen))
    inputs = inputs.annotate(keys_off=Exists(QueueChoice.objects.filter(user=request.user.pk, keys=False)))
    inputs = inputs.defer("text", "summary")  # the desk reads versions
    try:
        with conflicts_asked_once(request.user):
            submission = inputs.filter(pk=pk).first()
    except ValidationError:
        submission = None
    if submission is None:
        raise Http404
    submission.by_receipt = by_receipt
    if not by_receipt:
        vars(submission).update(surroundings.neighbours_in(queue, order, submission.pk))
    readings = Review.objects.filter(version=OuterRef("pk")).order_by("saved_at")
    name = Coalesce(NullIf(F("reviewer__name"), Value("")), F("reviewer__email"))
    words = JSONObject(reviewer="reviewer_id", name=name, checklist="checklist", remarks="remarks", saved_at="saved_at")
    versions = submission.versions.standing().select_related("sent_by").order_by("number")
    submission.sendings = list(versions.annotate(readings=ArraySubquery(readings.values(shape=words))))
    named = {file["id"] for file in submission.sendings[-1].content["files"]} if submission.sendings else set()
    submission.files_there = list(with_pages(submission.attachments.select_related("extract")))
    submission.files_sent = [file for file in submission.files_there if str(file.pk) in named]
    submission.moves = list(submission.steps.select_related("by", "letters_choice"))
    if submission.standing:
        words = dict(Accreditation.Status.choices)
        submission.standing["word"] = words.get(submission.standing["status"], submission.standing["status"])
    for other in submission.others:
        other["word"] = Status(other["status"]).label
    return submission


def seen_of(submission, user):
    """What a page of this input was made from; who reviews it in a word that names no colleague."""
    reviewer = submission.reviewer_id and ("mine" if submission.reviewer_id == user.pk else "colleague")
    last = submission.moves[-1] if submission.moves else None
    return deciding.seen_of(submission, last, version=len(submission.sendings), reviewer=reviewer or "nobody")
