"""The letters of a list before it is circulated, and before the outcome is told: how many, one of each kind and language."""

from copy import copy

from accreditation import notifications
from accreditation.models import Accreditation, AccreditationLettersChoice
from accreditation.non_objection import circulating, deciding
from accreditation.operations.deciding import OWED
from accreditation.operations.recording import put_forward
from forums.operations.rehearsing_many import Addressed, Look, keep_for_all, look

Status = Accreditation.Status


def before_circulation(listed, letters, *, by, at, circulated_on, **words) -> Look:
    """What recording the circulation would tell; stores nothing. Raises Refused as the circulation does."""
    circulating.ask_circulation(listed, **words, at=at)
    lines = list(listed.lines.select_related("accreditation__basis", "accreditation__organisation", "accreditation__forum"))
    going = [line for line in lines if line.accreditation.status == Status.SCREENING]
    skipped = [(line.name, circulating.WITHDRAWN) for line in lines if line.accreditation.status != Status.SCREENING]
    kind = notifications.template_of(Status.SCREENING, Status.PUT_FORWARD)
    languages = notifications.languages_of({line.accreditation.organisation_id for line in going})

    def written(accreditation):
        return _told(put_forward(copy(accreditation), by=by, at=at), letters, by=by, at=at)

    addressed = [
        Addressed(line.accreditation, line.name, kind, languages.get(line.accreditation.organisation_id, ()))
        for line in going
    ]
    return look(addressed, written, owed=OWED, skipped=skipped)


def before_release(listed, letters, *, by, at) -> Look:
    """What letting the letters go out would tell; stores nothing. Raises Refused as the release does."""
    deciding.ask_release(listed, by=by)
    steps = list(deciding.waiting_steps(listed).select_related("accreditation__organisation", "accreditation__forum"))
    struck = listed.lines.filter(struck_at__isnull=False).values_list("name", "struck_because")
    languages = notifications.languages_of({step.accreditation.organisation_id for step in steps})
    addressed = [
        Addressed(
            step,
            step.accreditation.organisation.name,
            notifications.template_of(step.was, step.became),
            languages.get(step.accreditation.organisation_id, ()),
        )
        for step in steps
    ]
    return look(addressed, lambda step: _told(step, letters, by=by, at=at), owed=OWED, skipped=list(struck))


def _told(step, letters, *, by, at):
    """The letters of a step in the words decided on with it."""
    keep_for_all(AccreditationLettersChoice, [step], letters, owes=False, by=by, at=at)
    return notifications.letters_for(step, at=at)
