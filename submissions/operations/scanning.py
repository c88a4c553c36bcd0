"""Scanning files of inputs and of official documents; how the scanner is asked stands in forums/scanning.py."""

from forums.models import DocumentFile
from forums.scanning import scan
from submissions.models import Attachment, PublishedInput


def scan_waiting(*, at, most=20):
    """Ask about files of inputs in quarantine; a file that follows its published text changes what the public sees."""

    def found(file):
        PublishedInput.objects.visible(at).filter(submission=file.submission_id).update(changed_at=at)

    return scan(Attachment.objects.to_scan(), at=at, most=most, marks=["scanned_at"], found=found)


def scan_documents(*, at, most=20):
    """The same for kept files of official documents: staff put them there, and staff catch viruses too."""
    return scan(DocumentFile.objects.to_scan(), at=at, most=most)
