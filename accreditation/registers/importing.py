"""A newer copy of a register: begun, read and compared by a worker, brought in by a second word, or set aside."""

from contextlib import contextmanager
from datetime import timedelta
from hashlib import file_digest

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _

from accreditation.models import Register, RegisterImport
from accreditation.registers import bringing, reading, sheets
from accreditation.registers.beside import beside_register, copy_of, mark_of
from accreditation.registers.faults import Unreadable
from accreditation.registers.reporting import report_of
from forums.refusals import MovedMeanwhile, Refused
from forums.uploads import clean_name

CLAIM = timedelta(minutes=4)  # longer than a worker may take over one import
State = RegisterImport.State
AT_WORK = (State.WAITING, State.READING, State.BRINGING)


class ChangedMeanwhile(Refused):
    """The register is not the one the copy was compared with; it is compared again first."""


def begin(file, *, kind, as_of, source, by, at, claimed=False) -> RegisterImport:
    """Keep a copy to be read; what is too big, no table by content, or older than the register is refused unkept.

    The same file begun again is the import that is there. `claimed` keeps it from the workers: the caller reads it.
    """
    extension = check(file, kind=kind, as_of=as_of, at=at)
    sha256 = file_digest(file, "sha256").hexdigest()
    file.seek(0)
    with transaction.atomic():
        open_ones = RegisterImport.objects.filter(kind=kind, as_of=as_of, sha256=sha256)
        if not claimed and (there := open_ones.filter(state__in=[*AT_WORK, State.READ]).first()):
            return there
        run = RegisterImport(kind=kind, as_of=as_of, source=source, by=by, at=at, sha256=sha256)
        run.name = clean_name(file.name)[:200]
        run.claimed_until = at + CLAIM if claimed else None
        run.file.save(f"{run.key}.{extension}", file, save=False)
        run.save(force_insert=True)
    return run


def check(file, *, kind, as_of, at) -> str:
    """What its content is, csv or xlsx; refused where it is too big, no table at all, or not a newer copy."""
    reading.check_size(file.size)
    _check_day(kind, as_of, at)
    return sheets.kind_of(file)


def _check_day(kind, as_of, at):
    if as_of > at.date() + timedelta(days=1):  # somewhere the next day has begun
        raise Refused(_("The copy cannot be of a day to come. Say the day on which the list was copied."))
    kept = Register.objects.filter(pk=kind).first()
    if kept and as_of < kept.as_of:
        said = {"kept": kept.as_of.isoformat(), "day": as_of.isoformat()}
        raise Refused(_("The register is of %(kept)s already; a copy of %(day)s is older. Nothing was changed.") % said)


# The worker ----------------------------------------------------------------------------------------------------------


def work_on_imports(*, at) -> int:
    """Read the copies that wait, bring in those that got their second word; returns how many. Killed work is begun again."""
    done = 0
    for pk in list(_free(at).filter(state__in=AT_WORK).order_by("at").values_list("pk", flat=True)[:5]):
        if not _free(at).filter(pk=pk, state__in=AT_WORK).update(claimed_until=at + CLAIM):
            continue
        run = RegisterImport.objects.get(pk=pk)
        (bring_it if run.state == State.BRINGING else read_it)(run, at=at)
        done += 1
    return done


def _free(at):
    return RegisterImport.objects.filter(Q(claimed_until=None) | Q(claimed_until__lt=at))


def read_it(run, *, at, on_progress=None):
    """Read a copy and lay it beside the register: read, with its report, or refused with the reasons."""
    if not _move(run, (State.WAITING, State.READING), State.READING, done_rows=0, all_rows=0):
        return
    with _in_language_of(run):
        try:
            copy = copy_of(run, on_progress=lambda done, total: _tell(run, done, total, on_progress))
            report = report_of(*beside_register(run.kind, copy), copy)
        except Unreadable as why:
            refusal = "\n".join(map(str, why.reasons))
            _move(run, (State.READING,), State.REFUSED, refusal=refusal, report={}, claimed_until=None)
            return
    _move(run, (State.READING,), State.READ, report=report, refusal="", claimed_until=None)


# The second word -----------------------------------------------------------------------------------------------------


def bring_in(run, *, by, at, claimed=False) -> RegisterImport:
    """Say the second word: a worker brings the copy in. If the register has changed since, it is compared again first."""
    with transaction.atomic():
        held = RegisterImport.objects.select_for_update().get(pk=run.pk)
        if held.state != State.READ:
            raise MovedMeanwhile(_("This copy does not wait for a decision any more. Look at what became of it."))
        _check_day(held.kind, held.as_of, at)
        same = mark_of(held.kind) == held.report["fingerprint"]
        held.state = State.BRINGING if same else State.WAITING
        held.by, held.done_rows, held.claimed_until = by, 0, at + CLAIM if claimed else None
        held.save(update_fields=["state", "by", "done_rows", "claimed_until"])
    run.refresh_from_db()
    if not same:
        raise ChangedMeanwhile(changed_sentence())
    return run


def changed_sentence():
    return _(
        "The register has changed since this copy was read. It is compared again; look at what is different, then decide."
    )


def bring_it(run, *, at, on_progress=None):
    """Bring the copy in, all of it or nothing; a register that changed since the second word is compared again instead."""
    with _in_language_of(run):
        try:
            bringing.bring(run, copy_of(run), at=at, on_progress=on_progress)
        except bringing.AnotherRegister:
            _move(run, (State.BRINGING,), State.WAITING, done_rows=0, claimed_until=None)
        except Unreadable as why:
            _move(run, (State.BRINGING,), State.REFUSED, refusal="\n".join(map(str, why.reasons)), claimed_until=None)
    run.refresh_from_db()


def set_aside(run, *, at):
    """Leave a copy out: nothing of it comes into the register."""
    if not _move(run, (State.WAITING, State.READ, State.REFUSED), State.SET_ASIDE, claimed_until=None):
        raise MovedMeanwhile(_("This copy cannot be set aside any more. Look at what became of it."))


def _move(run, before, state, **changes) -> bool:
    """Change the state if it still is what it was."""
    moved = RegisterImport.objects.filter(pk=run.pk, state__in=before).update(state=state, **changes)
    run.refresh_from_db()
    return bool(moved)


def _tell(run, done, total, on_progress):
    RegisterImport.objects.filter(pk=run.pk).update(done_rows=done, all_rows=max(done, total))
    if on_progress:
        on_progress(done, max(done, total))


@contextmanager
def _in_language_of(run):
    """Reasons are kept in the language of who sent the file."""
    with translation.override(run.by.language if run.by and run.by.language else settings.LANGUAGE_CODE):
        yield
