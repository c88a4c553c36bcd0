"""Publishing copies what the public may see, through the whitelist; taking down leaves a tombstone."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from forums.refusals import Refused
from submissions import publication
from submissions.models import PublishedInput, Submission
from submissions.search import vector_of

Status = Submission.Status


@transaction.atomic
def publish(submission, *, by, at, visible_at=None):
    """Show the newest sent version to the public, now or from `visible_at` on.

    Refused while a file of that version waits for the scanner or was refused by it: no byte is served unscanned.
    """
    version = submission.versions.order_by("-number").first()
    if version is None:
        raise Refused(_("Nothing was sent yet, so there is nothing to publish."))
    named = {file["id"] for file in version.content["files"]}
    waiting = submission.attachments.filter(pk__in=named).exclude(verdict="clean")
    if waiting.exists():
        raise Refused(
            _("Not every file has been found clean: %(names)s. Wait for the scanner, or ask the author for another file.")
            % {"names": ", ".join(waiting.values_list("name", flat=True))}
        )
    step = submission.move(Status.PUBLISHED, by=by, at=at)
    columns = publication.columns_of(submission, version)
    PublishedInput.objects.update_or_create(
        submission=submission,
        defaults={
            **columns,
            "visible_at": visible_at or at,
            "changed_at": at,
            "taken_down_at": None,
            "taken_down_because": "",
            "vector": vector_of(version.content, columns["organisation_name"]),
        },
    )
    return step


@transaction.atomic
def take_down(submission, *, by, at, reason):
    """Take an input off the public side; its address shows a tombstone with the reason and the date."""
    if not reason.strip():
        raise Refused(_("Give the reason: it stands on the public page in place of the input."))
    step = submission.move(Status.ACCEPTED, by=by, at=at, note=reason.strip(), only_from=(Status.PUBLISHED,))
    entomb(submission, at=at, because=reason.strip())
    return step


def entomb(submission, *, at, because):
    """Erase every copied word of the input from the public table and leave reference, forum, date and reason."""
    PublishedInput.objects.filter(submission=submission).update(
        taken_down_at=at, changed_at=at, taken_down_because=because, **publication.ERASED
    )
