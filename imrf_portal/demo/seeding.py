"""Makes the demonstration once, in one transaction; never beside what real people sent, never in production."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import translation

from accreditation.models import AccreditationStep, SpeakingRequestStep, SupportRequestStep
from forums.models import Forum, Letter
from imrf_portal.demo.convening import SLUG, convene, waive
from imrf_portal.demo.crowd import add_crowd
from imrf_portal.demo.deciding import decide_later
from imrf_portal.demo.entrusting import entrust
from imrf_portal.demo.inputs import write_all
from imrf_portal.demo.participation import take_part
from imrf_portal.demo.people import ADDRESSES, gather
from imrf_portal.demo.programme import lay_out
from imrf_portal.demo.sharing_out import share_out
from imrf_portal.demo.standing import accredit
from submissions.models import CoSponsorStep, DraftNote, ProposalStep, PublishedInput, Submission, SubmissionStep
from submissions.reference.shipped_forms import give_shipped

RECENT = timedelta(hours=6)  # only what happened since then still sends letters


class CannotSeed(Exception):
    """One sentence that says why, and what to do."""


def refuse_in_earnest():
    """Raises CannotSeed where invented people and open passwords have no place."""
    if settings.HTTPS:
        raise CannotSeed(f"SITE_URL is {settings.SITE_URL}: a site in production gets no demonstration data.")
    if Submission.objects.filter(recorded_by_desk=False, call__forum__demonstration=False).exists():
        raise CannotSeed("Real people have sent inputs here: load the demonstration into a database of its own.")
    if not Forum.objects.filter(slug="2022").exists():
        raise CannotSeed("The lists that the demonstration needs are missing: run manage.py load_reference first.")


def seed(*, at, size=None, seed=1) -> dict:
    """Make the demonstration unless it is there; with `size` add published inputs until there are so many."""
    refuse_in_earnest()
    with transaction.atomic(), translation.override("en"):
        forum = Forum.objects.filter(slug=SLUG).first()
        new = forum is None
        if new:
            forum = convene(at=at)
            give_shipped(forum)
            cast = gather(at=at)
            entrust(forum, cast)
            waive(forum, asked_by=cast.desk["administrator"][0], agreed_by=cast.desk["accreditation"][-1], at=at)
            accredit(forum, cast, at=at)
            write_all(forum, cast, at=at, seed=seed)
            lay_out(forum, by=cast.desk["administrator"][0], at=at)
            take_part(forum, cast, at=at)
            decide_later(forum, cast, at=at)
            share_out(forum, cast, at=at)
        added = add_crowd(forum, size=size, at=at, seed=seed) if size else 0
        if new:
            _settle(forum, at)
    return {"new": new, "added": added, **_counts(forum)}


def _settle(forum, at):
    """Letters about the past are not sent; and public pages that were kept by caches are asked for anew."""
    for steps in (
        SubmissionStep.objects.filter(submission__call__forum=forum),
        CoSponsorStep.objects.filter(co_sponsor__submission__call__forum=forum),
        ProposalStep.objects.filter(proposal__submission__call__forum=forum),
        AccreditationStep.objects.filter(accreditation__forum=forum),
        SpeakingRequestStep.objects.filter(request__session__forum=forum),
        SupportRequestStep.objects.filter(request__forum=forum),
    ):
        steps.filter(announced_at__isnull=True, at__lt=at - RECENT).update(announced_at=at)
    DraftNote.objects.filter(submission__call__forum=forum, told_at=None, at__lt=at - RECENT).update(told_at=at)
    Letter.objects.filter(sent_at=None, written_at__lt=at - RECENT, to__endswith=ADDRESSES).delete()
    PublishedInput.objects.filter(forum=forum, changed_at__lt=at).update(changed_at=at)


def _counts(forum) -> dict:
    submissions = Submission.objects.filter(call__forum=forum)
    return {
        "forum": forum.slug,
        "calls": list(forum.calls.values_list("slug", flat=True)),
        "organisations": forum.accreditations.count(),
        "inputs": {status: submissions.filter(status=status).count() for status in Submission.Status.values},
    }
