"""Undoing a merge: what moved goes back, unless something that was done since would be torn apart."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accreditation.merging import telling
from accreditation.merging.merging import held
from accreditation.merging.parts import PARTS
from accreditation.merging.people import somebody_speaks
from accreditation.models import Merge, Organisation
from forums.refusals import Refused

HOW_LONG = timedelta(days=30)


def until(merge):
    """The moment from which it cannot be undone any more."""
    return merge.at + HOW_LONG


def why_not(merge, *, at) -> list:
    """Sentences that say why it cannot be undone now; empty where it can."""
    if merge.undone_at:
        return [_("This merge was undone already.")]
    if at >= until(merge):
        return [
            ngettext("A merge can be undone for %(days)d day.", "A merge can be undone for %(days)d days.", HOW_LONG.days)
            % {"days": HOW_LONG.days}
        ]
    if merge.kept.merged_into_id:
        sentence = _("“%(kept)s” was itself merged into another record since. Undo that merge first.")
        return [sentence % {"kept": merge.kept}]
    return [sentence for part, moved in _parts(merge) for sentence in part.blocks_undoing(merge, moved)]


def _parts(merge):
    return [(part, merge.moved[part.key]) for part in PARTS if part.key in merge.moved]


def undo(merge, *, by, at) -> Merge:
    """Give the merged record back what came from it; what was added since stays with the kept one."""
    with transaction.atomic():
        held(*Merge.objects.filter(pk=merge.pk).values_list("kept_id", "gone_id").get())
        merge = Merge.objects.select_for_update(of=("self",)).select_related("kept", "gone").get(pk=merge.pk)
        if sentences := why_not(merge, at=at):
            raise Refused(" ".join(map(str, sentences)))
        people = telling.people_of_both(merge.kept, merge.gone)
        Organisation.objects.filter(pk=merge.gone_id).update(merged_into=None)
        for part, moved in reversed(_parts(merge)):
            part.undo(merge, moved, by=by, at=at)
        for each in (merge.kept, merge.gone):
            if not somebody_speaks(each):
                raise Refused(_("Nobody would speak for “%(name)s” afterwards. Hand it over first.") % {"name": each})
        merge.undone_at, merge.undone_by = at, by
        merge.save(update_fields=["undone_at", "undone_by"])
        telling.tell(merge, people, "accreditation/merge_undone", at=at)
        return merge
