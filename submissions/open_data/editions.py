"""Which edition of the open data is served, and when a new one is due.

Made each night if anything changed. Nothing that was taken down, redacted or hidden by a correction is ever served: from
then the edition that holds it is withheld, and the next sweep makes another. Another change is caught up with after an hour.
"""

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q

from submissions.models import Act, CoSponsor, FormerlyPublished, OpenData, Proposal, ProposalStep, PublishedInput, Redaction

NIGHT = 3  # o'clock, UTC
CAUGHT_UP_AFTER = timedelta(hours=1)


def newest() -> OpenData | None:
    return OpenData.objects.order_by("-made_at", "-pk").first()


def served() -> OpenData | None:
    """The edition that may be given out; None while there is none, or while it holds what was taken down since."""
    edition = newest()
    return None if edition is None or holds_what_is_gone(edition) else edition


def _since(edition):
    return PublishedInput.objects.filter(stamp__gte=edition.up_to)


def holds_what_is_gone(edition) -> bool:
    """Whether something that it may hold was taken down since, or changed since and lately redacted, corrected so that the
    former text is hidden, or left by a body under it."""
    lately = edition.up_to - CAUGHT_UP_AFTER
    redacted = Redaction.objects.filter(submission=OuterRef("submission"), at__gte=lately)
    left = CoSponsor.objects.filter(submission=OuterRef("submission"), ended=CoSponsor.Ended.LEFT, ended_at__gte=lately)
    gone = Q(taken_down_at__isnull=False) | Exists(redacted) | Exists(_hiding_corrections(lately)) | Exists(left)
    return _since(edition).filter(gone, visible_at__lt=edition.up_to).exists()


def _hiding_corrections(lately):
    """Corrections of an input approved since then, whose former text got no address of its own."""
    kept = FormerlyPublished.objects.filter(published__submission=OuterRef("proposal__submission"), until=OuterRef("at"))
    steps = ProposalStep.objects.filter(proposal__submission=OuterRef("submission"), became=Proposal.Status.APPROVED)
    return steps.filter(~Exists(kept), proposal__act=Act.CORRECTION, at__gte=lately)


def is_due(at) -> bool:
    edition = newest()
    if edition is None or holds_what_is_gone(edition):
        return True
    if edition.made_at < at - CAUGHT_UP_AFTER and _since(edition).filter(visible_at__lt=edition.up_to).exists():
        return True
    return edition.made_at < _last_night(at) and _since(edition).filter(stamp__lte=at).exists()


def _last_night(at):
    tonight = at.replace(hour=NIGHT, minute=0, second=0, microsecond=0)
    return tonight if tonight <= at else tonight - timedelta(days=1)
