"""Whose a line is: the organisation found with its score and why, or those it may be; inputs that it may repeat."""

from django.utils.translation import gettext as _

from accreditation.models import FormerAddress, Organisation
from accreditation.search import organisations_alike
from submissions.models import Recording, Submission
from submissions.shown_titles import redacted_titles

CERTAIN = 0.94  # the same name but for brackets, small words or their order; spelling alone never reaches it
WORTH_ASKING = 0.6
MOST = 5


class Matcher:
    """Looks each name up once a file."""

    def __init__(self, call, own):
        self.call, self.own, self.known = call, own, {}

    def candidates(self, named) -> list:
        """Organisations that may be the one named, best first: key, name, score, why."""
        asked = (named["name"], named["acronym"])
        if asked not in self.known:
            self.known[asked] = self._look_up(*asked)
        return self.known[asked]

    def _look_up(self, name, acronym):
        had = FormerAddress.objects.filter(slug=name).values_list("organisation", flat=True)
        exact = Organisation.objects.living().filter(slug=name).first() or Organisation.objects.filter(pk__in=had).first()
        if exact:
            return [{"pk": exact.pk, "name": exact.name, "score": 1.0, "why": str(_("address in the portal"))}]
        found = organisations_alike(name, acronym, most=MOST, worth=WORTH_ASKING) if name else []
        return [
            {"pk": each.thing.pk, "name": each.thing.name, "score": round(each.score, 2), "why": str(each.why)}
            for each in found
            if each.score >= WORTH_ASKING
        ]

    def whose(self, line):
        """What is recorded of whose it is: the organisation where one is certain, else candidates for somebody to choose."""
        found = self.candidates(line.named)
        certain = [each for each in found if each["score"] >= CERTAIN]
        if len(certain) == 1:
            return self._own(line, certain[0]["pk"], found)
        if found:
            line.doubts.append(_("It may be one of several organisations: choose which."))
            return {"organisation_id": None, "new_organisation": {}, "candidates": found}
        if not line.named["kind"]:
            line.faults.append(_("organisation: it is not here. Fill in organisation_kind to have a new record made."))
        elif line.named["name"]:
            line.doubts.append(_("The organisation is not here: a new record is made."))
        return {"organisation_id": None, "new_organisation": line.named, "candidates": []}

    def _own(self, line, pk, found):
        if pk in self.own:
            line.faults.append(_("organisation: nobody records an input of an organisation they belong to."))
        return {"organisation_id": pk, "new_organisation": {}, "candidates": found}


def recorded_with_key(call, key):
    """The input that was recorded in this call with this key before, or None."""
    rows = Recording.objects.filter(call=call, row_key=key, state=Recording.State.RECORDED).select_related("submission")
    found = rows.first() if key else None
    return found.submission if found else None


def like_inputs(call, organisation, title) -> list:
    """References of inputs of that organisation in this forum with that title."""
    if organisation is None or not title:
        return []
    rows = Submission.objects.filter(call__forum=call.forum_id, organisation=organisation, title__iexact=title)
    rows = rows.exclude(redacted_titles())  # nobody learns by a guess what a redacted title says
    return list(rows.exclude(reference=None).values_list("reference", flat=True)[:3])
