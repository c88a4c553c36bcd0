"""Scanning files of inputs and of official documents; how the scanner is asked stands in forums/scanning.py."""

from datetime import timedelta
from functools import partial

from django.db import transaction

from forums.models import DocumentFile
from forums.scanning import scan, scan_again
from submissions.models import Attachment
from submissions.operations.showing_files import hold_input_of, show_files_anew

EVERY = timedelta(days=1)


def scan_waiting(*, at, most=1000):
    """Ask about files of inputs in quarantine; a file that follows its published text changes what the public sees."""
    return scan(Attachment.objects.to_scan(), at=at, most=most, marks=["scanned_at"], found=_public_changes(at))


def scan_clean_again(*, at, most=1000):
    """Ask once a day about clean files; one that newer signatures know is served no more."""
    clean = Attachment.objects.filter(verdict=Attachment.Verdict.CLEAN, scanned_at__lte=at - EVERY).order_by("scanned_at")
    return scan_again(clean, at=at, most=most, marks=["scanned_at"], found=_public_changes(at))


def _public_changes(at):
    """With the verdict the public side changes; and once more when it stands, for an input that is published meanwhile."""

    def found(file):
        show_files_anew(file.submission_id, at=at)
        if file.submission.status == file.submission.Status.ACCEPTED:
            transaction.on_commit(partial(_show_held, file, at))

    return found


@transaction.atomic
def _show_held(file, at):
    hold_input_of(file)
    show_files_anew(file.submission_id, at=at)


def scan_documents(*, at, most=1000):
    """The same for kept files of official documents: staff put them there, and staff catch viruses too."""
    return scan(DocumentFile.objects.to_scan(), at=at, most=most)
