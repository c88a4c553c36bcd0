"""How a body ends under an input: taken out, dropped, left; and who leaves with a correction once it is approved."""

from submissions.models import CoSponsor, CoSponsorStep

Ended = CoSponsor.Ended


def end(row, ended, *, by, at, note=""):
    was = row.state(row.agreed_mark)
    row.ended, row.ended_by, row.ended_at = ended, by, at
    row.save(update_fields=["ended", "ended_by", "ended_at"])
    row.steps.create(was=was, became=ended, by=by, at=at, note=note)
    return row


def end_those_that_leave(correction, *, by, at):
    """The correction is approved: what its lead took out with it ends now, and is told."""
    for row in correction.leaving.standing().select_for_update(of=("self",)).order_by("pk"):
        end(row, Ended.TAKEN_OUT, by=by, at=at)
    keep_those_that_were_to_leave(correction)


def keep_those_that_were_to_leave(correction):
    """The correction came to nothing, or has done its work: nobody leaves with it any more."""
    correction.leaving.update(leaves_with=None)


def steps_of(holder):
    return CoSponsorStep.objects.filter(co_sponsor__submission=holder).select_related("co_sponsor__organisation", "by")
