"""Opening an input at the desk: it and everything around it in few statements, or a missing page."""

from functools import partial
from urllib.parse import parse_qsl
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.core.exceptions import ValidationError
from django.db.models import Exists, F, OuterRef, Value
from django.db.models.functions import Coalesce, JSONObject, NullIf
from django.http import Http404
from django.utils.timezone import now

from accreditation.models import Accreditation
from forums.admin import decisions as deciding
from forums.kept_statements import KeptStatement
from submissions.admin import columns, filters, hanging, surroundings
from submissions.admin.files import with_pages
from submissions.asking import Asking
from submissions.models import Mention, QueueChoice, Review, Submission
from submissions.models.asked_once import conflicts_asked_once
from submissions.models.known_open import UNKNOWN, closed_to_some_extent

Status = Submission.Status
MOST_KEPT = 100
USUAL_ORDER = columns.order_of("", oversees=False)


def load(request, pk):
    """The input with everything around it in one statement; 404 for drafts, strangers' and missing ones alike."""
    chosen = dict(parse_qsl(request.GET.get("_changelist_filters", "")))
    order = columns.order_of(chosen.get("o", ""), oversees=filters.asker_of(request).oversees)
    by_receipt, queue = order == USUAL_ORDER, None
    try:
        with conflicts_asked_once(request.user):
            if chosen or closed_to_some_extent(request.user) is UNKNOWN:
                queue = _queue_of(request, chosen)
                submission = _around(request.user, queue, by_receipt).filter(pk=pk).first()
            else:
                submission = _first_look(request.user, UUID(str(pk)))
    except (ValidationError, ValueError):
        submission = None
    if submission is None:
        raise Http404
    submission.by_receipt = by_receipt
    if not by_receipt:
        vars(submission).update(surroundings.neighbours_in(queue, order, submission.pk))
    return _with_rows(submission)


def _with_rows(submission):
    """With what is read apart: versions with their readings, files, steps; and with words for what is told of by its key."""
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


def _queue_of(request, chosen):
    """The list through which one walks: as it was narrowed, else all that have the status of the input."""
    visible = Submission.objects.visible_to(request.user)
    asker = filters.asker_of(request)
    return filters.narrowed(visible, chosen, asker) if chosen else visible.filter(status=OuterRef("status"))


def _around(user, queue, by_receipt):
    """All inputs that this person may see, with what stands around each."""
    visible = Submission.objects.visible_to(user)
    inputs = surroundings.with_standing(surroundings.with_staged(surroundings.as_sent(visible)))
    inputs = surroundings.with_neighbours(inputs, queue) if by_receipt else inputs
    inputs = surroundings.with_question(surroundings.with_told(inputs))
    inputs = surroundings.with_alike(inputs, visible)
    inputs = surroundings.with_others(inputs, visible).select_related("call__forum", "organisation", "reviewer")
    unseen = Mention.objects.filter(note__submission=OuterRef("pk"), person=user.pk, seen_at=None)
    inputs = hanging.with_proposals(hanging.with_notes(inputs)).annotate(mentioned=Exists(unseen))
    inputs = inputs.annotate(keys_off=Exists(QueueChoice.objects.filter(user=user.pk, keys=False)))
    return inputs.defer("text", "summary")  # the desk reads versions


_kept = {}  # kind of asking -> the statement of a page that came from no narrowed list


def _first_look(user, pk):
    """The input with what stands around it; put together once for all who see the same kinds of things."""
    asking = Asking(user, now())
    if asking.kind not in _kept:
        if len(_kept) >= MOST_KEPT:
            _kept.clear()
        _kept[asking.kind] = KeptStatement(partial(_of_kind, asking.stand_in()))
    return next(iter(_kept[asking.kind].rows(person=user.pk, pk=pk)), None)


def _of_kind(somebody, person, pk):
    somebody.pk = person
    queue = Submission.objects.visible_to(somebody).filter(status=OuterRef("status"))
    return _around(somebody, queue, True).filter(pk=pk).order_by()


def seen_of(submission, user):
    """What a page of this input was made from; who reviews it in a word that names no colleague."""
    reviewer = submission.reviewer_id and ("mine" if submission.reviewer_id == user.pk else "colleague")
    last = submission.moves[-1] if submission.moves else None
    return deciding.seen_of(submission, last, version=len(submission.sendings), reviewer=reviewer or "nobody")
