"""Which calls are open for one's organisations: which of them may answer, and why another may not. Pure reading."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from accreditation.models import Accreditation, Basis
from forums.models import Call
from forums.windows import Phase
from imrf_portal.own_calendar import admits


@dataclass
class Chance:
    """A call beside one's organisations: those that may answer, and pairs of one that may not and the reason."""

    call: Call
    phase: Phase
    may: list = field(default_factory=list)
    may_not: list = field(default_factory=list)


def chances(calls, organisations, at) -> list[Chance]:
    """The calls in the order given; those that none of one's organisations may answer come last among the open ones."""
    standings = {}
    for standing in Accreditation.objects.live().filter(organisation__in=organisations).select_related("basis"):
        standings.setdefault(standing.organisation_id, []).append(standing)
    names = {basis.pk: basis.name for basis in Basis.objects.all()} if organisations else {}
    found = [_chance(call, organisations, standings, names, at) for call in calls]
    return sorted(found, key=lambda chance: bool(chance.may_not) and not chance.may)


def _chance(call, organisations, standings, names, at):
    chance = Chance(call, call.phase(at))
    for organisation in organisations:
        own = standings.get(organisation.pk, [])
        if admits(call, own):
            chance.may.append(organisation)
        else:
            chance.may_not.append((organisation, why_not(call, own, names)))
    return chance


def why_not(call, standings, names) -> str:
    """Why an organisation with these standings may not answer this call, and what would change it."""
    own = next((standing for standing in standings if standing.forum_id == call.forum_id), None)
    if call.audience == Call.Audience.BASES:
        asked = ", ".join(str(names.get(code, code)) for code in call.bases)
        if own is None:
            return _("The call is for organisations on these bases: %(bases)s. None is recorded for yours.") % {
                "bases": asked
            }
        said = {"bases": asked, "own": own.basis.name}
        return _("The call is for organisations on these bases: %(bases)s. Yours is on another one: %(own)s.") % said
    if own is None:
        return _("The call is for accredited organisations. Yours has not applied for this forum.")
    return _("The call is for accredited organisations. Where yours stands: %(status)s.") % {
        "status": own.get_status_display()
    }
