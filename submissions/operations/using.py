"""Official documents that drew on inputs: recorded and taken off by the desk, shown beside the input, told to its author."""

import re
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accreditation.notifications import people_of
from forums.models import OfficialDocument
from forums.operations import write
from forums.refusals import Refused
from submissions import publication
from submissions.models import PublishedInput, Submission, Use

TOGETHER = timedelta(hours=1)  # what is recorded within it is told in one letter
ONCE_A = timedelta(days=1)  # a letter about one input
REFERENCE = re.compile(r"IMRF-[a-z0-9]{1,20}-I-\d{5,}", re.IGNORECASE)
LONGEST = 200_000  # of a pasted document
MOST = 500  # inputs at once


def references_in(text) -> list:
    """Every reference that stands in a list or in the text of a document, each once, in their order."""
    return list(dict.fromkeys(found.upper() for found in REFERENCE.findall(text[:LONGEST])))


@transaction.atomic
def record_use(submission, *, document, by, at, place="", note=""):
    """Record that a document drew on this input; its public page says so at once.

    Refused unless everybody can see the input. The same place twice is the same use.
    """
    shown = PublishedInput.objects.select_for_update(of=("self",)).filter(submission=submission).first()
    if shown is None or shown.taken_down_at or shown.visible_at > at or submission.status != Submission.Status.PUBLISHED:
        raise Refused(_("It is not public, so nobody could see that it was used."))
    place = place.strip()
    use, new = Use.objects.standing().get_or_create(
        submission=submission, document=document, place=place, defaults={"note": note.strip(), "by": by, "at": at}
    )
    if new:
        show_uses(submission, at=at)
    return use, new


@transaction.atomic
def remove_use(use, *, by, at):
    """Take it off again; the audit keeps that it stood there. Twice is once."""
    if Use.objects.standing().filter(pk=use.pk).update(removed_at=at, removed_by=by):
        show_uses(use.submission, at=at)


def show_uses(submission, *, at):
    """Let the public row say what its uses say now, and each document how many visible inputs it drew on."""
    used = publication.used_in(submission)
    shown = PublishedInput.objects.filter(submission=submission, taken_down_at=None).exclude(used_in=used)
    changed = shown.update(used_in=used, changed_at=at)
    for document in OfficialDocument.objects.filter(uses__submission=submission).distinct():
        count_uses(document, at)
    return changed


def count_uses(document, at):
    """How many visible inputs a document drew on, which its line on public pages says."""
    shown = publication.visible(at).order_by().values("submission")
    drawn = Use.objects.standing().filter(document=document, submission__in=shown)
    count = drawn.values("submission").distinct().count()
    OfficialDocument.objects.filter(pk=document.pk).exclude(inputs_used=count).update(inputs_used=count)


def show_changed_documents(*, at) -> int:
    """Public rows follow documents whose symbol, title or address changed, and documents follow inputs that came or went."""
    used = Submission.objects.filter(uses__removed_at=None, published__taken_down_at=None, status="published").distinct()
    done = sum(bool(show_uses(submission, at=at)) for submission in used.iterator(chunk_size=200))
    for document in OfficialDocument.objects.exclude(inputs_used=0):
        count_uses(document, at)
    return done


def tell_of_uses(*, at) -> int:
    """Write to those who speak for the author of inputs that were drawn on: what came within an hour, once a day."""
    due = Use.objects.standing().filter(told_at=None, at__lte=at - TOGETHER, submission__status="published")
    inputs = Submission.objects.filter(pk__in=due.values("submission"))
    return sum(_tell(each, at) for each in inputs.select_related("organisation", "call__forum"))


@transaction.atomic
def _tell(submission, at) -> int:
    uses = list(Use.objects.standing().select_for_update(of=("self",)).filter(submission=submission, told_at=None))
    latest = Use.objects.filter(submission=submission, told_at__gt=at - ONCE_A)
    if not uses or latest.exists():
        return 0
    Use.objects.filter(pk__in=[use.pk for use in uses]).update(told_at=at)
    about = {"submission": submission, "forum": submission.call.forum, "uses": _with_documents(uses)}
    people = people_of(submission.organisation)
    key = f"uses:{uses[-1].pk}"
    letters = [
        write(
            "submissions/used",
            to=person.email,
            language=person.language,
            about={**about, "person": person},
            key=f"{key}:{person.pk}",
            at=at,
            forum=submission.call.forum,
        )
        for person in people
    ]
    return sum(letter is not None for letter in letters)


def _with_documents(uses):
    return list(Use.objects.filter(pk__in=[use.pk for use in uses]).select_related("document").order_by("pk"))
