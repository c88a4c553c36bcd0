"""Merging: everything that stands in the name of one record stands in that of the other, at once or not at all."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accreditation.merging import telling
from accreditation.merging.parts import PARTS
from accreditation.merging.previewing import blocks, mark_of
from accreditation.models import Merge, Organisation
from forums.refusals import Refused


class ChangedSincePreview(Refused):
    """Something that the preview showed is not so any more; nothing was merged."""


def held(*keys) -> list:
    """The records, alone: nothing is begun in their name until the transaction ends. Always in one order."""
    rows = {row.pk: row for row in Organisation.objects.select_for_update().filter(pk__in=keys).order_by("pk")}
    return [rows[key] for key in keys]


def merge(kept, gone, *, seen, by, at, reason, former=False, ask_people=False) -> Merge:
    """Let `gone` go into `kept`: memberships, applications, inputs and all else move, its names and address lead on.

    `seen` is the mark of the preview that somebody looked at. `former` keeps its main name as a former one, else as one it
    is also called by. With `ask_people` its people have to be admitted by those of the kept record. Writes to the people
    of both.
    """
    if not reason.strip():
        raise Refused(_("Say what shows that the two are one organisation."))
    with transaction.atomic():
        kept, gone = held(kept.pk, gone.pk)
        if sentences := blocks(kept, gone):
            raise Refused(" ".join(map(str, sentences)))
        if mark_of(kept, gone) != seen:
            raise ChangedSincePreview(
                _("Something changed since you looked, so nothing was merged. Below is what would happen now.")
            )
        people = telling.people_of_both(kept, gone)
        moved = {part.key: part.move(kept, gone, by=by, at=at, former=former, ask_people=ask_people) for part in PARTS}
        Organisation.objects.filter(pk=gone.pk).update(merged_into=kept)
        made = Merge.objects.create(kept=kept, gone=gone, moved=moved, reason=reason, at=at, by=by)
        telling.tell(made, people, "accreditation/merged", at=at)
        return made
