"""What Member States and the President decided about each line; letters to all go out together."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accreditation import notifications as telling
from accreditation.models import Accreditation, AccreditationLettersChoice, AccreditationStep, ListLine, NonObjectionList
from accreditation.non_objection.circulating import end_period, strike
from accreditation.operations.deciding import OWED
from accreditation.operations.recording import record_outcome
from forums.operations.rehearsing import AS_WRITTEN
from forums.operations.rehearsing_many import keep_for_all
from forums.refusals import Refused

Status, Outcome = NonObjectionList.Status, ListLine.Outcome
RELEASED = _("The letters were released already.")
GONE = _("The application was withdrawn before the outcome was recorded.")


def set_outcomes(listed, *, outcomes, by, at):
    """Note what became of some lines, before the whole is recorded: {line number: outcome}. Nobody is told yet."""
    with transaction.atomic():
        held = _waiting(listed, at)
        for position, outcome in outcomes.items():
            if outcome not in Outcome.values:
                raise Refused(_("An outcome is “accredited” or “not accredited”."))
            held.lines.filter(position=position, struck_at__isnull=True).update(outcome=outcome)


def record_list_outcome(listed, *, by, at, decided_on, decided_by, evidence, all_accredited=False):
    """Record the outcome of every line with its date, who decided, and the evidence; each application follows its line.

    `all_accredited` fills the lines that say nothing yet. Letters to all wait until they are released together.
    """
    if not (decided_by.strip() and evidence.strip()):
        raise Refused(_("A decision is recorded with its date, who took it, and the evidence. Fill in all three."))
    with transaction.atomic():
        held = _waiting(listed, at)
        for line in held.lines.filter(struck_at__isnull=True).exclude(
            accreditation__status=Accreditation.Status.PUT_FORWARD
        ):
            strike(line, because=str(GONE), at=at)
        lines = held.lines.filter(struck_at__isnull=True).select_related(
            "accreditation__basis", "accreditation__organisation"
        )
        if all_accredited:
            lines.filter(outcome=Outcome.OPEN).update(outcome=Outcome.ACCREDITED)
        silent = lines.filter(outcome=Outcome.OPEN).count()
        if silent:
            raise Refused(_("Lines without an outcome: %(count)d. Say what became of each.") % {"count": silent})
        words = {"decided_on": decided_on, "decided_by": decided_by, "evidence": evidence}
        held.move(
            Status.OUTCOME_RECORDED,
            by=by,
            at=at,
            note=evidence,
            outcome_on=decided_on,
            outcome_by=decided_by,
            outcome_evidence=evidence,
        )
        for line in lines:
            accredited = line.outcome == Outcome.ACCREDITED
            record_outcome(line.accreditation, by=by, at=at, accredited=accredited, **words)
        lines.update(decided_on=decided_on, evidence=evidence)
        return held


def waiting_steps(listed):
    """The outcomes of its lines of which nobody was told."""
    steps = AccreditationStep.objects.pending().filter(was=Accreditation.Status.PUT_FORWARD)
    return steps.filter(accreditation__lines__in=listed.lines.filter(struck_at__isnull=True))


def ask_release(listed, *, by):
    """Raise Refused unless this person may let the letters go out now; who recorded the outcome may not."""
    recorded = listed.steps.filter(became=Status.OUTCOME_RECORDED).order_by("-pk").first()
    if recorded is None:
        raise Refused(_("No outcome is recorded yet."))
    if recorded.by_id == by.pk:
        raise Refused(_("You recorded the outcome. Ask a colleague to look at it and to release the letters."))
    if listed.letters_released_at:
        raise Refused(RELEASED)


def release_letters(listed, *, by, at, letters=AS_WRITTEN):
    """Let the letters of a recorded outcome go out together; a second person does this, not who recorded the outcome."""
    ask_release(listed, by=by)
    with transaction.atomic():
        released = NonObjectionList.objects.filter(pk=listed.pk, letters_released_at__isnull=True)
        if not released.update(letters_released_at=at):
            raise Refused(RELEASED)
        steps = [] if letters.is_as_written else list(waiting_steps(listed))
        owes = any(telling.template_of(step.was, step.became) in OWED for step in steps)
        keep_for_all(AccreditationLettersChoice, steps, letters, owes=owes, by=by, at=at)


def _waiting(listed, at):
    """The list, held, when its period has ended."""
    end_period(listed, at=at)
    held = NonObjectionList.objects.select_for_update().get(pk=listed.pk)
    if held.status == Status.CIRCULATED:
        raise Refused(_("The period has not ended. Until then Member States may object."))
    if held.status != Status.PERIOD_ENDED:
        raise Refused(_("The outcome is recorded already, or the list was never circulated."))
    return held
