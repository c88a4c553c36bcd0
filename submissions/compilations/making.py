"""Compilations: asked for on a page of the desk, made by a sweep with progress, kept, given up in time.

How one is laid out is imported where one is made: web processes only ask for them, and need not hold the libraries.
"""

import logging
from datetime import timedelta
from hashlib import sha256
from time import monotonic

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import F, Q
from django.utils import translation
from django.utils.translation import gettext as _

from accreditation.operations.reading import note_reading
from forums.refusals import Refused
from submissions.compilations.choosing import cleaned, without_what_has_gone
from submissions.models import Compilation, CompilationFile
from submissions.search.vocabulary import vocabulary

log = logging.getLogger(__name__)
CLAIM = timedelta(minutes=5)  # since a worker last wrote how far it is; an older one's worker is dead
A_STEP = 25  # inputs between two writings of progress
MOST = 2  # of one sweep
KEPT = timedelta(days=365)
KEPT_UNPUBLISHED = timedelta(days=30)


def _xlsx(*given) -> bytes:
    from submissions.compilations.xlsx import xlsx

    return xlsx(*given)


def _docx(*given) -> bytes:
    from submissions.compilations.docx import docx

    return docx(*given)


def _pdf(*given) -> bytes:
    from submissions.compilations.pdf import pdf

    return pdf(*given)


MAKERS = {"xlsx": _xlsx, "docx": _docx, "pdf": _pdf}  # in the order in which they are made: the quickest first


def ask_compilation(forum, *, chosen, extent, order, language, forms, by, at, unpublished=False, milestone=None):
    """Ask for a compilation; a sweep makes it. The same question asked again while it waits is the same compilation."""
    forms = [form for form in MAKERS if form in forms]
    if not forms:
        raise Refused(_("Choose at least one format."))
    with translation.override("en"):
        chosen = cleaned(chosen, vocabulary([forum], forum=forum))
    asked = {"forum": forum, "chosen": chosen, "extent": extent, "order": order, "language": language, "forms": forms}
    asked |= {"unpublished": unpublished, "milestone": milestone, "asked_by": by}
    waiting = Compilation.objects.filter(made_at=None, begun_at=None, **asked).first()
    return waiting or Compilation.objects.create(asked_at=at, **asked)


def make_compilations(*, at, clock) -> int:
    """Make those that were asked for, oldest first; returns how many. `clock` tells the moment while it goes on.

    What a worker that was killed had finished is kept, unless its rows have changed since: then all is made anew.
    """
    waiting, done = Compilation.objects.filter(made_at=None).order_by("asked_at", "pk"), 0
    free = Q(begun_at=None) | Q(begun_at__lte=at - CLAIM)
    for row in list(waiting.filter(free).select_related("forum", "asked_by")[:MOST]):
        if waiting.filter(free, pk=row.pk).update(begun_at=at):
            _make(row, clock)
            done += 1
    return done


class Progress:
    """Writes how far it is, and so that its worker lives; not at each input, which would cost more than the input."""

    def __init__(self, row, total, clock):
        self.row, self.clock, self.done, self.written = row, clock, 0, monotonic()
        self._write(total=total)

    def __call__(self):
        self.done += 1
        if self.done % A_STEP == 0 or monotonic() - self.written > 5:
            self._write()

    def _write(self, **changes):
        self.written = monotonic()
        rows = Compilation.objects.filter(pk=self.row.pk, made_at=None)
        rows.update(done=self.done, begun_at=self.clock(), **changes)


def _make(row, clock):
    from celery.exceptions import SoftTimeLimitExceeded  # only workers make, and only they have it

    try:
        with translation.override(row.language):
            _write_all(row, clock)
    except Refused as why:
        _end(row, clock(), trouble=str(why)[:300])
    except SoftTimeLimitExceeded:
        _end(row, clock(), trouble=_("It took longer than a worker may take. Narrow the choice, or take excerpts."))
    except Exception as why:
        log.exception("the compilation %s could not be made", row.pk)
        _end(row, clock(), trouble=type(why).__name__)


def _write_all(row, clock):
    from submissions.compilations.contents import compiled

    gathered = compiled(row, row.asked_by)
    if row.fingerprint != gathered.fingerprint:
        forget_files(row.files.all())
    Compilation.objects.filter(pk=row.pk).update(
        inputs=len(gathered.entries),
        paragraphs=gathered.paragraphs,
        words=gathered.words,
        counted_only=gathered.counted_only,
        holds=gathered.holds,
        versions=gathered.versions,
        fingerprint=gathered.fingerprint,
    )
    missing = [form for form in row.forms if not row.files.filter(form=form).exists()]
    progress = Progress(row, len(gathered.entries) * len(missing), clock)
    for form in missing:
        _store(row, form, MAKERS[form](gathered, progress), clock())
    at = clock()
    _end(row, at, trouble="", expires_at=at + (KEPT_UNPUBLISHED if row.unpublished else KEPT))


def _store(row, form, made, at):
    """The bytes first, under a name that a second try takes again; then the row that names them."""
    file = CompilationFile(compilation=row, form=form, size=len(made), sha256=sha256(made).hexdigest(), made_at=at)
    name, storage = f"compilations/{row.key}.{form}", CompilationFile._meta.get_field("file").storage
    if storage.exists(name):
        storage.delete(name)
    file.file.name = storage.save(name, ContentFile(made))
    file.save()


def _end(row, at, **changes):
    Compilation.objects.filter(pk=row.pk, made_at=None).update(made_at=at, done=F("total"), **changes)


def may_be_given(row, *, at) -> bool:
    """Whether its files may be given out now: it is ready, its days are not over, and nothing in it has gone since."""
    return row.state == "ready" and at < row.expires_at and bool(without_what_has_gone([row]))


def note_reader(row, *, by, at):
    """That somebody reads a compilation with texts that are not public is written down before the first byte."""
    if row.unpublished:
        note_reading("compilation", row, by=by, at=at)


def forget_compilations(*, at) -> int:
    """Give up the files of those whose days are over, and of those that hold what was taken down since; rows stay."""
    gone = 0
    kept = list(Compilation.objects.filter(expires_at__isnull=False).order_by("expires_at"))
    whole = {row.pk for row in without_what_has_gone(kept)}
    for row in kept:
        if row.expires_at <= at or row.pk not in whole:
            forget_files(row.files.all())
            Compilation.objects.filter(pk=row.pk).update(expires_at=None)
            gone += 1
    return gone


def forget_files(files):
    """The bytes go first: if this stops in between, the rows are found again."""
    for file in files:
        file.file.storage.delete(file.file.name)
        with transaction.atomic():
            file.delete()
