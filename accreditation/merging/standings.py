"""Part of a merge: applications and standings. One organisation has one at a time for a forum."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accreditation import operations
from accreditation.merging.parts import Part, too_late
from accreditation.models import Accreditation

Status = Accreditation.Status
BECAUSE = gettext_noop("Two records of the organisation were merged; the application of the other record goes on.")


def pairs(kept, gone):
    """Applications of both that count for the same forum."""
    theirs = {row.forum_id: row for row in _living(gone)}
    return [(row, theirs[row.forum_id]) for row in _living(kept) if row.forum_id in theirs]


def _living(organisation):
    rows = organisation.accreditations.exclude(status__in=[Status.WITHDRAWN, Status.EXPIRED])
    return rows.select_related("forum", "basis", "organisation").order_by("pk")


def gives_way(mine, other):
    """Which of the two is withdrawn: a draft, that of the record that goes before that of the kept one; else None."""
    return next((row for row in (other, mine) if row.status == Status.DRAFT), None)


class Accreditations(Part):
    key, model, watched = "accreditations", Accreditation, ("status", "basis", "edition")

    def rows(self, organisation):
        return super().rows(organisation).select_related("forum", "basis", "organisation")

    def named(self, row):
        return f"{row.forum} · {row.basis} · {row.get_status_display()}"

    def notes(self, kept, gone):
        sentence = _("%(forum)s: the draft of “%(organisation)s” (%(basis)s) is withdrawn; its text can still be read.")
        drafts = filter(None, (gives_way(*pair) for pair in pairs(kept, gone)))
        return [sentence % {"forum": row.forum, "organisation": row.organisation, "basis": row.basis} for row in drafts]

    def blocks(self, kept, gone):
        sentence = _(
            "%(forum)s: both records take part in it: %(mine)s (%(mine_status)s) and %(other)s (%(other_status)s). One of "
            "the two has to be withdrawn or ended first."
        )
        return [
            sentence
            % {
                "forum": mine.forum,
                "mine": mine.basis,
                "mine_status": mine.get_status_display(),
                "other": other.basis,
                "other_status": other.get_status_display(),
            }
            for mine, other in pairs(kept, gone)
            if gives_way(mine, other) is None
        ]

    def move(self, kept, gone, *, by, at, **choices):
        drafts = list(filter(None, (gives_way(*pair) for pair in pairs(kept, gone))))
        for draft in drafts:
            operations.withdraw_application(draft, by=by, at=at, reason=BECAUSE)
        return {**super().move(kept, gone, by=by, at=at), "withdrawn": [draft.pk for draft in drafts]}

    def blocks_undoing(self, merge, moved):
        rows = self.moved_rows(merge, moved).select_related("forum", "basis")
        found = {}
        for later in ("steps__at", "registrations__registered_at", "speaking_requests__requested_at", "letters__made_at"):
            found |= {row.pk: row for row in rows.filter(**{f"{later}__gt": merge.at}).distinct()}
        return [too_late(self.named(row)) for row in found.values()]

    def undo(self, merge, moved, *, by, at):
        super().undo(merge, moved, by=by, at=at)
        for draft in Accreditation.objects.filter(pk__in=moved["withdrawn"], status=Status.WITHDRAWN):
            operations.take_back(draft, by=by, at=at)
