"""Official documents that drew on inputs: recorded and taken off by the desk, shown beside the input, told to its author."""

import re
from datetime import timedelta
from itertools import groupby
from operator import attrgetter

from django.db import transaction
from django.db.models import Count, Q
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
    count_uses(OfficialDocument.objects.filter(pk__in=Use.objects.filter(submission=submission).values("document")), at)
    return changed


def count_uses(documents, at):
    """How many visible inputs each of these drew on, as its line on public pages says; written where it is another now."""
    shown = publication.visible(at).order_by().values("submission")
    drawn = Use.objects.standing().filter(document__in=documents.values("pk"), submission__in=shown).order_by()
    counts = dict(drawn.values("document").annotate(n=Count("submission", distinct=True)).values_list("document", "n"))
    for key, said in documents.filter(Q(pk__in=counts) | ~Q(inputs_used=0)).values_list("pk", "inputs_used"):
        if said != counts.get(key, 0):
            OfficialDocument.objects.filter(pk=key).update(inputs_used=counts.get(key, 0))


def show_changed_documents(*, at) -> int:
    """Public rows follow documents whose symbol, title or address changed, and documents follow inputs that came or went.

    Where nothing changed this asks a few statements, however many inputs there are.
    """
    changed = Submission.objects.filter(pk__in=_shown_otherwise())
    done = sum(bool(show_uses(submission, at=at)) for submission in changed)
    count_uses(OfficialDocument.objects.order_by(), at)
    return done


def _shown_otherwise() -> list:
    """Keys of published inputs whose public row says something else than their uses and the documents of these."""
    public = PublishedInput.objects.filter(taken_down_at=None, submission__status="published").order_by()
    said = dict(public.exclude(used_in=[]).values_list("submission", "used_in"))
    uses = Use.objects.standing().filter(submission__in=public.values("submission")).select_related("document")
    by_input = groupby(uses.order_by("submission_id", *publication.ORDER_OF_USES), attrgetter("submission_id"))
    used = {key: publication.used_as_shown(group) for key, group in by_input}
    return [key for key in {**said, **used} if said.get(key, []) != used.get(key, [])]


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
