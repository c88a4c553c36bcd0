"""Archives of inputs: asked for on a page, made by a sweep, told by a letter, gone after some days."""

import logging
import tempfile
from datetime import timedelta
from time import monotonic

from django.conf import settings
from django.core.files import File
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from forums.operations import write
from forums.refusals import Refused
from forums.templatetags.moments import day_in_words
from submissions.archive.contents import write_archive
from submissions.models import InputsArchive, PrintedReceipt, Version
from submissions.operations.printing import ask_receipt, print_receipts

log = logging.getLogger(__name__)
CLAIM = timedelta(seconds=settings.CELERY_TASK_TIME_LIMIT)  # no run lives longer, so an older claim is a dead one's
READY, FAILED = "submissions/archive_ready", "submissions/archive_failed"
MOST = 3  # of one sweep
LONGEST_PRINTING = 40  # seconds of one sweep; the next one goes on
FAILURE_SHOWN = timedelta(days=30)
AGAIN = timedelta(hours=1)


def ask_archive(organisation, *, by, language, at) -> InputsArchive:
    """Ask for everything this organisation wrote and sent; asking while one is being made returns that one."""
    if waiting := organisation.input_archives.filter(made_at=None).first():
        return waiting
    if organisation.input_archives.ready(at).filter(made_at__gt=at - AGAIN).exists():
        raise Refused(_("An archive was made less than an hour ago. Fetch that one, or ask again later."))
    try:
        with transaction.atomic():
            return organisation.input_archives.create(asked_by=by, language=language, asked_at=at)
    except IntegrityError:  # pressed twice at the same moment
        return organisation.input_archives.get(made_at=None)


def make_archives(*, at) -> int:
    """Make those that were asked for, oldest first; returns how many. One that cannot be made says why."""
    waiting = InputsArchive.objects.filter(made_at=None).order_by("asked_at")
    free, done = Q(begun_at=None) | Q(begun_at__lte=at - CLAIM), 0
    for archive in list(waiting.filter(free).select_related("organisation", "asked_by")[:MOST]):
        if waiting.filter(free, pk=archive.pk).update(begun_at=at):
            if not _receipts_are_printed(archive, at):
                waiting.filter(pk=archive.pk).update(begun_at=None)  # the next sweep goes on
                continue
            _make(archive, at)
            done += 1
    return done


def _receipts_are_printed(archive, at) -> bool:
    """Print the receipts it needs, for as long as one sweep may; whether all are there now, or cannot be."""
    end = monotonic() + LONGEST_PRINTING
    versions = Version.objects.filter(submission__organisation=archive.organisation)
    for version in versions.exclude(printed__language=archive.language):
        ask_receipt(version, language=archive.language, at=at)
    needed = PrintedReceipt.objects.filter(version__in=versions, language=archive.language, file="", trouble="")
    while needed.exists():
        if monotonic() > end or not print_receipts():
            return False
    return True


def _make(archive, at):
    """The bytes first, under a name that a second try takes again; then the row that says so, with the letter."""
    try:
        size, name = _store(archive)
    except Exception as why:
        log.exception("the archive of inputs %s could not be made", archive.pk)
        _end(archive, FAILED, at, trouble=f"{type(why).__name__}"[:300])
        return
    until = at + timedelta(days=settings.ARCHIVES_KEPT_DAYS)
    if not _end(archive, READY, at, file=name, size=size, expires_at=until):
        archive.file.storage.delete(name)


def _store(archive):
    storage, name = archive.file.storage, f"archives/inputs-{archive.key}.zip"
    with tempfile.TemporaryFile() as made:
        with translation.override(archive.language):
            write_archive(archive.organisation, made, language=archive.language)
        size = made.tell()
        made.seek(0)
        if storage.exists(name):
            storage.delete(name)
        return size, storage.save(name, File(made))


@transaction.atomic
def _end(archive, template, at, **changes) -> bool:
    """Whether the row was still there; the letter goes out with it. Earlier archives of the organisation go."""
    if not InputsArchive.objects.filter(pk=archive.pk).update(made_at=at, **changes):
        return False
    _erase(archive.organisation.input_archives.exclude(pk=archive.pk))
    archive.refresh_from_db()
    person = archive.asked_by
    with translation.override(person.language):
        last_day = day_in_words(archive.expires_at.date()) if archive.expires_at else ""
    about = {"archive": archive, "organisation": archive.organisation, "person": person, "last_day": last_day}
    write(template, to=person.email, language=person.language, about=about, key=f"inputs-archive:{archive.pk}", at=at)
    return True


def forget_archives(*, at) -> int:
    """Archives whose days are over, and those that failed long ago; returns how many went."""
    return _erase(InputsArchive.objects.filter(Q(expires_at__lte=at) | Q(made_at__lte=at - FAILURE_SHOWN, file="")))


def _erase(archives) -> int:
    """The bytes go first: if this stops in between, the rows are found again."""
    rows = list(archives)
    for row in rows:
        if row.file:
            row.file.storage.delete(row.file.name)
    InputsArchive.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return len(rows)
