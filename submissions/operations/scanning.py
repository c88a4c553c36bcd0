"""Scanning files of inputs and of official documents; how the scanner is asked stands in forums/scanning.py."""

from datetime import timedelta

from forums.models import DocumentFile
from forums.scanning import scan, scan_again
from submissions.models import Attachment, PublishedInput

EVERY = timedelta(days=1)


def scan_waiting(*, at, most=1000):
    """Ask about files of inputs in quarantine; a file that follows its published text changes what the public sees."""
    return scan(Attachment.objects.to_scan(), at=at, most=most, marks=["scanned_at"], found=_public_changes(at))


def scan_clean_again(*, at, most=1000):
    """Ask once a day about clean files; one that newer signatures know is served no more."""
    clean = Attachment.objects.filter(verdict=Attachment.Verdict.CLEAN, scanned_at__lte=at - EVERY).order_by("scanned_at")
    return scan_again(clean, at=at, most=most, marks=["scanned_at"], found=_public_changes(at))


def _public_changes(at):
    def found(file):
        PublishedInput.objects.visible(at).filter(submission=file.submission_id).update(changed_at=at)

    return found


def scan_documents(*, at, most=1000):
    """The same for kept files of official documents: staff put them there, and staff catch viruses too."""
    return scan(DocumentFile.objects.to_scan(), at=at, most=most)
