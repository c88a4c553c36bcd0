"""Official documents: recorded with a sound symbol and sound days; what they meet is met on the day they were available."""

from django.db import transaction
from django.db.models import Q

from forums.models import Milestone, OfficialDocument
from forums.operations.changing import in_six, note_change
from forums.operations.document_rules import MET_WHEN_AVAILABLE, check, first_day, modified_by
from forums.operations.meeting import meet, unmeet


@transaction.atomic
def record_document(document, *, by, at, as_late=False):
    """Store a document as it was typed, new or changed; returns it.

    The duty that it meets is met on the first day on which one of its documents was available; a day behind the limit is
    taken only `as_late`, with the reason. A Corr., Add. or Rev. is put beside what it changes, also if that comes later.
    """
    was = _held(document)
    check(document, at=at, as_late=as_late)
    document.save()
    _beside_what_they_change(document)
    for duty in {was and was.meets_id, document.meets_id} - {None}:
        _settle(duty, was, by, at)
    if document.forum_id and (was is None or _differs(was, document)):
        note_change(
            document.forum,
            "document",
            at=at,
            document=document.pk,
            symbol=document.symbol,
            title=in_six(document, "title"),
            available_on=document.available_on and document.available_on.isoformat(),
        )
    return document


def _held(document):
    if not document.pk:
        return None
    return OfficialDocument.objects.select_for_update(of=("self",)).get(pk=document.pk)


def _settle(pk, was, by, at):
    duty = Milestone.objects.select_related("forum").get(pk=pk)
    if duty.kind not in MET_WHEN_AVAILABLE:
        return
    if on := first_day(duty):
        meet(duty, on=on, by=by, at=at)
    elif was and duty.met_on == was.available_on:
        unmeet(duty, by=by, at=at)


def _beside_what_they_change(document):
    """Documents that were recorded before what they change find it now; those of a symbol that was wrong let it go."""
    concerned = Q(modifies=document)
    if document.symbol:
        concerned |= Q(symbol__startswith=f"{document.symbol}/")
    for later in OfficialDocument.objects.filter(concerned).select_related("modifies"):
        if (changed := modified_by(later)) != later.modifies:
            OfficialDocument.objects.filter(pk=later.pk).update(modifies=changed)


def _differs(was, document) -> bool:
    return any(getattr(was, name) != getattr(document, name) for name in ("forum_id", "symbol", "available_on"))
