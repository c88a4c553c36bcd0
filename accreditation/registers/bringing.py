"""The one transaction by which a copy becomes the register; its progress is seen from outside while it runs."""

from contextlib import contextmanager, suppress

from django.db import Error, connection, transaction

from accreditation.models import Register, RegisterEntry, RegisterImport, RegisterTouch
from accreditation.registers import comparing
from accreditation.registers.beside import beside_register
from accreditation.registers.matching import keep_names
from accreditation.registers.reporting import report_of

EACH = 500  # rows of a batch, after which the progress is told
PROGRESS = "UPDATE accreditation_registerimport SET done_rows = %s, all_rows = %s WHERE id = %s"
NAMES = ("name", "former_names", "acronym")
WRITTEN = ("name", "former_names", "acronym", "country", "status", "status_as_of", "network", "note", "source", "gone_on")


class AnotherRegister(Exception):
    """The register is not the one that the second word was about."""


def bring(run, copy, *, at, on_progress=None):
    """Write the copy into the register: all of it, or nothing if anything stops it. Accreditations stay as they are."""
    with _seen_outside(run, on_progress) as tell, transaction.atomic():
        register = _held(run)
        # The row of the import is written last: until then others may read and write its progress.
        if RegisterImport.objects.values_list("state", flat=True).get(pk=run.pk) != RegisterImport.State.BRINGING:
            return
        difference, mark = beside_register(run.kind, copy)
        if mark != run.report.get("fingerprint"):
            raise AnotherRegister
        _write(run, difference, tell)
        touches = [_touch(run, each) for each in difference.touched]
        RegisterTouch.objects.bulk_create(touches, ignore_conflicts=True)
        # What the former copy did not hold says nothing about this one.
        register.as_of, register.source, register.limits = run.as_of, run.source, ""
        register.save()
        RegisterImport.objects.filter(pk=run.pk).update(
            state=RegisterImport.State.BROUGHT_IN,
            brought_in_at=at,
            claimed_until=None,
            report=report_of(difference, mark, copy),
        )


def _held(run):
    """The register, held against every other import until this one is done."""
    made = {"as_of": run.as_of, "source": run.source}
    Register.objects.get_or_create(pk=run.kind, defaults=made)
    return Register.objects.select_for_update().get(pk=run.kind)


def _write(run, difference, tell):
    total = len(difference.new) + len(difference.changed) + len(difference.gone)
    done = 0
    tell(done, total)
    gone = [entry.pk for entry in difference.gone]
    RegisterEntry.objects.filter(pk__in=gone).update(gone_on=run.as_of)
    done += len(gone)
    for batch in _batches(difference.changed):
        _change(batch)
        done += len(batch)
        tell(done, total)
    for batch in _batches(difference.new):
        keep_names(RegisterEntry.objects.bulk_create([_made(run, row) for row in batch]))
        done += len(batch)
        tell(done, total)


def _batches(things):
    return (things[place : place + EACH] for place in range(0, len(things), EACH))


def _made(run, row):
    said = {name: getattr(row, name) for name in comparing.COLUMNS if name not in ("country", "former_names")}
    return RegisterEntry(register_id=run.kind, country_id=row.country, former_names=list(row.former_names), **said)


def _change(changes):
    """Write changed entries in one statement; only those called otherwise are spelt anew."""
    for change in changes:
        for name, (_was, became) in change.fields.items():
            if name == "gone_on":
                change.entry.gone_on = None
            else:
                setattr(change.entry, "country_id" if name == "country" else name, became)
    RegisterEntry.objects.bulk_create(
        [change.entry for change in changes], update_conflicts=True, unique_fields=["id"], update_fields=WRITTEN
    )
    spelt = [change.entry for change in changes if set(change.fields) & set(NAMES)]
    if spelt:
        keep_names(spelt)


def _touch(run, touch):
    said = {"was": touch.was[:400], "became": touch.became[:400]}
    return RegisterTouch(run=run, accreditation=touch.standing, what=touch.what, **said)


@contextmanager
def _seen_outside(run, on_progress):
    """Tells the progress over a connection of its own, because what this transaction writes is not seen before its end."""
    beside = connection.copy()

    def tell(done, total):
        # The progress is a courtesy: where a second connection is refused, nothing stops.
        with suppress(Error), beside.cursor() as cursor:
            cursor.execute(PROGRESS, [done, total, run.pk])
        if on_progress:
            on_progress(done, total)

    try:
        yield tell
    finally:
        beside.close()
