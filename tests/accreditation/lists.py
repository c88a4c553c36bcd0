"""Applications in screening and lists in every status."""

from datetime import timedelta

from accreditation.models import Accreditation
from accreditation.non_objection import operations
from tests.factories import NOW, make_forum, make_organisation, make_user

ENDS = NOW + timedelta(days=21)
LATER = ENDS + timedelta(hours=1)
CIRCULATION = {
    "circulated_on": NOW.date(),
    "circulated_by": "President of the General Assembly",
    "evidence": "Letter of 20 January 2026",
    "period_ends_at": ENDS,
}
DECISION = {
    "decided_on": LATER.date(),
    "decided_by": "Member States, on a non-objection basis",
    "evidence": "Letter of the President",
}


def make_screened(forum=None, name=None, *, by=None, **fields):
    """An application for special accreditation in screening."""
    forum = forum or make_forum()
    by = by or make_user()
    organisation = make_organisation(name, focal_point=by, **fields)
    claim = Accreditation.objects.create(organisation=organisation, forum=forum, basis_id="special", begun_at=NOW)
    for status in ("submitted", "screening"):
        claim.move(status, by=by, at=NOW)
    return Accreditation.objects.get(pk=claim.pk)


def make_list(forum=None, *names, by=None, status="preparing"):
    """A list with these organisations in this status: preparing, frozen, circulated, period_ended, outcome_recorded."""
    forum, by = forum or make_forum(), by or make_user(staff=True)
    for name in names or ("Birch Weavers", "Amber Guild"):
        operations.add_to_list(make_screened(forum, name), by=by, at=NOW)
    listed = operations.begin_list(forum, by=by, at=NOW)
    if status == "preparing":
        return listed
    listed = operations.freeze(listed, by=by, at=NOW)
    if status == "frozen":
        return listed
    listed = operations.circulate(listed, by=by, at=NOW, **CIRCULATION)
    if status == "circulated":
        return listed
    operations.end_periods(at=LATER)
    if status == "outcome_recorded":
        operations.record_list_outcome(listed, by=by, at=LATER, all_accredited=True, **DECISION)
    return type(listed).objects.get(pk=listed.pk)
