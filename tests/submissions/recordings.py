"""Inputs received otherwise, as the desk stages them."""

import csv
import io
import uuid
from datetime import timedelta

from django.core.files.base import ContentFile

from submissions.on_behalf import batches, staging
from submissions.on_behalf.recording import record
from tests.factories import NOW, make_call, make_organisation, make_user

ABOUT = {
    "title": "Letter of the harbour guild",
    "summary": "",
    "text": "We ask for consular help at sea.",
    "language": "en",
    "level": "global",
    "countries": [],
    "regions": [],
    "objectives": [7, 14],
    "source_url": "",
}


def make_recording(*, call=None, organisation=None, by=None, at=NOW, about=None, **fields):
    call = call or make_call(window="open")
    defaults = {"how": "letter", "came_at": NOW - timedelta(days=2), "contact_email": "guild@example.org"}
    if not fields.get("new_organisation"):
        fields["organisation"] = organisation or make_organisation()
    return staging.stage(
        key=uuid.uuid4(),
        by=by or make_user(staff=True),
        at=at,
        about={**ABOUT, **(about or {})},
        call=call,
        **{**defaults, **fields},
    )


def recorded(recording, *, by=None, at=NOW):
    """The same, recorded."""
    record(recording, by=by or recording.by, at=at)
    recording.refresh_from_db()
    return recording


HEADER = ("key", "organisation", "organisation_kind", "title", "language", "level", "objectives", "text", "how", "received")


def row(key, organisation="Harbour Light", **said):
    """The cells of a line, by column."""
    cells = {"title": f"Letter {key}", "language": "en", "level": "global", "objectives": "7;14", "text": "We ask for help."}
    return {"key": key, "organisation": organisation, **cells, "how": "letter", "received": "2026-01-18 09:30", **said}


def file_of(*rows, delimiter=",", mark=b"", more=()):
    """A CSV file of these lines, as a browser uploads it."""
    written = io.StringIO()
    columns = [*HEADER, *more]
    lines = csv.DictWriter(written, columns, delimiter=delimiter)
    lines.writeheader()
    lines.writerows(rows)
    return ContentFile(mark + written.getvalue().encode(), name="inputs.csv")


def make_batch(*rows, call=None, by=None, at=NOW, tells_people=False, **how):
    file = file_of(*(rows or [row("a")]), **how)
    by = by or make_user(staff=True)
    return batches.begin(file, call=call or make_call(window="open"), tells_people=tells_people, by=by, at=at)


def read(batch, *, at=NOW):
    batches.work_on_batches(at=at)
    batch.refresh_from_db()
    return batch
