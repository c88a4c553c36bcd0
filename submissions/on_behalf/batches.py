"""Files of inputs: read line by line by a worker, looked at, recorded by a second word. Killed work is taken up again.

Reading and recording go on where they stopped: a line that is stored is not read again, one that is recorded not recorded
again, because each is kept in a transaction of its own.
"""

import logging
from contextlib import contextmanager
from hashlib import file_digest
from time import monotonic

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.template.defaultfilters import filesizeformat
from django.utils import translation
from django.utils.translation import gettext as _

from accreditation.models import Organisation
from accreditation.registers import sheets
from accreditation.registers.faults import refuse
from forums.clock import database_now
from forums.operations import rehearsing
from forums.refusals import MovedMeanwhile, Refused
from forums.uploads import clean_name
from submissions.models import Recording, RecordingBatch
from submissions.on_behalf import importing
from submissions.on_behalf.progress import CLAIM, EACH, move, tell
from submissions.on_behalf.recording import record
from submissions.operations.deciding import RECORDINGS

log = logging.getLogger(__name__)
State, LineState = RecordingBatch.State, Recording.State
AT_WORK = (State.WAITING, State.READING, State.RECORDING)
LONGEST_RUN = 45  # seconds; the next sweep goes on
MOST_BYTES = 20 * 1024 * 1024
REHEARSED = 3  # lines that are recorded and taken back, to show their letters


# A file is sent ------------------------------------------------------------------------------------------------------


def begin(file, *, call, tells_people, by, at) -> RecordingBatch:
    """Keep a file to be read; the same file for the same call, while it waits, is the one that is there."""
    if file.size > MOST_BYTES:
        said = {"size": filesizeformat(file.size), "most": filesizeformat(MOST_BYTES)}
        refuse(_("The file has %(size)s; at most %(most)s are taken. Split it. Nothing was kept of it.") % said)
    if sheets.kind_of(file) != "csv":
        refuse(_("This is a workbook. Save the sheet as “CSV UTF-8” and send that file."))
    sha256 = file_digest(file, "sha256").hexdigest()
    file.seek(0)
    waiting = RecordingBatch.objects.filter(call=call, sha256=sha256, state__in=[*AT_WORK, State.READ])
    if there := waiting.first():
        return there
    batch = RecordingBatch(call=call, tells_people=tells_people, by=by, at=at, sha256=sha256)
    batch.name = clean_name(file.name)[:200]
    batch.file.save(f"{batch.key}.csv", file, save=False)
    batch.save(force_insert=True)
    return batch


# Work ----------------------------------------------------------------------------------------------------------------


def work_on_batches(*, at, longest=LONGEST_RUN) -> int:
    """Read the files that wait and record those that got their second word; returns how many were worked on."""
    done, end = 0, monotonic() + longest
    for pk in list(_free(at).order_by("at").values_list("pk", flat=True)[:5]):
        if not _free(at).filter(pk=pk).update(claimed_until=at + CLAIM):
            continue
        batch = RecordingBatch.objects.select_related("call__forum", "by", "decided_by").get(pk=pk)
        with _in_language_of(batch):
            (record_lines if batch.state == State.RECORDING else importing.read_lines)(batch, end=end)
        done += 1
    return done


def _free(at):
    return RecordingBatch.objects.filter(Q(claimed_until=None) | Q(claimed_until__lt=at), state__in=AT_WORK)


def is_unfinished() -> bool:
    return RecordingBatch.objects.filter(state__in=AT_WORK).exists()


# The second word -----------------------------------------------------------------------------------------------------


def ready_lines(batch):
    """Lines that are recorded by the second word: nothing wrong with them, and it is settled whose they are."""
    whose = Q(organisation__isnull=False) | ~Q(new_organisation={})
    return batch.lines.filter(whose, state=LineState.STAGED, faults=[])


def open_lines(batch):
    """Lines of which somebody must say whose they are."""
    return batch.lines.filter(state=LineState.STAGED, faults=[], organisation=None, new_organisation={})


