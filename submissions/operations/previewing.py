"""Pictures of the first pages of files, made in the child process for the desk and removed once the input is decided."""

import base64

from django.db import transaction
from django.db.models import F

from submissions.extracting import parent
from submissions.models import Attachment, Extract, FilePreview, Submission
from submissions.operations.extracting import one_at_a_time
from submissions.uploads import extension_of
from submissions.withheld import every_key

Status = Submission.Status
AT_THE_DESK = (Status.SUBMITTED, Status.UNDER_REVIEW, Status.CLARIFICATION_ASKED, Status.ACCEPTED)
DRAWN = ("application/pdf", "image/png", "image/jpeg")
MOST_PICTURE = 400_000  # bytes


def make_previews(*, at, most=30) -> int:
    """Draw what was found clean and waits at the desk, each file once; returns how many. Those of decided inputs go.

    Nothing is drawn of a file that was redacted.
    """
    forget_previews()
    waiting = Extract.objects.filter(previewed_at=None, attachment__in=Attachment.objects.servable().stored())
    waiting = waiting.filter(attachment__media_type__in=DRAWN, attachment__submission__status__in=AT_THE_DESK)
    waiting = waiting.exclude(attachment__in=every_key())
    done = 0
    for key in list(waiting.order_by("pk").values_list("attachment", flat=True)[:most]):
        with one_at_a_time(key) as mine:
            extract = waiting.select_related("attachment").filter(attachment=key).first() if mine else None
            if extract is not None:
                _keep(extract, _drawn(extract.attachment), at=at)
                done += 1
    return done


def _drawn(file) -> list:
    """The pictures; none of a file that the child could not draw, which is not tried again."""
    try:
        with file.file.open("rb") as stream:
            said, _none = parent.run("preview", extension_of(file.media_type), stream)
    except (parent.Failed, OSError):
        return []
    pictures = [base64.b64decode(picture) for picture in said["pictures"]]
    return [picture for picture in pictures if len(picture) <= MOST_PICTURE]


@transaction.atomic
def _keep(extract, pictures, *, at):
    file = extract.attachment
    if not Extract.objects.filter(pk=extract.pk, sha256=file.sha256).update(previewed_at=at):
        return  # it has other bytes by now
    FilePreview.objects.filter(attachment=file).delete()
    numbered = enumerate(pictures, start=1)
    FilePreview.objects.bulk_create(
        [FilePreview(attachment=file, page=n, sha256=file.sha256, picture=each, made_at=at) for n, each in numbered]
    )


@transaction.atomic
def forget_previews() -> int:
    """Remove pictures of inputs that no longer wait at the desk, and of bytes that are gone; returns how many."""
    gone = FilePreview.objects.exclude(attachment__submission__status__in=AT_THE_DESK)
    gone = gone | FilePreview.objects.exclude(sha256=F("attachment__sha256"))
    keys = list(gone.values_list("pk", "attachment")[:500])
    Extract.objects.filter(attachment__in={file for _key, file in keys}).update(previewed_at=None)
    FilePreview.objects.filter(pk__in=[key for key, _file in keys]).delete()
    return len(keys)
