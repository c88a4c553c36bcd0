"""Archives of people: asked for on a page, made by a sweep, told by a letter, gone after some days."""

import logging
import tempfile
from datetime import timedelta

from django.conf import settings
from django.core.files import File
from django.db import IntegrityError, connection, transaction
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from accreditation.models import PersonalArchive
from accreditation.personal.archive_file import write_archive
from accreditation.personal.calendar import FAREWELL
from accreditation.personal.who import who_is
from forums.models import Letter
from forums.operations import write
from forums.refusals import Refused
from forums.templatetags.moments import day_in_words

log = logging.getLogger(__name__)
CLAIM = timedelta(seconds=settings.CELERY_TASK_TIME_LIMIT)  # no run lives longer, so an older claim is a dead one's
READY, FAILED = "accreditation/archive_ready", "accreditation/archive_failed"
MOST = 5  # of one sweep
FAILURE_SHOWN = timedelta(days=30)


def ask_archive(user, *, at):
    """Ask for everything kept about oneself; asking while one is being made returns that one."""
    if waiting := user.archives.filter(made_at=None).first():
        return waiting
    if user.archives.ready(at).filter(made_at__gt=at - timedelta(days=1)).exists():
        raise Refused(_("An archive was made for you less than a day ago. Fetch that one, or ask again tomorrow."))
    try:
        with transaction.atomic():
            return user.archives.create(asked_at=at)
    except IntegrityError:  # pressed twice at the same moment
        return user.archives.get(made_at=None)


def make_archives(*, at) -> int:
    """Make those that were asked for, oldest first; returns how many. One that cannot be made says why."""
    waiting = PersonalArchive.objects.filter(made_at=None).order_by("asked_at")
    free = Q(begun_at=None) | Q(begun_at__lte=at - CLAIM)
    done = 0
    for archive in list(waiting.filter(free).select_related("user")[:MOST]):
        if waiting.filter(free, pk=archive.pk).update(begun_at=at):
            _make(archive, at)
            done += 1
    return done


def _make(archive, at):
    """The bytes first, under a name that a second try takes again; then the row that says so, with the letter."""
    try:
        size, name = _store(archive, at)
    except Exception as why:
        log.exception("the archive %s could not be made", archive.pk)
        _end(archive, FAILED, at, trouble=f"{type(why).__name__}"[:300])
        return
    until = at + timedelta(days=settings.ARCHIVES_KEPT_DAYS)
    if not _end(archive, READY, at, file=name, size=size, expires_at=until):
        archive.file.storage.delete(name)  # the account was closed meanwhile


def _store(archive, at):
    storage, name = archive.file.storage, f"archives/{archive.key}.zip"
    with tempfile.TemporaryFile() as made:
        with transaction.atomic():
            _at_one_instant()
            write_archive(who_is(archive.user), made, at=at, language=archive.user.language)
        size = made.tell()
        made.seek(0)
        if storage.exists(name):
            storage.delete(name)
        return size, storage.save(name, File(made))


def _at_one_instant():
    """Every table as it stood at the same moment, and nothing written."""
    if not connection.savepoint_ids:
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")


@transaction.atomic
def _end(archive, template, at, **changes) -> bool:
    """Whether the row was still there; the letter goes out with it. Earlier archives of the person go."""
    if not PersonalArchive.objects.filter(pk=archive.pk).update(made_at=at, **changes):
        return False
    _erase(archive.user.archives.exclude(pk=archive.pk))
    archive.refresh_from_db()
    person = archive.user
    with translation.override(person.language):
        last_day = day_in_words(archive.expires_at.date()) if archive.expires_at else ""
    about = {"archive": archive, "person": person, "last_day": last_day}
    write(template, to=person.email, language=person.language, about=about, key=f"archive:{archive.pk}", at=at)
    return True


def forget(*, at) -> int:
    """Archives whose days are over, and letters to people who are erased once they went out or were given up."""
    gone = _erase(PersonalArchive.objects.filter(Q(expires_at__lte=at) | Q(made_at__lte=at - FAILURE_SHOWN, file="")))
    letters, _each = Letter.objects.filter(Q(failed=True) | Q(sent_at__isnull=False), kind=FAREWELL).delete()
    return gone + letters


def _erase(archives) -> int:
    """The bytes go first: if this stops in between, the rows are found again."""
    rows = list(archives)
    for row in rows:
        if row.file:
            row.file.storage.delete(row.file.name)
    archives.model.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return len(rows)