@transaction.atomic
def settle(line, *, choice, by):
    """Say what becomes of a line: whose it is (the key of a candidate, or "new"), "out" to leave it out, "in" to take it."""
    held = Recording.objects.select_for_update(of=("self",)).select_related("batch").get(pk=line.pk)
    if held.state == LineState.RECORDED or held.batch.state not in (State.READ, State.RECORDED):
        raise Refused(_("This line was recorded, or is about to be. Look at the report again."))
    if choice in ("out", "in"):
        held.state = LineState.LEFT_OUT if choice == "out" else LineState.STAGED
    elif choice == "new":
        named = held.about["named"]
        held.organisation, held.new_organisation = None, {**named, "kind": named["kind"] or "other"}
    else:
        if choice not in {str(each["pk"]) for each in held.candidates}:
            raise Refused(_("Choose one of the organisations that are listed."))
        if Organisation.objects.represented_by(by).filter(pk=choice).exists():
            raise Refused(_("Nobody records an input of an organisation they belong to. Ask a colleague."))
        held.organisation_id, held.new_organisation = int(choice), {}
    held.save(update_fields=["state", "organisation", "new_organisation"])


@transaction.atomic
def carry_out(batch, *, by, at):
    """Say the second word: a worker records every line that is ready. What is open or wrong stays as it is."""
    held = RecordingBatch.objects.select_for_update().get(pk=batch.pk)
    if held.state not in (State.READ, State.RECORDED):
        raise MovedMeanwhile(_("This file does not wait for a decision any more. Look at what became of it."))
    count = ready_lines(held).count()
    if not count:
        raise Refused(_("No line is ready to be recorded. Settle what is open, or correct the file and send it again."))
    if ready_lines(held).filter(organisation__in=Organisation.objects.represented_by(by)).exists():
        raise Refused(_("A line is from an organisation you belong to. Leave it out, or ask a colleague to press."))
    fresh = {"state": State.RECORDING, "decided_by": by, "done_rows": 0, "all_rows": count, "claimed_until": None}
    RecordingBatch.objects.filter(pk=held.pk).update(**fresh)


def letters_before(batch, *, by, at) -> list:
    """The receipts that the first ready lines would write, one of each kind and language; nothing of it is stored.

    Lines of bodies with which `by` has a conflict of interest are left to colleagues.
    """
    found = {}
    for line in ready_lines(batch).open_to(by).order_by("line")[:REHEARSED]:
        for letter in _letters_of(line, by=by, at=at):
            found.setdefault((letter.kind, letter.language), letter)
    return list(found.values())


def _letters_of(line, *, by, at):
    """None where it cannot be recorded: recording says why, and the report can be read all the same."""
    try:
        return rehearsing.rehearse(RECORDINGS, line, record, by=by, at=at).letters.values()
    except Refused:
        return ()
    except Exception:
        log.exception("line %s of an import could not be rehearsed", line.pk)
        return ()


def set_aside(batch, *, at):
    """Leave a file: nothing more of it is recorded. What was recorded stays."""
    if not move(batch, (State.WAITING, State.READ, State.REFUSED), State.SET_ASIDE, claimed_until=None):
        raise MovedMeanwhile(_("This file cannot be set aside any more. Look at what became of it."))


def record_lines(batch, *, end):
    """Record the lines that are ready, each by itself, until the time is up; one that cannot be says why."""
    for place, line in enumerate(list(ready_lines(batch).order_by("line").values_list("pk", flat=True)), 1):
        if monotonic() > end:
            break
        _record_one(line, batch.decided_by)
        if place % EACH == 0:
            tell(batch, batch.all_rows - ready_lines(batch).count(), batch.all_rows)
    left = ready_lines(batch).count()
    if left:
        RecordingBatch.objects.filter(pk=batch.pk).update(done_rows=max(batch.all_rows - left, 0), claimed_until=None)
        return
    ended = {"done_rows": batch.all_rows, "ended_at": database_now(), "claimed_until": None}
    move(batch, (State.RECORDING,), State.RECORDED, **ended)


def _record_one(pk, by):
    try:
        record(Recording(pk=pk), by=by)
    except Refused as why:
        Recording.objects.filter(pk=pk).update(faults=[str(why)])
    except Exception as why:
        log.exception("line %s of an import could not be recorded", pk)
        said = _("The portal could not record it (%(why)s). Tell those who run it.") % {"why": type(why).__name__}
        Recording.objects.filter(pk=pk).update(faults=[str(said)])


@contextmanager
def _in_language_of(batch):
    """Reasons are kept in the language of who sent the file."""
    with translation.override(batch.by.language if batch.by and batch.by.language else settings.LANGUAGE_CODE):
        yield
