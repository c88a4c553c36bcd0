"""Closings that moved: those with a draft, and those who were told the former closing, hear of it once."""

import logging

from django.db import transaction

from accreditation.models import Membership, User
from accreditation.permissions import SPEAKS
from forums import closings
from forums.models import Call, Extension, Letter
from forums.operations import take_back_outdated, write
from submissions.models import Submission

log = logging.getLogger(__name__)
Told = Extension.Told


def correct_closings(*, at):
    """Write one letter a person about every moved closing of which nobody was told yet; returns how many letters.

    Several moves since the last sweep are told as one: what a letter says holds when it is written. A call whose
    letters fail holds up no other.
    """
    take_back_outdated(at=at)
    written = 0
    pending = Extension.objects.filter(corrected_at__isnull=True)
    for pk in list(pending.order_by().values_list("call", flat=True).distinct()):
        try:
            with transaction.atomic():
                written += _correct(pk, at)
        except Exception:
            log.exception("the letters about the moved closing of call %s could not be written", pk)
    return written


def _correct(pk, at):
    call = Call.objects.select_for_update(of=("self",), skip_locked=True).select_related("forum").filter(pk=pk).first()
    if call is None:
        return 0
    moves = list(call.extensions.order_by("at", "pk"))
    pending = [move for move in moves if move.corrected_at is None]
    if not pending:
        return 0
    newest = moves[-1]
    newest.call = call
    tell = any(move.told != Told.NOBODY for move in pending)
    people = concerned(call, before=newest.at) if tell else {}
    for person, drafts in people.items():
        _write(newest, person, drafts, was=pending[0].was, at=at)
    call.extensions.filter(pk__in=[move.pk for move in pending]).update(corrected_at=at)
    return len(people)


def concerned(call, *, before) -> dict:
    """Those whom a moved closing concerns, with their drafts: who speaks for an organisation with an unsent draft that
    was begun by then, and whoever was told another closing than the one that the call has now."""
    people = {}
    drafts = Submission.objects.filter(call=call, status="draft", begun_at__lt=before).select_related("organisation")
    speakers = _speakers_of({draft.organisation_id for draft in drafts})
    for draft in sorted(drafts, key=lambda draft: (draft.begun_at, draft.pk)):
        for person in speakers.get(draft.organisation_id, ()):
            people.setdefault(person, []).append(draft)
    for person in told_otherwise(call):
        people.setdefault(person, [])
    return people


def _speakers_of(organisations) -> dict:
    """Who speaks for each of them, looked up at once."""
    members = Membership.objects.standing().filter(organisation__in=organisations, role__in=SPEAKS, user__is_active=True)
    speakers = {}
    for membership in members.select_related("user").order_by("pk"):
        speakers.setdefault(membership.organisation_id, []).append(membership.user)
    return speakers


def told_otherwise(call):
    """People to whom a letter went, or is on its way, that names another closing of this call."""
    letters = Letter.objects.filter(key__startswith=closings.prefix_of_all(call.pk))
    letters = letters.exclude(key__startswith=closings.prefix_of(call.pk, call.closes_at))
    numbers = {closings.person_of(key) for key in letters.values_list("key", flat=True)}
    return User.objects.filter(pk__in=numbers, is_active=True).order_by("pk")


def letter_about(extension, person, drafts, *, was, at) -> dict:
    """What the letter needs: the call with its new closing, the one that was known, the drafts of this person."""
    return {
        "extension": extension,
        "call": extension.call,
        "was": was,
        "earlier": extension.became < was,
        "over": extension.became <= at,
        "drafts": drafts,
        "person": person,
    }


def _write(extension, person, drafts, *, was, at):
    write(
        "submissions/closing_moved",
        to=person.email,
        language=person.language,
        about=letter_about(extension, person, drafts, was=was, at=at),
        key=closings.correction(extension, person.pk),
        at=at,
        forum=extension.call.forum,
    )
