"""Inputs received otherwise, as the desk stages them."""

import uuid
from datetime import timedelta

from submissions.on_behalf import staging
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
