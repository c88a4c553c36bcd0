"""What a merge will do, before anybody presses: what moves, gives way, or stands against it; and a mark of all that."""

import json
from dataclasses import dataclass
from hashlib import sha256

from django.utils.translation import gettext as _

from accreditation.merging.parts import PARTS
from accreditation.models import Organisation

SHOWN = ("name", "acronym", "kind", "country_id", "seat", "website", "parent_id", "merged_into_id", "edition")


@dataclass(frozen=True)
class Preview:
    kept: Organisation
    gone: Organisation
    lines: list
    notes: list
    blocks: list
    mark: str  # the same as long as nothing that the preview shows has changed


def preview(kept, gone) -> Preview:
    return Preview(
        kept,
        gone,
        [line for line in (part.line(gone) for part in PARTS) if line.count],
        [sentence for part in PARTS for sentence in part.notes(kept, gone)],
        blocks(kept, gone),
        mark_of(kept, gone),
    )


def blocks(kept, gone) -> list:
    """Sentences that say why the two cannot be merged now; empty where they can."""
    if kept.pk == gone.pk:
        return [_("A record is not merged into itself. Choose another one.")]
    merged = [each for each in (kept, gone) if each.merged_into_id]
    if merged:
        return [_("“%(name)s” was merged into another record already.") % {"name": each} for each in merged]
    return [sentence for part in PARTS for sentence in part.blocks(kept, gone)]


def mark_of(kept, gone) -> str:
    """A mark of everything that moves or decides what moves."""
    seen = [
        [[str(getattr(each, name)) for name in SHOWN] + [part.seen(each) for part in PARTS] for each in (kept, gone)],
        [kept.pk, gone.pk],
    ]
    return sha256(json.dumps(seen).encode()).hexdigest()[:24]
